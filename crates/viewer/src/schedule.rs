//! The system sets of a rendered frame, in their order.

use bevy::prelude::*;

/// System sets of `Update`, run in this order.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub enum ViewerSystems {
    /// The newest frame and its events enter the [`Scene`](crate::Scene).
    Receive,
    /// Mouse, touches and controllers become pointers, which are hit-tested against atoms and bonds.
    Point,
    /// Gestures and actions become commands, selections and camera motions.
    Steer,
    /// Final positions: held atoms at the hand, all others from the frame.
    Place,
    /// Panels and pictures.
    Show,
}

pub(super) fn plugin(app: &mut App) {
    use ViewerSystems::{Place, Point, Receive, Show, Steer};
    app.configure_sets(Update, (Receive, Point, Steer, Place, Show).chain());
}
