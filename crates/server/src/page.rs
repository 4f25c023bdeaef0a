//! The page for browsers, and files that clients want.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path as FilePath;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use include_dir::{Dir, include_dir};

use crate::session::wire;
use mlipview_core::chem::excerpt;

/// The page as it was built from `assets/spectator`.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../assets/spectator/dist");

/// `/`
pub(super) async fn index(headers: HeaderMap) -> Response {
    built("index.html", &headers)
}

/// `/FILE`
pub(super) async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    built(&name, &headers)
}

/// `/session.proto`
pub(super) async fn schema(headers: HeaderMap) -> Response {
    fixed(
        wire::SCHEMA.as_bytes(),
        "text/plain; charset=utf-8",
        &headers,
    )
}

/// `/session.binpb`
pub(super) async fn descriptors(headers: HeaderMap) -> Response {
    fixed(wire::DESCRIPTORS, "application/octet-stream", &headers)
}

/// Whatever is not here.
pub(super) async fn missing() -> Response {
    let words = "There is nothing here. The page is at /, its socket at /ws, figures at /health and \
                 /metrics, structures at /api/library, the messages at /session.proto.\n";
    (StatusCode::NOT_FOUND, words).into_response()
}

fn built(name: &str, headers: &HeaderMap) -> Response {
    let Some(file) = FILES.get_file(name) else {
        let name = excerpt(name);
        let words = format!("There is no file {name:?} here; the page is at /.\n");
        return (StatusCode::NOT_FOUND, words).into_response();
    };
    fixed(file.contents(), kind_of(file.path()), headers)
}

/// A file that is the same until another program is started: whoever has it need not have it again.
fn fixed(content: &'static [u8], kind: &'static str, headers: &HeaderMap) -> Response {
    let tag = tag_of(content);
    let known = headers.get(header::IF_NONE_MATCH);
    let known = known
        .and_then(|tags| tags.to_str().ok())
        .unwrap_or_default();
    let caching = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    if known
        .split(',')
        .any(|other| other.trim().trim_start_matches("W/") == tag)
    {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let kind = [(header::CONTENT_TYPE, kind)];
    (caching, kind, Bytes::from_static(content)).into_response()
}

fn tag_of(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

fn kind_of(path: &FilePath) -> &'static str {
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
