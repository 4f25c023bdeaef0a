//! Real numbers in the notations of C, Fortran (`1.0D-3`, `0.12-103`) and Mathematica (`2.7*^-4`).

/// Parses a finite number; `None` if invalid.
pub(super) fn real(word: &str) -> Option<f64> {
    let number: f64 = match word.parse() {
        Ok(number) => number,
        Err(_) => with_exponent(word)?.parse().ok()?,
    };
    number.is_finite().then_some(number)
}

/// Rewrites the exponent with an `e`; `None` if there is no exponent in another notation.
fn with_exponent(word: &str) -> Option<String> {
    let end = mantissa(word);
    let (mantissa, rest) = word.split_at(end);
    let marked = rest
        .strip_prefix(['d', 'D', 'q', 'Q'])
        .or_else(|| rest.strip_prefix("*^"));
    let exponent = marked.or_else(|| wide_exponent(mantissa, rest))?;
    Some(format!("{mantissa}e{exponent}"))
}

/// Length of the mantissa: sign, digits and point.
fn mantissa(word: &str) -> usize {
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    let end = unsigned.find(|character: char| !(character.is_ascii_digit() || character == '.'));
    word.len() - unsigned.len() + end.unwrap_or(unsigned.len())
}

/// An exponent of three digits without a letter, as in Fortran (Fortran 2018, 13.7.2.3.3).
fn wide_exponent<'a>(mantissa: &str, rest: &'a str) -> Option<&'a str> {
    let digits = rest.strip_prefix(['+', '-'])?;
    let is_wide = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_wide && mantissa.contains('.')).then_some(rest)
}
