//! Query of an address of trainings.

use axum::http::HeaderMap;

use crate::admission::bearer_token;

/// Format of the events for a client. \[30\]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// JSON in text frames.
    #[default]
    Json,
    /// Messages of `proto/training.proto` in binary frames.
    Protobuf,
}

/// Query of an address: `?name=NAME&token=TOKEN&format=protobuf`.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// Name of the training; the newest if `None`.
    pub(super) name: Option<String>,
    /// Token of a role, also from the header `Authorization`.
    pub(super) token: Option<String>,
    /// Format of the events; `None` if it is unknown.
    pub(super) format: Option<Format>,
}

impl Query {
    pub(super) fn parse(query: Option<&str>, headers: &HeaderMap) -> Query {
        let mut parsed = Query {
            format: Some(Format::Json),
            ..Query::default()
        };
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        for (key, value) in pairs.filter(|(_, value)| !value.is_empty()) {
            match key.as_ref() {
                "name" => parsed.name = Some(value.into_owned()),
                "token" => parsed.token = Some(value.into_owned()),
                "format" => {
                    parsed.format = match value.as_ref() {
                        "json" => Some(Format::Json),
                        "protobuf" => Some(Format::Protobuf),
                        _ => None,
                    };
                }
                _ => {}
            }
        }
        parsed.token = parsed.token.or_else(|| bearer_token(headers));
        parsed
    }
}
