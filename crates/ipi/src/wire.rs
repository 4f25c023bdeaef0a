//! Messages over a stream: headers, numbers, positions and answers.

use std::io::{self, ErrorKind, Read, Write};
use std::time::Duration;

use glam::{DMat3, DVec3};
use mlipview_core::chem::units::{BOHR, HARTREE};

use super::answer::Answer;
use super::error::WireError;
use super::header::{HEADER_BYTES, Header};
use super::limits::{MAX_ATOMS, MAX_EXTRA_BYTES};
use super::positions::Positions;

/// Numbers that are read or written at once.
const CHUNK: usize = 8192;

/// Time for which a stream waits before it reports that it is not ready.
pub(crate) const POLL: Duration = Duration::from_millis(200);

/// Messages over a stream, which is to report every 0.2 s that it is not ready.
///
/// ```
/// use std::io::Cursor;
/// use std::time::Duration;
///
/// use mlipview_ipi::{Header, Wire};
///
/// let mut wire = Wire::new(Cursor::new(Vec::new()), Duration::from_secs(1), || true);
/// wire.send(Header::Status)?;
/// assert_eq!(wire.stream().get_ref(), b"STATUS      ");
/// # Ok::<(), mlipview_ipi::WireError>(())
/// ```
#[derive(Debug)]
pub struct Wire<S> {
    stream: S,
    /// Bytes that are written and not yet sent.
    buffer: Vec<u8>,
    timeout: Duration,
    goes_on: fn() -> bool,
}

impl<S: Read + Write> Wire<S> {
    /// Messages over a stream, which fail when the other program is silent for this time, or a condition does not
    /// hold any more, which is asked five times a second.
    pub fn new(stream: S, timeout: Duration, goes_on: fn() -> bool) -> Wire<S> {
        Wire {
            stream,
            buffer: Vec::new(),
            timeout,
            goes_on,
        }
    }

    /// The stream.
    pub fn stream(&self) -> &S {
        &self.stream
    }

    /// Sends a header.
    ///
    /// # Errors
    /// If the stream fails.
    pub fn send(&mut self, header: Header) -> Result<(), WireError> {
        self.buffer.extend(header.bytes());
        self.flush()
    }

    /// Waits for a header, also beyond the timeout.
    ///
    /// # Errors
    /// If the stream fails, or has other text.
    pub fn next_header(&mut self) -> Result<Header, WireError> {
        let mut bytes = [0; HEADER_BYTES];
        loop {
            let mut polls_left = 2;
            match self.stream.read(&mut bytes[..1]) {
                Ok(0) => return Err(WireError::Closed),
                Ok(_) => {
                    self.read(&mut bytes[1..])?;
                    return Header::parse(bytes);
                }
                Err(error) => self.wait_again(error, &mut polls_left)?,
            }
        }
    }

    /// Reads a header.
    ///
    /// # Errors
    /// If the stream fails, or has other text.
    pub fn header(&mut self) -> Result<Header, WireError> {
        let mut bytes = [0; HEADER_BYTES];
        self.read(&mut bytes)?;
        Header::parse(bytes)
    }

    /// Sends the message that initializes a driver: bead 0 and an empty text.
    ///
    /// # Errors
    /// If the stream fails.
    pub fn send_init(&mut self) -> Result<(), WireError> {
        self.buffer.extend(Header::Init.bytes());
        self.buffer.extend(0_i32.to_le_bytes());
        // ASE and Quantum ESPRESSO expect at least one byte.
        self.buffer.extend(1_i32.to_le_bytes());
        self.buffer.push(0);
        self.flush()
    }

    /// Reads and skips the message after the header `INIT`.
    ///
    /// # Errors
    /// If the stream fails, or the text is too long.
    pub fn skip_init(&mut self) -> Result<(), WireError> {
        self.integer()?;
        self.skip_extra()
    }

    /// Sends cell and positions.
    ///
    /// # Errors
    /// If the stream fails, or there are too many atoms.
    pub fn send_positions(&mut self, sent: &Positions) -> Result<(), WireError> {
        self.buffer.extend(Header::PosData.bytes());
        let cell = DMat3::from_cols_array_2d(&sent.cell.map(|vector| vector.to_array()));
        self.put_matrix(cell * (1.0 / BOHR));
        self.put_matrix(cell.inverse() * BOHR);
        self.put_vectors(&sent.positions, 1.0 / BOHR)?;
        self.flush()
    }

    /// Reads the message after the header `POSDATA`.
    ///
    /// # Errors
    /// If the stream fails, or the number of atoms is invalid.
    pub fn positions(&mut self) -> Result<Positions, WireError> {
        let cell = self.matrix()?;
        self.matrix()?;
        let cell = [cell.x_axis, cell.y_axis, cell.z_axis].map(|vector| vector * BOHR);
        let positions = self.vectors(BOHR)?;
        Ok(Positions { cell, positions })
    }

    /// Sends energy, forces and virial.
    ///
    /// # Errors
    /// If the stream fails, or there are too many atoms.
    pub fn send_answer(&mut self, answer: &Answer) -> Result<(), WireError> {
        self.buffer.extend(Header::ForceReady.bytes());
        self.buffer.extend((answer.energy / HARTREE).to_le_bytes());
        self.put_vectors(&answer.forces, BOHR / HARTREE)?;
        self.put_matrix(answer.virial * (1.0 / HARTREE));
        // As ASE, one byte: an empty text looks like a closed connection to some programs.
        self.buffer.extend(1_i32.to_le_bytes());
        self.buffer.push(0);
        self.flush()
    }

