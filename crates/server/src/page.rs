//! The pages for browsers and the schema.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path as FilePath;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};

use crate::session::wire;
use mlipview_core::chem::excerpt;

/// The bundle built from `assets/spectator`.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/spectator/dist");

/// `/`
pub(super) async fn index(headers: HeaderMap) -> Response {
    page_file("index.html", &headers)
}

/// `/training`: the page of trainings.
pub(super) async fn training(headers: HeaderMap) -> Response {
    page_file("training.html", &headers)
}

/// `/live`: the page of live runs.
pub(super) async fn live(headers: HeaderMap) -> Response {
    page_file("live.html", &headers)
}

/// `/FILE`
pub(super) async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    page_file(&name, &headers)
}

/// `/session.proto`
pub(super) async fn schema(headers: HeaderMap) -> Response {
    static_file(
        wire::SCHEMA.as_bytes(),
        "text/plain; charset=utf-8",
        &headers,
    )
}

/// `/session.binpb`
pub(super) async fn descriptors(headers: HeaderMap) -> Response {
    static_file(wire::DESCRIPTORS, "application/octet-stream", &headers)
}

/// All other paths.
pub(super) async fn not_found() -> Response {
    let text = "Not found. Try / (the page), /training (the page of trainings), /live (the page of rigid bodies), /ws \
                (WebSocket), /health, /metrics, /api/library (structures), /session.proto (messages), \
                /ws/training (telemetry) or /api/v1/live (rigid bodies).\n";
    (StatusCode::NOT_FOUND, text).into_response()
}

fn page_file(name: &str, headers: &HeaderMap) -> Response {
    let Some(file) = FILES.get_file(name) else {
        let name = excerpt(name);
        let text = format!("There is no file {name:?}; the page is at /.\n");
        return (StatusCode::NOT_FOUND, text).into_response();
    };
    static_file(file.contents(), content_type_of(file.path()), headers)
}

/// A file that does not change while the server runs; cached copies are validated by their ETag.
fn static_file(
    content: &'static [u8],
    content_type: &'static str,
    headers: &HeaderMap,
) -> Response {
    let tag = etag(content);
    let cached = headers.get(header::IF_NONE_MATCH);
    let cached = cached
        .and_then(|tags| tags.to_str().ok())
        .unwrap_or_default();
    let caching = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    if cached
        .split(',')
        .any(|other| other.trim().trim_start_matches("W/") == tag)
    {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let content_type = [(header::CONTENT_TYPE, content_type)];
    (caching, content_type, Bytes::from_static(content)).into_response()
}

fn etag(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

fn content_type_of(path: &FilePath) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        _ => "application/octet-stream",
    }
}
