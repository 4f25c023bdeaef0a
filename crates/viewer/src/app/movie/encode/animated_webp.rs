//! Encoder of animated WebP.
//!
//! The container is that of <https://developers.google.com/speed/webp/docs/riff_container>: a RIFF file
//! with the chunks `VP8X`, `ANIM` and an `ANMF` per frame, which holds a lossless image (`VP8L`).

use std::io::{self, Seek, SeekFrom, Write};

use image_webp::{ColorType, EncodingError, WebPEncoder};

use super::changed::{self, Rectangle};
use super::frame_encoder::{Disk, FrameEncoder};
use super::options::MovieOptions;
use super::rate::{Delays, FrameRate, Placed};
use super::size::FrameSize;

/// Unit of delays in the file, 1/s.
const TICKS_PER_SECOND: f64 = 1000.0;

/// Minimum delay, ms: browsers show frames of 10 ms or less for 100 ms.
const MIN_DELAY: u64 = 11;

/// Maximum delay, ms: 24 bits.
const MAX_DELAY: u64 = (1 << 24) - 1;

/// Flags of `VP8X`: animation, alpha.
const ANIMATION: u8 = 1 << 1;
const ALPHA: u8 = 1 << 4;

/// Flags of `ANMF`: the frame replaces the pixels below it, and stays.
const REPLACE_AND_KEEP: u8 = 1 << 1;

/// Length of the header of a RIFF file before the chunks, bytes: `RIFF`, length, `WEBP`.
const RIFF_HEADER: usize = 12;

/// Length of the header of a chunk, bytes: name, length.
const CHUNK_HEADER: usize = 8;

/// Encoder of animated WebP. After the first frame, a frame holds the rectangle that changed.
pub(super) struct AnimatedWebp {
    disk: Box<dyn Disk>,
    size: FrameSize,
    transparent: bool,
    delays: Delays,
    shown: Vec<u8>,
    /// The last frame, encoded; its delay is known when the next one comes.
    pending: Option<(Rectangle, Vec<u8>)>,
}

impl AnimatedWebp {
    pub(super) fn new(
        disk: Box<dyn Disk>,
        size: FrameSize,
        rate: FrameRate,
        options: &MovieOptions,
    ) -> io::Result<AnimatedWebp> {
        let mut encoder = AnimatedWebp {
            disk,
            size,
            transparent: options.transparent,
            delays: Delays::new(rate, TICKS_PER_SECOND, MIN_DELAY),
            shown: Vec::new(),
            pending: None,
        };
        // The length follows at the end.
        encoder.disk.write_all(b"RIFF\0\0\0\0WEBP")?;
        let alpha = if encoder.transparent { ALPHA } else { 0 };
        let mut extended = vec![ANIMATION | alpha, 0, 0, 0];
        extended.extend(three_bytes(size.width() - 1));
        extended.extend(three_bytes(size.height() - 1));
        encoder.write_chunk(b"VP8X", &[&extended])?;
        // Background: transparent black. Then the number of plays.
        let mut animation = vec![0; 4];
        animation.extend(options.loops.plays().to_le_bytes());
        encoder.write_chunk(b"ANIM", &[&animation])?;
        Ok(encoder)
    }

    /// Encodes the area of a frame that differs from the frame before it.
    fn encode(&mut self, rgba: &[u8]) -> io::Result<(Rectangle, Vec<u8>)> {
        let area = if self.shown.is_empty() {
            self.shown = rgba.to_vec();
            changed::whole(self.size)
        } else {
            let area = changed::changed(self.size, &self.shown, rgba).at_even_corner();
            self.shown.copy_from_slice(rgba);
            area
        };
        let pixels = area.cut(self.size, rgba, self.transparent);
        let color = if self.transparent {
            ColorType::Rgba8
        } else {
            ColorType::Rgb8
        };
        let mut image = Vec::new();
        WebPEncoder::new(&mut image)
            .encode(&pixels, area.width, area.height, color)
            .map_err(io_error)?;
        // A file of one image: its header goes, its chunk stays.
        image.drain(..RIFF_HEADER);
        Ok((area, image))
    }

    /// Writes the pending frame, shown for a number of milliseconds.
    fn write_pending(&mut self, delay: u64) -> io::Result<()> {
        let Some((area, image)) = self.pending.take() else {
            return Ok(());
        };
        let numbers = [
            area.left / 2,
            area.top / 2,
            area.width - 1,
            area.height - 1,
            delay.min(MAX_DELAY) as u32,
        ];
        let mut header: Vec<u8> = numbers.into_iter().flat_map(three_bytes).collect();
        header.push(REPLACE_AND_KEEP);
        self.write_chunk(b"ANMF", &[&header, &image])
    }

    /// Writes a chunk, padded to an even length.
    fn write_chunk(&mut self, name: &[u8; 4], parts: &[&[u8]]) -> io::Result<()> {
        let length = parts.iter().map(|part| part.len()).sum();
        self.disk.write_all(name)?;
        self.disk.write_all(&length_field(length)?)?;
        for part in parts {
            self.disk.write_all(part)?;
        }
        self.disk.write_all(&[0][..length % 2])
    }
}

impl FrameEncoder for AnimatedWebp {
    fn frame(&mut self, rgba: &[u8]) -> io::Result<()> {
        match self.delays.next() {
            Placed::LeftOut => return Ok(()),
            Placed::First => {}
            Placed::After(delay) => self.write_pending(delay)?,
        }
        self.pending = Some(self.encode(rgba)?);
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.write_pending(self.delays.last())?;
        let length = self.disk.stream_position()? as usize - CHUNK_HEADER;
        self.disk.seek(SeekFrom::Start(4))?;
        self.disk.write_all(&length_field(length)?)?;
        self.disk.flush()
    }
}

/// The lower 24 bits of a number, little-endian.
fn three_bytes(number: u32) -> [u8; 3] {
    let [low, middle, high, _] = number.to_le_bytes();
    [low, middle, high]
}

/// Length of a chunk, little-endian.
fn length_field(length: usize) -> io::Result<[u8; 4]> {
    let too_long = |_| io::Error::new(io::ErrorKind::FileTooLarge, "a WebP file has at most 4 GiB");
    Ok(u32::try_from(length).map_err(too_long)?.to_le_bytes())
}

fn io_error(error: EncodingError) -> io::Error {
    match error {
        EncodingError::IoError(error) => error,
        other => io::Error::other(other),
    }
}