    /// Reads the message after the header `FORCEREADY`; extra bytes are skipped.
    ///
    /// # Errors
    /// If the stream fails, or a number of atoms or bytes is invalid.
    pub fn answer(&mut self) -> Result<Answer, WireError> {
        let energy = self.number()? * HARTREE;
        let forces = self.vectors(HARTREE / BOHR)?;
        let virial = self.matrix()? * HARTREE;
        self.skip_extra()?;
        Ok(Answer {
            energy,
            forces,
            virial,
        })
    }

    /// A matrix row by row: the columns of a cell are its vectors.
    fn put_matrix(&mut self, matrix: DMat3) {
        let rows = matrix.transpose().to_cols_array();
        self.buffer
            .extend(rows.into_iter().flat_map(f64::to_le_bytes));
    }

    fn put_vectors(&mut self, vectors: &[DVec3], unit: f64) -> Result<(), WireError> {
        let count = i32::try_from(vectors.len()).unwrap_or(i32::MAX);
        if vectors.len() > MAX_ATOMS {
            return Err(WireError::Atoms(count));
        }
        self.buffer.extend(count.to_le_bytes());
        let numbers = vectors.iter().flat_map(|vector| vector.to_array());
        for number in numbers {
            self.buffer.extend((number * unit).to_le_bytes());
        }
        Ok(())
    }

    fn vectors(&mut self, unit: f64) -> Result<Vec<DVec3>, WireError> {
        let count = self.integer()?;
        let atoms = usize::try_from(count).unwrap_or(0);
        if atoms == 0 || atoms > MAX_ATOMS {
            return Err(WireError::Atoms(count));
        }
        // Grown as numbers arrive: a wrong count takes no memory.
        let mut vectors = Vec::new();
        let mut bytes = vec![0; 24 * atoms.min(CHUNK)];
        while vectors.len() < atoms {
            let here = (atoms - vectors.len()).min(CHUNK);
            let chunk = &mut bytes[..24 * here];
            self.read(chunk)?;
            let numbers = chunk.chunks_exact(8).map(number_of);
            let numbers: Vec<f64> = numbers.map(|number| number * unit).collect();
            vectors.extend(numbers.chunks_exact(3).map(DVec3::from_slice));
        }
        Ok(vectors)
    }

    fn matrix(&mut self) -> Result<DMat3, WireError> {
        let mut rows = [0.0; 9];
        for number in &mut rows {
            *number = self.number()?;
        }
        Ok(DMat3::from_cols_array(&rows).transpose())
    }

    fn number(&mut self) -> Result<f64, WireError> {
        let mut bytes = [0; 8];
        self.read(&mut bytes)?;
        Ok(f64::from_le_bytes(bytes))
    }

    fn integer(&mut self) -> Result<i32, WireError> {
        let mut bytes = [0; 4];
        self.read(&mut bytes)?;
        Ok(i32::from_le_bytes(bytes))
    }

    fn skip_extra(&mut self) -> Result<(), WireError> {
        let count = self.integer()?;
        let mut rest = usize::try_from(count).map_err(|_| WireError::Extra(count))?;
        if rest > MAX_EXTRA_BYTES {
            return Err(WireError::Extra(count));
        }
        let mut bytes = [0; 1024];
        while rest > 0 {
            let here = rest.min(bytes.len());
            self.read(&mut bytes[..here])?;
            rest -= here;
        }
        Ok(())
    }

    /// Reads bytes; fails when none has come for the timeout.
    fn read(&mut self, bytes: &mut [u8]) -> Result<(), WireError> {
        let (mut done, mut polls_left) = (0, self.polls());
        while done < bytes.len() {
            match self.stream.read(&mut bytes[done..]) {
                Ok(0) => return Err(WireError::Closed),
                Ok(count) => (done, polls_left) = (done + count, self.polls()),
                Err(error) => self.wait_again(error, &mut polls_left)?,
            }
        }
        Ok(())
    }

    /// Writes the buffer; fails when nothing has been taken for the timeout.
    fn flush(&mut self) -> Result<(), WireError> {
        let buffer = std::mem::take(&mut self.buffer);
        let (mut done, mut polls_left) = (0, self.polls());
        while done < buffer.len() {
            match self.stream.write(&buffer[done..]) {
                Ok(0) => return Err(WireError::Closed),
                Ok(count) => (done, polls_left) = (done + count, self.polls()),
                Err(error) => self.wait_again(error, &mut polls_left)?,
            }
        }
        // Its memory is for the next message.
        self.buffer = buffer;
        self.buffer.clear();
        Ok(())
    }

    /// Number of times that the stream may report that it is not ready.
    fn polls(&self) -> u128 {
        self.timeout.as_millis() / POLL.as_millis() + 1
    }

    /// Whether a stream that is not ready is asked once more.
    fn wait_again(&self, error: io::Error, polls_left: &mut u128) -> Result<(), WireError> {
        match error.kind() {
            _ if !(self.goes_on)() => Err(WireError::Interrupted),
            ErrorKind::Interrupted => Ok(()),
            ErrorKind::WouldBlock | ErrorKind::TimedOut if *polls_left > 1 => {
                *polls_left -= 1;
                Ok(())
            }
            ErrorKind::WouldBlock | ErrorKind::TimedOut => {
                Err(WireError::Timeout(self.timeout.as_secs_f64()))
            }
            ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe => Err(WireError::Closed),
            _ => Err(WireError::Io(error)),
        }
    }
}

fn number_of(bytes: &[u8]) -> f64 {
    let mut number = [0; 8];
    number.copy_from_slice(bytes);
    f64::from_le_bytes(number)
}
