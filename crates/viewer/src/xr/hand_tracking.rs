//! Hand tracking: pinches become trigger presses, fists become grip presses.

use bevy::prelude::*;

use super::hand_input::{HandInput, HandSource, Side};
use super::pose::Pose;

/// A pinch begins below the first distance between thumb and index finger and ends above the second,
/// m. In between the state is kept, so that a trembling hand does not let go.
const PINCH_DISTANCES: [f32; 2] = [0.015, 0.025];
/// The same for a fist: the largest distance between the palm and the tips of the other fingers, m.
const FIST_DISTANCES: [f32; 2] = [0.045, 0.065];
/// Offset from the eyes to the right shoulder (right, up, back), m. The ray of an arm starts there.
const SHOULDER_OFFSET: Vec3 = Vec3::new(0.17, -0.22, 0.05);
/// Time constant of the exponential smoothing of the ray, s: hands tremble.
const SMOOTHING_TIME: f32 = 0.05;

/// The joints of a hand that gestures are recognized from, in room space, m.
#[derive(Clone, Copy, Debug)]
pub(super) struct HandJoints {
    /// Center of the palm.
    pub(super) palm: Pose,
    /// Tip of the thumb.
    pub(super) thumb: Vec3,
    /// Tip of the index finger.
    pub(super) index: Vec3,
    /// Proximal joint of the index finger.
    pub(super) knuckle: Vec3,
    /// Tips of the other three fingers.
    pub(super) others: [Vec3; 3],
}

/// Gesture of a hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum HandGesture {
    #[default]
    Open,
    Pinch,
    Fist,
}

/// Recognizes the gestures of one hand over time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct GestureRecognizer {
    gesture: HandGesture,
    /// Smoothed direction of the ray.
    ray: Option<Vec3>,
}

impl GestureRecognizer {
    /// The input of a hand after `seconds` more: a pinch presses the trigger, a fist squeezes.
    pub(super) fn update(
        &mut self,
        joints: &HandJoints,
        side: Side,
        head: &Pose,
        seconds: f32,
    ) -> HandInput {
        self.gesture = self.next_gesture(joints);
        let target = joints.knuckle - shoulder(head, side);
        let target = target.normalize_or(joints.palm.forward());
        // Exponential smoothing: weight = 1 − exp(−Δt/τ).
        let weight = 1.0 - (-seconds.max(0.0) / SMOOTHING_TIME).exp();
        let ray = self.ray.map_or(target, |ray| ray.lerp(target, weight));
        let ray = ray.normalize_or(target);
        self.ray = Some(ray);
        HandInput {
            aim: Pose {
                position: joints.knuckle,
                rotation: Transform::IDENTITY.looking_to(ray, Vec3::Y).rotation,
            },
            // Pinched objects are between the fingers and rotate with the palm.
            grip: Pose {
                position: joints.thumb.midpoint(joints.index),
                ..joints.palm
            },
            fingertip: Some(joints.index),
            trigger: f32::from(self.gesture == HandGesture::Pinch),
            squeeze: f32::from(self.gesture == HandGesture::Fist),
            source: HandSource::HandTracking,
            ..HandInput::default()
        }
    }

    /// The next gesture: the current one ends before another begins.
    fn next_gesture(&self, joints: &HandJoints) -> HandGesture {
        let pinch = joints.thumb.distance(joints.index);
        let from_palm = |tip: &Vec3| tip.distance(joints.palm.position);
        let fist = joints.others.iter().map(from_palm).fold(0.0, f32::max);
        let index_is_bent = from_palm(&joints.index) < FIST_DISTANCES[1];
        match self.gesture {
            HandGesture::Pinch if pinch < PINCH_DISTANCES[1] => HandGesture::Pinch,
            HandGesture::Fist if fist < FIST_DISTANCES[1] => HandGesture::Fist,
            _ if fist < FIST_DISTANCES[0] && index_is_bent => HandGesture::Fist,
            _ if pinch < PINCH_DISTANCES[0] => HandGesture::Pinch,
            _ => HandGesture::Open,
        }
    }
}

