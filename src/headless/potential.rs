//! The potential that the command line asks for.

use mlipview::chem::Structure;
use mlipview::potential::auto::Chosen;
use mlipview::potential::catalog::Catalog;

use crate::cli::PotentialChoice;

/// The potential asked for, and a sentence for the person who asked.
pub(crate) fn choose(
    choice: &PotentialChoice,
    structure: &Structure,
) -> anyhow::Result<(Chosen, String)> {
    let chosen = Catalog::built_in().provide(&choice.potential, structure)?;
    let name = chosen.potential.name();
    let mut sentence = format!("potential: {name}, because {}", chosen.reason);
    if let Some(caution) = &chosen.caution {
        sentence.push_str("; mind that ");
        sentence.push_str(caution);
    }
    Ok((chosen, sentence))
}
