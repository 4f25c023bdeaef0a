//! A trajectory file: its format, the search for its frames, and reading one of them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::content::{Content, ContentLines};
use super::contents::{Contents, ReadError};
use super::decompressed_copy::{self, DecompressedCopy};
use super::detect::{detect, is_indexed};
use super::fingerprint::Fingerprint;
use super::found_frames::FoundFrames;
use super::frame_index::FrameIndex;
use super::progress::Progress;
use super::search::{Search, SearchError};
use crate::chem::Structure;
use crate::chem::format::{
    self, Configuration, Format, FrameSelection, MAX_DECOMPRESSED, ParseError,
};
use crate::files::FileError;

/// A trajectory file, opened without being read whole.
///
/// One thread runs [`TrajectoryFile::search`]; others read frames as they are found. The file may grow
/// meanwhile; frames after its length on opening are left out. Where its content changes, reading is an
/// error.
///
/// ```
/// use mlipview_core::files::TrajectoryFile;
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("run.xyz");
/// # let path = path.to_str().unwrap();
/// std::fs::write(path, "1\nenergy=-1\nAr 0 0 0\n1\nenergy=-2\nAr 0 0 9\n")?;
/// let file = TrajectoryFile::open(path, None)?;
/// file.search();
/// assert_eq!(file.len(), 2);
/// assert_eq!(file.energy(1), Some(-2.0));
/// assert_eq!(file.read(1)?.unwrap().structure.positions()[0].z, 9.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct TrajectoryFile {
    path: String,
    original: Arc<File>,
    /// The file, or its decompressed copy.
    data: Arc<File>,
    is_copied: bool,
    fingerprint: Fingerprint,
    format: Format,
    topology: Option<Arc<Structure>>,
    contents: OnceLock<Contents>,
    progress: Arc<Progress>,
    found: FoundFrames,
}

impl TrajectoryFile {
    /// Opens a file and detects its format, without searching it. `topology` provides the atoms of a
    /// trajectory without elements (XTC, DCD); others have their own.
    ///
    /// # Errors
    /// If the file cannot be read or copied, its format is unknown, or it needs a topology.
    pub fn open(path: &str, topology: Option<Arc<Structure>>) -> Result<TrajectoryFile, FileError> {
        let failed = |reason| FileError::Read {
            path: path.to_owned(),
            reason,
        };
        // Opening a pipe would wait for its writer.
        let metadata = std::fs::metadata(path).map_err(failed)?;
        if !metadata.is_file() {
            return Err(failed(io::Error::other(ReadError::NotRegular)));
        }
        let original = Arc::new(File::open(path).map_err(failed)?);
        let fingerprint = Fingerprint::of(&original).map_err(failed)?;
        let (format, is_plain) = detect(&original, path).map_err(failed)?;
        let format = format.ok_or_else(|| ParseError::unknown_format().in_file(path))?;
        let topology = topology.filter(|_| format.info().needs_topology());
        if format.info().needs_topology() && topology.is_none() {
            return Err(ParseError::no_topology(format).in_file(path).into());
        }
        let is_stored = !is_indexed(format);
        let is_copied = !is_plain && !is_stored;
        let data = match is_copied {
            true => Arc::new(decompressed_copy::create_file(path).map_err(failed)?),
            false => Arc::clone(&original),
        };
        Ok(TrajectoryFile {
            path: path.to_owned(),
            original,
            data,
            is_copied,
            fingerprint,
            format,
            topology,
            contents: OnceLock::new(),
            progress: Arc::default(),
            found: FoundFrames::default(),
        })
    }

    /// The path as given.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The file name.
    pub fn name(&self) -> &str {
        let name = Path::new(&self.path).file_name();
        name.and_then(|name| name.to_str()).unwrap_or(&self.path)
    }

    /// The atoms of a trajectory without elements.
    pub fn topology(&self) -> Option<&Arc<Structure>> {
        self.topology.as_ref()
    }

    /// Finds the frames: returns when all are found, after an error, or when the search is
    /// [stopped](TrajectoryFile::stop). Run it once, on its own thread.
    pub fn search(&self) {
        let end = self.found.end_later();
        let result = self.search_by_format();
        match (result, self.progress.truncated()) {
            (Ok(()) | Err(SearchError::CutShort(_)), Some(compression)) => {
                let kind = compression.title();
                let found = "one that is cut short or damaged";
                let error = ParseError::whole(format!("a whole {kind} file"), found);
                let text = format!("the {kind} file is cut short or damaged: the rest is missing");
                let failure = error.in_file(&self.path).into();
                self.found.set_error(text, Some(failure));
            }
            (Err(error), _) => {
                let sentence = error.to_string();
                self.found.set_error(sentence, Some(self.failure(error)));
            }
            (Ok(()), None) => {}
        }
        if !self.is_unchanged() {
            let changed = || io::Error::other(ReadError::Changed);
            let sentence = changed().to_string();
            self.found
                .set_error(sentence, Some(self.unreadable(changed())));
        }
        drop(end);
    }

    /// Asks the search to end soon.
    pub fn stop(&self) {
        self.progress.stop();
    }

