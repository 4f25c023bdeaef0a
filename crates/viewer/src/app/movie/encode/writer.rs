//! Writer of movies, frame by frame.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use super::animated_gif::AnimatedGif;
use super::animated_png::AnimatedPng;
use super::animated_webp::AnimatedWebp;
use super::error::MovieError;
use super::ffmpeg::{Codec, Run};
use super::format::MovieFormat;
use super::frame_encoder::{Disk, FrameEncoder};
use super::options::MovieOptions;
use super::part::Part;
use super::plan::MAX_FRAMES;
use super::png_frames::{FrameNames, PngFrames};
use super::rate::FrameRate;
use super::size::FrameSize;
use super::video::Video;

/// Size of the write buffer, bytes.
const BUFFER: usize = 1 << 18;

/// Writes a movie frame by frame.
///
/// It has a temporary name in the same folder until [`MovieWriter::finish`] renames it. A writer that is
/// dropped earlier, or that fails, deletes it. An existing file is replaced by the complete new one;
/// existing PNG frames are an error at the start.
pub struct MovieWriter {
    path: PathBuf,
    size: FrameSize,
    count: u64,
    /// `None` after an error.
    open: Option<OpenMovie>,
}

/// An incomplete movie. The encoder comes first, so that its file is closed before it is deleted.
struct OpenMovie {
    encoder: Box<dyn FrameEncoder + Send>,
    part: Part,
}

impl MovieWriter {
    /// Creates a movie in the format of its path ([`MovieFormat::of`]).
    ///
    /// # Errors
    /// If the format is unknown or cannot hold the movie, ffmpeg is needed and missing, or the file cannot
    /// be created.
    pub fn create(
        path: &Path,
        size: FrameSize,
        rate: FrameRate,
        options: &MovieOptions,
    ) -> Result<MovieWriter, MovieError> {
        let buffered = |file| Box::new(BufWriter::with_capacity(BUFFER, file)) as Box<dyn Disk>;
        MovieWriter::create_on(path, size, rate, options, buffered)
    }

    /// Creates a movie whose files are opened by a function, except those of ffmpeg.
    fn create_on(
        path: &Path,
        size: FrameSize,
        rate: FrameRate,
        options: &MovieOptions,
        open: fn(File) -> Box<dyn Disk>,
    ) -> Result<MovieWriter, MovieError> {
        let format = MovieFormat::of(path)?;
        if !options.suit(format) {
            return Err(MovieError::NoTransparency { format });
        }
        let failed = |reason| write_error(path, reason);
        let movie = match format {
            MovieFormat::PngFrames => png_frames(path, size, options, open)?,
            MovieFormat::Mp4 | MovieFormat::Webm => video(path, format, size, rate, options)?,
            MovieFormat::Gif | MovieFormat::AnimatedPng | MovieFormat::AnimatedWebp => {
                let (file, part) = Part::file(path)?;
                let encoder = animation(format, open(file), size, rate, options);
                let encoder = encoder.map_err(failed)?;
                OpenMovie { encoder, part }
            }
        };
        Ok(MovieWriter {
            path: path.to_owned(),
            size,
            count: 0,
            open: Some(movie),
        })
    }

    /// Number of frames so far.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Appends a frame: RGBA, sRGB, straight alpha, rows from the top.
    ///
    /// # Errors
    /// If the frame has a wrong length or is one too many, which changes nothing; or if writing fails, which
    /// deletes the movie.
    pub fn frame(&mut self, rgba: &[u8]) -> Result<(), MovieError> {
        let (found, expected) = (rgba.len(), self.size.bytes());
        if found != expected {
            return Err(MovieError::FrameLength { found, expected });
        }
        if self.count >= MAX_FRAMES {
            return Err(MovieError::TooManyFrames);
        }
        let Some(movie) = &mut self.open else {
            let path = self.path.clone();
            return Err(MovieError::Failed { path });
        };
        if let Err(reason) = movie.encoder.frame(rgba) {
            self.open = None;
            return Err(write_error(&self.path, reason));
        }
        self.count += 1;
        Ok(())
    }

    /// Writes the end, and gives the movie its name.
    ///
    /// # Errors
    /// If there are no frames, or writing fails. Nothing is left behind then.
    pub fn finish(mut self) -> Result<(), MovieError> {
        let Some(OpenMovie { encoder, part }) = self.open.take() else {
            return Err(MovieError::Failed { path: self.path });
        };
        if self.count == 0 {
            return Err(MovieError::NoFrames);
        }
        let finished = encoder.finish().and_then(|()| part.finish(self.count));
        finished.map_err(|reason| write_error(&self.path, reason))
    }
}

/// Encoder of an animated image.
fn animation(
    format: MovieFormat,
    disk: Box<dyn Disk>,
    size: FrameSize,
    rate: FrameRate,
    options: &MovieOptions,
) -> io::Result<Box<dyn FrameEncoder + Send>> {
    Ok(match format {
        MovieFormat::Gif => Box::new(AnimatedGif::new(disk, size, rate, options)?),
        MovieFormat::AnimatedWebp => Box::new(AnimatedWebp::new(disk, size, rate, options)?),
        _ => Box::new(AnimatedPng::new(disk, size, rate, options)?),
    })
}

