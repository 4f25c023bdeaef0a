//! Client of Monado's remote driver, which sets the poses of head and hands.
//!
//! It sends `struct r_remote_data` of Monado 25.0 (src/xrt/drivers/remote/r_interface.h), little-endian,
//! by TCP.

use std::io::{Read, Write};
use std::net::TcpStream;

use bevy::math::{Quat, Vec3};
use mlipview_viewer::xr::Pose;

/// Distance of each eye from the center of the head, m.
const EYE_OFFSET: f32 = 0.0315;
/// Size of a packet, bytes.
const LENGTH: usize = 376;

/// State of one controller.
#[derive(Clone, Copy)]
pub(crate) struct Hand {
    pub(crate) grip: Pose,
    pub(crate) trigger: f32,
    pub(crate) squeeze: f32,
    pub(crate) menu: bool,
}

impl Hand {
    /// A controller at a position, unrotated, with nothing pressed.
    pub(crate) fn at(position: Vec3) -> Hand {
        Hand {
            grip: Pose {
                position,
                rotation: Quat::IDENTITY,
            },
            trigger: 0.0,
            squeeze: 0.0,
            menu: false,
        }
    }
}

/// The connection to the driver.
pub(crate) struct Remote {
    stream: TcpStream,
}

impl Remote {
    pub(crate) fn connect() -> Remote {
        let mut stream = TcpStream::connect(("127.0.0.1", 4242)).unwrap();
        // The driver first sends its rest state, twice.
        stream.read_exact(&mut [0; 2 * LENGTH]).unwrap();
        Remote { stream }
    }

    /// Sets the poses of the head and both hands.
    pub(crate) fn set_poses(&mut self, head: Vec3, hands: [Hand; 2]) {
        let mut packet = b"mndrmt3\0".to_vec();
        for side in [-1.0, 1.0] {
            let angles = [-0.7, 0.7, 0.7, -0.7];
            push(&mut packet, &angles);
            push_pose(&mut packet, Vec3::X * side * EYE_OFFSET, Quat::IDENTITY);
            packet.extend([0; 4]);
        }
        push_pose(&mut packet, head, Quat::IDENTITY);
        packet.extend([0; 4]);
        for hand in &hands {
            push_hand(&mut packet, hand);
        }
        assert_eq!(packet.len(), LENGTH);
        self.stream.write_all(&packet).unwrap();
    }
}

fn push_hand(packet: &mut Vec<u8>, hand: &Hand) {
    push_pose(packet, hand.grip.position, hand.grip.rotation);
    let velocities = [0.0; 6];
    let curls = [0.2; 5];
    let squeeze_force = 0.0;
    push(packet, &velocities);
    push(packet, &curls);
    push(packet, &[hand.trigger, hand.squeeze, squeeze_force]);
    let (thumbstick, trackpad_force, trackpad) = ([0.0; 2], [0.0], [0.0; 2]);
    push(packet, &thumbstick);
    push(packet, &trackpad_force);
    push(packet, &trackpad);
    let mut buttons = [0; 16];
    let (is_tracked, has_fingers) = (0, 1);
    buttons[is_tracked] = 1;
    buttons[has_fingers] = 1;
    let (menu, is_pressed, is_touched) = (6, 8, 9);
    buttons[menu] = u8::from(hand.menu);
    buttons[is_pressed] = u8::from(hand.trigger > 0.8);
    buttons[is_touched] = u8::from(hand.trigger > 0.1);
    packet.extend(buttons);
}

fn push_pose(packet: &mut Vec<u8>, position: Vec3, rotation: Quat) {
    push(packet, &rotation.to_array());
    push(packet, &position.to_array());
}

fn push(packet: &mut Vec<u8>, numbers: &[f32]) {
    packet.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}
