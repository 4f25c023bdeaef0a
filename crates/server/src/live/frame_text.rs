//! Frames as JSON, written directly: there may be thousands of states, many times a second. [10] [11]

use std::fmt::Write;

use glam::Vec3;

use mlipview_bodies::{BodyState, Contact, FrictionForce, Motion, Snapshot};

/// The message of a frame.
pub(super) fn frame_text(frame_id: u64, simulation_time: f64, snapshot: &Snapshot) -> String {
    let bytes = 256
        + 330 * snapshot.states.len()
        + 220 * (snapshot.contacts.len() + snapshot.friction.len());
    let mut text = String::with_capacity(bytes);
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "{{\"type\":\"frame\",\"data\":{{\"frame_id\":{frame_id},\"simulation_time\":{simulation_time:?},\"states\":["
    );
    list(&mut text, &snapshot.states, write_state);
    text.push_str("],\"collisions\":[");
    list(&mut text, &snapshot.contacts, write_contact);
    text.push_str("],\"friction_constraints\":[");
    list(&mut text, &snapshot.friction, write_friction);
    text.push_str("],\"solver\":");
    match snapshot.solver {
        Some(solver) => {
            let _ = write!(text, "{{\"iterations\":{},\"residual\":", solver.iterations);
            write_number(&mut text, solver.residual);
            text.push('}');
        }
        None => text.push_str("null"),
    }
    text.push_str("}}");
    text
}

fn list<T>(text: &mut String, items: &[T], write: impl Fn(&mut String, &T)) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write(text, item);
    }
}

fn write_state(text: &mut String, state: &BodyState) {
    let _ = write!(text, "{{\"body_id\":{}", state.id.number());
    write_vector(text, "position", state.position);
    write_vector(text, "velocity", state.velocity);
    text.push_str(",\"orientation\":{\"w\":");
    write_number(text, state.orientation.w);
    write_coordinates(
        text,
        ",\"x\":",
        Vec3::new(
            state.orientation.x,
            state.orientation.y,
            state.orientation.z,
        ),
    );
    write_vector(text, "angular_velocity", state.angular_velocity);
    let is_environment = state.motion == Motion::Environment;
    let _ = write!(text, ",\"is_environment\":{is_environment}}}");
}

fn write_contact(text: &mut String, contact: &Contact) {
    let (a, b) = (contact.body_a.number(), contact.body_b.number());
    let _ = write!(text, "{{\"body_a\":{a},\"body_b\":{b}");
    write_vector(text, "point", contact.point);
    write_vector(text, "normal", contact.normal);
    text.push_str(",\"depth\":");
    write_number(text, contact.depth);
    text.push_str(",\"impulse\":");
    write_number(text, contact.impulse);
    text.push('}');
}

fn write_friction(text: &mut String, friction: &FrictionForce) {
    let (a, b) = (friction.body_a.number(), friction.body_b.number());
    let _ = write!(text, "{{\"body_a\":{a},\"body_b\":{b}");
    write_vector(text, "point", friction.point);
    write_vector(text, "impulse", friction.impulse);
    text.push('}');
}

fn write_vector(text: &mut String, name: &str, vector: Vec3) {
    let _ = write!(text, ",\"{name}\":{{");
    write_coordinates(text, "\"x\":", vector);
}

/// Writes x after its name, y and z, and closes the object.
fn write_coordinates(text: &mut String, x: &str, vector: Vec3) {
    text.push_str(x);
    write_number(text, vector.x);
    text.push_str(",\"y\":");
    write_number(text, vector.y);
    text.push_str(",\"z\":");
    write_number(text, vector.z);
    text.push('}');
}

/// Writes numbers, separated by commas.
pub(super) fn write_numbers(text: &mut String, numbers: &[f32]) {
    for (index, number) in numbers.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write_number(text, *number);
    }
}

/// Writes the shortest text that reads as the same f32; null for one that JSON does not have.
pub(super) fn write_number(text: &mut String, number: f32) {
    if !number.is_finite() {
        text.push_str("null");
        return;
    }
    // With a point or an exponent: a float for readers that tell integers apart.
    let _ = write!(text, "{number:?}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::Vec3;
    use mlipview_bodies::{Assets, Body, Units, World, WorldSettings};
    use serde_json::Value;

    #[test]
    fn numbers_read_as_written() {
        for number in [
            0.0, -0.0, 1.0, -9.81, 1e-7, 3.4e38, 1e-45, 0.1, 123_456.7, 1e9,
        ] {
            let mut text = String::new();
            write_number(&mut text, number);
            let read: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(read.as_f64().unwrap() as f32, number, "{text}");
        }
    }

    /// [10] [11]
    #[test]
    fn a_frame_is_json_with_all_states() {
        let assets = Assets::new(Units::Meters);
        let mut world = World::new(WorldSettings::default()).unwrap();
        world
            .add(&assets.find("ground").unwrap(), &Body::environment())
            .unwrap();
        world
            .add(&assets.find("cube").unwrap(), &Body::at(Vec3::Z * 0.499))
            .unwrap();
        world.step(0.016).unwrap();
        let frame: Value = serde_json::from_str(&frame_text(3, 0.048, &world.snapshot())).unwrap();
        let data = &frame["data"];
        assert_eq!(
            (&frame["type"], &data["frame_id"]),
            (&"frame".into(), &3.into())
        );
        assert_eq!(data["simulation_time"], 0.048);
        assert_eq!(data["states"].as_array().unwrap().len(), 2);
        assert_eq!(data["states"][0]["is_environment"], true);
        assert_eq!(data["states"][0]["velocity"]["z"], 0.0);
        assert_eq!(data["states"][1]["orientation"]["w"], 1.0);
        assert_eq!(data["collisions"].as_array().unwrap().len(), 4);
        assert!(data["collisions"][0]["normal"]["z"].as_f64().unwrap().abs() > 0.9);
        assert!(data["solver"]["iterations"].as_u64().unwrap() > 0);
        let start = frame_text(0, 0.0, &Default::default());
        let start: Value = serde_json::from_str(&start).unwrap();
        assert_eq!(start["data"]["solver"], Value::Null);
        assert_eq!(start["data"]["simulation_time"], 0.0);
    }
}
