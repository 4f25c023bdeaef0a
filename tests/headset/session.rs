//! Sessions: entering, leaving, and the loss of the runtime.

use std::fs;

use glam::DVec3;
use mlipview_core::potential::lennard_jones::LennardJones;
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};
use mlipview_core::sim::{Command, Engine, Task};
use mlipview_viewer::app::notices::Notices;
use mlipview_viewer::xr::{Headset, HeadsetDisplay, HeadsetError, Tracking};
use mlipview_viewer::{Scene, Simulation};

use crate::wearer::{Wearer, runtime, structure};

#[test]
#[ignore = "needs a headset: scripts/xr-runtime null"]
fn a_session_gets_input_focus_and_tracks_head_eyes_and_hands() {
    let mut wearer = Wearer::of(argon());
    wearer.enter();
    wearer.frames(30);
    let tracking = wearer.world().resource::<Tracking>().clone();
    assert!(tracking.head.is_some());
    let [left, right] = tracking.views.unwrap();
    let apart = left.pose.position.distance(right.pose.position);
    assert!((0.05..0.08).contains(&apart), "eyes are {apart} m apart");
    assert!(left.left < 0.0 && left.right > 0.0 && left.up > 0.0 && left.down < 0.0);
    let hands = tracking.hands;
    assert!(hands.iter().all(Option::is_some), "{hands:?}");
    let display = wearer.world().resource::<HeadsetDisplay>().clone();
    assert!(display.period > 0.0);
    let times = display.times;
    assert!(times.cpu > 0.0 && times.cpu < 1.0, "{times:?}");
    assert!(
        times.gpu.is_some_and(|gpu| gpu > 0.0 && gpu < 5.0),
        "{times:?}"
    );
    wearer.leave();
    assert_eq!(*wearer.headset(), Headset::Off { error: None });
    assert_eq!(*wearer.world().resource::<Tracking>(), Tracking::default());
    let display = wearer.world().resource::<HeadsetDisplay>();
    assert_eq!(*display, HeadsetDisplay::default());
}

#[test]
#[ignore = "needs a headset: scripts/xr-runtime null"]
fn the_simulation_survives_the_loss_of_the_runtime_and_the_headset_reconnects() {
    let mut wearer = Wearer::of(argon());
    let dynamics = Task::Dynamics(Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep: 5.0,
        ensemble: Ensemble::Nve {
            initial_temperature: 0.0,
        },
    });
    let simulation = wearer.world().resource::<Simulation>();
    simulation.send(Command::Run(dynamics)).unwrap();
    wearer.enter();
    wearer.frames(20);
    runtime("kill");
    wearer.until_off();
    let error = Some(HeadsetError::Lost);
    assert_eq!(*wearer.headset(), Headset::Off { error });
    wearer.frame();
    let notices = wearer.world().resource::<Notices>();
    let texts: Vec<_> = notices.list().map(|notice| notice.text.clone()).collect();
    assert!(texts.contains(&HeadsetError::Lost.to_string()), "{texts:?}");

    let number = wearer.world().resource::<Scene>().frame.number;
    wearer.until("a new frame of the simulation", |world| {
        world.resource::<Scene>().frame.number > number + 100
    });

    wearer.request_enter();
    wearer.until_off();
    let error = Some(HeadsetError::NoRuntime);
    assert_eq!(*wearer.headset(), Headset::Off { error });
    runtime("start");
    wearer.enter();
    wearer.frames(20);
    wearer.leave();
    assert_eq!(*wearer.headset(), Headset::Off { error: None });
}

#[test]
#[ignore = "needs a headset: scripts/xr-runtime null"]
fn ten_sessions_leak_neither_files_nor_memory() {
    let mut wearer = Wearer::of(argon());
    let mut after = Vec::new();
    for _ in 0..10 {
        wearer.enter();
        wearer.frames(10);
        wearer.leave();
        wearer.frames(10);
        after.push((open_files(), memory()));
    }
    eprintln!("open files and memory (MB) after each time: {after:?}");
    // Libraries that the first sessions load stay.
    let (third, last) = (after[2], after[9]);
    assert_eq!(third.0, last.0, "{after:?}");
    assert!(last.1 < third.1 + 8.0, "{after:?}");
}

/// Two atoms that attract each other.
fn argon() -> Engine {
    let pair = structure(&[("Ar", DVec3::ZERO), ("Ar", DVec3::X * 4.0)]);
    Engine::new(pair, Some(Box::new(LennardJones::noble_gases())), 0)
}

fn open_files() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}

/// Resident memory of the program, MB.
fn memory() -> f64 {
    let pages = fs::read_to_string("/proc/self/statm").unwrap();
    let resident = pages.split_whitespace().nth(1).unwrap();
    resident.parse::<f64>().unwrap() * 4096.0 / 1e6
}
