//! Words of a row: splitting at blanks, numbers and species.

use fast_float2::parse_partial;

use super::super::element_name::{SiteKind, element_of_symbol};
use super::super::nuclide::Nuclide;
use super::super::number;
use crate::chem::Element;

/// Iterator over the words of a line.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    rest: &'a [u8],
}

impl<'a> Words<'a> {
    pub(super) fn new(line: &'a [u8]) -> Words<'a> {
        Words { rest: line }
    }

    /// Parses the next word as a number, also with the exponents of Fortran.
    ///
    /// # Errors
    /// If it is not a number: the word, or `None` at the end of the line.
    #[inline]
    pub(super) fn number(&mut self) -> Result<f64, Option<&'a [u8]>> {
        self.skip_blanks();
        if let Ok((number, length)) = parse_partial(self.rest)
            && self.rest.get(length).is_none_or(is_blank)
        {
            self.rest = &self.rest[length..];
            return Ok(number);
        }
        let word = self.next().ok_or(None)?;
        let text = std::str::from_utf8(word).ok();
        text.and_then(number::real).ok_or(Some(word))
    }

    #[inline]
    fn skip_blanks(&mut self) {
        while let [first, rest @ ..] = self.rest
            && is_blank(first)
        {
            self.rest = rest;
        }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        self.skip_blanks();
        let end = self
            .rest
            .iter()
            .position(is_blank)
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }
}

#[inline]
fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Species of a word: a symbol, a label such as "C1" or "Na+", or an atomic number. The flag is true if
/// the word is more than the symbol of an element.
#[inline]
pub(super) fn species(word: &[u8]) -> (SiteKind, bool) {
    let letters = word
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let (symbol, suffix) = word.split_at(letters);
    let Ok(symbol) = std::str::from_utf8(symbol) else {
        return (SiteKind::Unknown, false);
    };
    if symbol.is_empty() {
        return (numbered(suffix), false);
    }
    let is_suffix = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-');
    // T1, T2 are tetrahedral sites of zeolites, not tritium.
    let is_site = !suffix.is_empty() && symbol.eq_ignore_ascii_case("T");
    if is_site || !suffix.iter().all(is_suffix) {
        return (SiteKind::Unknown, false);
    }
    let nuclide = Nuclide::from_symbol(symbol);
    let named = nuclide.map_or_else(|| element_of_symbol(symbol), SiteKind::Atom);
    (named, nuclide.is_none() || !suffix.is_empty())
}

/// The element of an atomic number; ASE writes 0 for a dummy.
fn numbered(word: &[u8]) -> SiteKind {
    let number = std::str::from_utf8(word)
        .ok()
        .and_then(|word| word.parse().ok());
    match number {
        Some(0) => SiteKind::Dummy,
        Some(number) => Element::from_number(number).map_or(SiteKind::Unknown, SiteKind::from),
        None => SiteKind::Unknown,
    }
}

/// A word in error messages: quoted, at most 40 characters.
pub(super) fn shown(word: &[u8]) -> String {
    const MAX_CHARACTERS: usize = 40;
    let text = String::from_utf8_lossy(word);
    let mut start: String = text.chars().take(MAX_CHARACTERS).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    format!("{start:?}")
}
