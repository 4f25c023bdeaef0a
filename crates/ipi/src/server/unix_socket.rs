//! UNIX socket with a file, which it makes and removes without harm to other programs.

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

/// List of all UNIX sockets of a Linux system, with the paths of their files.
const SOCKETS: &str = "/proc/net/unix";

/// A UNIX socket that listens.
pub(super) struct UnixSocket {
    listener: UnixListener,
    path: PathBuf,
    /// Device and number of the file.
    file: (u64, u64),
}

impl UnixSocket {
    /// Listens at a path. A socket file without a program behind it, left from one that was killed, is replaced.
    pub(super) fn bind(path: &Path) -> io::Result<UnixSocket> {
        let listener = match UnixListener::bind(path) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                let kind = fs::symlink_metadata(path)?.file_type();
                if !kind.is_socket() {
                    let reason = "a file of this name exists and is not a socket";
                    return Err(io::Error::new(io::ErrorKind::AlreadyExists, reason));
                }
                if is_alive(path) {
                    return Err(error);
                }
                fs::remove_file(path)?;
                UnixListener::bind(path)?
            }
            bound => bound?,
        };
        listener.set_nonblocking(true)?;
        Ok(UnixSocket {
            listener,
            path: path.to_owned(),
            file: identity(path)?,
        })
    }

    /// The next connection, if there is one.
    pub(super) fn accept(&self) -> io::Result<UnixStream> {
        let (stream, _) = self.listener.accept()?;
        stream.set_nonblocking(false)?;
        Ok(stream)
    }

    /// Removes the file, unless it belongs to another socket meanwhile.
    pub(super) fn remove_file(&self) {
        if identity(&self.path).is_ok_and(|file| file == self.file) {
            // Nothing is lost if it stays.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether a program listens at a socket file. Where the system lists its sockets, nothing connects to find out: the
/// other program would take that for a driver.
fn is_alive(path: &Path) -> bool {
    match fs::read_to_string(SOCKETS) {
        Ok(sockets) => {
            let end = format!(" {}", path.display());
            sockets.lines().any(|line| line.ends_with(&end))
        }
        Err(_) => UnixStream::connect(path).is_ok(),
    }
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    let file = fs::symlink_metadata(path)?;
    Ok((file.dev(), file.ino()))
}