fn png_frames(
    path: &Path,
    size: FrameSize,
    options: &MovieOptions,
    open: fn(File) -> Box<dyn Disk>,
) -> Result<OpenMovie, MovieError> {
    let names = FrameNames::of(path)?;
    let (folder, part) = Part::frames(path, names.clone())?;
    let encoder = Box::new(PngFrames {
        folder,
        names,
        size,
        transparent: options.transparent,
        open,
        count: 0,
    });
    Ok(OpenMovie { encoder, part })
}

fn video(
    path: &Path,
    format: MovieFormat,
    size: FrameSize,
    rate: FrameRate,
    options: &MovieOptions,
) -> Result<OpenMovie, MovieError> {
    let codec = Codec::find(&options.ffmpeg, format)?;
    let (_, part) = Part::file(path)?;
    let run = Run {
        codec,
        size,
        rate,
        options,
        output: part.path(),
    };
    let video = Video::start(&options.ffmpeg, &run).map_err(|reason| write_error(path, reason))?;
    let encoder = Box::new(video);
    Ok(OpenMovie { encoder, part })
}

fn write_error(path: &Path, reason: io::Error) -> MovieError {
    let path = path.to_owned();
    MovieError::Write { path, reason }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io::{self, Seek, SeekFrom, Write};
    use std::path::Path;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::MovieWriter;
    use crate::app::movie::encode::error::MovieError;
    use crate::app::movie::encode::frame_encoder::Disk;
    use crate::app::movie::encode::options::MovieOptions;
    use crate::app::movie::encode::rate::FrameRate;
    use crate::app::movie::encode::size::FrameSize;

    /// A disk with room for a number of bytes.
    struct FullDisk {
        file: File,
        room: u64,
    }

    impl Write for FullDisk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let end = self.file.stream_position()? + bytes.len() as u64;
            if end > self.room {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.file.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            self.file.flush()
        }
    }

    impl Seek for FullDisk {
        fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
            self.file.seek(position)
        }
    }

    fn full_disk<const ROOM: u64>(file: File) -> Box<dyn Disk> {
        Box::new(FullDisk { file, room: ROOM })
    }

    /// Writes ten frames of noise to a disk.
    fn write(path: &Path, open: fn(File) -> Box<dyn Disk>) -> Result<(), MovieError> {
        let size = FrameSize::new(16, 16).unwrap();
        let rate = FrameRate::new(10.0).unwrap();
        let options = MovieOptions::default();
        let mut writer = MovieWriter::create_on(path, size, rate, &options, open)?;
        let mut state = 1_u32;
        for _ in 0..10 {
            let mut noise = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            };
            let frame: Vec<u8> = (0..size.bytes()).map(|_| noise()).collect();
            writer.frame(&frame)?;
        }
        writer.finish()
    }

    #[test]
    fn a_full_disk_leaves_nothing_behind() {
        let rooms: [fn(File) -> Box<dyn Disk>; 5] = [
            full_disk::<0>,
            full_disk::<20>,
            full_disk::<100>,
            full_disk::<300>,
            full_disk::<600>,
        ];
        for name in ["a.gif", "a.png", "a.webp", "a-%d.png", "folder/"] {
            for open in rooms {
                let folder = tempfile::tempdir().unwrap();
                let error = write(&folder.path().join(name), open).unwrap_err();
                let MovieError::Write { reason, .. } = error else {
                    panic!("{name}: {error}");
                };
                assert_eq!(reason.kind(), io::ErrorKind::StorageFull, "{name}");
                assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{name}");
            }
        }
    }

    #[test]
    fn a_disk_that_is_full_at_the_last_byte_leaves_nothing_behind() {
        static ROOM: AtomicU64 = AtomicU64::new(u64::MAX);
        let open: fn(File) -> Box<dyn Disk> = |file| {
            let room = ROOM.load(Ordering::Relaxed);
            Box::new(FullDisk { file, room })
        };
        for name in ["a.gif", "a.png", "a.webp"] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(name);
            ROOM.store(u64::MAX, Ordering::Relaxed);
            write(&path, open).unwrap();
            let length = fs::metadata(&path).unwrap().len();
            fs::remove_file(&path).unwrap();
            ROOM.store(length - 1, Ordering::Relaxed);
            assert!(write(&path, open).is_err(), "{name}");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{name}");
        }
    }

    #[test]
    fn a_movie_that_failed_stays_failed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.gif");
        let size = FrameSize::new(1, 1).unwrap();
        let rate = FrameRate::new(10.0).unwrap();
        let options = MovieOptions::default();
        let mut writer =
            MovieWriter::create_on(&path, size, rate, &options, full_disk::<60>).unwrap();
        let results: Vec<bool> = (0..9).map(|i| writer.frame(&[i; 4]).is_ok()).collect();
        assert!(results[0] && !results[8] && results.is_sorted_by(|a, b| a >= b));
        assert!(matches!(writer.finish(), Err(MovieError::Failed { .. })));
    }
}
