//! The words of a row.

use fast_float2::parse_partial;

use crate::chem::Element;

/// The words of a line, from left to right.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    rest: &'a [u8],
}

impl<'a> Words<'a> {
    pub(super) fn new(line: &'a [u8]) -> Words<'a> {
        Words { rest: line }
    }

    /// The next number.
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
        with_fortran_exponent(word).ok_or(Some(word))
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

/// A number such as "1.0D-3".
fn with_fortran_exponent(word: &[u8]) -> Option<f64> {
    let with_e: Vec<u8> = word
        .iter()
        .map(|byte| {
            if byte.eq_ignore_ascii_case(&b'd') {
                b'e'
            } else {
                *byte
            }
        })
        .collect();
    fast_float2::parse(with_e).ok()
}

/// The element that a word stands for, and whether the word says more than that.
#[inline]
pub(super) fn element(word: &[u8]) -> Option<(Element, bool)> {
    let letters = word
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let (symbol, serial) = word.split_at(letters);
    let text = |bytes| std::str::from_utf8(bytes).ok();
    if symbol.is_empty() {
        let number = text(serial)?.parse().ok()?;
        return Element::from_number(number).map(|element| (element, false));
    }
    let digits = serial.strip_prefix(b"_").unwrap_or(serial);
    let numbered = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    if !serial.is_empty() && !numbered {
        return None;
    }
    Element::from_symbol(text(symbol)?).map(|element| (element, numbered))
}

/// A word as an error message shows it.
pub(super) fn shown(word: &[u8]) -> String {
    const LONGEST: usize = 40;
    let text = String::from_utf8_lossy(word);
    let mut start: String = text.chars().take(LONGEST).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    format!("{start:?}")
}
