//! A structure that was read, with its potential.

use mlipview_core::chem::format::Configuration;
use mlipview_core::files::Source;
use mlipview_core::potential::catalog::CatalogError;
use mlipview_core::potential::{Chosen, Request};

/// A structure that is ready to be shown.
pub struct Opened {
    pub(super) source: Source,
    pub(super) configuration: Configuration,
    /// Index and number of frames read.
    pub(super) frame: Option<[usize; 2]>,
    pub(super) request: Request,
    pub(super) chosen: Result<Chosen, CatalogError>,
}
