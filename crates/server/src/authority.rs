//! Authorities `host:port` of origins and addresses.

/// Host and port of an origin `scheme://host:port`, in lower case and without the scheme's default port.
pub(super) fn authority_of(origin: &str) -> Option<String> {
    let (scheme, rest) = origin.split_once("://")?;
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    let valid = matches!(scheme, "http" | "https")
        && !authority.is_empty()
        && !authority.contains(['/', '@', '?', '#', ' ', '*']);
    valid.then(|| without_default_port(authority, origin))
}

/// The authority in lower case, without the default port of the origin's scheme.
pub(super) fn without_default_port(authority: &str, origin: &str) -> String {
    let port = if origin.starts_with("https:") {
        ":443"
    } else {
        ":80"
    };
    let authority = authority.to_ascii_lowercase();
    authority
        .strip_suffix(port)
        .map_or(authority.clone(), str::to_owned)
}

/// The host of `host:port`, in lower case.
pub(super) fn host_of(authority: &str) -> String {
    let end = match authority.rfind(':') {
        Some(colon) if !authority[colon..].contains(']') => colon,
        _ => authority.len(),
    };
    authority[..end].to_ascii_lowercase()
}
