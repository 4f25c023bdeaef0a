//! Pages and figures.

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::client::*;
use super::place::{DRIVER, Place, place, place_with, settings};
use super::rooms::guest;
use super::wire::{knock, visit};

/// What is at a path: the head, with names in lower case, and the body.
async fn get(place: &Place, path: &str) -> (String, String) {
    get_with(place, path, "Host: localhost\r\n").await
}

async fn get_with(place: &Place, path: &str, headers: &str) -> (String, String) {
    let mut stream = TcpStream::connect(place.server.addresses()[0])
        .await
        .unwrap();
    let request = format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_lowercase(), body.to_owned())
}

async fn json(place: &Place, path: &str) -> Value {
    let (head, body) = get(place, path).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    serde_json::from_str(&body).unwrap()
}

#[tokio::test]
async fn the_page_comes_with_precautions_and_once() {
    let place = place();
    let (head, body) = get(&place, "/").await;
    assert!(
        head.starts_with("http/1.1 200") && head.contains("text/html"),
        "{head}"
    );
    assert!(body.contains("<title>"));
    for precaution in [
        "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src \
         'self' data:; connect-src 'self' ws://localhost wss://localhost; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
        "cross-origin-opener-policy: same-origin",
        "cross-origin-resource-policy: same-origin",
    ] {
        assert!(head.contains(precaution), "{precaution} is not in\n{head}");
    }
    let tag = head
        .lines()
        .find_map(|line| line.strip_prefix("etag: "))
        .unwrap();
    let again = format!("Host: localhost\r\nIf-None-Match: {tag}\r\n");
    let (head, body) = get_with(&place, "/", &again).await;
    assert!(
        head.starts_with("http/1.1 304") && body.is_empty(),
        "{head}"
    );
    let (head, body) = get(&place, "/no-such-file").await;
    assert!(
        head.starts_with("http/1.1 404")
            && body.contains("/no-such-file") | body.contains("no-such-file")
    );
}

#[tokio::test]
async fn health_says_how_the_server_is() {
    let place = place();
    let (_guest, _) = guest(&place, "").await;
    let mut private = visit(&place.at("/ws")).await;
    private.interact(whole(&WATER), 1).await;
    private.frame().await;
    let health = json(&place, "/health").await;
    assert_eq!(health["status"], "ok");
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    assert!(
        health["potential"]
            .as_str()
            .unwrap()
            .starts_with("lj:sigma=3.405")
    );
    assert_eq!(health["device"], "cpu");
    let room = &health["rooms"][0];
    assert_eq!(
        (&room["name"], &room["title"]),
        (&Value::from("main"), &Value::from("argon"))
    );
    assert_eq!(
        (&room["atoms"], &room["activity"]),
        (&Value::from(8), &Value::from("idle"))
    );
    assert_eq!(room["people"], 1);
    assert_eq!(
        (&health["connections"], &health["private_sessions"]),
        (&Value::from(2), &Value::from(1))
    );
    assert!(health["memory_bytes"].as_u64().unwrap() > 1 << 20);
    assert!(health["uptime_s"].as_f64().unwrap() > 0.0);
    assert!(health["steps_per_second"].is_number());
}

#[tokio::test]
async fn the_originals_health_has_its_keys() {
    let place = place();
    let health = json(&place, "/serve/health").await;
    for key in [
        "status",
        "model",
        "task",
        "device",
        "ingress_device",
        "replica_device",
        "replica_stats_calls",
        "replica_stats_items",
    ] {
        assert!(health.get(key).is_some(), "{key}");
    }
    assert_eq!(health["replica_device"], "cpu");
    assert_eq!(health["cuda_available"], false);
    assert_eq!(health["model_loaded"], true);
    assert_eq!(health["force_cpu_mode"], true);
}

