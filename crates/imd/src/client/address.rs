//! Addresses of programs that compute dynamics.

use std::fmt;
use std::str::FromStr;

/// Port of IMD in VMD's examples and in GROMACS.
const DEFAULT_PORT: u16 = 8888;

/// Host and port, as in `imd://127.0.0.1:8888`.
///
/// ```
/// use mlipview_imd::Address;
///
/// let address: Address = "imd://localhost".parse()?;
/// assert_eq!((address.host.as_str(), address.port), ("localhost", 8888));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Name or number of the host, without the brackets of IPv6.
    pub host: String,
    /// Port.
    pub port: u16,
}

/// Error of an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid address {0}: expected imd://HOST:PORT, as in imd://127.0.0.1:8888")]
pub struct AddressError(String);

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Address, AddressError> {
        let error = || AddressError(text.to_owned());
        let place = text.strip_prefix("imd://").ok_or_else(error)?;
        let place = place.strip_suffix('/').unwrap_or(place);
        let (host, port) = match place.rsplit_once(':') {
            // Colons inside brackets belong to an IPv6 address.
            Some((host, port)) if !port.contains(']') => (host, port.parse().map_err(|_| error())?),
            _ => (place, DEFAULT_PORT),
        };
        let bare = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        let is_valid = match bare {
            Some(bare) => !bare.is_empty(),
            None => !host.is_empty() && !host.contains([':', '/', '[', ']', '@', ' ']),
        };
        if !is_valid || port == 0 {
            return Err(error());
        }
        Ok(Address {
            host: bare.unwrap_or(host).to_owned(),
            port,
        })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Address { host, port } = self;
        if host.contains(':') {
            write!(formatter, "imd://[{host}]:{port}")
        } else {
            write!(formatter, "imd://{host}:{port}")
        }
    }
}
