//! Lexer for Rust sources: tokens and paths, without comments and literals.

/// The paths of a source, each with its line: groups are written out (`a::{b, c::d}` gives `a::b`
/// and `a::c::d`), comments and literals are left out, a single word is a path of one step.
pub(crate) fn paths(source: &str) -> Vec<(usize, Vec<String>)> {
    let mut found: Vec<(usize, Vec<String>)> = Vec::new();
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut open: Option<(usize, Vec<String>)> = None;
    let mut joined = false;
    for (line, token) in tokens(source) {
        let word = token.starts_with(|first: char| first.is_alphabetic() || first == '_');
        match token.as_str() {
            "::" => {
                joined = true;
                continue;
            }
            "{" if joined => groups.push(open.take().map(|(_, path)| path).unwrap_or_default()),
            "{" => groups.push(Vec::new()),
            "}" => {
                found.extend(open.take());
                groups.pop();
            }
            word_text if word && joined => {
                let (_, path) = open.get_or_insert_with(|| (line, Vec::new()));
                path.push(word_text.to_owned());
            }
            word_text if word => {
                found.extend(open.take());
                let mut path = groups.last().cloned().unwrap_or_default();
                path.push(word_text.to_owned());
                open = Some((line, path));
            }
            _ => found.extend(open.take()),
        }
        joined = false;
    }
    found.extend(open);
    found
}

/// The words and signs of a source with their lines, without comments and literals.
pub(crate) fn tokens(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while let Some(first) = rest.chars().next() {
        let skipped = literal_or_comment(rest);
        let word = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let length = if skipped > 0 {
            skipped
        } else if word > 0 {
            word
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        if skipped == 0 && !first.is_whitespace() {
            found.push((line, token.to_owned()));
        }
        line += token.matches('\n').count();
        rest = after;
    }
    found
}

/// The length of the comment, string or character that a text starts with; 0 if none.
fn literal_or_comment(text: &str) -> usize {
    let until = |end: &str, from: usize| {
        text[from..]
            .find(end)
            .map_or(text.len(), |at| from + at + end.len())
    };
    let raw = text
        .strip_prefix('r')
        .or_else(|| text.strip_prefix("br"))
        .map(|rest| rest.len() - rest.trim_start_matches('#').len())
        .filter(|hashes| text.trim_start_matches(['b', 'r'])[*hashes..].starts_with('"'));
    if text.starts_with("//") {
        until("\n", 0)
    } else if text.starts_with("/*") {
        until("*/", 2)
    } else if let Some(hashes) = raw {
        let from = text.find('"').unwrap() + 1;
        until(&format!("\"{}", "#".repeat(hashes)), from)
    } else if let Some(rest) = text.strip_prefix('"') {
        let mut escaped = false;
        let end = rest.find(|c: char| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        });
        end.map_or(text.len(), |at| at + 2)
    } else if text.starts_with("'\\") {
        until("'", 3)
    } else if text.starts_with('\'') {
        // A character closes after one; a lifetime does not close.
        let mut characters = text.char_indices().skip(2);
        match characters.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        }
    } else {
        0
    }
}
