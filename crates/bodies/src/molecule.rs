//! Molecules as rigid bodies: spheres of van der Waals radii, with the inertia of the atoms' masses.

use glam::{DMat3, DVec3};
use mlipview_core::chem::Structure;

use crate::shape::Spheres;

/// Part of the inertia of each atom's own sphere, so that a linear molecule has inertia about its axis, too.
const SPHERE_INERTIA: f64 = 0.4;

/// The atoms of a structure as spheres about their center of mass; lengths are multiplied by `scale`. The
/// inertia tensor, for a mass of 1, is that of solid spheres with the atoms' masses.
pub(crate) fn spheres(structure: &Structure, scale: f32) -> Spheres {
    let scale = f64::from(scale);
    let atoms = || structure.elements().iter().zip(structure.positions());
    let mass: f64 = atoms().map(|(element, _)| element.mass()).sum();
    let weighted = atoms().map(|(element, position)| element.mass() * *position);
    let center = weighted.sum::<DVec3>() / mass.max(f64::MIN_POSITIVE);
    let mut inertia = DMat3::ZERO;
    let mut spheres = Vec::with_capacity(structure.len());
    for (element, position) in atoms() {
        let offset = scale * (*position - center);
        let radius = scale * element.van_der_waals_radius();
        // I = Σ m [(r² + 2/5 R²) 1 − r rᵀ]
        let diagonal = offset.length_squared() + SPHERE_INERTIA * radius * radius;
        let outer = DMat3::from_cols(offset * offset.x, offset * offset.y, offset * offset.z);
        inertia += (DMat3::from_diagonal(DVec3::splat(diagonal)) - outer) * (element.mass() / mass);
        spheres.push((offset.as_vec3(), radius as f32));
    }
    let colors = structure.elements().iter().map(|element| element.color());
    let colors = colors.map(|color| color.map(|part| f32::from(part) / 255.0));
    Spheres {
        colors: colors.collect(),
        spheres,
        inertia: inertia.as_mat3(),
        atomic_mass: mass as f32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mlipview_core::chem::Element;

    #[test]
    fn a_molecule_of_two_atoms_has_the_inertia_of_its_reduced_mass() {
        let at = vec![DVec3::ZERO, DVec3::new(2.0, 0.0, 0.0)];
        let structure = Structure::new(vec![Element::AR; 2], at).unwrap();
        let molecule = spheres(&structure, 1.0);
        let radius = Element::AR.van_der_waals_radius() as f32;
        let own = 0.4 * radius * radius;
        // μ d² = (1/4) m d² about the center, for the mass m = 1 of both atoms.
        assert!((molecule.inertia.y_axis.y - (1.0 + own)).abs() < 1e-5);
        assert!((molecule.inertia.x_axis.x - own).abs() < 1e-5);
        assert!((molecule.spheres[0].0.length() - 1.0).abs() < 1e-6);
        assert!((f64::from(molecule.atomic_mass) - 2.0 * Element::AR.mass()).abs() < 1e-4);
    }
}
