//! How long a headset stays: entering, leaving, and a runtime that goes away.

use std::fs;

use glam::DVec3;
use mlipview_core::potential::lennard_jones::LennardJones;
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};
use mlipview_core::sim::{Command, Engine, Task};
use mlipview_viewer::app::notices::Notices;
use mlipview_viewer::xr::{Headset, Reason, Seen};
use mlipview_viewer::{Scene, Simulation};

use crate::wearer::{Wearer, runtime, structure};

#[test]
#[ignore = "needs a headset: scripts/xr-runtime null"]
fn a_session_comes_into_focus_and_knows_head_eyes_and_hands() {
    let mut wearer = Wearer::of(argon());
    wearer.enter();
    wearer.frames(30);
    let seen = wearer.world().resource::<Seen>().clone();
    assert!(seen.head.is_some());
    let [left, right] = seen.views.unwrap();
    let apart = left.pose.place.distance(right.pose.place);
    assert!((0.05..0.08).contains(&apart), "eyes are {apart} m apart");
    assert!(left.left < 0.0 && left.right > 0.0 && left.up > 0.0 && left.down < 0.0);
    assert!(seen.hands.iter().all(Option::is_some), "{:?}", seen.hands);
    assert!(seen.period > 0.0);
    let costs = seen.costs;
    assert!(costs.app > 0.0 && costs.app < 1.0, "{costs:?}");
    assert!(
        costs.card.is_some_and(|card| card > 0.0 && card < 5.0),
        "{costs:?}"
    );
    wearer.leave();
    assert_eq!(*wearer.headset(), Headset::Away { why: None });
    assert_eq!(*wearer.world().resource::<Seen>(), Seen::default());
}

#[test]
#[ignore = "needs a headset: scripts/xr-runtime null"]
fn a_runtime_that_goes_away_takes_nothing_along_and_may_come_back() {
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
    wearer.until_away();
    let why = Some(Reason::Lost);
    assert_eq!(*wearer.headset(), Headset::Away { why });
    wearer.frame();
    let notices = wearer.world().resource::<Notices>();
    let said: Vec<_> = notices.list().map(|notice| notice.text.clone()).collect();
    assert!(said.contains(&Reason::Lost.to_string()), "{said:?}");

    let number = wearer.world().resource::<Scene>().frame.number;
    wearer.until("a new frame of the simulation", |world| {
        world.resource::<Scene>().frame.number > number + 100
    });

    wearer.ask_to_enter();
    wearer.until_away();
    let why = Some(Reason::NoRuntime);
    assert_eq!(*wearer.headset(), Headset::Away { why });
    runtime("start");
    wearer.enter();
    wearer.frames(20);
    wearer.leave();
    assert_eq!(*wearer.headset(), Headset::Away { why: None });
}

#[test]
#[ignore = "needs a headset: scripts/xr-runtime null"]
fn entering_and_leaving_ten_times_leaves_nothing_behind() {
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
    // What is loaded at the first times stays.
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

/// What the program has of the memory, MB.
fn memory() -> f64 {
    let pages = fs::read_to_string("/proc/self/statm").unwrap();
    let resident = pages.split_whitespace().nth(1).unwrap();
    resident.parse::<f64>().unwrap() * 4096.0 / 1e6
}
