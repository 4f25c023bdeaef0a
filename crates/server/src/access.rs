//! Authentication by tokens, and checks of host names and origins.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use rand::TryRng;
use rand::rngs::SysRng;
use subtle::ConstantTimeEq;

use super::authority::{authority_of, host_of, without_default_port};
use super::error::ServeError;
use super::settings::Settings;
use mlipview_core::chem::excerpt;
use mlipview_core::presence::Role;

/// Minimum length of a token, characters.
const MIN_TOKEN: usize = 8;

/// The tokens of the server, its host names, and the origins that may connect.
pub(super) struct Access {
    driver: String,
    owner: String,
    /// Authorities `HOST:PORT` of other origins that may connect.
    origins: Vec<String>,
    /// Host names of this server, besides IP addresses and `localhost`.
    hosts: Vec<String>,
}

/// A request that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum AccessError {
    #[error(
        "FORBIDDEN: unknown token; the server may have restarted: take its new link, or connect without \
         a token to watch"
    )]
    Token,
    #[error(
        "This server does not have the name {0:?}. To allow it, start the server with --allow-origin \
         http://{0}:PORT, or https if it has a certificate."
    )]
    Host(String),
    #[error(
        "Pages of {0:?} may not connect to this server. To allow them, start the server with \
         --allow-origin {0}."
    )]
    Origin(String),
}

impl Access {
    pub(super) fn new(settings: &Settings) -> Result<Access, ServeError> {
        let driver = token("driver's", settings.driver_token.as_deref())?;
        let owner = token("owner's", settings.owner_token.as_deref())?;
        if driver == owner {
            let (whose, problem) = ("owner's", "the same as the driver's");
            return Err(ServeError::Token { whose, problem });
        }
        let origins = settings.origins.iter();
        let origins = origins
            .map(|origin| authority_of(origin).ok_or_else(|| ServeError::Origin(origin.clone())));
        let origins: Vec<String> = origins.collect::<Result<_, _>>()?;
        let listen = settings.listen.iter().map(|address| host_of(address));
        let mut hosts: Vec<String> = origins.iter().map(|origin| host_of(origin)).collect();
        hosts.extend(listen);
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

    /// The role of a token. Compares in constant time.
    ///
    /// # Errors
    /// If the token is unknown.
    pub(super) fn role(&self, token: Option<&str>) -> Result<Role, AccessError> {
        let Some(token) = token else {
            return Ok(Role::Spectator);
        };
        let is = |other: &str| bool::from(token.as_bytes().ct_eq(other.as_bytes()));
        match (is(&self.owner), is(&self.driver)) {
            (true, _) => Ok(Role::Owner),
            (false, true) => Ok(Role::Driver),
            (false, false) => Err(AccessError::Token),
        }
    }

    /// The `frame-ancestors` of a content security policy: pages of the other origins that may connect may
    /// also show pages of this server, as notebooks do.
    pub(super) fn frame_ancestors(&self) -> String {
        // What authorities may have and policies not, such as a semicolon.
        let safe = |letter: char| letter.is_ascii_alphanumeric() || ".:-[]".contains(letter);
        let origins = self.origins.iter();
        let origins: Vec<&str> = origins
            .filter(|origin| origin.chars().all(safe))
            .map(String::as_str)
            .collect();
        if origins.is_empty() {
            return "'none'".to_owned();
        }
        origins.join(" ")
    }

    /// Checks the host name of a request, which prevents DNS rebinding: pages of a foreign name that
    /// resolves to this server.
    ///
    /// # Errors
    /// If the name is not this server's.
    pub(super) fn check_host(&self, headers: &HeaderMap) -> Result<(), AccessError> {
        let Some(host) = headers.get(header::HOST) else {
            return Ok(()); // Browsers always send it.
        };
        let host = host_of(host.to_str().unwrap_or_default());
        let is_address = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
        if is_address || host == "localhost" || self.hosts.contains(&host) {
            Ok(())
        } else {
            Err(AccessError::Host(excerpt(&host).into_owned()))
        }
    }

    /// Checks the origin of a WebSocket upgrade. Programs other than browsers send none.
    ///
    /// # Errors
    /// If the page is from another server that is not allowed.
    pub(super) fn check_origin(&self, headers: &HeaderMap) -> Result<(), AccessError> {
        let Some(origin) = headers.get(header::ORIGIN) else {
            return Ok(());
        };
        let origin = origin.to_str().unwrap_or_default();
        let host = headers.get(header::HOST);
        let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
        let allowed = authority_of(origin).is_some_and(|page| {
            page == without_default_port(host, origin) || self.origins.contains(&page)
        });
        if allowed {
            Ok(())
        } else {
            Err(AccessError::Origin(excerpt(origin).into_owned()))
        }
    }
}

/// The chosen token, or one of 128 random bits.
///
/// # Errors
/// If the chosen token is too short, or has characters that links do not allow.
fn token(whose: &'static str, chosen: Option<&str>) -> Result<String, ServeError> {
    let Some(chosen) = chosen else {
        let mut bytes = [0_u8; 16];
        let filled = SysRng.try_fill_bytes(&mut bytes);
        filled.map_err(|error| ServeError::System(format!("no random numbers ({error})")))?;
        return Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect());
    };
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-._~".contains(letter);
    let problem = if chosen.len() < MIN_TOKEN {
        "shorter than 8 characters"
    } else if !chosen.chars().all(allowed) {
        "invalid: only letters, digits and - . _ ~ are allowed"
    } else {
        return Ok(chosen.to_owned());
    };
    Err(ServeError::Token { whose, problem })
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
    fn only_a_known_token_gives_more_than_the_spectators_role() {
        let access = access(&[]);
        assert_eq!(access.role(None), Ok(Role::Spectator));
        assert_eq!(access.role(Some("driver-token")), Ok(Role::Driver));
        let owner = access.owner_token().to_owned();
        assert_eq!(owner.len(), 32);
        assert_eq!(access.role(Some(&owner)), Ok(Role::Owner));
        for wrong in ["", "driver-toke", "driver-token2", "Driver-token"] {
            assert_eq!(
                access.role(Some(wrong)),
                Err(AccessError::Token),
                "{wrong:?}"
            );
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
    fn only_allowed_origins_may_show_pages_in_frames() {
        assert_eq!(access(&[]).frame_ancestors(), "'none'");
        let notebooks = access(&["http://localhost:8888", "https://lab.example.org"]);
        assert_eq!(
            notebooks.frame_ancestors(),
            "localhost:8888 lab.example.org"
        );
    }

    #[test]
    fn only_names_of_this_server_are_accepted() {
        let access = access(&["https://lab.example.org"]);
        let may = |host| access.check_host(&headers(host, "null")).is_ok();
        for own in [
            "127.0.0.1:8000",
            "[::1]:8000",
            "[::1]",
            "localhost:8000",
            "desk.lan",
            "lab.example.org",
        ] {
            assert!(may(own), "{own}");
        }
        assert!(!may("evil.example:8000"));
        assert!(!may("localhost.evil.example"));
    }

    #[test]
    fn a_weak_token_is_refused() {
        for bad in ["", "short", "with space in it", "täglich-neu"] {
            assert!(token("driver's", Some(bad)).is_err(), "{bad:?}");
        }
    }
}
