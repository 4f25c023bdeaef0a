//! A bare hand: by what its fingers do it takes hold as a controller does.

use bevy::prelude::*;

use super::seen::{HandKind, HandSeen, Pose, Side};

/// Thumb and index finger are joined when they are so near, and apart when they are so far, m: between
/// the two they stay as they were, or a hand that trembles would let go.
const PINCH: [f32; 2] = [0.015, 0.025];
/// The same for the tips of the other fingers and the middle of the palm, m.
const FIST: [f32; 2] = [0.045, 0.065];
/// From the eyes to a shoulder: to the side, down and back, m. An arm's ray begins there.
const SHOULDER: Vec3 = Vec3::new(0.17, -0.22, 0.05);
/// In this time a ray comes to where it should be by a factor of e: hands tremble, s.
const CALM: f32 = 0.05;

/// What is seen of a hand, in the room, m.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fingers {
    /// The middle of the palm.
    pub(super) palm: Pose,
    /// The tip of the thumb.
    pub(super) thumb: Vec3,
    /// The tip of the index finger.
    pub(super) index: Vec3,
    /// Where the index finger begins.
    pub(super) knuckle: Vec3,
    /// The tips of the other three.
    pub(super) others: [Vec3; 3],
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Hold {
    #[default]
    Open,
    Pinch,
    Fist,
}

/// A hand over time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bare {
    hold: Hold,
    ray: Option<Vec3>,
}

impl Bare {
    /// What the hand does when so much time (s) has passed: a pinch is a pressed trigger, a fist
    /// squeezes.
    pub(super) fn follow(
        &mut self,
        fingers: &Fingers,
        side: Side,
        head: &Pose,
        passed: f32,
    ) -> HandSeen {
        self.hold = self.next(fingers);
        let wanted = fingers.knuckle - shoulder(head, side);
        let wanted = wanted.normalize_or(fingers.palm.ahead());
        let nearer = 1.0 - (-passed.max(0.0) / CALM).exp();
        let ray = self.ray.map_or(wanted, |ray| ray.lerp(wanted, nearer));
        let ray = ray.normalize_or(wanted);
        self.ray = Some(ray);
        HandSeen {
            aim: Pose {
                place: fingers.knuckle,
                turn: Transform::IDENTITY.looking_to(ray, Vec3::Y).rotation,
            },
            // What is pinched is between the fingers, and turns with the palm.
            grip: Pose {
                place: fingers.thumb.midpoint(fingers.index),
                ..fingers.palm
            },
            fingertip: Some(fingers.index),
            trigger: f32::from(self.hold == Hold::Pinch),
            squeeze: f32::from(self.hold == Hold::Fist),
            kind: HandKind::Bare,
            ..HandSeen::default()
        }
    }

    /// What a hand has begun it ends before it begins something else.
    fn next(&self, fingers: &Fingers) -> Hold {
        let apart = fingers.thumb.distance(fingers.index);
        let away = |tip: &Vec3| tip.distance(fingers.palm.place);
        let open = fingers.others.iter().map(away).fold(0.0, f32::max);
        let index_is_bent = away(&fingers.index) < FIST[1];
        match self.hold {
            Hold::Pinch if apart < PINCH[1] => Hold::Pinch,
            Hold::Fist if open < FIST[1] => Hold::Fist,
            _ if open < FIST[0] && index_is_bent => Hold::Fist,
            _ if apart < PINCH[0] => Hold::Pinch,
            _ => Hold::Open,
        }
    }
}

/// Where a shoulder is: below the eyes, turned with them about the vertical.
fn shoulder(head: &Pose, side: Side) -> Vec3 {
    let ahead = head.ahead();
    let heading = Quat::from_rotation_y((-ahead.x).atan2(-ahead.z));
    let aside = match side {
        Side::Left => -1.0,
        Side::Right => 1.0,
    };
    head.place + heading * (SHOULDER * Vec3::new(aside, 1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: Pose = Pose {
        place: Vec3::new(0.0, 1.6, 0.0),
        turn: Quat::IDENTITY,
    };

    /// A right hand before the body, with so much between thumb and index finger, and so much between
    /// the other tips and the palm, m.
    fn fingers(apart: f32, open: f32) -> Fingers {
        let palm = Vec3::new(0.2, 1.2, -0.4);
        let index = palm + Vec3::new(0.0, 0.0, -0.1);
        Fingers {
            palm: Pose {
                place: palm,
                turn: Quat::IDENTITY,
            },
            thumb: index - Vec3::X * apart,
            index,
            knuckle: palm + Vec3::new(0.0, 0.0, -0.03),
            others: [palm + Vec3::NEG_Z * open; 3],
        }
    }

    fn follow(hand: &mut Bare, fingers: &Fingers) -> HandSeen {
        hand.follow(fingers, Side::Right, &HEAD, 0.011)
    }

    #[test]
    fn a_pinch_that_trembles_holds_on() {
        let mut hand = Bare::default();
        let mut trigger = |apart| follow(&mut hand, &fingers(apart, 0.1)).trigger;
        let distances = [0.05, 0.02, 0.012, 0.02, 0.024, 0.03, 0.02, 0.014];
        let pressed = distances.map(&mut trigger);
        assert_eq!(pressed, [0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn what_a_bare_hand_pinches_is_between_its_fingers() {
        let mut hand = Bare::default();
        let pinched = fingers(0.01, 0.1);
        let seen = follow(&mut hand, &pinched);
        let apart = seen.grip.place.distance(pinched.index);
        assert!((apart - 0.005).abs() < 1e-6, "{apart}");
        assert_eq!(seen.fingertip, Some(pinched.index));
        assert_eq!(seen.grip.turn, pinched.palm.turn);
    }

    #[test]
    fn a_fist_squeezes_and_does_not_pinch() {
        let mut hand = Bare::default();
        let mut fist = fingers(0.01, 0.03);
        fist.index = fist.palm.place + Vec3::NEG_Z * 0.04;
        fist.thumb = fist.index + Vec3::X * 0.01;
        let seen = follow(&mut hand, &fist);
        assert_eq!((seen.trigger, seen.squeeze), (0.0, 1.0));
        let seen = follow(&mut hand, &fingers(0.05, 0.1));
        assert_eq!((seen.trigger, seen.squeeze), (0.0, 0.0));
    }

    #[test]
    fn a_pinch_with_the_other_fingers_bent_is_a_pinch() {
        let mut hand = Bare::default();
        let seen = follow(&mut hand, &fingers(0.01, 0.03));
        assert_eq!((seen.trigger, seen.squeeze), (1.0, 0.0));
    }

    #[test]
    fn a_hand_points_away_from_its_shoulder_and_calmly() {
        let mut hand = Bare::default();
        let straight = fingers(0.05, 0.1);
        let first = follow(&mut hand, &straight).aim.ahead();
        let wanted = straight.knuckle - shoulder(&HEAD, Side::Right);
        assert!(first.angle_between(wanted) < 1e-3);
        // A jump by 2 cm is followed in some frames, not in one.
        let mut moved = straight;
        moved.knuckle += Vec3::Y * 0.02;
        let wanted = moved.knuckle - shoulder(&HEAD, Side::Right);
        let whole = first.angle_between(wanted);
        let second = follow(&mut hand, &moved).aim.ahead();
        assert!((0.05..0.5).contains(&(first.angle_between(second) / whole)));
        let last = (0..60)
            .map(|_| follow(&mut hand, &moved).aim.ahead())
            .last();
        assert!(last.is_some_and(|last| last.angle_between(wanted) < 2e-3));
    }
}
