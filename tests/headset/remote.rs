//! Head and hands that move as they are told, through Monado's remote driver.
//!
//! What it is sent is `struct r_remote_data` of Monado 25.0 (src/xrt/drivers/remote/r_interface.h),
//! little-endian, by TCP.

use std::io::{Read, Write};
use std::net::TcpStream;

use bevy::math::{Quat, Vec3};
use mlipview_viewer::xr::seen::Pose;

/// How far each eye is from the middle of the head, m.
const ASIDE: f32 = 0.0315;
const LENGTH: usize = 376;

/// One hand.
#[derive(Clone, Copy)]
pub(crate) struct Hand {
    pub(crate) grip: Pose,
    pub(crate) trigger: f32,
    pub(crate) squeeze: f32,
    pub(crate) menu: bool,
}

impl Hand {
    /// An open hand at a place, held straight.
    pub(crate) fn at(place: Vec3) -> Hand {
        Hand {
            grip: Pose {
                place,
                turn: Quat::IDENTITY,
            },
            trigger: 0.0,
            squeeze: 0.0,
            menu: false,
        }
    }
}

/// The one who moves them.
pub(crate) struct Remote {
    stream: TcpStream,
}

impl Remote {
    pub(crate) fn connect() -> Remote {
        let mut stream = TcpStream::connect(("127.0.0.1", 4242)).unwrap();
        // It says first how everything is at rest, twice.
        stream.read_exact(&mut [0; 2 * LENGTH]).unwrap();
        Remote { stream }
    }

    /// Puts the head and both hands somewhere.
    pub(crate) fn put(&mut self, head: Vec3, hands: [Hand; 2]) {
        let mut packet = b"mndrmt3\0".to_vec();
        for side in [-1.0, 1.0] {
            let angles = [-0.7, 0.7, 0.7, -0.7];
            push(&mut packet, &angles);
            push_pose(&mut packet, Vec3::X * side * ASIDE, Quat::IDENTITY);
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
    push_pose(packet, hand.grip.place, hand.grip.turn);
    let velocities = [0.0; 6];
    let curls = [0.2; 5];
    let force_of_squeeze = 0.0;
    push(packet, &velocities);
    push(packet, &curls);
    push(packet, &[hand.trigger, hand.squeeze, force_of_squeeze]);
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

fn push_pose(packet: &mut Vec<u8>, place: Vec3, turn: Quat) {
    push(packet, &turn.to_array());
    push(packet, &place.to_array());
}

fn push(packet: &mut Vec<u8>, numbers: &[f32]) {
    packet.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}
