//! Values of the comment line: parsing and formatting compatible with ASE.

use serde_json::Value as Json;

use super::super::number;
use super::comment::{RawValue, is_blank};
use super::expected::Expected;
use crate::chem::properties::{Data, Shape, Value};

/// Prefix of JSON values in ASE.
const JSON: &str = "_JSON ";

/// Keys whose nine numbers are a 3×3 matrix in column-major order.
pub(super) const MATRICES: [&str; 1] = ["virial"];

/// Key whose value ASE keeps as text.
fn is_verbatim(key: &str) -> bool {
    key.eq_ignore_ascii_case("uid")
}

/// Parses the value of a key: a matrix if nested or one of [`MATRICES`], else one or several booleans,
/// integers or real numbers, else JSON or text.
pub(super) fn parse(key: &str, raw: &RawValue) -> Result<Value, Expected> {
    let text = raw.text.as_str();
    if is_verbatim(key) {
        return Ok(Value::text(text));
    }
    if raw.nested {
        return Ok(matrix(text).unwrap_or_else(|| Value::text(text)));
    }
    let words: Vec<&str> = words(text).collect();
    let value = match typed(&words) {
        Some(data) if data.len() == 1 => scalar(data),
        Some(data) => Value::vector(data),
        None => match text.strip_prefix(JSON) {
            Some(json) => from_json(text, json)?,
            None => Value::text(text),
        },
    };
    if MATRICES.contains(&key) {
        let wrong = || format!("nine numbers for {key}").into();
        return column_major(&value).ok_or_else(wrong);
    }
    Ok(value)
}

/// Formats a value such that it parses to the same value; `None` if impossible.
pub(super) fn format_value(key: &str, value: &Value) -> Option<String> {
    let fits = |spelling: &String| {
        let raw = RawValue {
            text: spelling.clone(),
            is_quoted: true,
            nested: false,
        };
        let one_line = !spelling.contains(['\n', '\r']);
        one_line && parse(key, &raw).is_ok_and(|read| same(&read, value))
    };
    let plain = match value.shape() {
        Shape::Matrix { .. } if MATRICES.contains(&key) => column_major(value).as_ref().map(joined),
        Shape::Matrix { .. } => None,
        Shape::Scalar | Shape::Vector => Some(joined(value)),
    };
    // ASE parses the text after `key=""` as its value.
    plain
        .filter(|spelling| !spelling.is_empty() && fits(spelling))
        .or_else(|| Some(json(value)).filter(fits))
}

/// The words as integers, real numbers or booleans, the first type that all of them have, as in ASE and
/// NumPy; `None` for text.
pub(super) fn typed(words: &[&str]) -> Option<Data> {
    if words.is_empty() {
        return None;
    }
    let integers: Option<_> = words.iter().map(|word| integer(word)).collect();
    let reals = || words.iter().map(|word| real(word)).collect();
    let bools = || words.iter().map(|word| logical(word)).collect();
    None.or(integers.map(Data::Integers))
        .or_else(|| Option::map(reals(), Data::Reals))
        .or_else(|| Option::map(bools(), Data::Bools))
}

/// A boolean in the notations of Fortran, Python and C.
pub(super) fn logical(word: &str) -> Option<bool> {
    match word {
        "T" | "true" | "True" | "TRUE" => Some(true),
        "F" | "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// The words between blanks and commas.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character| is_blank(character) || character == ',')
        .filter(|word| !word.is_empty())
}

/// An integer in the notation of Rust or Python.
fn integer(word: &str) -> Option<i64> {
    word.parse()
        .ok()
        .or_else(|| without_underscores(word)?.parse().ok())
}

/// A real number in the notation of Rust or Python.
fn real(word: &str) -> Option<f64> {
    word.parse()
        .ok()
        .or_else(|| without_underscores(word)?.parse().ok())
}

/// The word without the underscores that Python allows between two digits; `None` if it has none or one
/// elsewhere.
fn without_underscores(word: &str) -> Option<String> {
    let bytes = word.as_bytes();
    let is_digit = |index: Option<usize>| {
        index
            .and_then(|index| bytes.get(index))
            .is_some_and(u8::is_ascii_digit)
    };
    let between = |index: usize| is_digit(index.checked_sub(1)) && is_digit(index.checked_add(1));
    let all = word.match_indices('_').all(|(index, _)| between(index));
    (all && word.contains('_')).then(|| word.replace('_', ""))
}

/// The value as real numbers, if it is numeric, in the notation of C or Fortran.
pub(super) fn reals(value: &Value) -> Option<Vec<f64>> {
    match value.data() {
        Data::Reals(numbers) => Some(numbers.clone()),
        Data::Integers(numbers) => Some(numbers.iter().map(|&number| number as f64).collect()),
        Data::Texts(texts) => {
            let words = texts.iter().flat_map(|text| words(text));
            words.map(number::real).collect()
        }
        Data::Bools(_) => None,
    }
}

/// The value as one real number. The program xyz2mol writes `charge=-1=`.
pub(super) fn one_real(value: &Value) -> Option<f64> {
    if let Data::Texts(texts) = value.data()
        && let [text] = texts.as_slice()
    {
        return number::real(text.trim_end_matches('='));
    }
    match (reals(value)?.as_slice(), value.shape()) {
        (&[number], Shape::Scalar) => Some(number),
        _ => None,
    }
}

/// The value as an integer, with or without a decimal point.
pub(super) fn whole(value: &Value) -> Option<i64> {
    // 2⁵³: all integers below are exact in f64.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let (Data::Integers(numbers), Shape::Scalar) = (value.data(), value.shape()) {
        return numbers.first().copied();
    }
    let number = one_real(value)?;
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}

