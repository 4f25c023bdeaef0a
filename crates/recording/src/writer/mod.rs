//! The writer of a recording.

mod chunk;
mod filter;
mod output;
mod resume;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use mcap::McapResult;
use mlipview_core::chem::Structure;
use mlipview_core::sim::timeline::MarkKind;
use mlipview_core::sim::{Event, Frame};
use prost::Message;

use crate::container::{Channel, Summary, header};
use crate::messages::{self, FrameDetail, generated};
use crate::options::MAX_CHUNK_BYTES;
use crate::{RecordingError, RecordingOptions};
use chunk::OpenChunk;

pub(crate) use filter::FrameFilter;
pub use output::RecordingOutput;

/// Writer of a recording: frames and events in compressed chunks, each one append to the file.
///
/// A chunk ends after [`RecordingOptions::chunk_seconds`] or [`MAX_CHUNK_BYTES`]. If the program ends at any
/// moment, the file has all chunks written before, and [`RecordingWriter::resume`] continues it. Between
/// chunks the system may still hold written bytes in memory: after a power failure more may be missing.
/// After a failed write the file is cut to its last complete chunk, and the recording has ended. Memory is
/// one chunk, and about 400 bytes per chunk written for the summary.
pub struct RecordingWriter {
    output: Box<dyn RecordingOutput>,
    path: String,
    options: RecordingOptions,
    /// Length of the complete chunks, bytes.
    length: u64,
    summary: Summary,
    chunk: Option<OpenChunk>,
    structure: Option<StructureInForce>,
    /// Messages so far, with those of the open chunk.
    structures: u64,
    frames: u64,
    events: u64,
    previous: Option<Arc<Frame>>,
    filter: FrameFilter,
    is_open: bool,
}

/// The structure of the newest frame.
struct StructureInForce {
    identity: Arc<Structure>,
    revision: u64,
    number: u64,
    message: Vec<u8>,
}

impl RecordingWriter {
    /// Begins a recording in a new file.
    ///
    /// # Errors
    /// [`RecordingError::Exists`] if there is such a file, or if it cannot be created.
    pub fn create(
        path: &Path,
        options: RecordingOptions,
    ) -> Result<RecordingWriter, RecordingError> {
        let file = output::open(path, true)?;
        RecordingWriter::start(Box::new(file), path, options)
    }

    /// Begins a recording; its content replaces the file, if there is one.
    ///
    /// # Errors
    /// If the file cannot be written, or another program is recording to it.
    pub fn replace(
        path: &Path,
        options: RecordingOptions,
    ) -> Result<RecordingWriter, RecordingError> {
        let mut file = match output::open(path, true) {
            Err(RecordingError::Exists { .. }) => output::open(path, false)?,
            result => result?,
        };
        let truncated = RecordingOutput::truncate(&mut file, 0);
        truncated.map_err(|reason| write_error(&path.display().to_string(), reason))?;
        RecordingWriter::start(Box::new(file), path, options)
    }

