//! What is where, and what goes with every answer.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};

use super::house::House;
use super::{door, page, rest};

/// What every answer says to browsers, besides what may be loaded.
const PRECAUTIONS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-embedder-policy"),
        "require-corp",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// All that can be asked for.
pub(super) fn router(house: Arc<House>) -> Router {
    Router::new()
        .route("/ws", any(door::open))
        .route("/health", get(rest::health))
        .route("/serve/health", get(rest::serve_health))
        .route("/metrics", get(rest::metrics))
        .route("/api/library", get(rest::structures))
        .route("/api/library/{key}", get(rest::structure))
        .route("/session.proto", get(page::schema))
        .route("/session.binpb", get(page::descriptors))
        .route("/", get(page::index))
        .route("/{file}", get(page::file))
        .fallback(page::missing)
        .layer(from_fn_with_state(Arc::clone(&house), guarded))
        .with_state(house)
}

/// Answers only to our names, and says what a browser may do with the answer.
async fn guarded(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).cloned();
    let mut response = match house.access.check_host(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(words) => {
            house.telemetry.refused("HOST");
            return (StatusCode::MISDIRECTED_REQUEST, words).into_response();
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy(host.as_ref()));
    for (name, value) in PRECAUTIONS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Only what this server gives, and no code but its files. Some browsers do not count sockets of the
/// same host to 'self', so they are named.
fn policy(host: Option<&HeaderValue>) -> HeaderValue {
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ".:-[]".contains(letter);
    let sockets = if !host.is_empty() && host.chars().all(plain) {
        format!(" ws://{host} wss://{host}")
    } else {
        String::new()
    };
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'{sockets}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}
