//! Texts of elements and large numbers.

use mlipview_core::chem::Element;

/// The symbols of a few elements, or the number of many.
pub(super) fn words(elements: &[Element]) -> String {
    if elements.len() > 20 {
        return format!("{} elements", elements.len());
    }
    let symbols: Vec<&str> = elements.iter().map(|element| element.symbol()).collect();
    symbols.join(" ")
}

/// Formats a number with its digits in groups of three.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