/// Estimated position of a shoulder: below the eyes, rotated with them about the vertical.
fn shoulder(head: &Pose, side: Side) -> Vec3 {
    let forward = head.forward();
    let heading = Quat::from_rotation_y((-forward.x).atan2(-forward.z));
    let sign = match side {
        Side::Left => -1.0,
        Side::Right => 1.0,
    };
    head.position + heading * (SHOULDER_OFFSET * Vec3::new(sign, 1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: Pose = Pose {
        position: Vec3::new(0.0, 1.6, 0.0),
        rotation: Quat::IDENTITY,
    };

    /// A right hand in front of the body, with these distances between thumb and index finger, and
    /// between the palm and the other fingertips, m.
    fn joints(pinch: f32, fist: f32) -> HandJoints {
        let palm = Vec3::new(0.2, 1.2, -0.4);
        let index = palm + Vec3::new(0.0, 0.0, -0.1);
        HandJoints {
            palm: Pose {
                position: palm,
                rotation: Quat::IDENTITY,
            },
            thumb: index - Vec3::X * pinch,
            index,
            knuckle: palm + Vec3::new(0.0, 0.0, -0.03),
            others: [palm + Vec3::NEG_Z * fist; 3],
        }
    }

    fn update(hand: &mut GestureRecognizer, joints: &HandJoints) -> HandInput {
        hand.update(joints, Side::Right, &HEAD, 0.011)
    }

    #[test]
    fn a_trembling_pinch_holds_on() {
        let mut hand = GestureRecognizer::default();
        let mut trigger = |pinch| update(&mut hand, &joints(pinch, 0.1)).trigger;
        let distances = [0.05, 0.02, 0.012, 0.02, 0.024, 0.03, 0.02, 0.014];
        let pressed = distances.map(&mut trigger);
        assert_eq!(pressed, [0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn the_grip_of_a_pinch_is_between_the_fingers() {
        let mut hand = GestureRecognizer::default();
        let pinched = joints(0.01, 0.1);
        let input = update(&mut hand, &pinched);
        let apart = input.grip.position.distance(pinched.index);
        assert!((apart - 0.005).abs() < 1e-6, "{apart}");
        assert_eq!(input.fingertip, Some(pinched.index));
        assert_eq!(input.grip.rotation, pinched.palm.rotation);
    }

    #[test]
    fn a_fist_squeezes_and_does_not_pinch() {
        let mut hand = GestureRecognizer::default();
        let mut fist = joints(0.01, 0.03);
        fist.index = fist.palm.position + Vec3::NEG_Z * 0.04;
        fist.thumb = fist.index + Vec3::X * 0.01;
        let input = update(&mut hand, &fist);
        assert_eq!((input.trigger, input.squeeze), (0.0, 1.0));
        let input = update(&mut hand, &joints(0.05, 0.1));
        assert_eq!((input.trigger, input.squeeze), (0.0, 0.0));
    }

    #[test]
    fn a_pinch_with_the_other_fingers_bent_is_a_pinch() {
        let mut hand = GestureRecognizer::default();
        let input = update(&mut hand, &joints(0.01, 0.03));
        assert_eq!((input.trigger, input.squeeze), (1.0, 0.0));
    }

    #[test]
    fn the_ray_points_away_from_the_shoulder_and_is_smoothed() {
        let mut hand = GestureRecognizer::default();
        let straight = joints(0.05, 0.1);
        let first = update(&mut hand, &straight).aim.forward();
        let wanted = straight.knuckle - shoulder(&HEAD, Side::Right);
        assert!(first.angle_between(wanted) < 1e-3);
        // A jump of 2 cm is followed within some frames, not in one.
        let mut moved = straight;
        moved.knuckle += Vec3::Y * 0.02;
        let wanted = moved.knuckle - shoulder(&HEAD, Side::Right);
        let whole = first.angle_between(wanted);
        let second = update(&mut hand, &moved).aim.forward();
        assert!((0.05..0.5).contains(&(first.angle_between(second) / whole)));
        let last = (0..60)
            .map(|_| update(&mut hand, &moved).aim.forward())
            .last();
        assert!(last.is_some_and(|last| last.angle_between(wanted) < 2e-3));
    }
}
