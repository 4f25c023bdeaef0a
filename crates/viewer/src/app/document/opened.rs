//! A structure that was read, with its potential.

use std::collections::HashMap;
use std::sync::Arc;

use mlipview_core::chem::format::Configuration;
use mlipview_core::files::Source;
use mlipview_core::potential::catalog::CatalogError;
use mlipview_core::potential::{Chosen, Request};
use mlipview_core::session_file::Session;
use mlipview_core::sim::timeline::FrameSource;

/// A structure that is ready to be shown.
pub struct Opened {
    pub(super) source: Source,
    pub(super) configuration: Configuration,
    /// The frames of the file, if there are many; the configuration is the first.
    pub(super) timeline: Option<Arc<dyn FrameSource>>,
    /// The session that it is of, without structure and frames.
    pub(super) session: Option<Box<Session>>,
    /// Names of its frames, with their positions in the timeline.
    pub(super) frame_ids: HashMap<String, u64>,
    /// Sentences about what of a session file is left out.
    pub(super) session_notes: Vec<String>,
    /// Whether it was saved automatically, and its file is not the user's.
    pub(super) is_restored: bool,
    pub(super) request: Request,
    pub(super) chosen: Result<Chosen, CatalogError>,
}
