//! A structure that was read, with its potential.

use std::sync::Arc;

use mlipview_core::chem::format::Configuration;
use mlipview_core::files::Source;
use mlipview_core::potential::catalog::CatalogError;
use mlipview_core::potential::{Chosen, Request};
use mlipview_core::sim::timeline::FrameSource;

/// A structure that is ready to be shown.
pub struct Opened {
    pub(super) source: Source,
    pub(super) configuration: Configuration,
    /// The frames of the file, if there are many; the configuration is the first.
    pub(super) timeline: Option<Arc<dyn FrameSource>>,
    pub(super) request: Request,
    pub(super) chosen: Result<Chosen, CatalogError>,
}
