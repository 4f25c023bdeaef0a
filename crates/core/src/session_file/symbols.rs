//! Elements as their symbols.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

use crate::chem::{Element, excerpt};

/// The symbol of an element.
struct Symbol(Element);

impl<'de> Deserialize<'de> for Symbol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Symbol, D::Error> {
        let symbol = String::deserialize(deserializer)?;
        let unknown = || {
            let found = excerpt(&symbol);
            D::Error::custom(format!(
                "found {found:?}, expected the symbol of an element"
            ))
        };
        Element::from_symbol(&symbol)
            .map(Symbol)
            .ok_or_else(unknown)
    }
}

pub(super) fn serialize<S: Serializer>(
    elements: &[Element],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(elements.iter().map(|element| element.symbol()))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Element>, D::Error> {
    let symbols = Vec::<Symbol>::deserialize(deserializer)?;
    Ok(symbols.into_iter().map(|Symbol(element)| element).collect())
}
