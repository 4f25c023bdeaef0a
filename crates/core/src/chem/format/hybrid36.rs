//! Hybrid-36 numbers of PDB files.
//!
//! Above the largest decimal number of a field, numbers continue in base 36 with a leading letter, upper
//! case first (R. W. Grosse-Kunstleve, the hybrid-36 counting system,
//! <https://cci.lbl.gov/hybrid_36/>).

/// Decodes a field of `width` columns; `None` if invalid.
pub(super) fn decode(field: &str, width: u32) -> Option<i64> {
    let first = field.chars().next()?;
    if !first.is_ascii_alphabetic() {
        return field.parse().ok();
    }
    let lower = first.is_ascii_lowercase();
    let one_case = |letter: char| {
        letter.is_ascii_digit()
            || letter.is_ascii_alphabetic() && letter.is_ascii_lowercase() == lower
    };
    if field.len() != width as usize || !field.chars().all(one_case) {
        return None;
    }
    let value = i64::from_str_radix(field, 36).ok()?;
    let start = 10 * 36_i64.pow(width - 1);
    let letters = 26 * 36_i64.pow(width - 1);
    let before = 10_i64.pow(width) + if lower { letters } else { 0 };
    Some(value - start + before)
}

/// Decodes a field of `width` columns in hybrid-36 or in lower-case hexadecimal, which VMD writes from
/// 10 000 residues and 100 000 atoms on; `None` if invalid. Ambiguous fields such as `a000` are
/// hexadecimal, since hybrid-36 uses lower case only above a million residues.
pub(super) fn decode_or_hex(field: &str, width: u32) -> Option<i64> {
    let is_hex_digit = |letter: char| letter.is_ascii_digit() || ('a'..='f').contains(&letter);
    let has_letters = field.contains(|letter: char| letter.is_ascii_lowercase());
    if has_letters && field.len() == width as usize && field.chars().all(is_hex_digit) {
        return i64::from_str_radix(field, 16).ok();
    }
    decode(field, width)
}

/// Encodes a number in a field of `width` columns; `None` if it is too large for hybrid-36.
pub(super) fn encode(number: i64, width: u32) -> Option<String> {
    let decimals = 10_i64.pow(width);
    if number < decimals {
        let text = number.to_string();
        return (text.len() <= width as usize).then_some(text);
    }
    let letters = 26 * 36_i64.pow(width - 1);
    let (beyond, lower) = match number - decimals {
        beyond if beyond < letters => (beyond, false),
        beyond => (beyond - letters, true),
    };
    let mut value = beyond + 10 * 36_i64.pow(width - 1);
    if beyond >= letters {
        return None;
    }
    let mut digits = Vec::new();
    while value > 0 {
        let digit = char::from_digit((value % 36) as u32, 36)?;
        digits.push(if lower {
            digit
        } else {
            digit.to_ascii_uppercase()
        });
        value /= 36;
    }
    Some(digits.iter().rev().collect())
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_or_hex, encode};

    #[test]
    fn fields_count_on_in_base_36_where_the_decimals_end() {
        // The table of the definition.
        for (number, field) in [
            (99_999, "99999"),
            (100_000, "A0000"),
            (100_010, "A000A"),
            (43_770_015, "ZZZZZ"),
            (43_770_016, "a0000"),
            (87_440_031, "zzzzz"),
            (-9_999, "-9999"),
        ] {
            assert_eq!(encode(number, 5).as_deref(), Some(field));
            assert_eq!(decode(field, 5), Some(number));
        }
        assert_eq!(encode(87_440_032, 5), None);
        assert_eq!(decode("A00a0", 5), None);
    }

    #[test]
    fn fields_of_vmd_are_hexadecimal() {
        for (field, width, number) in [
            ("271a", 4, 10_010),
            ("186a0", 5, 100_000),
            ("a000", 4, 40_960),
        ] {
            assert_eq!(decode_or_hex(field, width), Some(number));
        }
        assert_eq!(decode_or_hex("A000", 4), Some(10_000));
        assert_eq!(decode_or_hex("****", 4), None);
        assert_eq!(decode_or_hex("1a", 4), None);
    }
}
