//! People, their roles and poses.

use glam::{Quat, Vec3};

use super::checks::finite;
use super::generated as pb;
use crate::session::violation::Violation;
use mlipview_core::presence::{Person, Pose, Presence, Role};

pub(super) fn read_presence(presence: &pb::Presence) -> Result<Presence, Violation> {
    if presence.hands.len() > 2 {
        return Err(Violation::Value {
            field: "presence",
            reason: format!("expected at most 2 hands, found {}", presence.hands.len()),
        });
    }
    Ok(Presence {
        head: presence.head.as_ref().map(read_pose).transpose()?,
        hands: presence
            .hands
            .iter()
            .map(read_pose)
            .collect::<Result<_, _>>()?,
    })
}

fn read_pose(pose: &pb::Pose) -> Result<Pose, Violation> {
    let invalid = |reason| Violation::Value {
        field: "pose",
        reason,
    };
    let (&[x, y, z], &[qx, qy, qz, qw]) = (pose.position.as_slice(), pose.orientation.as_slice())
    else {
        return Err(invalid(format!(
            "expected 3 numbers of position and 4 of orientation, found {} and {}",
            pose.position.len(),
            pose.orientation.len()
        )));
    };
    let position = finite("pose", Vec3::new(x, y, z).as_dvec3())?;
    let orientation = Quat::from_xyzw(qx, qy, qz, qw).as_dquat();
    let length = orientation.length();
    if !(length.is_finite() && length > 1e-3) {
        return Err(invalid(
            "the orientation must be a quaternion of length 1".to_owned(),
        ));
    }
    Ok(Pose {
        position,
        orientation: orientation * (1.0 / length),
    })
}

pub(super) fn read_role(role: i32) -> Result<Role, Violation> {
    match pb::Role::try_from(role) {
        Ok(pb::Role::Spectator) => Ok(Role::Spectator),
        Ok(pb::Role::Driver) => Ok(Role::Driver),
        Ok(pb::Role::Owner) => Ok(Role::Owner),
        Err(_) => Err(Violation::Value {
            field: "role",
            reason: format!("expected 0 (spectator), 1 (driver) or 2 (owner), found {role}"),
        }),
    }
}

pub(super) fn write_role(role: Role) -> pb::Role {
    match role {
        Role::Spectator => pb::Role::Spectator,
        Role::Driver => pb::Role::Driver,
        Role::Owner => pb::Role::Owner,
    }
}

pub(super) fn write_person(person: &Person) -> pb::Person {
    let [red, green, blue] = person.color;
    let presence = &person.presence;
    pb::Person {
        id: person.id.0,
        name: person.name.clone(),
        color: u32::from_be_bytes([0, red, green, blue]),
        role: write_role(person.role).into(),
        presence: Some(pb::Presence {
            head: presence.head.as_ref().map(write_pose),
            hands: presence.hands.iter().map(write_pose).collect(),
        }),
    }
}

fn write_pose(pose: &Pose) -> pb::Pose {
    pb::Pose {
        position: pose.position.as_vec3().to_array().to_vec(),
        orientation: pose.orientation.as_quat().to_array().to_vec(),
    }
}
