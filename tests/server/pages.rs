//! Pages, health and metrics.

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::client::*;
use super::rooms::join;
use super::test_server::{DRIVER, TestServer, settings, test_server, test_server_with};
use super::websocket_client::{connect, connect_refused};

/// The response of a path: its head in lower case, and its body.
async fn get(test: &TestServer, path: &str) -> (String, String) {
    get_with(test, path, "Host: localhost\r\n").await
}

async fn get_with(test: &TestServer, path: &str, headers: &str) -> (String, String) {
    let mut stream = TcpStream::connect(test.server.addresses()[0])
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

async fn json(test: &TestServer, path: &str) -> Value {
    let (head, body) = get(test, path).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    serde_json::from_str(&body).unwrap()
}

#[tokio::test]
async fn the_page_has_security_headers_and_an_etag() {
    let test = test_server();
    let (head, body) = get(&test, "/").await;
    assert!(
        head.starts_with("http/1.1 200") && head.contains("text/html"),
        "{head}"
    );
    assert!(body.contains("<title>"));
    for header in [
        "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src \
         'self' data:; connect-src 'self' ws://localhost wss://localhost; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
        "cross-origin-opener-policy: same-origin",
        "cross-origin-resource-policy: same-origin",
    ] {
        assert!(head.contains(header), "{header} is not in\n{head}");
    }
    let tag = head
        .lines()
        .find_map(|line| line.strip_prefix("etag: "))
        .unwrap();
    let again = format!("Host: localhost\r\nIf-None-Match: {tag}\r\n");
    let (head, body) = get_with(&test, "/", &again).await;
    assert!(
        head.starts_with("http/1.1 304") && body.is_empty(),
        "{head}"
    );
    let (head, body) = get(&test, "/no-such-file").await;
    assert!(
        head.starts_with("http/1.1 404")
            && body.contains("/no-such-file") | body.contains("no-such-file")
    );
}

#[tokio::test]
async fn the_page_of_trainings_is_served_with_its_files_and_the_same_headers() {
    let test = test_server();
    let (head, body) = get(&test, "/training").await;
    assert!(head.starts_with("http/1.1 200") && head.contains("text/html"));
    assert!(head.contains("content-security-policy: default-src 'none'; script-src 'self'"));
    for (file, media_type) in [
        ("training.js", "text/javascript"),
        ("training.css", "text/css"),
    ] {
        assert!(body.contains(&format!("\"{file}\"")), "{file}");
        let (head, _) = get(&test, &format!("/{file}")).await;
        assert!(head.starts_with("http/1.1 200") && head.contains(media_type));
    }
}

#[tokio::test]
async fn health_reports_rooms_sessions_and_resources() {
    let test = test_server();
    let (_client, _) = join(&test, "").await;
    let mut private = connect(&test.url("/ws")).await;
    private.interact(whole(&WATER), 1).await;
    private.frame().await;
    let health = json(&test, "/health").await;
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
async fn health_has_the_keys_of_the_original() {
    let test = test_server();
    let health = json(&test, "/serve/health").await;
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
    let test = test_server();
    let (mut client, _) = join(&test, "").await;
    client.frame().await;
    client.request(stop()).await;
    client.notice("FORBIDDEN").await;
    let (head, body) = get(&test, "/metrics").await;
    assert!(head.contains("openmetrics-text"), "{head}");
    let mut metrics = std::collections::BTreeMap::new();
    for line in body.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').unwrap();
        metrics.insert(name.to_owned(), value.parse::<f64>().unwrap());
    }
    assert!(body.ends_with("# EOF\n"));
    assert_eq!(metrics["mlipview_connections"], 1.0);
    assert_eq!(metrics["mlipview_conversations_total{kind=\"room\"}"], 1.0);
    assert_eq!(metrics["mlipview_people{room=\"main\"}"], 1.0);
    for name in [
        "mlipview_messages_received_total",
        "mlipview_bytes_sent_total",
        "mlipview_frames_sent_total",
        "mlipview_encodings",
        "mlipview_memory_bytes",
        "mlipview_uptime_seconds",
    ] {
        assert!(metrics[name] > 0.0, "{name}");
    }
    for name in [
        "mlipview_frames_skipped_total",
        "mlipview_private_sessions",
        "mlipview_steps{room=\"main\"}",
    ] {
        assert!(metrics.contains_key(name), "{name}");
    }
}

#[tokio::test]
async fn the_library_is_listed_and_served() {
    let test = test_server();
    let library = json(&test, "/api/library").await;
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
    let (head, body) = get(&test, "/api/library/caffeine").await;
    assert!(head.contains("chemical/x-xyz"), "{head}");
    assert!(body.starts_with("24\n") && body.lines().count() == 26);
    let (head, _) = get(&test, "/api/library/no-such").await;
    assert!(head.starts_with("http/1.1 404"), "{head}");
}

#[tokio::test]
async fn clients_can_load_the_schema() {
    let test = test_server();
    let (_, schema) = get(&test, "/session.proto").await;
    assert!(schema.contains("package fairchem.session;"));
    let (head, descriptors) = get(&test, "/session.binpb").await;
    assert!(head.contains("application/octet-stream") && descriptors.contains("session.proto"));
}

#[tokio::test]
async fn pages_of_other_origins_may_not_connect() {
    let test = test_server_with(mlipview_server::Settings {
        origins: vec!["https://lab.example.org".to_owned()],
        ..settings()
    });
    let from = |origin: &str| {
        let mut request = test.url("/ws?room=main").into_client_request().unwrap();
        request
            .headers_mut()
            .insert("origin", origin.parse().unwrap());
        request
    };
    for origin in ["http://evil.example", "null", "http://127.0.0.1:1"] {
        let response = connect_refused(from(origin)).await;
        assert_eq!(response.status(), 403);
        let text = String::from_utf8(response.into_body().unwrap_or_default()).unwrap();
        assert!(text.contains("--allow-origin"), "{text}");
    }
    let own = format!("http://{}", test.server.addresses()[0]);
    for origin in [own.as_str(), "https://lab.example.org"] {
        tokio_tungstenite::connect_async(from(origin))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn requests_for_other_host_names_are_refused() {
    let test = test_server();
    let (head, body) = get_with(&test, "/", "Host: evil.example:8000\r\n").await;
    assert!(head.starts_with("http/1.1 421"), "{head}");
    assert!(body.contains("evil.example") && body.contains("--allow-origin"));
    let (head, _) = get_with(&test, "/health", "Host: 127.0.0.1:9\r\n").await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
}

#[tokio::test]
async fn links_have_the_servers_address_and_tokens() {
    let test = test_server();
    let links = test.server.links();
    let address = test.server.addresses()[0];
    assert_eq!(links.watch, format!("http://{address}/"));
    assert_eq!(links.drive, format!("http://{address}/#token={DRIVER}"));
    assert!(links.own.contains("#token="));
}

#[tokio::test]
async fn pages_shorten_long_names() {
    let test = test_server();
    let long = "x".repeat(5000);
    for path in [format!("/api/library/{long}"), format!("/{long}")] {
        let (head, body) = get(&test, &path).await;
        assert!(
            head.starts_with("http/1.1 404") && body.len() < 400,
            "{body}"
        );
        assert!(body.contains('…'), "{body}");
    }
    let (_, body) = get_with(&test, "/", &format!("Host: {long}\r\n")).await;
    assert!(body.len() < 400, "{body}");
}
