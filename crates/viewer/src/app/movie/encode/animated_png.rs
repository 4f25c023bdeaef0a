//! Encoder of animated PNG.

use std::io::{self, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use png::{BlendOp, Compression, DisposeOp, Writer};

use super::changed;
use super::frame_encoder::{Disk, FrameEncoder};
use super::options::MovieOptions;
use super::png_file::{self, io_error};
use super::rate::FrameRate;
use super::size::FrameSize;

/// Number of frames in the file until the real number is known: the maximum of the format.
const UNKNOWN_COUNT: u32 = u32::MAX >> 1;

/// Length of the chunk `acTL` behind its length field: name, number of frames, number of plays, checksum.
const AFTER_LENGTH: u64 = 16;

/// Encoder of animated PNG. After the first frame, a frame holds the rectangle that changed.
///
/// The file states the number of frames before them (chunk `acTL`), which is written again at the end:
/// PNG specification, third edition, section 11.3.2.1.
pub(super) struct AnimatedPng {
    writer: Writer<SharedDisk>,
    disk: SharedDisk,
    /// Position of the chunk `acTL` behind its length field.
    control: u64,
    plays: u32,
    size: FrameSize,
    transparent: bool,
    count: u32,
    shown: Vec<u8>,
}

impl AnimatedPng {
    pub(super) fn new(
        disk: Box<dyn Disk>,
        size: FrameSize,
        rate: FrameRate,
        options: &MovieOptions,
    ) -> io::Result<AnimatedPng> {
        let mut disk = SharedDisk(Arc::new(Mutex::new(disk)));
        let (transparent, plays) = (options.transparent, u32::from(options.loops.plays()));
        let mut encoder = png_file::header(disk.clone(), size, transparent, Compression::Fast);
        let [numerator, denominator] = rate.delay();
        encoder
            .set_animated(UNKNOWN_COUNT, plays)
            .and_then(|()| encoder.set_frame_delay(numerator, denominator))
            .and_then(|()| encoder.set_blend_op(BlendOp::Source))
            .and_then(|()| encoder.set_dispose_op(DisposeOp::None))
            .map_err(io_error)?;
        let writer = encoder.write_header().map_err(io_error)?;
        // `acTL` is the last chunk of the header.
        let control = disk.stream_position()? - AFTER_LENGTH;
        Ok(AnimatedPng {
            writer,
            disk,
            control,
            plays,
            size,
            transparent,
            count: 0,
            shown: Vec::new(),
        })
    }
}

impl FrameEncoder for AnimatedPng {
    fn frame(&mut self, rgba: &[u8]) -> io::Result<()> {
        let (size, writer) = (self.size, &mut self.writer);
        let area = if self.shown.is_empty() {
            self.shown = rgba.to_vec();
            changed::whole(size)
        } else {
            let area = changed::changed(size, &self.shown, rgba);
            self.shown.copy_from_slice(rgba);
            area
        };
        self.count += 1;
        // The corner first, with a rectangle of one pixel: the frame before may be larger.
        writer
            .set_frame_position(0, 0)
            .and_then(|()| writer.set_frame_dimension(1, 1))
            .and_then(|()| writer.set_frame_position(area.left, area.top))
            .and_then(|()| writer.set_frame_dimension(area.width, area.height))
            .and_then(|()| writer.write_image_data(&area.cut(size, rgba, self.transparent)))
            .map_err(io_error)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let AnimatedPng {
            writer,
            mut disk,
            control,
            count,
            plays,
            ..
        } = *self;
        writer.finish().map_err(io_error)?;
        write_count(&mut disk, control, count, plays)
    }
}

/// Writes the number of frames over the one at the start.
fn write_count(disk: &mut SharedDisk, control: u64, count: u32, plays: u32) -> io::Result<()> {
    let mut chunk = Vec::from(b"acTL");
    chunk.extend(count.to_be_bytes());
    chunk.extend(plays.to_be_bytes());
    let checksum = crc32fast::hash(&chunk);
    chunk.extend(checksum.to_be_bytes());
    disk.seek(SeekFrom::Start(control))?;
    disk.write_all(&chunk)?;
    disk.flush()
}

/// A file that the writer of the library and this encoder share.
#[derive(Clone)]
struct SharedDisk(Arc<Mutex<Box<dyn Disk>>>);

impl SharedDisk {
    fn lock(&self) -> MutexGuard<'_, Box<dyn Disk>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for SharedDisk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.lock().flush()
    }
}

impl Seek for SharedDisk {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.lock().seek(position)
    }
}
