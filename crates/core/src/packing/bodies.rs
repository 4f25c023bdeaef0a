//! Rigid molecules: geometry, center, orientation and motion of each.

use glam::{DQuat, DVec3};

use super::mixture::{Mixture, centroid};

/// Geometry of a kind of molecule.
struct Kind {
    /// Positions of its atoms relative to their mean, Å.
    offsets: Vec<DVec3>,
    /// Sum of the squared distances from the mean, Å²; 1 where that is zero.
    inertia: f64,
}

/// One molecule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body {
    kind: usize,
    /// Index of its first atom among those that are packed.
    pub(super) first: usize,
    /// Mean position of its atoms, Å.
    pub(super) center: DVec3,
    pub(super) orientation: DQuat,
    /// Velocity of the center and angular velocity, in units of the minimizer.
    pub(super) velocity: DVec3,
    pub(super) spin: DVec3,
}

/// All molecules, with each atom's position.
pub(super) struct Bodies {
    kinds: Vec<Kind>,
    pub(super) bodies: Vec<Body>,
    /// Positions of the atoms, Å: those of all molecules, then the fixed ones.
    pub(super) positions: Vec<DVec3>,
    /// The molecule of each atom; the number of molecules for a fixed one.
    pub(super) owners: Vec<u32>,
}

impl Bodies {
    /// The molecules of a mixture, each at the origin as it was given.
    pub(super) fn of(mixture: &Mixture) -> Bodies {
        let kinds = mixture.molecules.iter().map(|(molecule, _)| {
            let center = centroid(molecule);
            let offsets = molecule
                .positions()
                .iter()
                .map(|position| *position - center);
            let offsets: Vec<DVec3> = offsets.collect();
            let inertia = offsets.iter().map(|offset| offset.length_squared()).sum();
            Kind {
                offsets,
                inertia: if inertia > 0.0 { inertia } else { 1.0 },
            }
        });
        let kinds: Vec<Kind> = kinds.collect();
        let (mut bodies, mut owners) = (Vec::new(), Vec::new());
        for (kind, (_, count)) in mixture.molecules.iter().enumerate() {
            for _ in 0..*count {
                let body = Body {
                    kind,
                    first: owners.len(),
                    center: DVec3::ZERO,
                    orientation: DQuat::IDENTITY,
                    velocity: DVec3::ZERO,
                    spin: DVec3::ZERO,
                };
                owners.extend(std::iter::repeat_n(
                    bodies.len() as u32,
                    kinds[kind].offsets.len(),
                ));
                bodies.push(body);
            }
        }
        let mut positions = vec![DVec3::ZERO; owners.len()];
        positions.extend(mixture.fixed.positions());
        owners.resize(positions.len(), bodies.len() as u32);
        Bodies {
            kinds,
            bodies,
            positions,
            owners,
        }
    }

    /// Number of atoms of a molecule.
    pub(super) fn len_of(&self, body: &Body) -> usize {
        self.kinds[body.kind].offsets.len()
    }

    /// Moment of inertia of a molecule with unit masses, Å².
    pub(super) fn inertia_of(&self, body: &Body) -> f64 {
        self.kinds[body.kind].inertia
    }

    /// Sets the atoms of a molecule: x = c + R(q) o.
    pub(super) fn place(&mut self, index: usize) {
        let body = self.bodies[index];
        let offsets = &self.kinds[body.kind].offsets;
        let atoms = &mut self.positions[body.first..][..offsets.len()];
        for (position, offset) in atoms.iter_mut().zip(offsets) {
            *position = body.center + body.orientation * *offset;
        }
    }

    /// Force and torque on a molecule: F = Σ f, τ = Σ (x − c) × f.
    pub(super) fn force_and_torque(&self, body: &Body, forces: &[DVec3]) -> (DVec3, DVec3) {
        let atoms = body.first..body.first + self.len_of(body);
        let pairs = forces[atoms.clone()].iter().zip(&self.positions[atoms]);
        pairs.fold((DVec3::ZERO, DVec3::ZERO), |(force, torque), (f, x)| {
            (force + *f, torque + (*x - body.center).cross(*f))
        })
    }
}
