//! Elements of a chemical formula, to disambiguate atom names.

use crate::chem::Element;

/// Set of the elements of a formula.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Formula {
    elements: Vec<Element>,
    has_tritium: bool,
}

impl Formula {
    /// Network-forming elements, which occupy the T sites of a zeolite.
    const TETRAHEDRAL: [Element; 5] = [
        Element::SI,
        Element::AL,
        Element::P,
        Element::GE,
        Element::GA,
    ];

    /// Parses a formula such as `C10 H8 Fe`, `(Na2 S O4)`, `C34 H32 FE N4 O4` or `SiO2`; `None` without
    /// elements. Two capitals may be one symbol or two, and count as all of these.
    pub(in super::super) fn parse(text: &str) -> Option<Formula> {
        let mut formula = Formula::default();
        let words = text.split(|letter: char| !letter.is_ascii_alphabetic());
        for word in words {
            for start in 0..word.len() {
                let one = &word[start..=start];
                let two = word.get(start..start + 2).unwrap_or(one);
                formula.add(two);
                if !two[1..].starts_with(|next: char| next.is_ascii_lowercase()) {
                    formula.add(one);
                }
            }
            if matches!(word, "D" | "T") {
                formula.elements.push(Element::H);
                formula.has_tritium |= word == "T";
            }
        }
        (!formula.elements.is_empty()).then_some(formula)
    }

    fn add(&mut self, symbol: &str) {
        if symbol.starts_with(|first: char| first.is_ascii_uppercase()) {
            self.elements.extend(Element::from_symbol(symbol));
        }
    }

    /// Whether the formula has an element.
    pub(in super::super) fn has(&self, element: Element) -> bool {
        self.elements.contains(&element)
    }

    /// Whether the formula has tritium, `T`.
    pub(super) fn has_tritium(&self) -> bool {
        self.has_tritium
    }

    /// The only element of the T sites; `None` if several are possible.
    pub(super) fn tetrahedral(&self) -> Option<Element> {
        let mut candidates = Self::TETRAHEDRAL
            .into_iter()
            .filter(|&element| self.has(element));
        candidates.next().filter(|_| candidates.next().is_none())
    }
}
