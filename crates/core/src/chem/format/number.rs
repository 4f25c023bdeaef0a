//! Real numbers as programs spell them: of C, of Fortran (`1.0D-3`, `0.12-103`) and of Mathematica
//! (`2.7*^-4`).

/// A finite number; `None` if the word is none.
pub(super) fn real(word: &str) -> Option<f64> {
    let number: f64 = match word.parse() {
        Ok(number) => number,
        Err(_) => with_exponent(word)?.parse().ok()?,
    };
    number.is_finite().then_some(number)
}

/// The number with its exponent after an `e`; `None` if it has no exponent of another spelling.
fn with_exponent(word: &str) -> Option<String> {
    let end = mantissa(word);
    let (mantissa, rest) = word.split_at(end);
    let marked = rest
        .strip_prefix(['d', 'D', 'q', 'Q'])
        .or_else(|| rest.strip_prefix("*^"));
    let exponent = marked.or_else(|| wide_exponent(mantissa, rest))?;
    Some(format!("{mantissa}e{exponent}"))
}

/// The length of the sign, digits and point at the start.
fn mantissa(word: &str) -> usize {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    let end = unsigned.find(|character: char| !(character.is_ascii_digit() || character == '.'));
    word.len() - unsigned.len() + end.unwrap_or(unsigned.len())
}

/// Fortran leaves the letter out where the exponent has three digits (Fortran 2018, 13.7.2.3.3).
fn wide_exponent<'a>(mantissa: &str, rest: &'a str) -> Option<&'a str> {
    let digits = rest.strip_prefix(['+', '-'])?;
    let is_wide = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_wide && mantissa.contains('.')).then_some(rest)
}
