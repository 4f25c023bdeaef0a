//! Layout of JSON text for people: short values on one line, vectors in rows.

/// Maximum length of a line, unless one value is longer.
const WIDTH: usize = 100;

/// Maximum length of an array of arrays on one line; longer ones have a row per line.
const SHORT_MATRIX: usize = 30;

/// An array or object of a compact text.
struct Container {
    /// Its length without blanks, bytes.
    length: usize,
    /// Number of commas and colons in it.
    separators: usize,
    /// Number of containers in it, at any depth.
    nested: usize,
    /// Whether it is an array of arrays.
    is_matrix: bool,
    /// Whether it is or contains an array of arrays that is written in rows.
    has_rows: bool,
}

impl Container {
    /// Its length on one line.
    fn width(&self) -> usize {
        self.length + self.separators
    }
}

/// The compact text of a JSON value, with line breaks and indentation. Numbers and strings stay as they
/// are, byte for byte.
pub(crate) fn lay_out(compact: &str) -> String {
    let mut printer = Printer {
        text: compact,
        at: 0,
        containers: containers(compact.as_bytes()),
        next: 0,
        out: String::with_capacity(compact.len() + compact.len() / 4),
    };
    printer.value(0);
    printer.out.push('\n');
    printer.out
}

/// The containers in the order of their first byte.
fn containers(text: &[u8]) -> Vec<Container> {
    let mut found: Vec<Container> = Vec::new();
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    let mut separators = 0;
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'"' => at = end_of_string(text, at) - 1,
            b'[' | b'{' => {
                if let Some(&(outer, start, _)) = open.last() {
                    found[outer].is_matrix |= text[start] == b'[' && text[at] == b'[';
                }
                open.push((found.len(), at, separators));
                found.push(Container {
                    length: 0,
                    separators: 0,
                    nested: 0,
                    is_matrix: false,
                    has_rows: false,
                });
            }
            b']' | b'}' => {
                if let Some((index, start, before)) = open.pop() {
                    let nested = found.len() - index - 1;
                    let container = &mut found[index];
                    container.length = at + 1 - start;
                    container.separators = separators - before;
                    container.nested = nested;
                    container.has_rows |= container.is_matrix && container.width() > SHORT_MATRIX;
                    let has_rows = container.has_rows;
                    if let Some(&(outer, ..)) = open.last() {
                        found[outer].has_rows |= has_rows;
                    }
                }
            }
            b',' | b':' => separators += 1,
            _ => {}
        }
        at += 1;
    }
    found
}

/// The byte after a string that begins at `start`.
fn end_of_string(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < text.len() && text[at] != b'"' {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(text.len())
}

/// Position in the compact text, and the text written so far.
struct Printer<'a> {
    text: &'a str,
    at: usize,
    containers: Vec<Container>,
    next: usize,
    out: String,
}

impl Printer<'_> {
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(b' ')
    }

    /// Writes a value that begins at a column of `indent`.
    fn value(&mut self, indent: usize) {
        if !matches!(self.byte(), b'[' | b'{') {
            let end = self.end_of_scalar();
            self.copy_to(end);
            return;
        }
        let Some(container) = self.containers.get(self.next) else {
            return;
        };
        if !container.has_rows && indent + container.width() <= WIDTH {
            let end = self.at + container.length;
            self.next += 1 + container.nested;
            self.in_line(end);
        } else if container.nested == 0 && self.byte() == b'[' {
            self.next += 1;
            self.filled(indent);
        } else {
            self.next += 1;
            self.lines(indent);
        }
    }

    /// The end of a number, string or word.
    fn end_of_scalar(&self) -> usize {
        let text = self.text.as_bytes();
        if self.byte() == b'"' {
            return end_of_string(text, self.at);
        }
        let rest = &text[self.at..];
        let length = rest.iter().position(|byte| b",]}:".contains(byte));
        self.at + length.unwrap_or(rest.len()).max(1)
    }

    fn copy_to(&mut self, end: usize) {
        self.out.push_str(&self.text[self.at..end]);
        self.at = end;
    }

    /// Copies up to `end`, with a blank after each comma and colon.
    fn in_line(&mut self, end: usize) {
        while self.at < end {
            match self.byte() {
                b'"' => {
                    let end = self.end_of_scalar();
                    self.copy_to(end);
                }
                b',' | b':' => {
                    self.copy_to(self.at + 1);
                    self.out.push(' ');
                }
                b'[' | b'{' | b']' | b'}' => self.copy_to(self.at + 1),
                _ => {
                    let end = self.end_of_scalar();
                    self.copy_to(end);
                }
            }
        }
    }

    /// Writes an array of scalars as lines that are filled to the width.
    fn filled(&mut self, indent: usize) {
        self.copy_to(self.at + 1);
        let mut column = WIDTH;
        while self.byte() != b']' {
            let end = self.end_of_scalar() + 1;
            if column + (end - self.at) > WIDTH {
                self.line_break(indent + 2);
                column = indent + 2;
            } else {
                self.out.push(' ');
                column += 1;
            }
            column += end - self.at;
            let has_comma = self.text.as_bytes().get(end - 1) == Some(&b',');
            self.copy_to(if has_comma { end } else { end - 1 });
        }
        self.line_break(indent);
        self.copy_to(self.at + 1);
    }

    /// Writes an array or object with a line per element.
    fn lines(&mut self, indent: usize) {
        self.copy_to(self.at + 1);
        while !matches!(self.byte(), b']' | b'}') {
            self.line_break(indent + 2);
            self.value(indent + 2);
            if self.byte() == b':' {
                self.copy_to(self.at + 1);
                self.out.push(' ');
                self.value(indent + 2);
            }
            if self.byte() == b',' {
                self.copy_to(self.at + 1);
            }
        }
        self.line_break(indent);
        self.copy_to(self.at + 1);
    }

    fn line_break(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_numbers_stay_on_one_line() {
        let positions = r#"{"positions":[[0.125,1.0,-2.5e-7],[3.0,4.0,5.25],[1.0,2.0,3.0]],"n":1}"#;
        assert_eq!(
            lay_out(positions),
            "{\n  \"positions\": [\n    [0.125, 1.0, -2.5e-7],\n    [3.0, 4.0, 5.25],\n    \
             [1.0, 2.0, 3.0]\n  ],\n  \"n\": 1\n}\n"
        );
    }

    #[test]
    fn long_lists_of_scalars_fill_lines() {
        let elements: Vec<&str> = vec!["Cl"; 60];
        let compact = serde_json::to_string(&elements).unwrap();
        let text = lay_out(&compact);
        assert!(text.lines().all(|line| line.len() <= WIDTH));
        assert_eq!(text.lines().count(), 6);
        assert_eq!(serde_json::from_str::<Vec<&str>>(&text).unwrap(), elements);
    }

    #[test]
    fn brackets_and_quotes_within_strings_are_text() {
        let compact = r#"{"a":"[{\"x\":1,\\","b":["]","\"",[]],"c":{}}"#;
        let text = lay_out(compact);
        assert_eq!(
            text,
            "{\"a\": \"[{\\\"x\\\":1,\\\\\", \"b\": [\"]\", \"\\\"\", []], \"c\": {}}\n"
        );
    }
}
