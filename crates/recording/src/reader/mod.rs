//! A recording opened as the frames of a timeline.

mod cache;
mod index;
mod search;

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mlipview_core::chem::Structure;
use mlipview_core::sim::Frame;
use mlipview_core::sim::timeline::{FrameSource, FrameSourceError, FramesOfFile, Mark};
use prost::Message;

use crate::container::{Channel, ChunkContent, RecordFile};
use crate::messages::{frame_of, generated, structure_of};
use crate::{MessageError, RecordingError};
use cache::Cache;
use index::{Chunk, Index};

/// A recording on disk, finished or not, as frames that are read on demand.
///
/// A thread finds the chunks by their headers, so that frames are available at once and a damaged or
/// unfinished file is read like a finished one: the summary at the end would save no reads, since the
/// energies of each chunk lie beside it. The frames are those in the file when it was opened; it may grow
/// meanwhile. Replayed frames have [`Activity::Idle`](mlipview_core::sim::Activity).
///
/// In memory are about 80 bytes per chunk, 8 bytes per frame (for at most 8 388 608 frames;
/// later energies are not known without reading the frame), and 64 MiB of decompressed chunks, or one chunk
/// if that is larger.
pub struct Recording {
    name: String,
    path: PathBuf,
    index: Arc<Mutex<Index>>,
    contents: Mutex<Contents>,
}

/// The file and what has been read of it.
struct Contents {
    file: RecordFile,
    cache: Cache,
}

impl Recording {
    /// Opens a recording; returns at once.
    ///
    /// # Errors
    /// If the file cannot be read or is no recording.
    pub fn open(path: &Path) -> Result<Recording, RecordingError> {
        let shown = path.display().to_string();
        let read_error = |reason| RecordingError::Read {
            path: shown.clone(),
            reason,
        };
        let mut file = RecordFile::new(File::open(path).map_err(read_error)?);
        let start = file.start().map_err(read_error)?;
        let start = start.map_err(|found| RecordingError::NotARecording {
            path: shown.clone(),
            found: found.to_owned(),
        })?;
        // Its own handle, so that both have their own position.
        let searched = RecordFile::new(File::open(path).map_err(read_error)?);
        let index = Arc::new(Mutex::new(Index::default()));
        search::start(searched, start, &index).map_err(read_error)?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Recording {
            name: name.to_string_lossy().into_owned(),
            path: path.to_path_buf(),
            index,
            contents: Mutex::new(Contents {
                file,
                cache: Cache::default(),
            }),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unreadable(&self, index: u64, reason: impl ToString) -> FrameSourceError {
        FrameSourceError::Unreadable {
            name: self.name.clone(),
            index,
            reason: reason.to_string(),
        }
    }

    /// The message of a frame and its structure.
    fn message(
        &self,
        contents: &mut Contents,
        chunk: Chunk,
        index: u64,
    ) -> Result<(generated::Frame, Arc<Structure>), FrameSourceError> {
        let unreadable = |reason: &dyn fmt::Display| self.unreadable(index, reason);
        let content = contents
            .cache
            .chunk(&mut contents.file, chunk.record)
            .map_err(|error| unreadable(&error))?;
        let place = usize::try_from(index - chunk.first_frame).unwrap_or(usize::MAX);
        let missing = || unreadable(&"its chunk has fewer frames than its index states");
        let message = content.on(Channel::Frames).nth(place);
        let data = content.data(message.ok_or_else(missing)?);
        let message = generated::Frame::decode(data).map_err(|error| unreadable(&error))?;
        let number = message.structure;
        if let Some(structure) = contents.cache.structure(number) {
            return Ok((message, structure));
        }
        // Files that another program has rewritten may have the structure in an earlier chunk.
        let earlier = self.lock().chunk_with_structure(number);
        for record in std::iter::once(chunk.record).chain(earlier) {
            let content = contents
                .cache
                .chunk(&mut contents.file, record)
                .map_err(|error| unreadable(&error))?;
            let structure = structure_in(content, number).map_err(|error| unreadable(&error))?;
            if let Some(structure) = structure {
                let structure = contents.cache.keep_structure(number, structure);
                return Ok((message, structure));
            }
        }
        let reason = format!("structure {number} is not in the file");
        Err(unreadable(&reason))
    }
}

/// The structure of a number, if a chunk has it.
fn structure_in(content: &ChunkContent, number: u64) -> Result<Option<Structure>, MessageError> {
    for message in content.on(Channel::Structure) {
        let message = generated::Structure::decode(content.data(message))?;
        if message.number == number {
            return structure_of(&message).map(Some);
        }
    }
    Ok(None)
}

impl FrameSource for Recording {
    fn name(&self) -> &str {
        &self.name
    }

    fn file(&self) -> Option<FramesOfFile> {
        Some(FramesOfFile {
            path: self.path.clone(),
            count: self.len(),
            is_whole: true,
        })
    }

    fn len(&self) -> u64 {
        self.lock().frames
    }

    fn searched(&self) -> f64 {
        self.lock().searched
    }

    fn search_error(&self) -> Option<String> {
        self.lock().error.clone()
    }

    fn read(&self, index: u64) -> Result<Arc<Frame>, FrameSourceError> {
        let (chunk, len) = {
            let found = self.lock();
            (found.chunk_of(index), found.frames)
        };
        let chunk = chunk.ok_or_else(|| FrameSourceError::NoSuchFrame {
            name: self.name.clone(),
            index,
            len,
        })?;
        let mut contents = self.contents.lock().unwrap_or_else(PoisonError::into_inner);
        let (message, structure) = self.message(&mut contents, chunk, index)?;
        drop(contents);
        let frame = frame_of(&message, &structure, index);
        Ok(Arc::new(
            frame.map_err(|error| self.unreadable(index, error))?,
        ))
    }

    fn energy(&self, index: u64) -> Option<f64> {
        self.lock().energy(index)
    }

    fn marks(&self) -> Vec<Mark> {
        self.lock().marks.clone()
    }
}

impl fmt::Debug for Recording {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("Recording");
        debug.field("name", &self.name);
        debug.field("frames", &self.len());
        debug.finish_non_exhaustive()
    }
}
