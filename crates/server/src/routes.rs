//! Routes, with the headers of every response.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};

#[cfg(feature = "bodies")]
use super::live;
use super::state::AppState;
use super::training;
use super::{page, rest, upgrade};

/// Security headers of every response, besides the content security policy.
const SECURITY_HEADERS: [(HeaderName, &str); 5] = [
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

/// All routes.
pub(super) fn router(state: Arc<AppState>) -> Router {
    let routes = Router::new()
        .route("/ws", any(upgrade::handle))
        .route("/ws/training", any(training::upgrade::handle))
        .route("/api/ws/status", get(training::rest::status))
        .route("/api/ws/trainings", get(training::rest::trainings))
        .route("/api/ws/feed", post(training::feed_endpoint::feed))
        .route("/api/ws/samples/{*path}", get(training::rest::sample))
        .route("/training.proto", get(training::rest::schema))
        .route("/training.binpb", get(training::rest::descriptors))
        .route("/health", get(rest::health))
        .route("/serve/health", get(rest::serve_health))
        .route("/metrics", get(rest::metrics))
        .route("/api/library", get(rest::structures))
        .route("/api/library/{key}", get(rest::structure))
        .route("/session.proto", get(page::schema))
        .route("/session.binpb", get(page::descriptors))
        .route("/", get(page::index))
        .route("/training", get(page::training))
        .route("/live", get(page::live))
        .route("/{file}", get(page::file));
    #[cfg(feature = "bodies")]
    let routes = routes
        .route("/api/v1/live", any(live::upgrade::handle))
        .route("/api/v1/live/assets", get(live::rest::assets))
        .route("/api/v1/health", get(live::rest::health));
    routes
        .fallback(page::not_found)
        .layer(from_fn_with_state(Arc::clone(&state), secure))
        .with_state(state)
}

/// Refuses foreign host names, and adds security headers; a response keeps its own content security policy.
async fn secure(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).cloned();
    let mut response = match state.access.check_host(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(error) => {
            state.metrics.count_refusal("HOST");
            return (StatusCode::MISDIRECTED_REQUEST, format!("{error}\n")).into_response();
        }
    };
    let headers = response.headers_mut();
    // Samples have a stricter one.
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert_with(|| content_security_policy(host.as_ref(), &state.access.frame_ancestors()));
    for (name, value) in SECURITY_HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Allows content of this server only, no inline code, and frames of these ancestors. Sockets are named by
/// host, since some browsers do not include them in 'self'.
fn content_security_policy(host: Option<&HeaderValue>, ancestors: &str) -> HeaderValue {
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || ".:-[]".contains(letter);
    let sockets = if !host.is_empty() && host.chars().all(allowed) {
        format!(" ws://{host} wss://{host}")
    } else {
        String::new()
    };
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'{sockets}; base-uri 'none'; form-action 'none'; \
         frame-ancestors {ancestors}"
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}