    /// Waits until the first frame is found, or all of the file is searched.
    ///
    /// # Errors
    /// If there is no frame.
    pub fn wait_for_first(&self) -> Result<(), FileError> {
        match self.found.wait_for_first()? {
            true => Ok(()),
            false => Err(ParseError::whole("at least one frame", "none")
                .in_file(&self.path)
                .into()),
        }
    }

    /// Number of frames found so far.
    pub fn len(&self) -> u64 {
        self.found.len()
    }

    /// Whether no frame has been found yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fraction of the file that has been searched, 0 to 1; 1 when the search has ended.
    pub fn searched(&self) -> f64 {
        if self.found.has_ended() {
            return 1.0;
        }
        let fraction = self.progress.searched() as f64 / self.fingerprint.bytes().max(1) as f64;
        // Not 1 before the end, when the last frame is found.
        fraction.min(1.0 - f64::EPSILON)
    }

    /// Why the search ended before the end of the file, if it did.
    pub fn search_error(&self) -> Option<String> {
        self.found.error()
    }

    /// Energy of a frame, eV, if its comment line or its file states it.
    pub fn energy(&self, index: u64) -> Option<f64> {
        match self.contents.get() {
            Some(Contents::Stored(frames)) => frames.get(usize::try_from(index).ok()?)?.energy,
            _ => self.found.energy(index),
        }
    }

    /// Reads a frame, counted from 0; `None` if it has not been found.
    ///
    /// # Errors
    /// If the frame is damaged, or the file has changed since it was opened.
    pub fn read(&self, index: u64) -> Result<Option<Configuration>, FileError> {
        let Some(contents) = self.contents.get() else {
            return Ok(None);
        };
        let read = contents.read(&self.data, &self.found, index);
        if !self.is_unchanged() {
            return Err(self.unreadable(io::Error::other(ReadError::Changed)));
        }
        read.map_err(|error| match error {
            ReadError::Parse(error) => error.in_file(&self.path).into(),
            ReadError::Read(reason) => self.unreadable(reason),
            error => self.unreadable(io::Error::other(error)),
        })
    }

    fn search_by_format(&self) -> Result<(), SearchError> {
        if !is_indexed(self.format) {
            return self.read_whole();
        }
        let is_text = !self.format.info().needs_topology();
        let mut content = match self.is_copied {
            true => {
                let (original, copy) = (Arc::clone(&self.original), Arc::clone(&self.data));
                let progress = Arc::clone(&self.progress);
                Content::Copy(DecompressedCopy::begin(original, copy, is_text, progress)?)
            }
            false => Content::File {
                file: Arc::clone(&self.data),
                bytes: self.fingerprint.bytes(),
            },
        };
        let search = Search {
            path: &self.path,
            progress: &self.progress,
            found: &self.found,
        };
        let Some(topology) = &self.topology else {
            self.contents.get_or_init(|| Contents::Xyz);
            return search.xyz(content);
        };
        let layout = search.layout(&mut content, Arc::clone(topology))?;
        let contents = self.contents.get_or_init(|| Contents::Layout(layout));
        match contents {
            Contents::Layout(layout) if layout.fixed_length(0).is_some() => {
                search.dcd(content, layout)
            }
            Contents::Layout(layout) => search.xtc(content, layout),
            Contents::Xyz | Contents::Stored(_) => Ok(()),
        }
    }

    /// Reads all frames of a format without an index.
    fn read_whole(&self) -> Result<(), SearchError> {
        let bytes = self.fingerprint.bytes();
        if bytes > MAX_DECOMPRESSED {
            let expected = format!(
                "a {} file of at most {MAX_DECOMPRESSED} bytes, which is read at once",
                self.format.title()
            );
            let found = format!("{bytes}: convert it to extended XYZ");
            let error = ParseError::whole(expected, found);
            return Err(SearchError::Damaged(error.in_file(&self.path)));
        }
        let mut content = Vec::new();
        let mut lines = ContentLines::between(Arc::clone(&self.original), 0, bytes);
        lines.read_to_end(&mut content)?;
        let frames = format::read(&content, &self.path, FrameSelection::ALL);
        let frames = frames.map_err(SearchError::Damaged)?;
        let count = frames.len() as u64;
        self.contents.get_or_init(|| Contents::Stored(frames));
        self.found.set(FrameIndex::of_count(count));
        Ok(())
    }

    /// The error of a file without frames.
    fn failure(&self, error: SearchError) -> FileError {
        match error {
            SearchError::Read(reason) => self.unreadable(reason),
            SearchError::Damaged(error) | SearchError::CutShort(error) => error.into(),
            SearchError::TooMany => self.unreadable(io::Error::other(error)),
        }
    }

    /// Whether the file has the content that it had when it was opened; a copy and frames in memory always
    /// have.
    fn is_unchanged(&self) -> bool {
        let is_stored = matches!(self.contents.get(), Some(Contents::Stored(_)));
        self.is_copied || is_stored || self.fingerprint.is_of(&self.original)
    }

    fn unreadable(&self, reason: io::Error) -> FileError {
        FileError::Read {
            path: self.path.clone(),
            reason,
        }
    }
}
