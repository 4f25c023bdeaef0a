//! Catalog entry of the Lennard-Jones potential, its options, and its applicability to a structure.

use super::interaction::Truncation;
use super::{CUTOFF_IN_SIGMA, LennardJones, ONSET};
use crate::chem::Structure;
use crate::potential::applicability::Applicability;
use crate::potential::catalog::entry::{Entry, OptionSpec};
use crate::potential::catalog::error::CatalogError;
use crate::potential::request::Options;
use crate::potential::species::in_words;

/// The catalog entry.
pub fn entry() -> Entry {
    Entry {
        name: "lj",
        summary: "Lennard-Jones: noble gases, or any atoms with a sigma and an epsilon",
        source: "Argon: L. A. Rowley, D. Nicholson, N. G. Parsonage, J. Comput. Phys. 17, 401 (1975), \
                 doi:10.1016/0021-9991(75)90042-X. Neon, krypton, xenon: N. Bernardes, Phys. Rev. \
                 112, 1534 (1958), doi:10.1103/PhysRev.112.1534",
        options: &[
            OptionSpec {
                name: "sigma",
                help: "distance where the energy is zero, Å; the same for all atoms",
                default: None,
            },
            OptionSpec {
                name: "epsilon",
                help: "depth of the well, eV",
                default: None,
            },
            OptionSpec {
                name: "cutoff",
                help: "distance where the interaction ends, Å",
                default: Some("3 sigma"),
            },
            OptionSpec {
                name: "smooth",
                help: "smooth rather than shifted cutoff: true or false",
                default: Some("false"),
            },
        ],
        choices: None,
        files: &[],
        reduced_units: Some("lj:sigma=1,epsilon=1"),
        applicability: Box::new(applicability),
        build: Box::new(|options, _| Ok(Box::new(build(options)?))),
    }
}

/// Suitable for noble gases, with published parameters, and for any atoms with given parameters.
fn applicability(options: &Options, structure: &Structure) -> Applicability {
    if options.names().next().is_some() {
        return Applicability::suitable("all atoms have the parameters that were given");
    }
    let capabilities = LennardJones::noble_gases().capabilities;
    capabilities.assess(structure, |gases| {
        let gases = in_words(gases);
        let reason = format!("the atoms are of {gases}, noble gases with published parameters");
        Applicability::suitable(reason)
    })
}

fn build(options: &Options) -> Result<LennardJones, CatalogError> {
    if options.names().next().is_none() {
        return Ok(LennardJones::noble_gases());
    }
    let needed = |missing| {
        options.number(missing)?.ok_or(CatalogError::Missing {
            potential: "lj",
            missing,
            example: "lj:sigma=3.405,epsilon=0.0104",
        })
    };
    let (sigma, epsilon) = (needed("sigma")?, needed("epsilon")?);
    let cutoff = options.number("cutoff")?.unwrap_or(CUTOFF_IN_SIGMA * sigma);
    let potential = LennardJones::universal(sigma, epsilon, cutoff)?;
    if options.flag("smooth")?.unwrap_or(false) {
        Ok(potential.truncated(Truncation::Smooth { onset: ONSET })?)
    } else {
        Ok(potential)
    }
}
