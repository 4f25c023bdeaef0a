//! HTTP endpoints.

use mlipview_core::chem::library;
use serde_json::{Value, json};

use crate::test_server::test_server;
use crate::training::fixtures::{get_json, request};

/// [1]
#[tokio::test]
async fn all_assets_are_listed_with_lasting_identifiers() {
    let server = test_server();
    let assets = get_json(&server.server, "/api/v1/live/assets").await;
    let list = assets.as_array().unwrap();
    let names: Vec<&str> = list
        .iter()
        .map(|asset| asset["name"].as_str().unwrap())
        .collect();
    for name in ["cube", "large_cube", "sphere", "cylinder", "ground"] {
        assert!(names.contains(&name), "{name}");
    }
    for entry in library::entries() {
        let name = format!("molecule:{}", entry.key);
        assert!(names.contains(&name.as_str()), "{name}");
    }
    let mut ids: Vec<u64> = list
        .iter()
        .map(|asset| asset["asset_id"].as_u64().unwrap())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), names.len());
    assert_eq!(
        assets,
        get_json(&server.server, "/api/v1/live/assets").await
    );
    assert!(
        list.iter()
            .all(|asset| asset.as_object().unwrap().len() == 2)
    );
}

/// [2]
#[tokio::test]
async fn health_is_ok() {
    let server = test_server();
    let health: Value = get_json(&server.server, "/api/v1/health").await;
    assert_eq!(health, json!({"status": "ok"}));
}

/// [2]
#[tokio::test]
async fn pages_that_do_not_exist_name_the_page_of_rigid_bodies() {
    let server = test_server();
    let (head, body) = request(&server.server, "GET /no/such/page", "").await;
    assert!(head.starts_with("http/1.1 404"), "{head}");
    assert!(
        body.contains("/live ") && body.contains("/api/v1/live "),
        "{body}"
    );
}
