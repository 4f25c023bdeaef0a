//! Validator of the keywords of JSON Schema (draft 2020-12) that the schema of sessions uses.
//!
//! Crates for this bring dozens of others, and change the features of some that the window shares.

use serde_json::Value;

/// Keywords that only inform people and editors; the reader of sessions checks texts itself.
const INFORMATION: [&str; 5] = ["pattern", "$schema", "$defs", "description", "title"];

/// Keywords that are checked.
const CHECKED: [&str; 19] = [
    "$ref",
    "additionalProperties",
    "anyOf",
    "const",
    "enum",
    "exclusiveMinimum",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "oneOf",
    "prefixItems",
    "properties",
    "required",
];

/// More of them.
const ALSO_CHECKED: [&str; 2] = ["type", "uniqueItems"];

/// Keywords of a schema that nothing here checks.
pub(super) fn unknown_keywords(schema: &Value) -> Vec<String> {
    let mut unknown = Vec::new();
    let Some(keywords) = schema.as_object() else {
        return unknown;
    };
    for (keyword, value) in keywords {
        let name = keyword.as_str();
        let known = [&INFORMATION[..], &CHECKED, &ALSO_CHECKED].concat();
        if !known.contains(&name) {
            unknown.push(keyword.clone());
        }
        let inner: Vec<&Value> = match (name, value) {
            ("properties" | "$defs", Value::Object(named)) => named.values().collect(),
            ("anyOf" | "oneOf" | "prefixItems", Value::Array(items)) => items.iter().collect(),
            ("items" | "additionalProperties", schema) => vec![schema],
            _ => Vec::new(),
        };
        unknown.extend(inner.into_iter().flat_map(unknown_keywords));
    }
    unknown
}

/// A schema.
pub(super) struct Validator(Value);

impl Validator {
    pub(super) fn new(schema: Value) -> Validator {
        Validator(schema)
    }

    /// The first error of a value, with its path.
    pub(super) fn error(&self, value: &Value) -> Option<String> {
        self.check(&self.0, value, "")
    }

    fn check(&self, schema: &Value, value: &Value, path: &str) -> Option<String> {
        let Value::Object(keywords) = schema else {
            return (schema == &Value::Bool(false)).then(|| format!("{path}: not allowed"));
        };
        keywords
            .iter()
            .find_map(|(keyword, bound)| self.keyword(keyword, bound, schema, value, path))
    }

    fn keyword(
        &self,
        keyword: &str,
        bound: &Value,
        schema: &Value,
        value: &Value,
        path: &str,
    ) -> Option<String> {
        let fits = |schema: &&Value| self.check(schema, value, path).is_none();
        let schemas = || bound.as_array().into_iter().flatten();
        let is_valid = match keyword {
            "$ref" => {
                let pointer = bound.as_str().unwrap().strip_prefix('#').unwrap();
                return self.check(self.0.pointer(pointer).unwrap(), value, path);
            }
            "anyOf" => schemas().any(|schema| fits(&schema)),
            "oneOf" => schemas().filter(fits).count() == 1,
            "const" => value == bound,
            "enum" => schemas().any(|allowed| allowed == value),
            "type" => match bound {
                Value::Array(names) => names.iter().any(|name| has_type(value, name)),
                name => has_type(value, name),
            },
            "properties" | "required" | "additionalProperties" => {
                return self.fields(keyword, bound, schema, value, path);
            }
            "items" | "prefixItems" => return self.items(keyword, bound, schema, value, path),
            _ => is_within(keyword, bound, value),
        };
        (!is_valid).then(|| format!("{path}: {keyword} {bound}"))
    }

    fn fields(
        &self,
        keyword: &str,
        bound: &Value,
        schema: &Value,
        value: &Value,
        path: &str,
    ) -> Option<String> {
        let fields = value.as_object()?;
        let missing = |name: &&Value| !fields.contains_key(name.as_str().unwrap());
        match keyword {
            "required" => {
                let name = bound.as_array()?.iter().find(missing)?;
                Some(format!("{path}: {name} is missing"))
            }
            "properties" => bound.as_object()?.iter().find_map(|(name, schema)| {
                self.check(schema, fields.get(name)?, &format!("{path}/{name}"))
            }),
            _ => {
                let named = |name: &str| schema["properties"].get(name).is_some();
                let others = fields.iter().filter(|(name, _)| !named(name));
                let mut others = others.map(|(name, field)| (format!("{path}/{name}"), field));
                others.find_map(|(path, field)| self.check(bound, field, &path))
            }
        }
    }

    fn items(
        &self,
        keyword: &str,
        bound: &Value,
        schema: &Value,
        value: &Value,
        path: &str,
    ) -> Option<String> {
        let items = value.as_array()?.iter().enumerate();
        let first = schema["prefixItems"].as_array().map_or(0, Vec::len);
        let mut items = items.map(|(index, item)| (index, format!("{path}/{index}"), item));
        match keyword {
            "prefixItems" => {
                items.find_map(|(index, path, item)| self.check(bound.get(index)?, item, &path))
            }
            _ => items
                .skip(first)
                .find_map(|(_, path, item)| self.check(bound, item, &path)),
        }
    }
}

fn has_type(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        other => panic!("unknown type {other}"),
    }
}

/// Bounds of numbers and lengths.
fn is_within(keyword: &str, bound: &Value, value: &Value) -> bool {
    let limit = || bound.as_f64().unwrap();
    let number = value.as_f64();
    let text = value.as_str().map(|text| text.chars().count() as f64);
    let items = value.as_array().map(|items| items.len() as f64);
    let fields = value.as_object().map(|fields| fields.len() as f64);
    match keyword {
        "minimum" => number.is_none_or(|number| number >= limit()),
        "maximum" => number.is_none_or(|number| number <= limit()),
        "exclusiveMinimum" => number.is_none_or(|number| number > limit()),
        "minLength" => text.is_none_or(|length| length >= limit()),
        "maxLength" => text.is_none_or(|length| length <= limit()),
        "minItems" => items.is_none_or(|count| count >= limit()),
        "maxItems" => items.is_none_or(|count| count <= limit()),
        "minProperties" => fields.is_none_or(|count| count >= limit()),
        "maxProperties" => fields.is_none_or(|count| count <= limit()),
        "uniqueItems" => value.as_array().is_none_or(|items| {
            let mut items = items.iter().enumerate();
            items.all(|(index, item)| !value.as_array().unwrap()[..index].contains(item))
        }),
        _ => INFORMATION.contains(&keyword),
    }
}
