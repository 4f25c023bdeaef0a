//! Reports over HTTP.

use serde_json::{Value, json};

use super::fixtures::{Client, get_json, request, server, server_with};
use crate::test_server::DRIVER;

const STATUS: &str = r#"{"callback":"status","text":"starting"}"#;

#[tokio::test]
async fn a_foreign_trainer_feeds_a_training_with_the_drivers_token() {
    let server = server();
    let post = format!("POST /api/ws/feed?name=mace&token={DRIVER}");
    let (head, body) = request(&server, &post, STATUS).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert_eq!(
        serde_json::from_str::<Value>(&body).unwrap(),
        json!({"accepted": 1})
    );
    let mut client = Client::connect(&server, "?name=mace").await;
    client
        .send(&json!({"type": "subscribe", "events": ["training_status"], "replay": 1}))
        .await;
    client.until("subscribed").await;
    assert_eq!(client.event().await["status"], "starting");
    let lines = format!(
        "{STATUS}\n\n{}\n",
        r#"{"callback":"status","text":"Training completed"}"#
    );
    let (head, _) = request(&server, &post, &lines).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert_eq!(client.event().await["status"], "starting");
    assert_eq!(client.event().await["status"], "completed");
}

#[tokio::test]
async fn a_feed_without_a_name_goes_to_the_training_fed_last() {
    let server = server();
    for (query, newest) in [("", "training"), ("name=b&", "b"), ("", "b")] {
        let post = format!("POST /api/ws/feed?{query}token={DRIVER}");
        let (head, _) = request(&server, &post, STATUS).await;
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let list = get_json(&server, "/api/ws/trainings").await;
        assert_eq!(list["trainings"][0]["name"], newest);
    }
}

/// [25] [28]
#[tokio::test]
async fn a_feed_that_is_not_allowed_or_invalid_is_refused_as_a_whole() {
    let server = server();
    let _own = server.open_training("own", None).unwrap();
    let driver = format!("token={DRIVER}");
    let lines = format!("{STATUS}\n{{\"callback\":\"dance\"}}");
    let large = STATUS.repeat(2000);
    for (query, body, code) in [
        ("", STATUS, "403"),
        ("token=wrong", STATUS, "403"),
        (&driver, lines.as_str(), "400"),
        (&driver, "", "400"),
        (&driver, large.as_str(), "413"),
        (&format!("{driver}&name=own"), STATUS, "409"),
        (&format!("{driver}&name=../x"), STATUS, "409"),
    ] {
        let (head, body) = request(&server, &format!("POST /api/ws/feed?{query}"), body).await;
        assert!(
            head.starts_with(&format!("http/1.1 {code}")),
            "{query}: {head}"
        );
        let error: Value = serde_json::from_str(&body).unwrap();
        assert!(error["error"].as_str().is_some_and(|text| !text.is_empty()));
    }
    let list = get_json(&server, "/api/ws/trainings").await;
    assert_eq!(list["trainings"].as_array().unwrap().len(), 1);
}

/// [25]
#[tokio::test]
async fn a_page_of_another_origin_may_not_feed() {
    let server = server();
    let post =
        format!("POST /api/ws/feed?token={DRIVER} HTTP/1.1\r\nOrigin: http://evil.example\r\nX:");
    let (head, _) = request(&server, &post, STATUS).await;
    assert!(head.starts_with("http/1.1 403"), "{head}");
}

/// [25]
#[tokio::test]
async fn the_rate_of_feeds_is_limited() {
    let server = server_with(|settings| settings.limits.training.messages_per_second = 2);
    let mut refused = 0;
    for _ in 0..12 {
        let post = format!("POST /api/ws/feed?token={DRIVER}");
        let (head, _) = request(&server, &post, STATUS).await;
        refused += usize::from(head.starts_with("http/1.1 429"));
    }
    assert!(refused > 0);
}
