//! State of a script at a recorded frame.

use super::generated as pb;
use super::generated::script_state::{Camera, Label};
use mlipview_core::script::{BondOpacities, CameraPose, LabelPlace, ShownScript};

pub(super) fn write_script(script: &ShownScript) -> pb::ScriptState {
    let camera = script.camera.as_ref();
    pb::ScriptState {
        labels: script.labels.iter().map(write_label).collect(),
        opacities: script.opacities.iter().map(|it| byte(*it)).collect(),
        from: camera.and_then(|camera| camera.from.as_ref().map(write_camera)),
        to: camera.map(|camera| write_camera(&camera.to)),
        progress: camera.map_or(0.0, |camera| camera.progress),
        rate: script.rate,
        ..bonds(&script.bonds)
    }
}

/// The fields of the opacities of bonds.
fn bonds(bonds: &BondOpacities) -> pb::ScriptState {
    if bonds.are_opaque() {
        return pb::ScriptState::default();
    }
    let focused = bonds.bonds.iter().flat_map(|([one, other], focuses)| {
        // Indices of atoms of the frame fit.
        [*one as u32, *other as u32, u32::from(*focuses)]
    });
    pb::ScriptState {
        bond_opacities: bonds.values.map(byte).to_vec().into(),
        bond_focuses: bonds.atoms.clone().into(),
        focused_bonds: focused.collect(),
        ..pb::ScriptState::default()
    }
}

fn write_label(label: &mlipview_core::script::Label) -> Label {
    let (point, place, height) = match label.place {
        LabelPlace::Scene(point, height) => (point.to_array().to_vec(), Vec::new(), height),
        LabelPlace::Image(place, height) => (Vec::new(), place.to_vec(), height),
    };
    Label {
        text: label.text.clone(),
        point,
        place,
        height,
        color: color(label.color),
        background: color(label.background),
    }
}

fn write_camera(pose: &CameraPose) -> Camera {
    Camera {
        target: pose.target.to_vec(),
        orientation: pose.orientation.to_vec(),
        distance: pose.distance,
    }
}

/// A color as 0xRRGGBBAA.
fn color(channels: [f64; 4]) -> u32 {
    u32::from_be_bytes(channels.map(byte))
}

/// A fraction as 0 to 255. A small one is not 0, which would hide what can be seen.
fn byte(fraction: f64) -> u8 {
    let rounded = (255.0 * fraction).round().clamp(0.0, 255.0) as u8;
    rounded.max(u8::from(fraction > 0.0))
}
