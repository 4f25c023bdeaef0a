//! Encoders of movies and pictures: RGBA frames in, files out.
//!
//! A frame is 8-bit sRGB with straight alpha: rows from the top, four bytes per pixel. [`MoviePlan`]
//! lists the frames of a movie, [`MovieWriter`] encodes them as they come, [`MovieProgress`] estimates
//! the time left. [`write_picture`] writes one image.
//!
//! Frames are encoded on the caller's thread. A writer keeps at most two frames and their compressed
//! form; it is `Send`, so that a thread with a bounded queue can own it. GPU and windows are unknown
//! here: nothing names bevy or egui.

mod animated_gif;
mod animated_png;
mod animated_webp;
mod changed;
mod dithering;
mod error;
mod ffmpeg;
mod format;
mod frame_encoder;
mod linear_light;
mod options;
mod palette;
mod part;
mod picture;
mod plan;
mod png_file;
mod png_frames;
mod rate;
mod size;
mod time_left;
mod video;
mod writer;

pub use error::MovieError;
pub use format::{MovieFormat, UnknownFormat};
pub use options::{Loops, MAX_QUALITY, MovieOptions};
pub use picture::{
    AlphaKind, PictureFileError, PictureOptions, STANDARD_DOTS_PER_INCH, encode_picture,
    write_picture,
};
pub use plan::{MAX_FRAMES, MoviePlan, PlanError, PlanOptions, PlannedFrame, Subject};
pub use rate::{FrameRate, FrameRateError, MAX_FRAME_RATE, MIN_FRAME_RATE};
pub use size::{FrameSize, MAX_PIXELS, MAX_SIDE, SizeError};
pub use time_left::MovieProgress;
pub use writer::MovieWriter;
