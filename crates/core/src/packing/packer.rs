//! Packer: takes the steps of a packing until no molecules overlap.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::bodies::Bodies;
use super::error::PackingError;
use super::fire::Fire;
use super::mixture::Mixture;
use super::overlap::Overlap;
use super::placement::{move_elsewhere, scatter};
use crate::chem::Structure;
use crate::chem::neighbors::TooDense;

/// Steps after which molecules that are stuck move elsewhere, and the part of them that does.
const STUCK_STEPS: u64 = 150;
const MOVED_PART: f64 = 0.02;

/// The energy falls at least by this factor in that time, or molecules are stuck.
const PROGRESS: f64 = 0.8;

/// Settings of a packing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PackingSettings {
    /// The smallest distance between atoms of different molecules, Å.
    pub distance: f64,
    /// Seed of places and orientations.
    pub seed: u64,
    /// Most steps.
    pub max_steps: u64,
}

impl Default for PackingSettings {
    /// 2 Å, as Packmol's usual tolerance.
    fn default() -> PackingSettings {
        PackingSettings {
            distance: 2.0,
            seed: 0,
            max_steps: 20_000,
        }
    }
}

/// State of a packing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PackingState {
    /// Steps so far.
    pub steps: u64,
    /// Pairs of atoms of different molecules that are closer than the distance.
    pub overlaps: usize,
    /// The smallest distance of atoms of different molecules, Å; infinite if none are near.
    pub smallest: f64,
}

/// A packing that is being computed. Steps depend only on mixture and settings.
///
/// ```
/// use glam::DVec3;
/// use mlipview_core::chem::{Cell, Structure, library};
/// use mlipview_core::packing::{Mixture, Packer, PackingSettings};
///
/// let water = library::find("water").unwrap().structure()?;
/// let mixture = Mixture {
///     molecules: vec![(water, 20)],
///     fixed: Structure::empty(),
///     cell: Cell::orthorhombic(DVec3::splat(9.0))?,
/// };
/// let mut packer = Packer::new(&mixture, PackingSettings::default())?;
/// while !packer.has_ended() {
///     packer.step()?;
/// }
/// assert!(packer.is_packed() && packer.state().smallest >= 2.0, "Å");
/// assert_eq!(packer.structure().len(), 60);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Packer {
    mixture: Mixture,
    settings: PackingSettings,
    bodies: Bodies,
    overlap: Overlap,
    fire: Fire,
    random: ChaCha8Rng,
    steps: u64,
    /// Step and energy of the last look at the progress.
    looked: (u64, f64),
}

impl Packer {
    /// Places the molecules at random.
    ///
    /// # Errors
    /// If there is nothing to pack or too much, or the cell is not periodic or too small.
    pub fn new(mixture: &Mixture, settings: PackingSettings) -> Result<Packer, PackingError> {
        mixture.check(settings.distance)?;
        let mut random = ChaCha8Rng::seed_from_u64(settings.seed);
        let mut bodies = Bodies::of(mixture);
        scatter(&mut bodies, &mixture.cell, settings.distance, &mut random);
        let mut overlap = Overlap::new(settings.distance);
        overlap.compute(&bodies, &mixture.cell)?;
        Ok(Packer {
            looked: (0, overlap.energy),
            mixture: mixture.clone(),
            settings,
            bodies,
            overlap,
            fire: Fire::new(),
            random,
            steps: 0,
        })
    }

    /// Pushes overlapping molecules apart by one step; does nothing once it has ended.
    ///
    /// # Errors
    /// If there are too many atoms at one place.
    pub fn step(&mut self) -> Result<(), TooDense> {
        if self.has_ended() {
            return Ok(());
        }
        if self.steps - self.looked.0 >= STUCK_STEPS {
            if self.overlap.energy > PROGRESS * self.looked.1 {
                self.move_worst();
                self.overlap.compute(&self.bodies, &self.mixture.cell)?;
            }
            self.looked = (self.steps, self.overlap.energy);
        }
        self.fire.step(&mut self.bodies, &self.overlap.forces);
        self.overlap.compute(&self.bodies, &self.mixture.cell)?;
        self.steps += 1;
        Ok(())
    }

    /// Moves the molecules that overlap most to emptier places.
    fn move_worst(&mut self) {
        let count = self.bodies.bodies.len();
        let mut order: Vec<usize> = (0..count).collect();
        let energies = &self.overlap.energies;
        order.sort_by(|one, other| energies[*other].total_cmp(&energies[*one]));
        order.truncate(((MOVED_PART * count as f64).ceil() as usize).max(1));
        order.retain(|body| energies[*body] > 0.0);
        for body in order {
            move_elsewhere(&mut self.bodies, body, &self.mixture.cell, &mut self.random);
        }
        self.fire = Fire::new();
    }

    /// Whether no atoms of different molecules are closer than the distance.
    pub fn is_packed(&self) -> bool {
        self.overlap.pairs == 0
    }

    /// Whether all is packed, or all steps are taken.
    pub fn has_ended(&self) -> bool {
        self.is_packed() || self.steps >= self.settings.max_steps
    }

    /// The state so far.
    pub fn state(&self) -> PackingState {
        PackingState {
            steps: self.steps,
            overlaps: self.overlap.pairs,
            smallest: self.overlap.smallest,
        }
    }

    /// The structure so far: the fixed atoms, then the molecules in their order, whole.
    pub fn structure(&self) -> Structure {
        let mut structure = self.mixture.fixed.clone();
        structure.cell = Some(self.mixture.cell.clone());
        let fixed = structure.len();
        for (molecule, count) in &self.mixture.molecules {
            let mut molecule = molecule.clone();
            molecule.cell = None;
            (0..*count).for_each(|_| structure.append(&molecule));
        }
        let packed = self.bodies.positions.len() - fixed;
        let positions = &mut structure.positions_mut()[fixed..];
        positions.copy_from_slice(&self.bodies.positions[..packed]);
        structure
    }
}
