//! Width and height of a frame, within bounds.

/// Maximum width or height of a frame, pixels: that of a WebP frame.
pub const MAX_SIDE: u32 = 16_384;

/// Maximum number of pixels of a frame, 8192 × 8192: 256 MiB of RGBA.
pub const MAX_PIXELS: u64 = 1 << 26;

/// Width and height of a frame, pixels: at least 1 × 1, at most [`MAX_SIDE`] and [`MAX_PIXELS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameSize {
    width: u32,
    height: u32,
}

/// Why a frame cannot have a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "invalid size {width}x{height}: expected sides of 1 to {MAX_SIDE} pixels and at most {MAX_PIXELS} \
     pixels in all"
)]
pub struct SizeError {
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
}

impl FrameSize {
    /// Size of a frame, pixels.
    ///
    /// # Errors
    /// If a side is 0, or the frame is too large.
    pub fn new(width: u32, height: u32) -> Result<FrameSize, SizeError> {
        let sides = 1..=MAX_SIDE;
        let pixels = u64::from(width) * u64::from(height);
        if sides.contains(&width) && sides.contains(&height) && pixels <= MAX_PIXELS {
            Ok(FrameSize { width, height })
        } else {
            Err(SizeError { width, height })
        }
    }

    /// Width, pixels.
    pub fn width(self) -> u32 {
        self.width
    }

    /// Height, pixels.
    pub fn height(self) -> u32 {
        self.height
    }

    /// Number of pixels.
    pub fn pixels(self) -> usize {
        self.width as usize * self.height as usize
    }

    /// Length of a frame, bytes of RGBA.
    pub fn bytes(self) -> usize {
        4 * self.pixels()
    }
}