#[tokio::test]
async fn metrics_are_in_the_format_of_prometheus() {
    let place = place();
    let (mut client, _) = guest(&place, "").await;
    client.frame().await;
    client.say(stop()).await;
    client.notice("FORBIDDEN").await;
    let (head, body) = get(&place, "/metrics").await;
    assert!(head.contains("openmetrics-text"), "{head}");
    let mut figures = std::collections::BTreeMap::new();
    for line in body.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').unwrap();
        figures.insert(name.to_owned(), value.parse::<f64>().unwrap());
    }
    assert!(body.ends_with("# EOF\n"));
    assert_eq!(figures["mlipview_connections"], 1.0);
    assert_eq!(figures["mlipview_conversations_total{kind=\"room\"}"], 1.0);
    assert_eq!(figures["mlipview_people{room=\"main\"}"], 1.0);
    for name in [
        "mlipview_messages_received_total",
        "mlipview_bytes_sent_total",
        "mlipview_frames_sent_total",
        "mlipview_encodings",
        "mlipview_memory_bytes",
        "mlipview_uptime_seconds",
    ] {
        assert!(figures[name] > 0.0, "{name}");
    }
    for name in [
        "mlipview_frames_skipped_total",
        "mlipview_private_sessions",
        "mlipview_steps{room=\"main\"}",
    ] {
        assert!(figures.contains_key(name), "{name}");
    }
}

#[tokio::test]
async fn the_library_can_be_had() {
    let place = place();
    let library = json(&place, "/api/library").await;
    let caffeine = library
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["key"] == "caffeine")
        .unwrap();
    assert_eq!(
        (&caffeine["formula"], &caffeine["atoms"]),
        (&Value::from("C8H10N4O2"), &Value::from(24))
    );
    let (head, body) = get(&place, "/api/library/caffeine").await;
    assert!(head.contains("chemical/x-xyz"), "{head}");
    assert!(body.starts_with("24\n") && body.lines().count() == 26);
    let (head, _) = get(&place, "/api/library/no-such").await;
    assert!(head.starts_with("http/1.1 404"), "{head}");
}

#[tokio::test]
async fn clients_can_load_the_schema() {
    let place = place();
    let (_, schema) = get(&place, "/session.proto").await;
    assert!(schema.contains("package fairchem.session;"));
    let (head, descriptors) = get(&place, "/session.binpb").await;
    assert!(head.contains("application/octet-stream") && descriptors.contains("session.proto"));
}

#[tokio::test]
async fn pages_of_other_origins_may_not_connect() {
    let place = place_with(mlipview_server::Settings {
        origins: vec!["https://lab.example.org".to_owned()],
        ..settings()
    });
    let from = |origin: &str| {
        let mut request = place.at("/ws?room=main").into_client_request().unwrap();
        request
            .headers_mut()
            .insert("origin", origin.parse().unwrap());
        request
    };
    for origin in ["http://evil.example", "null", "http://127.0.0.1:1"] {
        let response = knock(from(origin)).await;
        assert_eq!(response.status(), 403);
        let words = String::from_utf8(response.into_body().unwrap_or_default()).unwrap();
        assert!(words.contains("--allow-origin"), "{words}");
    }
    let own = format!("http://{}", place.server.addresses()[0]);
    for origin in [own.as_str(), "https://lab.example.org"] {
        tokio_tungstenite::connect_async(from(origin))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn names_that_are_not_ours_are_not_answered_to() {
    let place = place();
    let (head, body) = get_with(&place, "/", "Host: evil.example:8000\r\n").await;
    assert!(head.starts_with("http/1.1 421"), "{head}");
    assert!(body.contains("evil.example") && body.contains("--allow-origin"));
    let (head, _) = get_with(&place, "/health", "Host: 127.0.0.1:9\r\n").await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
}

#[tokio::test]
async fn links_lead_here() {
    let place = place();
    let links = place.server.links();
    let address = place.server.addresses()[0];
    assert_eq!(links.watch, format!("http://{address}/"));
    assert_eq!(links.drive, format!("http://{address}/#token={DRIVER}"));
    assert!(links.own.contains("#token="));
}

#[tokio::test]
async fn no_page_repeats_a_long_name() {
    let place = place();
    let long = "x".repeat(5000);
    for path in [format!("/api/library/{long}"), format!("/{long}")] {
        let (head, body) = get(&place, &path).await;
        assert!(
            head.starts_with("http/1.1 404") && body.len() < 400,
            "{body}"
        );
        assert!(body.contains('…'), "{body}");
    }
    let (_, body) = get_with(&place, "/", &format!("Host: {long}\r\n")).await;
    assert!(body.len() < 400, "{body}");
}
