//! Axis-aligned bounding box of points.

use bevy::prelude::Vec3;

/// Lower and upper corner of the bounding box of the finite points, Å; `None` without any.
pub fn bounding_box(points: impl IntoIterator<Item = Vec3>) -> Option<[Vec3; 2]> {
    let finite = points.into_iter().filter(|point| point.is_finite());
    finite.fold(None, |corners: Option<[Vec3; 2]>, point| {
        let [low, high] = corners.unwrap_or([point; 2]);
        Some([low.min(point), high.max(point)])
    })
}
