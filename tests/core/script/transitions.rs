//! Transitions of speed, opacity and camera.

use mlipview_core::script::{
    Action, CameraMove, CameraPose, Opacities, OpacityFocus, ResolvedScript, Speed, TimingFunction,
};

use super::{message, script};

fn speed_with_transition(timing: TimingFunction) -> ResolvedScript {
    let speed = Speed {
        transition: 1.0,
        timing,
        ..Speed::frames_per_second(10.0)
    };
    let message = message("slow", 0.0, [100, 200], vec![Action::Speed(speed)]);
    script(vec![message]).resolve(&400, 30.0)
}

#[test]
fn a_speed_changes_gradually_from_that_before_and_back() {
    let script = speed_with_transition(TimingFunction::Linear);
    // 1 s at the mean rate of 20 frames/s takes 20 frames.
    let rate = |position: f64| script.at(position).rate;
    assert_eq!(rate(99.5), None);
    assert_eq!(rate(100.0), Some(30.0));
    assert_eq!(rate(110.0), Some(20.0));
    assert_eq!(rate(120.0), Some(10.0));
    assert_eq!(rate(180.0), Some(10.0));
    assert_eq!(rate(211.0), Some(20.0));
    assert_eq!(rate(221.0), None);
}

#[test]
fn every_timing_function_goes_from_start_to_end_without_turning_back() {
    for timing in TimingFunction::ALL {
        assert_eq!((timing.progress(-1.0), timing.progress(2.0)), (0.0, 1.0));
        let steps: Vec<f64> = (0..=100)
            .map(|it| timing.progress(f64::from(it) / 100.0))
            .collect();
        assert!(steps.is_sorted(), "{timing:?}");
        assert_eq!(TimingFunction::from_name(timing.name()), Some(timing));
        let script = speed_with_transition(timing);
        let rate = script.at(110.0).rate.unwrap();
        assert!((rate - (30.0 - 20.0 * timing.progress(0.5))).abs() < 1e-12);
    }
}

#[test]
fn a_boundary_of_another_message_does_not_restart_a_transition() {
    let speed = Speed {
        transition: 1.0,
        ..Speed::frames_per_second(10.0)
    };
    let slow = message("slow", 0.0, [100, 200], vec![Action::Speed(speed)]);
    let alone = script(vec![slow.clone()]).resolve(&400, 30.0);
    let other = message("other", 5.0, [105, 112], vec![]);
    let both = script(vec![slow, other]).resolve(&400, 30.0);
    for position in [100.0, 104.5, 105.0, 112.5, 113.0, 119.0, 210.0] {
        assert_eq!(
            both.at(position).rate,
            alone.at(position).rate,
            "{position}"
        );
    }
}

#[test]
fn an_opacity_fades_in_out_and_from_one_focus_to_the_next() {
    let focus = |atoms: Vec<usize>, background: f64| {
        Action::OpacityFocus(OpacityFocus {
            atoms,
            background: Opacities {
                atoms: background,
                bonds: background,
            },
            transition: 0.5,
            ..OpacityFocus::default()
        })
    };
    let first = message("first", 0.0, [100, 149], vec![focus(vec![0], 0.2)]);
    let second = message("second", 0.0, [150, 199], vec![focus(vec![1], 0.4)]);
    let script = script(vec![first, second]).resolve(&400, 20.0);
    // 0.5 s at 20 frames/s.
    let atoms = |position: f64| script.at(position).opacity.map(|it| it.atoms(2));
    let close = |position: f64, expected: [f64; 2]| {
        let found = atoms(position).unwrap();
        let matches = found
            .iter()
            .zip(expected)
            .all(|(one, other)| (one - other).abs() < 1e-6);
        assert!(matches, "{position}: {found:?}, not {expected:?}");
    };
    assert_eq!(atoms(99.0), None);
    close(105.0, [1.0, 0.6]);
    close(110.0, [1.0, 0.2]);
    close(150.0, [1.0, 0.2]);
    close(155.0, [0.7, 0.6]);
    close(160.0, [0.4, 1.0]);
    close(205.0, [0.7, 1.0]);
    assert_eq!(atoms(210.0), None);
}

#[test]
fn what_acts_at_the_first_frame_acts_at_once() {
    let focus = OpacityFocus {
        transition: 10.0,
        ..OpacityFocus::default()
    };
    let message = message("m", 0.0, [0, 9], vec![Action::OpacityFocus(focus)]);
    let script = script(vec![message]).resolve(&10, 20.0);
    assert_eq!(script.at(0.0).opacity.unwrap().atom(0), 0.32);
}

#[test]
fn a_camera_moves_from_where_it_is_to_the_poses_of_messages() {
    let pose = |x: f64, distance: f64| CameraPose {
        target: [x, 0.0, 0.0],
        distance,
        ..CameraPose::default()
    };
    let camera = |pose: CameraPose| {
        Action::Camera(CameraMove {
            pose,
            transition: 1.0,
            timing: TimingFunction::Linear,
        })
    };
    let near = message("near", 0.0, [20, 59], vec![camera(pose(4.0, 10.0))]);
    let far = message("far", 0.0, [60, 99], vec![camera(pose(8.0, 40.0))]);
    let script = script(vec![near, far]).resolve(&200, 10.0);
    let free = pose(0.0, 40.0);
    let at = |position: f64| script.at(position).camera.map(|it| it.pose(&free));
    assert_eq!(at(19.0), None);
    assert_eq!(at(20.0), Some(free));
    assert_eq!(at(25.0), Some(pose(2.0, 20.0)));
    assert_eq!(at(30.0), Some(pose(4.0, 10.0)));
    assert_eq!(at(65.0), Some(pose(6.0, 20.0)));
    assert_eq!(at(99.0), Some(pose(8.0, 40.0)));
    assert_eq!(at(100.0), None);
}
