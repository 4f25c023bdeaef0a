//! Packer: takes the steps of a packing until no molecules overlap.

use glam::DVec3;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::bodies::Bodies;
use super::error::PackingError;
use super::fire::Fire;
use super::fixed_atoms::FixedAtoms;
use super::mixture::Mixture;
use super::overlap::Overlap;
use super::placement::{move_elsewhere, scatter};
use super::progress::Progress;
use super::pull::{self, Pull};
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
    /// Molecules whose centers are outside the shell.
    pub outside: usize,
    /// The smallest distance of atoms of different molecules, Å; infinite if none are near.
    pub smallest: f64,
    /// Part of the overlaps that are gone, 0 to 1.
    pub part: f64,
    /// Steps until all are gone, at the present rate and at most those that are allowed; `None` while they do
    /// not become fewer.
    pub steps_left: Option<u64>,
}

/// A packing that is being computed. Steps depend only on mixture and settings.
///
/// ```
/// use mlipview_core::chem::{Structure, library};
/// use mlipview_core::packing::{Mixture, Packer, PackingSettings, Region};
///
/// let water = library::find("water").unwrap().structure()?;
/// let mixture = Mixture::new(vec![(water, Some(20))], Structure::empty(), Region::Cube, Some(0.9))?;
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
    fixed: FixedAtoms,
    overlap: Overlap,
    /// Molecules outside the shell.
    outside: usize,
    /// Pulled atoms among those of `bodies`, and their targets, Å.
    pulls: Vec<(usize, DVec3)>,
    progress: Progress,
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
        let cell = &mixture.cell;
        let fixed = FixedAtoms::of(&mixture.fixed, cell, mixture.shell);
        scatter(&mut bodies, cell, &fixed, settings.distance, &mut random);
        let mut packer = Packer {
            looked: (0, 0.0),
            mixture: mixture.clone(),
            overlap: Overlap::new(settings.distance),
            settings,
            bodies,
            fixed,
            outside: 0,
            pulls: Vec::new(),
            progress: Progress::default(),
            fire: Fire::new(),
            random,
            steps: 0,
        };
        packer.compute_forces()?;
        packer.looked = (0, packer.overlap.energy);
        Ok(packer)
    }

    /// Pushes overlapping molecules apart by one step; does nothing once it has ended, unless atoms are pulled.
    ///
    /// # Errors
    /// If there are too many atoms at one place.
    pub fn step(&mut self) -> Result<(), TooDense> {
        if self.has_ended() && self.pulls.is_empty() {
            return Ok(());
        }
        if self.steps - self.looked.0 >= STUCK_STEPS {
            if self.overlap.energy > PROGRESS * self.looked.1 {
                self.move_worst();
                self.compute_forces()?;
            }
            self.looked = (self.steps, self.overlap.energy);
        }
        self.fire.step(&mut self.bodies, &self.overlap.forces);
        self.compute_forces()?;
        self.steps += 1;
        self.progress.record(self.steps, self.overlap.pairs);
        Ok(())
    }

    fn compute_forces(&mut self) -> Result<(), TooDense> {
        self.overlap.compute(&self.bodies, &self.mixture.cell)?;
        let forces = &mut self.overlap.forces;
        if let Some(shell) = self.mixture.shell {
            self.outside = pull::keep_in_shell(&self.bodies, &self.fixed, shell, forces);
        }
        pull::pull(&self.bodies, &self.pulls, forces);
        Ok(())
    }

    /// Pulls atoms, as hands do, from the next step on; fixed atoms and those that do not exist stay.
    pub fn set_pulls(&mut self, pulls: &[Pull]) {
        let fixed = self.mixture.fixed.len();
        let movable = self.bodies.positions.len() - fixed;
        let atoms = pulls.iter().filter_map(|pull| {
            let atom = pull
                .atom
                .checked_sub(fixed)
                .filter(|atom| *atom < movable)?;
            pull.target.is_finite().then_some((atom, pull.target))
        });
        self.pulls.clear();
        self.pulls.extend(atoms);
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
            let cell = &self.mixture.cell;
            move_elsewhere(&mut self.bodies, body, cell, &self.fixed, &mut self.random);
        }
        self.fire = Fire::new();
    }

    /// Whether no atoms of different molecules are closer than the distance, and none are outside the shell.
    pub fn is_packed(&self) -> bool {
        self.overlap.pairs == 0 && self.outside == 0
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
            outside: self.outside,
            smallest: self.overlap.smallest,
            part: self.progress.part(self.overlap.pairs),
            steps_left: self
                .progress
                .steps_left()
                .map(|left| left.min(self.settings.max_steps.saturating_sub(self.steps))),
        }
    }

    /// The structure so far: the fixed atoms, then the molecules in their order, whole. A droplet has no cell.
    pub fn structure(&self) -> Structure {
        let mut structure = self.mixture.fixed.clone();
        structure.cell = match self.mixture.shell {
            Some(_) => None,
            None => Some(self.mixture.cell.clone()),
        };
        for (molecule, count) in &self.mixture.molecules {
            let mut molecule = molecule.clone();
            molecule.cell = None;
            (0..*count).for_each(|_| structure.append(&molecule));
        }
        self.write_positions(structure.positions_mut());
        structure
    }

    /// Writes the positions of the molecules, Å, to those of [`Packer::structure`]; fixed atoms keep theirs.
    pub fn write_positions(&self, positions: &mut [DVec3]) {
        let fixed = self.mixture.fixed.len();
        for (to, from) in positions.iter_mut().skip(fixed).zip(&self.bodies.positions) {
            *to = *from;
        }
    }
}
