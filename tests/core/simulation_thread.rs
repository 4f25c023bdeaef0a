//! Inbox, hub, timeline and thread of a simulation.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use glam::{DQuat, DVec3};
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_core::sim::constraint::{Grip, Hand};
use mlipview_core::sim::hub::{EVENT_CAPACITY, Hub};
use mlipview_core::sim::inbox::{CAPACITY, Inbox};
use mlipview_core::sim::{Command, Edit, Engine, Event, Frame, spawn};
use mlipview_core::waker::Waker;

use crate::fixtures::nve;

const HAND: Hand = Hand(1);
const TIMEOUT: Duration = Duration::from_secs(20);

fn pair() -> Engine {
    let positions = vec![DVec3::ZERO, 3.9 * DVec3::X];
    let structure = Structure::new(vec![Element::AR; 2], positions).unwrap();
    Engine::new(structure, Some(Box::new(LennardJones::noble_gases())), 1)
}

fn move_to(x: f64) -> Command {
    Command::Move {
        hand: HAND,
        to: x * DVec3::X,
    }
}

fn frame(number: u64) -> Arc<Frame> {
    Arc::new(Frame {
        number,
        ..Frame::clone(&pair().frame())
    })
}

#[test]
fn the_last_target_of_a_hand_wins() {
    let inbox = Inbox::default();
    inbox
        .send(Command::Grab {
            hand: HAND,
            atoms: vec![0],
            grip: Grip::Hold,
        })
        .unwrap();
    for step in 0..100 {
        inbox.send(move_to(f64::from(step))).unwrap();
        inbox
            .send(Command::Move {
                hand: Hand(2),
                to: DVec3::ZERO,
            })
            .unwrap();
    }
    let waiting = inbox.drain();
    assert_eq!(waiting.len(), 3);
    let (ticket, Command::Move { to, .. }) = &waiting[1] else {
        panic!("no move")
    };
    assert_eq!((*ticket, to.x), (200, 99.0));
    assert!(inbox.drain().is_empty());
}

#[test]
fn alternating_moves_and_rotations_of_a_hand_are_queued_once_each() {
    let inbox = Inbox::default();
    for step in 0..100 {
        inbox.send(move_to(f64::from(step))).unwrap();
        let rotation = DQuat::from_rotation_x(0.01 * f64::from(step));
        let hand = HAND;
        inbox.send(Command::Orient { hand, rotation }).unwrap();
    }
    let waiting = inbox.drain();
    assert_eq!(waiting.len(), 2);
    assert!(matches!(waiting[0].1, Command::Move { to, .. } if to.x == 99.0));
    let last = DQuat::from_rotation_x(0.99);
    assert!(matches!(waiting[1].1, Command::Orient { rotation, .. } if rotation == last));
}

#[test]
fn a_move_is_not_merged_across_a_release_or_a_grab() {
    let inbox = Inbox::default();
    inbox.send(move_to(1.0)).unwrap();
    inbox.send(Command::Release(HAND)).unwrap();
    inbox
        .send(Command::Grab {
            hand: HAND,
            atoms: vec![1],
            grip: Grip::Hold,
        })
        .unwrap();
    inbox.send(move_to(2.0)).unwrap();
    let kinds: Vec<&str> = inbox
        .drain()
        .iter()
        .map(|(_, command)| match command {
            Command::Move { .. } => "move",
            Command::Release(_) => "release",
            Command::Grab { .. } => "grab",
            _ => "other",
        })
        .collect();
    assert_eq!(
        kinds,
        ["move", "release", "grab", "move"],
        "the move before a release sets where atoms are released"
    );
}

#[test]
fn held_atoms_are_released_at_the_last_target() {
    for running in [false, true] {
        let mut engine = pair();
        if running {
            engine.apply(1, Command::Run(nve(1.0)));
        }
        while !running && engine.step().is_some() {}
        let atoms = vec![0];
        let grip = Grip::Hold;
        engine.apply(
            2,
            Command::Grab {
                hand: HAND,
                atoms,
                grip,
            },
        );
        let goal = engine.frame().positions[0] + 0.3 * DVec3::X;
        let to = goal;
        engine.apply(3, Command::Move { hand: HAND, to });
        engine.apply(4, Command::Release(HAND));
        let frame = engine.step().unwrap();
        assert_eq!(frame.positions[0], goal, "running: {running}");
        assert!(frame.grips.grasps().is_empty());
    }
}

