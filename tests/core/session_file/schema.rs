//! Session files follow their JSON Schema, which knows all their fields.

use mlipview_core::session_file::{Session, write};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::arbitrary;
use super::json_schema::{Validator, unknown_keywords};

fn schema() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../assets/session.schema.json"
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The schema, refusing fields that it does not name.
fn strict() -> Validator {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(fields) => {
                if fields.contains_key("properties") && fields["properties"].is_object() {
                    fields.entry("additionalProperties").or_insert(json!(false));
                }
                fields.values_mut().for_each(close);
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }
    let mut schema = schema();
    // A field of a session with the name of a keyword of schemas.
    let named = schema["$defs"]["structure"]["properties"]["properties"].take();
    close(&mut schema);
    schema["$defs"]["structure"]["properties"]["properties"] = named;
    Validator::new(schema)
}

#[test]
fn the_schema_has_only_keywords_that_are_checked_here() {
    assert_eq!(unknown_keywords(&schema()), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_written_session_follows_the_schema_and_has_no_other_fields(session in arbitrary::session()) {
        thread_local!(static STRICT: Validator = strict());
        let file: Value = serde_json::from_str(&write(&session).unwrap()).unwrap();
        let error = STRICT.with(|validator| validator.error(&file));
        prop_assert_eq!(error, None);
    }
}

#[test]
fn a_session_with_a_field_of_another_type_does_not_follow_the_schema() {
    let validator = Validator::new(schema());
    let text = write(&Session::default()).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(validator.error(&file), None);
    for (pointer, value) in [
        ("/format", json!("another")),
        ("/version", json!(2)),
        ("/structure/charge", json!("0")),
        ("/run/dynamics/thermostat", json!("berendsen")),
        ("/appearance/images", json!([1, 1])),
        ("/timeline/contents", json!({ "file": "" })),
        ("/selection", json!([-1])),
    ] {
        let mut changed = file.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        assert!(validator.error(&changed).is_some(), "{pointer}");
    }
}
