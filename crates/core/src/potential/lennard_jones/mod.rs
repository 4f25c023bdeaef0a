//! The Lennard-Jones potential: noble gases, or any atoms with σ and ε.
//!
//! u(r) = 4 ε [(σ/r)¹² − (σ/r)⁶] up to a cutoff, shifted or smoothed.

mod entry;
mod interaction;
mod terms;

use std::collections::BTreeMap;

use super::chunks::by_chunk;
use super::pair_sums::PairSums;
use super::species::{Species, in_words};
use super::{Capabilities, Evaluation, Potential, PotentialError};
use crate::chem::neighbors::NeighborList;
use crate::chem::units::{BOLTZMANN, ELECTRONVOLT_IN_JOULE};
use crate::chem::{Element, Structure};

pub use entry::entry;
pub use interaction::{Interaction, ParameterError, Truncation};
use terms::{Terms, pair_sums};

/// Skin of the neighbor list, as a fraction of the longest cutoff: 0.3 σ for a cutoff of 3 σ.
const SKIN: f64 = 0.1;

/// Default onset of the smooth switch, as a fraction of the cutoff: as in ASE.
pub const ONSET: f64 = 0.66;

/// Default cutoff of a pair, as a multiple of its σ.
pub const CUTOFF_IN_SIGMA: f64 = 3.0;

/// Its name if elements have parameters of their own.
const NAME: &str = "Lennard-Jones";

/// The Lennard-Jones potential.
///
/// ```
/// use mlipview_core::chem::{Element, Structure};
/// use mlipview_core::potential::{LennardJones, Potential};
///
/// let (sigma, epsilon) = (3.4, 0.01);
/// let mut potential = LennardJones::universal(sigma, epsilon, 10.0 * sigma)?;
/// let minimum = 2f64.powf(1.0 / 6.0) * sigma;
/// let positions = vec![glam::DVec3::ZERO, glam::DVec3::X * minimum];
/// let pair = Structure::new(vec![Element::AR; 2], positions)?;
/// assert!((potential.evaluate(&pair)?.energy + epsilon).abs() < 1e-6, "eV");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct LennardJones {
    /// The parameters of any pair without its own; `None`: such a pair is unknown.
    universal: Option<Interaction>,
    /// Parameters by pair of elements, the lighter one first.
    pairs: BTreeMap<(Element, Element), Interaction>,
    truncation: Truncation,
    name: String,
    description: String,
    capabilities: Capabilities,
    neighbors: Option<NeighborList>,
}

impl LennardJones {
    /// The same parameters for all pairs, shifted at the cutoff. Lengths in Å, energy in eV.
    ///
    /// # Errors
    /// If a parameter is not a positive number.
    pub fn universal(
        sigma: f64,
        epsilon: f64,
        cutoff: f64,
    ) -> Result<LennardJones, ParameterError> {
        let interaction = Interaction::new(sigma, epsilon, cutoff)?;
        let description = "The Lennard-Jones model with one set of parameters for all atoms: right \
                           for a simple fluid, blind to chemistry.";
        Ok(Self::new(Some(interaction), None, description.to_owned()))
    }

    /// Elements with σ (Å) and ε (eV), mixed by the Lorentz–Berthelot rules: σ_ij = (σ_i + σ_j)/2,
    /// ε_ij = √(ε_i ε_j). Every pair is shifted at `cutoff_in_sigma`·σ_ij.
    ///
    /// # Errors
    /// If a parameter is not a positive number.
    pub fn mixed(
        elements: &[(Element, f64, f64)],
        cutoff_in_sigma: f64,
    ) -> Result<LennardJones, ParameterError> {
        let known: Vec<Element> = elements.iter().map(|&(element, ..)| element).collect();
        let description = format!(
            "The Lennard-Jones model of {}: atoms that attract weakly and never bond.",
            in_words(&known)
        );
        let mut mixed = Self::new(None, Some(known), description);
        for (index, &(one, sigma_one, epsilon_one)) in elements.iter().enumerate() {
            for &(other, sigma_other, epsilon_other) in &elements[..=index] {
                let sigma = 0.5 * (sigma_one + sigma_other);
                let epsilon = (epsilon_one * epsilon_other).sqrt();
                mixed = mixed.with_pair(one, other, sigma, epsilon, cutoff_in_sigma * sigma)?;
            }
        }
        Ok(mixed)
    }

