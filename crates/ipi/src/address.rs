//! Addresses of sockets.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Start of the paths of UNIX sockets in i-PI and ASE.
const PREFIX: &str = "/tmp/ipi_";

/// Longest path of a UNIX socket on all systems, bytes.
const MAX_PATH: usize = 103;

/// Address of a socket: `unix:NAME`, `unix:/absolute/path` or `HOST:PORT`.
///
/// ```
/// use mlipview_ipi::Address;
///
/// let address: Address = "unix:water".parse()?;
/// assert_eq!(address, Address::Unix("/tmp/ipi_water".into()));
/// assert!("water".parse::<Address>().is_err());
/// # Ok::<(), mlipview_ipi::AddressError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Path of a UNIX socket. A name without a slash is in /tmp with the prefix `ipi_`, as for i-PI and ASE.
    Unix(PathBuf),
    /// Host and port of a TCP socket.
    Tcp(String),
}

/// An invalid address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "invalid address \"{0}\": expected unix:NAME (for i-PI's socket /tmp/ipi_NAME), unix:/absolute/path of at most \
     {MAX_PATH} bytes, or HOST:PORT, as in 127.0.0.1:31415"
)]
pub struct AddressError(String);

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Address, AddressError> {
        let error = || AddressError(text.to_owned());
        if let Some(name) = text.strip_prefix("unix:") {
            let path = match name.starts_with('/') {
                true => name.to_owned(),
                false => format!("{PREFIX}{name}"),
            };
            let is_name = !name.is_empty() && (name.starts_with('/') || !name.contains('/'));
            return match is_name && path.len() <= MAX_PATH && !path.contains('\0') {
                true => Ok(Address::Unix(path.into())),
                false => Err(error()),
            };
        }
        let (host, port) = text.rsplit_once(':').ok_or_else(error)?;
        let is_port = port.parse::<u16>().is_ok_and(|port| port > 0);
        match is_port && !host.is_empty() && !host.contains(['/', ' ']) {
            true => Ok(Address::Tcp(text.to_owned())),
            false => Err(error()),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Tcp(address) => formatter.write_str(address),
            Address::Unix(path) => {
                let path = path.to_string_lossy();
                let name = path.strip_prefix(PREFIX).filter(|name| !name.contains('/'));
                write!(formatter, "unix:{}", name.unwrap_or(&path))
            }
        }
    }
}
