//! Who may come in, and as what.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use rand::TryRng;
use rand::rngs::SysRng;
use subtle::ConstantTimeEq;

use super::error::ServeError;
use super::settings::Settings;
use mlipview_core::chem::excerpt;
use mlipview_core::presence::Role;

/// The shortest token that may be chosen, letters.
const SHORTEST_TOKEN: usize = 8;

/// Tokens, and the names by which pages may call this server.
pub(super) struct Access {
    driver: String,
    owner: String,
    /// Hosts and ports of pages that may connect.
    origins: Vec<String>,
    /// Hosts that are this server, besides addresses in numbers.
    hosts: Vec<String>,
}

/// A token that opens nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "FORBIDDEN: this token is not known here, perhaps because the server was started anew; take the \
     new link, or come without a token to watch"
)]
pub(super) struct WrongToken;

impl Access {
    pub(super) fn new(settings: &Settings) -> Result<Access, ServeError> {
        let driver = token("driver's", settings.driver_token.as_deref())?;
        let owner = token("owner's", settings.owner_token.as_deref())?;
        if driver == owner {
            let (whose, problem) = ("owner's", "that of drivers, too");
            return Err(ServeError::Token { whose, problem });
        }
        let origins = settings.origins.iter();
        let origins = origins
            .map(|origin| authority_of(origin).ok_or_else(|| ServeError::Origin(origin.clone())));
        let origins: Vec<String> = origins.collect::<Result<_, _>>()?;
        let listened = settings.listen.iter().map(|address| host_of(address));
        let mut hosts: Vec<String> = origins.iter().map(|origin| host_of(origin)).collect();
        hosts.extend(listened);
        Ok(Access {
            driver,
            owner,
            origins,
            hosts,
        })
    }

    pub(super) fn driver_token(&self) -> &str {
        &self.driver
    }

    pub(super) fn owner_token(&self) -> &str {
        &self.owner
    }

    /// What the bearer of a token may do. Takes as long for a wrong one as for a right one of its
    /// length.
    pub(super) fn role(&self, token: Option<&str>) -> Result<Role, WrongToken> {
        let Some(token) = token else {
            return Ok(Role::Spectator);
        };
        let is = |other: &str| bool::from(token.as_bytes().ct_eq(other.as_bytes()));
        match (is(&self.owner), is(&self.driver)) {
            (true, _) => Ok(Role::Owner),
            (false, true) => Ok(Role::Driver),
            (false, false) => Err(WrongToken),
        }
    }

    /// Whether the request is for a name that is ours. A page of another name that has been made to
    /// lead here could otherwise speak as if it were ours.
    ///
    /// # Errors
    /// Why not, and what to do.
    pub(super) fn check_host(&self, headers: &HeaderMap) -> Result<(), String> {
        let Some(host) = headers.get(header::HOST) else {
            return Ok(()); // No browser leaves it out.
        };
        let host = host_of(host.to_str().unwrap_or_default());
        let is_address = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
        if is_address || host == "localhost" || self.hosts.contains(&host) {
            Ok(())
        } else {
            let host = excerpt(&host);
            Err(format!(
                "This server does not go by the name {host:?}. If it should, start it with \
                 --allow-origin http://{host}:PORT, or https where there is a certificate.\n"
            ))
        }
    }

    /// Whether a conversation may be begun from the page that asks for one: ours, or one that is
    /// allowed. Programs that are no browsers name no page.
    ///
    /// # Errors
    /// Why not, and what to do.
    pub(super) fn check_origin(&self, headers: &HeaderMap) -> Result<(), String> {
        let Some(origin) = headers.get(header::ORIGIN) else {
            return Ok(());
        };
        let origin = origin.to_str().unwrap_or_default();
        let host = headers.get(header::HOST);
        let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
        let known = authority_of(origin).is_some_and(|page| {
            page == without_default_port(host, origin) || self.origins.contains(&page)
        });
        if known {
            Ok(())
        } else {
            let origin = excerpt(origin);
            Err(format!(
                "Pages of {origin:?} may not connect to this server. If they should, start it with \
                 --allow-origin {origin}.\n"
            ))
        }
    }
}

