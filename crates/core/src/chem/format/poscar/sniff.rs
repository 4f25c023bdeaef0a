//! Detection of POSCAR and XDATCAR files, which begin alike.

use super::super::beginning::Beginning;
use super::super::lines::real;

/// Whether the content looks like a POSCAR.
pub(in super::super) fn sniff_poscar(beginning: &Beginning<'_>) -> bool {
    begins_with_cell(beginning) && !sniff_xdatcar(beginning)
}

/// Whether the content begins with a comment, a scale (or one for each axis) and three vectors.
fn begins_with_cell(beginning: &Beginning<'_>) -> bool {
    let numbers = |line: usize| {
        let words = beginning.line(line).split_whitespace();
        words.take_while(|word| real(word).is_some()).count()
    };
    [1, 3].contains(&numbers(2)) && (3..=5).all(|line| numbers(line) >= 3)
}

/// Whether the content looks like an XDATCAR: the header of a POSCAR and a numbered frame heading.
pub(in super::super) fn sniff_xdatcar(beginning: &Beginning<'_>) -> bool {
    // Long lists of species take several lines.
    const MAX_HEAD: usize = 24;
    let mut head = beginning.lines().take(MAX_HEAD).skip(5);
    begins_with_cell(beginning) && head.any(|line| is_heading(line) && line.contains('='))
}

/// Whether a line is a frame heading: `Direct configuration=     1`, or `Konfig=` in older files.
pub(in super::super) fn is_heading(line: &str) -> bool {
    let line = line.trim_start().to_ascii_lowercase();
    line.starts_with("direct") || line.starts_with("cartesian") || line.starts_with("konfig")
}