    /// Begins a recording in an empty output; `path` names it in errors.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn start(
        output: Box<dyn RecordingOutput>,
        path: &Path,
        options: RecordingOptions,
    ) -> Result<RecordingWriter, RecordingError> {
        let path = path.display().to_string();
        let mut writer = RecordingWriter::at(output, path, options, 0, Summary::default());
        let header = header().map_err(|reason| writer.encode_error(reason))?;
        writer.append(&header)?;
        Ok(writer)
    }

    /// A writer that continues an output after a length of complete chunks.
    fn at(
        output: Box<dyn RecordingOutput>,
        path: String,
        options: RecordingOptions,
        length: u64,
        summary: Summary,
    ) -> RecordingWriter {
        RecordingWriter {
            output,
            path,
            options,
            length,
            structures: summary.count(Channel::Structure),
            frames: summary.count(Channel::Frames),
            events: summary.count(Channel::Events),
            summary,
            chunk: None,
            structure: None,
            previous: None,
            filter: FrameFilter::new(&options),
            is_open: true,
        }
    }

    /// Records a frame at a time of the wall clock, unless the options leave it out; returns whether it did.
    ///
    /// # Errors
    /// If a chunk cannot be written.
    pub fn frame(&mut self, frame: &Arc<Frame>, now: SystemTime) -> Result<bool, RecordingError> {
        let is_due = self.filter.is_due(frame, now);
        if is_due {
            self.record(frame, now)?;
        }
        Ok(is_due)
    }

    /// Records a frame.
    pub(crate) fn record(
        &mut self,
        frame: &Arc<Frame>,
        now: SystemTime,
    ) -> Result<(), RecordingError> {
        self.write_due(now)?;
        let number = self.structure_number(frame)?;
        let previous = self.previous.replace(Arc::clone(frame));
        let mark = previous.and_then(|previous| MarkKind::between(&previous, frame));
        let detail = FrameDetail {
            velocities: self.options.velocities,
            forces: self.options.forces,
        };
        let message = messages::frame_message(frame, number, mark, detail);
        if let Some(structure) = &self.structure
            && !self
                .chunk
                .as_ref()
                .is_some_and(|it| it.has_structure(number))
        {
            let structure = structure.message.clone();
            let sequence = self.structures;
            self.structures += 1;
            self.add(now, |chunk| {
                chunk.add_structure(number, &structure, sequence, now)
            })?;
        }
        let sequence = self.frames;
        self.frames += 1;
        self.add(now, |chunk| chunk.add_frame(&message, sequence, now))?;
        self.write_full()
    }

    /// Records an event.
    ///
    /// # Errors
    /// If a chunk cannot be written.
    pub fn event(&mut self, event: &Event, now: SystemTime) -> Result<(), RecordingError> {
        self.event_message(&messages::event_message(event), now)
    }

    /// Records that frames were left out.
    pub(crate) fn left_out(&mut self, frames: u64, now: SystemTime) -> Result<(), RecordingError> {
        self.event_message(&messages::left_out_message(frames), now)
    }

    /// Writes the open chunk if its time is over.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write_due(&mut self, now: SystemTime) -> Result<(), RecordingError> {
        match self.time_left(now) {
            Some(Duration::ZERO) => self.write_chunk(),
            _ => Ok(()),
        }
    }

    /// Time until the open chunk is to be written; `None` if there is none.
    pub fn time_left(&self, now: SystemTime) -> Option<Duration> {
        let chunk = self.chunk.as_ref()?;
        let seconds = Duration::try_from_secs_f64(self.options.chunk_seconds);
        let seconds = seconds.unwrap_or(Duration::MAX);
        // A clock that was set back ends the chunk.
        let age = now.duration_since(chunk.started).unwrap_or(seconds);
        Some(seconds.saturating_sub(age))
    }

    /// Writes the open chunk and the summary, and closes the file. Later calls do nothing.
    ///
    /// # Errors
    /// If they cannot be written; the file is valid up to its last complete chunk.
    pub fn finish(&mut self) -> Result<(), RecordingError> {
        if !self.is_open {
            return Ok(());
        }
        self.write_chunk()?;
        self.is_open = false;
        self.write_end()
            .and_then(|()| self.output.close())
            .map_err(|reason| write_error(&self.path, reason))
    }

    /// Number of frames in the file, with those of the open chunk.
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// Length of the complete chunks, bytes.
    pub fn bytes(&self) -> u64 {
        self.length
    }

    /// The file, for errors.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// A selection of frames by the options.
    pub(crate) fn new_filter(&self) -> FrameFilter {
        FrameFilter::new(&self.options)
    }

    fn event_message(
        &mut self,
        message: &generated::Event,
        now: SystemTime,
    ) -> Result<(), RecordingError> {
        self.write_due(now)?;
        let sequence = self.events;
        self.events += 1;
        self.add(now, |chunk| chunk.add_event(message, sequence, now))?;
        self.write_full()
    }

    /// Number of the structure of a frame, which becomes the structure in force.
    fn structure_number(&mut self, frame: &Frame) -> Result<u64, RecordingError> {
        if let Some(structure) = &self.structure
            && structure.revision == frame.revision
            && Arc::ptr_eq(&structure.identity, &frame.identity)
        {
            return Ok(structure.number);
        }
        // Above every number so far, since each has at least one message.
        let number = self.structures + 1;
        let message = messages::structure_message(&frame.identity, number, frame.revision);
        let message = message.map_err(|reason| RecordingError::Message {
            path: self.path.clone(),
            reason,
        })?;
        self.structure = Some(StructureInForce {
            identity: Arc::clone(&frame.identity),
            revision: frame.revision,
            number,
            message: message.encode_to_vec(),
        });
        Ok(number)
    }

    /// Adds a message to the open chunk, which is begun if needed.
    fn add(
        &mut self,
        now: SystemTime,
        add: impl FnOnce(&mut OpenChunk) -> McapResult<()>,
    ) -> Result<(), RecordingError> {
        if !self.is_open {
            let path = self.path.clone();
            return Err(RecordingError::Closed { path });
        }
        if self.chunk.is_none() {
            let chunk = OpenChunk::new(self.options.compression_level, now);
            self.chunk = Some(chunk.map_err(|reason| self.encode_error(reason))?);
        }
        let added = self.chunk.as_mut().map_or(Ok(()), add);
        added.map_err(|reason| self.encode_error(reason))
    }

    fn write_full(&mut self) -> Result<(), RecordingError> {
        let bytes = self.chunk.as_ref().map_or(0, OpenChunk::bytes);
        if bytes < MAX_CHUNK_BYTES {
            return Ok(());
        }
        self.write_chunk()
    }

    /// Appends the open chunk to the file.
    fn write_chunk(&mut self) -> Result<(), RecordingError> {
        let Some(chunk) = self.chunk.take() else {
            return Ok(());
        };
        let finished = chunk.finish(self.length);
        let (bytes, chunks) = finished.map_err(|reason| self.encode_error(reason))?;
        self.append(&bytes)?;
        for chunk in chunks.chunks {
            self.summary.add(chunk, &Default::default());
        }
        for (channel, count) in chunks.counts {
            *self.summary.counts.entry(channel).or_insert(0) += count;
        }
        Ok(())
    }

    /// Appends bytes; after an error the file ends before them, with a summary if there is space for it.
    fn append(&mut self, bytes: &[u8]) -> Result<(), RecordingError> {
        let written = self
            .output
            .write_all(bytes)
            .and_then(|()| self.output.flush());
        if let Err(reason) = written {
            self.is_open = false;
            let truncated = self.output.truncate(self.length);
            // Without either, the file ends with a part of a chunk, which readers skip.
            if truncated.is_ok() && self.length > 0 {
                let _ = self.write_end();
            }
            return Err(write_error(&self.path, reason));
        }
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Writes summary and footer; after an error the file ends before them.
    fn write_end(&mut self) -> std::io::Result<()> {
        let end = self
            .summary
            .end(self.length)
            .map_err(std::io::Error::other)?;
        let written = self
            .output
            .write_all(&end)
            .and_then(|()| self.output.flush());
        if written.is_err() {
            let _ = self.output.truncate(self.length);
        }
        written
    }

    fn encode_error(&self, reason: mcap::McapError) -> RecordingError {
        let path = self.path.clone();
        RecordingError::Encode { path, reason }
    }
}

impl Drop for RecordingWriter {
    fn drop(&mut self) {
        // Errors are reported by `finish`.
        let _ = self.finish();
        let _ = self.output.close();
    }
}

fn write_error(path: &str, reason: std::io::Error) -> RecordingError {
    let path = path.to_owned();
    RecordingError::Write { path, reason }
}