    /// Neon, argon, krypton, xenon and their mixtures, with a smooth cutoff at 3 σ.
    ///
    /// Argon: ε/k = 119.8 K, σ = 3.405 Å (L. A. Rowley, D. Nicholson, N. G. Parsonage, J. Comput.
    /// Phys. 17, 401 (1975), doi:10.1016/0021-9991(75)90042-X). Neon, krypton, xenon: fitted to the
    /// crystals at 0 K (N. Bernardes, Phys. Rev. 112, 1534 (1958), doi:10.1103/PhysRev.112.1534).
    /// Helium is left out: at condensation its nuclei are not classical.
    pub fn noble_gases() -> LennardJones {
        // Bernardes gives ε in 10⁻¹⁶ erg.
        let bernardes = |epsilon: f64| epsilon * 1e-23 / ELECTRONVOLT_IN_JOULE;
        let elements = [
            (Element::NE, 2.74, bernardes(50.0)),
            (Element::AR, 3.405, 119.8 * BOLTZMANN),
            (Element::KR, 3.65, bernardes(225.0)),
            (Element::XE, 3.98, bernardes(320.0)),
        ];
        let smooth = Truncation::Smooth { onset: ONSET };
        Self::mixed(&elements, CUTOFF_IN_SIGMA)
            .and_then(|shifted| shifted.truncated(smooth))
            .expect("the numbers above are positive")
    }

    /// The same with another truncation.
    ///
    /// # Errors
    /// If the onset of a smooth one is outside of [0, 1).
    pub fn truncated(self, truncation: Truncation) -> Result<LennardJones, ParameterError> {
        if let Truncation::Smooth { onset } = truncation
            && !(0.0..1.0).contains(&onset)
        {
            return Err(ParameterError::Onset(onset));
        }
        Ok(LennardJones { truncation, ..self }.named())
    }

    /// The same with other parameters for a pair of elements. Lengths in Å, energy in eV.
    ///
    /// # Errors
    /// If an element has no parameters, or a parameter is not a positive number.
    pub fn with_pair(
        mut self,
        one: Element,
        other: Element,
        sigma: f64,
        epsilon: f64,
        cutoff: f64,
    ) -> Result<LennardJones, ParameterError> {
        if let Some(known) = &self.capabilities.elements {
            for element in [one, other] {
                if !known.contains(&element) {
                    return Err(ParameterError::Element(element));
                }
            }
        }
        let interaction = Interaction::new(sigma, epsilon, cutoff)?;
        self.pairs.insert(ordered(one, other), interaction);
        self.neighbors = None;
        Ok(self.named())
    }

    /// Sets the name. With one set of parameters for all pairs it is the request that has them, so that
    /// potentials with different parameters have different names.
    fn named(mut self) -> LennardJones {
        let (Some(pair), true) = (self.universal, self.pairs.is_empty()) else {
            self.name = NAME.to_owned();
            return self;
        };
        let Interaction {
            sigma,
            epsilon,
            cutoff,
        } = pair;
        self.name = format!("lj:sigma={sigma},epsilon={epsilon}");
        if cutoff != CUTOFF_IN_SIGMA * sigma {
            self.name += &format!(",cutoff={cutoff}");
        }
        if let Truncation::Smooth { .. } = self.truncation {
            self.name += ",smooth=true";
        }
        self
    }

    fn new(
        universal: Option<Interaction>,
        elements: Option<Vec<Element>>,
        description: String,
    ) -> LennardJones {
        LennardJones {
            universal,
            pairs: BTreeMap::new(),
            truncation: Truncation::Shifted,
            name: String::new(),
            description,
            capabilities: Capabilities {
                elements,
                charges: 0..=0,
                spins: false,
                periodic: true,
                reactive: false,
            },
            neighbors: None,
        }
        .named()
    }

    /// The neighbor list for a cutoff, Å, which depends on the elements of the structure.
    fn neighbors(&mut self, cutoff: f64) -> &mut NeighborList {
        let new_list = || NeighborList::half(cutoff, SKIN * cutoff);
        let list = self.neighbors.get_or_insert_with(new_list);
        if list.cutoff() != cutoff {
            *list = new_list();
        }
        list
    }

    fn interaction(&self, one: Element, other: Element) -> Option<Interaction> {
        let own = self.pairs.get(&ordered(one, other)).copied();
        own.or(self.universal)
    }
}

impl Potential for LennardJones {
    fn name(&self) -> &str {
        &self.name
    }

    fn description(&self) -> &str {
        &self.description
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        self.capabilities.expect_elements(self.name(), structure)?;
        let species = Species::of(structure);
        let mut terms = Vec::with_capacity(species.elements.len().pow(2));
        for &one in &species.elements {
            for &other in &species.elements {
                let interaction = self.interaction(one, other);
                terms.extend(interaction.map(|pair| Terms::new(pair, self.truncation)));
            }
        }
        let longest = terms.iter().map(|pair| pair.cutoff2).fold(0.0, f64::max);
        let neighbors = self.neighbors(longest.sqrt());
        neighbors
            .update(structure.positions(), structure.cell.as_ref())
            .map_err(|error| PotentialError::unsupported(NAME, error))?;
        let neighbors = &*neighbors;
        let sums = by_chunk(structure.len(), |_, atoms| {
            pair_sums(atoms, structure.positions(), &species, &terms, neighbors)
        });
        Ok(PairSums::total(sums).evaluation(structure.cell.as_ref()))
    }
}

fn ordered(one: Element, other: Element) -> (Element, Element) {
    (one.min(other), one.max(other))
}
