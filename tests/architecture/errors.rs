//! Error types: functions return typed errors, never a `String`.

use crate::paths::tokens;
use crate::sources::check_all;

#[test]
fn errors_have_types() {
    check_all(string_errors);
}

#[test]
fn a_string_as_error_type_is_found() {
    let count = |source: &str| string_errors("a.rs", source).len();
    assert_eq!(count("fn f() -> Result<(), String> {}"), 1);
    assert_eq!(count("fn f() -> Result<Vec<(A, B)>, String> {}"), 1);
    assert_eq!(count("fn f() -> Result<String, Error> {}"), 0);
    assert_eq!(count("fn f() -> Result<Map<A, String>, Error> {}"), 0);
    assert_eq!(count("fn f() -> Option<Result<A, String>> {}"), 1);
    assert_eq!(count("// Result<A, String>"), 0);
}

/// The lines where `Result<_, String>` begins.
fn string_errors(file: &str, source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let is_result = |at: &usize| {
        tokens[*at].1 == "Result"
            && tokens.get(at + 1).is_some_and(|(_, token)| token == "<")
            && error_type(&tokens[at + 2..]) == ["String"]
    };
    let starts = (0..tokens.len()).filter(is_result);
    starts
        .map(|at| format!("{file}:{} has a String as error", tokens[at].0))
        .collect()
}

/// The tokens of the second argument of a generic type, from the tokens behind its `<`.
fn error_type(tokens: &[(usize, String)]) -> Vec<&str> {
    let mut depth = 0;
    let mut argument = 0;
    let mut found = Vec::new();
    for (at, (_, token)) in tokens.iter().enumerate() {
        let is_arrow = token == ">" && at > 0 && tokens[at - 1].1 == "-";
        match token.as_str() {
            ">" if depth == 0 && !is_arrow => break,
            "," if depth == 0 => argument += 1,
            "<" | "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            ">" if !is_arrow => depth -= 1,
            _ => {}
        }
        if argument == 1 && token != "," {
            found.push(token.as_str());
        }
        if depth < 0 {
            break;
        }
    }
    found
}