/// The token that was chosen, if it can protect anything; else one of 128 random bits.
fn token(whose: &'static str, chosen: Option<&str>) -> Result<String, ServeError> {
    let Some(chosen) = chosen else {
        let mut bytes = [0_u8; 16];
        let filled = SysRng.try_fill_bytes(&mut bytes);
        filled.map_err(|error| ServeError::System(format!("no random numbers ({error})")))?;
        return Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect());
    };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-._~".contains(letter);
    let problem = if chosen.len() < SHORTEST_TOKEN {
        "shorter than 8 letters"
    } else if !chosen.chars().all(plain) {
        "not of letters, digits, and - . _ ~ alone"
    } else {
        return Ok(chosen.to_owned());
    };
    Err(ServeError::Token { whose, problem })
}

/// Host and port of `scheme://host:port`, in lower case and without the port that goes without saying.
fn authority_of(origin: &str) -> Option<String> {
    let (scheme, rest) = origin.split_once("://")?;
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    let sound = matches!(scheme, "http" | "https")
        && !authority.is_empty()
        && !authority.contains(['/', '@', '?', '#', ' ', '*']);
    sound.then(|| without_default_port(authority, origin))
}

fn without_default_port(authority: &str, origin: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn access(origins: &[&str]) -> Access {
        let origins = origins.iter().map(|origin| (*origin).to_owned()).collect();
        let settings = Settings {
            listen: vec!["desk.lan:8000".to_owned()],
            driver_token: Some("driver-token".to_owned()),
            origins,
            ..Settings::default()
        };
        Access::new(&settings).unwrap()
    }

    fn headers(host: &str, origin: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        headers
    }

    #[test]
    fn only_a_known_token_opens_more_than_the_eyes() {
        let access = access(&[]);
        assert_eq!(access.role(None), Ok(Role::Spectator));
        assert_eq!(access.role(Some("driver-token")), Ok(Role::Driver));
        let owner = access.owner_token().to_owned();
        assert_eq!(owner.len(), 32);
        assert_eq!(access.role(Some(&owner)), Ok(Role::Owner));
        for wrong in ["", "driver-toke", "driver-token2", "Driver-token"] {
            assert_eq!(access.role(Some(wrong)), Err(WrongToken), "{wrong:?}");
        }
    }

    #[test]
    fn a_page_of_another_origin_may_not_connect() {
        let access = access(&["https://lab.example.org"]);
        let may = |host, origin| access.check_origin(&headers(host, origin)).is_ok();
        assert!(may("127.0.0.1:8000", "http://127.0.0.1:8000"));
        assert!(may("Desk.lan", "http://desk.lan:80"));
        assert!(may("127.0.0.1:8000", "https://lab.example.org:443"));
        assert!(!may("127.0.0.1:8000", "http://127.0.0.1:8001"));
        assert!(!may("127.0.0.1:8000", "http://evil.example"));
        assert!(!may("127.0.0.1:8000", "null"));
        assert!(!may("127.0.0.1:8000", ""));
    }

    #[test]
    fn only_names_of_ours_are_answered_to() {
        let access = access(&["https://lab.example.org"]);
        let may = |host| access.check_host(&headers(host, "null")).is_ok();
        for ours in [
            "127.0.0.1:8000",
            "[::1]:8000",
            "[::1]",
            "localhost:8000",
            "desk.lan",
            "lab.example.org",
        ] {
            assert!(may(ours), "{ours}");
        }
        assert!(!may("evil.example:8000"));
        assert!(!may("localhost.evil.example"));
    }

    #[test]
    fn a_token_that_protects_nothing_is_refused() {
        for bad in ["", "short", "with space in it", "täglich-neu"] {
            assert!(token("driver's", Some(bad)).is_err(), "{bad:?}");
        }
    }
}
