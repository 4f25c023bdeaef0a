//! Atom names in the output of mmCIF.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::super::residues::insertion_code;
use crate::chem::Structure;
use crate::chem::structure::Label;

/// The labels, `[atoms]` [default: names from element symbols, in residue 1].
pub(super) fn labels(structure: &Structure) -> Cow<'_, [Label]> {
    if let Some(labels) = structure.labels() {
        return labels.into();
    }
    let unnamed = structure.elements().iter().map(|element| Label {
        name: element.symbol().to_owned(),
        residue_number: 1,
        ..Label::default()
    });
    unnamed.collect()
}

/// Atom names that are unique within a residue, `[atoms]`, so that bonds can refer to them: repeated ones
/// get `_2` and so on.
pub(super) fn unique_names(structure: &Structure, labels: &[Label]) -> Vec<String> {
    let mut seen: HashMap<_, usize> = HashMap::new();
    let unique = labels.iter().enumerate().map(|(atom, label)| {
        let code = insertion_code(structure, atom);
        let key = (&*label.chain, label.residue_number, code, &*label.name);
        let count = seen.entry(key).or_default();
        *count += 1;
        match *count {
            1 => label.name.clone(),
            count => format!("{}_{count}", label.name),
        }
    });
    unique.collect()
}