/// The only value of data of length one.
fn scalar(data: Data) -> Value {
    match data {
        Data::Bools(values) => Value::bool(values[0]),
        Data::Integers(values) => Value::integer(values[0]),
        Data::Reals(values) => Value::real(values[0]),
        Data::Texts(mut values) => Value::text(values.swap_remove(0)),
    }
}

/// An array of arrays `[[…], …]` of one type and equal length.
fn matrix(text: &str) -> Option<Value> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let mut all = Vec::new();
    let mut columns = None;
    for row in inner.split_terminator(']') {
        let row = row.trim_start_matches(|character| is_blank(character) || character == ',');
        let row: Vec<&str> = words(row.strip_prefix('[')?).collect();
        if *columns.get_or_insert(row.len()) != row.len() {
            return None;
        }
        all.extend(row);
    }
    Value::matrix(typed(&all)?, columns?)
}

/// The transposed 3×3 matrix of nine numbers, from column-major to row-major order and back.
fn column_major(value: &Value) -> Option<Value> {
    fn transposed<T: Copy>(values: &[T]) -> Option<Vec<T>> {
        const ORDER: [usize; 9] = [0, 3, 6, 1, 4, 7, 2, 5, 8];
        let nine: &[T; 9] = values.try_into().ok()?;
        Some(ORDER.map(|from| nine[from]).to_vec())
    }
    let data = match value.data() {
        Data::Integers(values) => Data::Integers(transposed(values)?),
        Data::Reals(values) => Data::Reals(transposed(values)?),
        Data::Texts(_) => Data::Reals(transposed(&reals(value)?)?),
        Data::Bools(_) => return None,
    };
    Value::matrix(data, 3)
}

/// The value of a JSON text, a scalar or an array of one or two dimensions; other JSON stays text.
fn from_json(text: &str, json: &str) -> Result<Value, Expected> {
    let parsed = serde_json::from_str(json)
        .map_err(|error| format!("JSON after {:?} ({error})", JSON.trim_end()))?;
    let value = match &parsed {
        Json::Array(rows) if rows.iter().any(Json::is_array) => from_rows(rows),
        Json::Array(row) => data(row.iter()).map(Value::vector),
        lone => data(std::iter::once(lone)).map(scalar),
    };
    Ok(value.unwrap_or_else(|| Value::text(text)))
}

/// The matrix of rows of equal length with values of one type.
fn from_rows(rows: &[Json]) -> Option<Value> {
    let rows: Option<Vec<&Vec<Json>>> = rows.iter().map(Json::as_array).collect();
    let rows = rows?;
    let columns = rows.first()?.len();
    if rows.iter().any(|row| row.len() != columns) {
        return None;
    }
    Value::matrix(data(rows.into_iter().flatten())?, columns)
}

/// Values of one type; `None` if types differ or one is neither number, boolean nor text.
fn data<'a>(values: impl Iterator<Item = &'a Json> + Clone) -> Option<Data> {
    let integers = || values.clone().map(Json::as_i64).collect();
    let reals = || values.clone().map(Json::as_f64).collect();
    let bools = || values.clone().map(Json::as_bool).collect();
    let texts = || {
        values
            .clone()
            .map(|text| text.as_str().map(str::to_owned))
            .collect()
    };
    if values.clone().next().is_none() {
        return Some(Data::Reals(Vec::new()));
    }
    None.or_else(|| Option::map(integers(), Data::Integers))
        .or_else(|| Option::map(reals(), Data::Reals))
        .or_else(|| Option::map(bools(), Data::Bools))
        .or_else(|| Option::map(texts(), Data::Texts))
}

/// The values as words in a row.
pub(super) fn joined(value: &Value) -> String {
    let letter = |&value: &bool| if value { "T" } else { "F" };
    match value.data() {
        Data::Bools(values) => values.iter().map(letter).collect::<Vec<_>>().join(" "),
        Data::Texts(texts) => texts.join(" "),
        Data::Integers(_) | Data::Reals(_) => json_words(value.data()).join(" "),
    }
}

/// The value as JSON, in the dialect of Python's `json`.
fn json(value: &Value) -> String {
    let words = json_words(value.data());
    let row = |words: &[String]| format!("[{}]", words.join(", "));
    let array = match value.shape() {
        Shape::Scalar => words.concat(),
        Shape::Vector => row(&words),
        Shape::Matrix { columns } => {
            let rows: Vec<String> = words.chunks(columns).map(row).collect();
            row(&rows)
        }
    };
    format!("{JSON}{array}")
}

/// Each value in JSON, real numbers with the fewest digits that parse to the same value.
fn json_words(data: &Data) -> Vec<String> {
    match data {
        Data::Bools(values) => values.iter().map(bool::to_string).collect(),
        Data::Integers(values) => values.iter().map(i64::to_string).collect(),
        Data::Reals(values) => values.iter().map(|value| format!("{value:?}")).collect(),
        Data::Texts(values) => values
            .iter()
            .map(|text| Json::from(text.as_str()).to_string())
            .collect(),
    }
}

/// Equality in which NaN equals itself.
fn same(one: &Value, other: &Value) -> bool {
    let reals = match (one.data(), other.data()) {
        (Data::Reals(one), Data::Reals(other)) => Some((one, other)),
        _ => None,
    };
    reals.map_or(one == other, |(a, b)| {
        let same = |(a, b): (&f64, &f64)| a == b || (a.is_nan() && b.is_nan());
        one.shape() == other.shape() && a.len() == b.len() && a.iter().zip(b).all(same)
    })
}
