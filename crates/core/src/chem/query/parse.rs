//! Parser of the selection language.

use super::term::{Comparison, Term, TermKind};
use crate::chem::Element;

/// Parses one term, without spaces.
pub(super) fn parse_term(term: &str) -> Option<Term> {
    let (inverted, term) = ["!", "not"]
        .into_iter()
        .find_map(|sign| term.strip_prefix(sign))
        .map_or((false, term), |rest| (true, rest));
    let kind = parse_kind(term)?;
    Some(Term { inverted, kind })
}

/// Parses a term without its inversion.
fn parse_kind(term: &str) -> Option<TermKind> {
    match term {
        "all" => return Some(TermKind::All),
        "none" => return Some(TermKind::None),
        "fixed" => return Some(TermKind::Fixed),
        _ => {}
    }
    if let Some(rest) = ["molecule", "mol"]
        .into_iter()
        .find_map(|word| term.strip_prefix(word))
    {
        return parse_molecule(rest);
    }
    if let Some(rest) = term.strip_prefix("within") {
        return parse_within(rest);
    }
    if let Some(element) = Element::from_symbol(term) {
        return Some(TermKind::Element(element));
    }
    if let Ok(index) = term.parse() {
        return Some(TermKind::Index(index));
    }
    parse_half_space(term).or_else(|| parse_range(term))
}

/// Parses the rest of `molecule 3` and `molecule of 5`.
fn parse_molecule(rest: &str) -> Option<TermKind> {
    match rest.strip_prefix("of") {
        Some(of) => Some(TermKind::MoleculesOf(Box::new(parse_simple(of)?))),
        None => rest.parse().ok().map(TermKind::Molecule),
    }
}

/// Parses the rest of `within 3.5 of 7`, a distance in Å.
fn parse_within(rest: &str) -> Option<TermKind> {
    let (distance, of) = rest.split_once("of")?;
    let distance: f64 = distance.parse().ok()?;
    (distance >= 0.0).then_some(TermKind::Within {
        distance,
        of: Box::new(parse_simple(of)?),
    })
}

/// Parses the operand of `of`, which must not contain another `of`; this bounds recursion.
fn parse_simple(term: &str) -> Option<Term> {
    let nested = term.contains("of");
    (!nested).then(|| parse_term(term)).flatten()
}

/// Parses a bound of a coordinate in Å, such as `z<3`.
fn parse_half_space(term: &str) -> Option<TermKind> {
    let axis = "xyz".find(term.chars().next()?)?;
    let rest = &term[1..];
    let (comparison, number) = [
        ("<=", Comparison::LessOrEqual),
        (">=", Comparison::GreaterOrEqual),
        ("<", Comparison::Less),
        (">", Comparison::Greater),
    ]
    .into_iter()
    .find_map(|(sign, comparison)| Some((comparison, rest.strip_prefix(sign)?)))?;
    let bound = number.parse().ok().filter(|bound: &f64| !bound.is_nan())?;
    Some(TermKind::HalfSpace {
        axis,
        comparison,
        bound,
    })
}

/// Parses a range of indices `start:stop:step`, each of them optional.
fn parse_range(term: &str) -> Option<TermKind> {
    let mut parts = term.split(':');
    let bound = |part: &str| match part {
        "" => Some(None),
        number => number.parse().ok().map(Some),
    };
    let (start, stop) = (bound(parts.next()?)?, bound(parts.next()?)?);
    let step = match parts.next() {
        None | Some("") => 1,
        Some(step) => step.parse().ok().filter(|&step| step > 0)?,
    };
    parts
        .next()
        .is_none()
        .then_some(TermKind::Range { start, stop, step })
}
