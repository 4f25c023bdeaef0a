//! What the headset says in one rendered frame: metres, radians and seconds, in the space of the room.

use bevy::prelude::*;

/// A place, and how what is there is turned.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pose {
    /// The place, m.
    pub place: Vec3,
    /// From its own axes (right, up, backwards) to those of the room.
    pub turn: Quat,
}

impl Pose {
    /// Where its −z points: a head looks there, and a hand points there.
    pub fn ahead(&self) -> Vec3 {
        self.turn * Vec3::NEG_Z
    }
}

/// From where and how far one eye sees. Angles are told by their tangents; those to the left and down
/// are negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The eye.
    pub pose: Pose,
    /// To the left edge of its picture.
    pub left: f32,
    /// To the right edge.
    pub right: f32,
    /// To the upper edge.
    pub up: f32,
    /// To the lower edge.
    pub down: f32,
}

/// A side of the body: of eyes and hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The left one; the first of two.
    Left,
    /// The right one.
    Right,
}

impl Side {
    /// Both, in the order in which pairs have them.
    pub const BOTH: [Side; 2] = [Side::Left, Side::Right];

    /// Where it is in a pair: 0 or 1.
    pub fn index(self) -> usize {
        match self {
            Side::Left => 0,
            Side::Right => 1,
        }
    }

    /// The other one.
    pub fn other(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
        }
    }
}

/// By what a hand is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HandKind {
    /// It holds a controller.
    #[default]
    Controller,
    /// It is bare: its trigger is the pinch of thumb and index finger.
    Bare,
}

/// One hand.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HandSeen {
    /// From where and whereto it points, along −z.
    pub aim: Pose,
    /// Where it holds things: for a bare hand between thumb and index finger.
    pub grip: Pose,
    /// The tip of the index finger, m, where fingers are seen.
    pub fingertip: Option<Vec3>,
    /// How far the trigger is pressed, 0 to 1.
    pub trigger: f32,
    /// How firmly it squeezes, 0 to 1.
    pub squeeze: f32,
    /// Where the stick is, right and up, each −1 to 1.
    pub stick: Vec2,
    /// Whether the menu button is down.
    pub menu: bool,
    /// By what it is seen.
    pub kind: HandKind,
}

/// How the picture is put before the room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Blend {
    /// Nothing of the room is seen.
    #[default]
    Opaque,
    /// The room is seen where the picture is transparent.
    Alpha,
    /// The picture's light is added to that of the room.
    Additive,
    /// The runtime draws the room behind, by `XR_FB_passthrough`.
    Passthrough,
}

/// What a picture takes, without what is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Costs {
    /// Of the program, on both threads that make the picture, until the card's driver has it, s; 0 before
    /// the first.
    pub app: f32,
    /// Of the graphics card, s; `None` where it does not tell.
    pub card: Option<f32>,
}

/// What the headset says in this frame. Without a headset nothing is there and no blend is offered.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// The head; it looks along −z. `None` while it is not tracked.
    pub head: Option<Pose>,
    /// The eyes, left and right.
    pub views: Option<[View; 2]>,
    /// The hands, left and right; `None` while one is not tracked.
    pub hands: [Option<HandSeen>; 2],
    /// The ways of blending that are offered, the runtime's favourite first.
    pub blends: Vec<Blend>,
    /// Time from one picture to the next, s; 0 while it is not known.
    pub period: f32,
    /// Pictures that came too late since the session began.
    pub missed: u64,
    /// What the newest picture took whose costs are known.
    pub costs: Costs,
    /// Whether the space of the room has another origin since this frame.
    pub recentred: bool,
}

impl Seen {
    /// One hand.
    pub fn hand(&self, side: Side) -> Option<&HandSeen> {
        self.hands[side.index()].as_ref()
    }
}