#[test]
fn the_last_position_of_an_atom_wins() {
    let inbox = Inbox::default();
    for step in 0..30u32 {
        let position = f64::from(step) * DVec3::X;
        inbox
            .send(Command::Edit(Edit::SetPositions(vec![
                (0, position),
                (step as usize, position),
            ])))
            .unwrap();
    }
    let waiting = inbox.drain();
    assert_eq!(waiting.len(), 1);
    let (30, Command::Edit(Edit::SetPositions(positions))) = &waiting[0] else {
        panic!("no place")
    };
    assert_eq!(positions.len(), 30, "one position per atom: {positions:?}");
    assert!(positions.contains(&(0, 29.0 * DVec3::X)));
}

#[test]
fn a_full_inbox_refuses_all_but_release_and_stop() {
    let inbox = Inbox::default();
    for _ in 0..CAPACITY {
        inbox.send(Command::Thermalize(1.0)).unwrap();
    }
    assert!(inbox.send(Command::Thermalize(1.0)).is_err());
    for _ in 0..5 {
        inbox.send(Command::Release(HAND)).unwrap();
        inbox.send(Command::Stop).unwrap();
    }
    assert!(inbox.drain().len() <= CAPACITY + 3);
}

#[test]
fn a_subscriber_receives_every_event_or_a_closed_channel() {
    let hub = Hub::new(frame(0));
    let (slow, quick) = (hub.events(), hub.events());
    for steps in 0..2 * EVENT_CAPACITY as u64 {
        hub.announce([Event::Stopped { steps }]);
        assert_eq!(quick.try_recv(), Ok(Event::Stopped { steps }));
    }
    let received: Vec<Event> = slow.iter().collect();
    assert_eq!(received.len(), EVENT_CAPACITY, "then the channel is closed");
    assert_eq!(received[7], Event::Stopped { steps: 7 });
}

#[test]
fn a_waker_is_called_until_it_is_dropped() {
    let hub = Hub::new(frame(0));
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&calls);
    let waker: Arc<Waker> = Arc::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
    });
    hub.on_frame(&waker);
    hub.publish(frame(1));
    hub.publish(frame(2));
    drop(waker);
    hub.publish(frame(3));
    assert_eq!(calls.load(Ordering::SeqCst), 2);
    assert_eq!(hub.frame().number, 3);
}

#[test]
fn a_simulation_runs_on_its_own_thread_until_its_last_handle_is_dropped() {
    let handle = spawn(pair()).unwrap();
    let events = handle.events();
    let ticket = handle.send(Command::Steps(nve(1.0), 50)).unwrap();
    assert_eq!(
        events.recv_timeout(TIMEOUT),
        Ok(Event::Started { task: "dynamics" })
    );
    assert_eq!(
        events.recv_timeout(TIMEOUT),
        Ok(Event::Stopped { steps: 50 })
    );
    let other = handle.clone();
    drop(handle);
    other.send(Command::Thermalize(10.0)).unwrap();
    while other.frame().ticket == ticket || other.frame().step < 50 {
        std::thread::yield_now();
    }
    assert!(other.frame().kinetic_energy > 0.0);
    drop(other);
    assert!(
        events.recv_timeout(TIMEOUT).is_err(),
        "the channel closes with the thread"
    );
}

#[test]
fn two_simulations_are_independent() {
    let (one, other) = (spawn(pair()).unwrap(), spawn(pair()).unwrap());
    let events = one.events();
    one.send(Command::Steps(nve(1.0), 20)).unwrap();
    while events.recv_timeout(TIMEOUT) != Ok(Event::Stopped { steps: 20 }) {}
    assert_eq!(other.frame().step, 0);
}

#[test]
fn a_speed_limit_spaces_the_steps_of_dynamics() {
    let handle = spawn(pair()).unwrap();
    let events = handle.events();
    let timestep = nve(1.0).timestep().unwrap();
    let started = std::time::Instant::now();
    handle
        .send(Command::SpeedLimit(Some(100.0 * timestep)))
        .unwrap();
    handle.send(Command::Steps(nve(1.0), 11)).unwrap();
    while events.recv_timeout(TIMEOUT) != Ok(Event::Stopped { steps: 11 }) {}
    assert!(started.elapsed() >= Duration::from_millis(100));
}
