//! Encoder of animated GIF.

use std::borrow::Cow;
use std::io;

use gif::{DisposalMethod, Encoder, Frame, Repeat};

use super::changed::{self, Rectangle};
use super::frame_encoder::{Disk, FrameEncoder};
use super::options::{Loops, MovieOptions};
use super::palette::{self, IndexedImage};
use super::rate::{Delays, FrameRate, Placed};
use super::size::FrameSize;

/// Unit of delays in the file, 1/s.
const TICKS_PER_SECOND: f64 = 100.0;

/// Minimum delay, ticks: browsers show frames of less than 20 ms for 100 ms.
const MIN_DELAY: u64 = 2;

/// Colors of a frame at most.
const MAX_COLORS: u16 = 256;

/// Encoder of animated GIF: a palette per frame.
///
/// An opaque frame holds the rectangle that changed since the frame before; unchanged pixels in it are
/// transparent, so that they keep their color exactly. A transparent frame holds the visible rectangle and
/// clears it at its end; pixels are visible from alpha 128 on, and then opaque.
pub(super) struct AnimatedGif {
    encoder: Encoder<Box<dyn Disk>>,
    size: FrameSize,
    transparent: bool,
    dithers: bool,
    delays: Delays,
    /// The last frame that is shown, of opaque movies.
    shown: Vec<u8>,
    /// The last frame, encoded; its delay is known when the next one comes.
    pending: Option<Frame<'static>>,
}

impl AnimatedGif {
    pub(super) fn new(
        disk: Box<dyn Disk>,
        size: FrameSize,
        rate: FrameRate,
        options: &MovieOptions,
    ) -> io::Result<AnimatedGif> {
        let [width, height] = [size.width(), size.height()].map(|side| side as u16);
        let mut encoder = Encoder::new(disk, width, height, &[]).map_err(io_error)?;
        // The file counts repetitions after the first time; none is the absence of the number.
        let repeat = match options.loops {
            Loops::Forever => Repeat::Infinite,
            Loops::Times(times) => Repeat::Finite(times.get() - 1),
        };
        encoder.set_repeat(repeat).map_err(io_error)?;
        Ok(AnimatedGif {
            encoder,
            size,
            transparent: options.transparent,
            dithers: options.dithers(),
            delays: Delays::new(rate, TICKS_PER_SECOND, MIN_DELAY),
            shown: Vec::new(),
            pending: None,
        })
    }

    /// Frame of a movie with transparent pixels.
    fn transparent_frame(&self, rgba: &[u8]) -> Frame<'static> {
        let area = changed::visible(self.size, rgba);
        let is_drawn = area
            .pixels(self.size, rgba)
            .map(changed::is_visible)
            .collect();
        self.indexed(area, rgba, is_drawn, DisposalMethod::Background)
    }

    /// Frame of an opaque movie.
    fn opaque_frame(&mut self, rgba: &[u8]) -> Frame<'static> {
        if self.shown.is_empty() {
            let area = changed::whole(self.size);
            let frame = self.indexed(area, rgba, Vec::new(), DisposalMethod::Keep);
            self.shown = rgba.to_vec();
            return frame;
        }
        let area = changed::changed(self.size, &self.shown, rgba);
        let pairs = area
            .pixels(self.size, &self.shown)
            .zip(area.pixels(self.size, rgba));
        let is_drawn = pairs.map(|(before, after)| before != after).collect();
        let frame = self.indexed(area, rgba, is_drawn, DisposalMethod::Keep);
        self.shown.copy_from_slice(rgba);
        frame
    }

    /// Frame of an area, whose pixels are drawn or else transparent; an empty mask draws all.
    fn indexed(
        &self,
        area: Rectangle,
        rgba: &[u8],
        is_drawn: Vec<bool>,
        dispose: DisposalMethod,
    ) -> Frame<'static> {
        let has_gaps = is_drawn.contains(&false);
        let colors: Vec<[u8; 3]> = area
            .pixels(self.size, rgba)
            .map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect();
        let maximum = MAX_COLORS - u16::from(has_gaps);
        let IndexedImage {
            mut palette,
            mut indices,
        } = palette::reduce(&colors, area.width, maximum, self.dithers);
        let transparent = has_gaps.then_some(palette.len() as u8);
        if let Some(transparent) = transparent {
            palette.push([0; 3]);
            for (index, is_drawn) in indices.iter_mut().zip(is_drawn) {
                if !is_drawn {
                    *index = transparent;
                }
            }
        }
        let [left, top, width, height] =
            [area.left, area.top, area.width, area.height].map(|it| it as u16);
        Frame {
            left,
            top,
            width,
            height,
            dispose,
            transparent,
            palette: Some(palette.into_flattened()),
            buffer: Cow::Owned(indices),
            ..Frame::default()
        }
    }

    /// Writes the pending frame, shown for a number of ticks.
    fn write_pending(&mut self, delay: u64) -> io::Result<()> {
        let Some(mut frame) = self.pending.take() else {
            return Ok(());
        };
        frame.delay = u16::try_from(delay).unwrap_or(u16::MAX);
        self.encoder.write_frame(&frame).map_err(io_error)
    }
}

impl FrameEncoder for AnimatedGif {
    fn frame(&mut self, rgba: &[u8]) -> io::Result<()> {
        match self.delays.next() {
            Placed::LeftOut => return Ok(()),
            Placed::First => {}
            Placed::After(delay) => self.write_pending(delay)?,
        }
        let frame = if self.transparent {
            self.transparent_frame(rgba)
        } else {
            self.opaque_frame(rgba)
        };
        self.pending = Some(frame);
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.write_pending(self.delays.last())?;
        self.encoder.into_inner().map_err(io_error)?.flush()
    }
}

fn io_error(error: gif::EncodingError) -> io::Error {
    match error {
        gif::EncodingError::Io(error) => error,
        other => io::Error::other(other),
    }
}
