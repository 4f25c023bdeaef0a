//! Labels of a script as labels of the scene, in single precision.

use bevy::prelude::*;

use crate::scene::labels::{Label, LabelPlace};
use mlipview_core::script;

/// The labels of the scene.
pub(crate) fn labels_of(labels: Vec<script::Label>) -> Vec<Label> {
    labels.into_iter().map(label_of).collect()
}

fn label_of(label: script::Label) -> Label {
    Label {
        text: label.text,
        place: match label.place {
            script::LabelPlace::Scene(point, height) => {
                LabelPlace::Scene(point.as_vec3(), height as f32)
            }
            script::LabelPlace::Image([x, y], height) => {
                LabelPlace::Window(Vec2::new(x as f32, y as f32), height as f32)
            }
        },
        color: label.color.map(|channel| channel as f32),
        background: label.background.map(|channel| channel as f32),
    }
}
