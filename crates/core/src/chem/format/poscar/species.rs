//! Species of a POSCAR; files of VASP 4 have no line of symbols and by custom name them in the comment.

use super::super::ParseError;
use super::super::lines::Line;
use super::super::note::Notes;
use super::super::nuclide::Nuclide;

/// Reads `count` species from symbols (`Na Cl rock salt`) or a formula (`# Mn12 O12`, `Fe2O3 hematite`,
/// `cubic BN`).
pub(super) fn read_from_comment(
    comment: Line<'_>,
    count: usize,
    notes: &mut Notes,
) -> Result<Vec<Nuclide>, ParseError> {
    let words = || {
        let words = comment
            .words()
            .map(|word| word.trim_start_matches(['#', '!']));
        words.filter(|word| !word.is_empty())
    };
    let formulas: Vec<Nuclide> = words().map_while(formula_or_symbol).flatten().collect();
    let symbols: Vec<Nuclide> = words().map_while(species).collect();
    let one_formula = words()
        .filter_map(formula)
        .find(|found| found.len() == count);
    let readings = [formulas, symbols, one_formula.unwrap_or_default()];
    let exact = readings.iter().find(|reading| reading.len() == count);
    // Further words that are also symbols are text: `Si in a box`.
    let species = exact.or_else(|| readings.iter().find(|reading| reading.len() > count));
    let Some(species) = species.map(|species| &species[..count]) else {
        return Err(comment.error(format!(
            "{count} element symbols, because the file has no line of symbols above its counts \
             (write one, as VASP 5 does)"
        )));
    };
    let symbols: Vec<&str> = species
        .iter()
        .map(|nuclide| nuclide.element.symbol())
        .collect();
    notes.at(
        comment.number,
        format!(
            "no line of element symbols above the counts: {} is taken from the comment",
            symbols.join(" ")
        ),
    );
    Ok(species.to_vec())
}

fn formula_or_symbol(word: &str) -> Option<Vec<Nuclide>> {
    formula(word).or_else(|| species(word).map(|nuclide| vec![nuclide]))
}

/// The nuclides of a formula such as `Fe2O3`, in their order.
fn formula(word: &str) -> Option<Vec<Nuclide>> {
    let mut nuclides = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let inner = rest.strip_prefix(|first: char| first.is_ascii_uppercase())?;
        let behind = inner.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
        nuclides.push(Nuclide::from_symbol(&rest[..rest.len() - behind.len()])?);
        rest = behind.trim_start_matches(|digit: char| digit.is_ascii_digit());
    }
    Some(nuclides)
}

/// The nuclide of a species, which may carry a suffix: `Cu_pv`, `Cu/8d1a2f`.
pub(super) fn species(word: &str) -> Option<Nuclide> {
    let end = word
        .find(|letter: char| !letter.is_ascii_alphabetic())
        .unwrap_or(word.len());
    Nuclide::from_symbol(&word[..end])
}
