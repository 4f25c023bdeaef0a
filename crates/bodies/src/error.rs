//! Errors of bodies and worlds.

/// A body that cannot be added, or a command that cannot be executed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BodyError {
    /// No asset has this name.
    #[error("Asset '{0}' not found")]
    Asset(String),
    /// A setting is out of its range.
    #[error("'{setting}' must be {expected}; got {got}")]
    Setting {
        /// The setting.
        setting: &'static str,
        /// The range.
        expected: &'static str,
        /// The value.
        got: f32,
    },
    /// The plane as an inertial body.
    #[error("'object_type' of 'ground' must be \"environment\": an infinite plane has no mass")]
    InertialPlane,
    /// A body that is larger than the periodic cell.
    #[error(
        "'cell' is too small: an edge is {edge}, and a body has the diameter {diameter}; enlarge the cell"
    )]
    LargerThanCell {
        /// The shortest edge.
        edge: f32,
        /// Diameter of a sphere around the body.
        diameter: f32,
    },
    /// No body that moves has this identifier.
    #[error("'body_id' {0} is no inertial body of this run; take one of the metadata")]
    Unknown(u32),
}

/// A world that cannot be made or cannot go on.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WorldError {
    /// A setting is out of its range.
    #[error("'{setting}' must be {expected}")]
    Setting {
        /// The setting.
        setting: &'static str,
        /// The range.
        expected: &'static str,
    },
    /// Too many contacts at once.
    #[error(
        "LIMIT: {0} contacts at most: place bodies farther apart, or take fewer or smaller ones"
    )]
    Contacts(usize),
    /// Too many bodies at one place.
    #[error("LIMIT: too many bodies overlap; place them farther apart")]
    Overlaps,
    /// A state is not finite any more.
    #[error(
        "the simulation has failed: body {0} has left the range of numbers; use less extreme masses or speeds"
    )]
    NotFinite(u32),
}
