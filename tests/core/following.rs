//! Following the dynamics of another program: its frames, pulls by forces, pause, refusals, and the end.

use std::sync::{Arc, Mutex};

use glam::DVec3;
use mlipview_core::chem::library;
use mlipview_core::potential::Nano;
use mlipview_core::sim::engine::{FOLLOWED_INTERVAL, PULL_OF_A_HOLD};
use mlipview_core::sim::external::{
    ExternalDynamics, ExternalEnd, ExternalFrame, ExternalPhase, ExternalStatus, ExternalValues,
};
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Activity, Command, Edit, Engine, Event, FrameAddress, Grip, Hand};
use mlipview_core::waker::Waker;

/// Another program, as the test plays it.
#[derive(Default)]
struct Program {
    frame: Option<ExternalFrame>,
    has_news: bool,
    phase: Option<ExternalPhase>,
    received: Vec<String>,
    forces: Vec<(usize, DVec3)>,
    waker: Option<Arc<Waker>>,
}

/// The engine's side of the program.
#[derive(Clone, Default)]
struct Played(Arc<Mutex<Program>>);

impl Played {
    fn with<T>(&self, change: impl FnOnce(&mut Program) -> T) -> T {
        change(&mut self.0.lock().unwrap())
    }

    /// Sends a frame of water in which all atoms are at `x` (Å).
    fn send(&self, frame: ExternalFrame) {
        self.with(|program| {
            program.frame = Some(frame);
            program.has_news = true;
            program.waker.clone()
        })
        .inspect(|wake| wake());
    }

    fn set_phase(&self, phase: ExternalPhase) {
        self.with(|program| {
            program.phase = Some(phase);
            program.has_news = true;
        });
    }

    fn forces(&self) -> Vec<(usize, DVec3)> {
        self.with(|program| program.forces.clone())
    }

    fn received(&self) -> Vec<String> {
        self.with(|program| program.received.clone())
    }
}

impl ExternalDynamics for Played {
    fn on_news(&mut self, waker: Arc<Waker>) {
        self.with(|program| program.waker = Some(waker));
    }
    fn has_news(&self) -> bool {
        self.with(|program| program.has_news)
    }
    fn take_frame(&mut self) -> Option<ExternalFrame> {
        self.with(|program| {
            program.has_news = false;
            program.frame.take()
        })
    }
    fn status(&self) -> ExternalStatus {
        let phase = self.with(|program| program.phase);
        let phase = phase.unwrap_or(ExternalPhase::Running);
        ExternalStatus {
            program: "Other".into(),
            phase,
            sentence: format!("Other is {phase:?}").into(),
        }
    }
    fn set_forces(&mut self, forces: Vec<(usize, DVec3)>) {
        self.with(|program| program.forces = forces);
    }
    fn pause(&mut self) {
        self.with(|program| program.received.push("pause".to_owned()));
        self.set_phase(ExternalPhase::Paused);
    }
    fn resume(&mut self) {
        self.with(|program| program.received.push("resume".to_owned()));
        self.set_phase(ExternalPhase::Running);
    }
    fn end(&mut self, end: ExternalEnd) {
        self.with(|program| program.received.push(format!("{end:?}")));
    }
}

/// Positions of the three atoms of water, moved along x, Å.
fn moved(x: f64) -> Vec<DVec3> {
    let water = library::find("water").unwrap().structure().unwrap();
    let positions = water.positions().iter();
    positions.map(|position| *position + x * DVec3::X).collect()
}

fn frame(step: u64) -> ExternalFrame {
    ExternalFrame {
        positions: moved(step as f64),
        step: Some(step),
        ..ExternalFrame::default()
    }
}

/// An engine with water that follows a program.
fn following() -> (Engine, Played) {
    let water = library::find("water").unwrap().structure().unwrap();
    let mut engine = Engine::new(water, None, 0);
    let program = Played::default();
    engine.apply(1, Command::Follow(Box::new(program.clone())));
    engine.step();
    engine.take_events();
    (engine, program)
}

fn refusals(engine: &mut Engine) -> Vec<String> {
    let events = engine.take_events().into_iter();
    let reasons = events.filter_map(|event| match event {
        Event::Refused { reason, .. } => Some(reason),
        _ => None,
    });
    reasons.collect()
}

#[test]
fn each_step_shows_the_newest_frame_and_nothing_is_done_without_one() {
    let (mut engine, program) = following();
    assert!(!engine.is_busy() && engine.step().is_none());
    program.send(frame(1));
    program.send(frame(2));
    let shown = engine.step().unwrap();
    assert_eq!((shown.positions.clone(), shown.step), (moved(2.0), 2));
    assert!(matches!(&shown.activity, Activity::Following(status) if &*status.program == "Other"));
    assert_eq!(shown.potential.as_deref(), Some("Other"));
    assert!(!engine.is_busy() && engine.step().is_none());
    assert_eq!(engine.timeline().len(), 3);
}

#[test]
fn frames_of_a_fast_program_are_paced() {
    let (engine, program) = following();
    program.send(frame(1));
    assert!(engine.is_busy() && engine.is_paced());
    assert_eq!(engine.step_interval(), Some(FOLLOWED_INTERVAL));
}

#[test]
fn a_quantity_that_the_program_does_not_send_is_unknown() {
    let (mut engine, program) = following();
    program.send(frame(1));
    let shown = engine.step().unwrap();
    assert!(shown.evaluation.is_none() && shown.potential_energy().is_none());
    assert_eq!(
        (shown.known_temperature(), shown.known_kinetic_energy()),
        (None, None)
    );
    let values = ExternalValues {
        potential_energy: Some(-3.0),
        kinetic_energy: Some(0.5),
        temperature: Some(290.0),
    };
    program.send(ExternalFrame { values, ..frame(2) });
    let shown = engine.step().unwrap();
    assert!(shown.evaluation.is_none(), "no forces are known");
    assert_eq!(shown.potential_energy(), Some(-3.0));
    assert_eq!((shown.temperature, shown.kinetic_energy), (290.0, 0.5));
    let forces = Some(vec![DVec3::X; 3]);
    program.send(ExternalFrame {
        values,
        forces,
        ..frame(3)
    });
    let shown = engine.step().unwrap();
    assert_eq!(shown.evaluation.as_ref().unwrap().forces, [DVec3::X; 3]);
}

#[test]
fn a_hand_pulls_by_a_force_that_is_zero_after_its_release() {
    let (mut engine, program) = following();
    program.send(frame(0));
    engine.step();
    let hand = Hand(7);
    let grip = Grip::Spring {
        stiffness: 2.0,
        max_force: 10.0,
    };
    engine.apply(
        2,
        Command::Grab {
            hand,
            atoms: vec![1],
            grip,
        },
    );
    let to = moved(0.0)[1] + DVec3::new(0.0, 0.5, 0.0);
    engine.apply(3, Command::Move { hand, to });
    let pulled = program.forces();
    assert_eq!((pulled.len(), pulled[0].0), (1, 1));
    assert!((pulled[0].1 - DVec3::new(0.0, 1.0, 0.0)).length() < 1e-12);
    // The force follows the atom.
    program.send(ExternalFrame {
        positions: moved(0.25),
        ..ExternalFrame::default()
    });
    engine.step();
    assert!((program.forces()[0].1 - DVec3::new(-0.5, 1.0, 0.0)).length() < 1e-12);
    engine.apply(4, Command::Release(hand));
    assert_eq!(program.forces(), [(1, DVec3::ZERO)]);
    program.send(frame(2));
    engine.step();
    assert_eq!(program.forces(), [(1, DVec3::ZERO)], "sent once");
}

#[test]
fn a_hand_that_would_hold_pulls_and_moves_no_atom() {
    let (mut engine, program) = following();
    program.send(frame(0));
    engine.step();
    let (hand, grip) = (Hand(1), Grip::Hold);
    engine.apply(
        2,
        Command::Grab {
            hand,
            atoms: vec![0],
            grip,
        },
    );
    let to = DVec3::splat(50.0);
    engine.apply(3, Command::Move { hand, to });
    let shown = engine.step().unwrap();
    assert_eq!(shown.positions, moved(0.0));
    assert_eq!(shown.grips.grasps()[0].grip, PULL_OF_A_HOLD);
    let Grip::Spring { max_force, .. } = PULL_OF_A_HOLD else {
        panic!("a hold is replaced by a spring");
    };
    assert!((program.forces()[0].1.length() - max_force).abs() < 1e-12);
}

#[test]
fn forces_of_two_hands_on_one_atom_are_added() {
    let (mut engine, program) = following();
    program.send(frame(0));
    engine.step();
    for hand in [Hand(1), Hand(2)] {
        let grip = Grip::Spring {
            stiffness: 1.0,
            max_force: 10.0,
        };
        engine.apply(
            2,
            Command::Grab {
                hand,
                atoms: vec![2],
                grip,
            },
        );
        let to = moved(1.0)[2];
        engine.apply(3, Command::Move { hand, to });
    }
    let forces = program.forces();
    assert_eq!(forces.len(), 1);
    assert!((forces[0].1 - 2.0 * DVec3::X).length() < 1e-12);
}

#[test]
fn no_hand_pulls_through_a_recorded_frame() {
    let (mut engine, program) = following();
    program.send(frame(0));
    engine.step();
    let (hand, grip) = (Hand(1), Grip::Hold);
    engine.apply(
        2,
        Command::Grab {
            hand,
            atoms: vec![0],
            grip,
        },
    );
    let to = DVec3::splat(50.0);
    engine.apply(3, Command::Move { hand, to });
    let first = engine.timeline().address(0).unwrap();
    engine.apply(4, Command::ShowFrame(first));
    assert_eq!(program.forces(), [(0, DVec3::ZERO)]);
    engine.step();
    program.send(frame(5));
    assert!(engine.step().is_none(), "frames wait during playback");
    engine.apply(5, Command::EndPlayback);
    assert_eq!(engine.step().unwrap().step, 5);
    assert!(program.forces()[0].1.length() > 0.9, "pulled again");
}

#[test]
fn stop_pauses_the_program_and_run_lets_it_continue() {
    let (mut engine, program) = following();
    engine.apply(2, Command::Stop);
    engine.apply(3, Command::Run(DynamicsSettings::default().task()));
    assert_eq!(program.received(), ["pause", "resume"]);
    assert!(refusals(&mut engine).is_empty());
}

#[test]
fn edits_are_refused_in_words_that_name_the_program() {
    let (mut engine, _program) = following();
    let task = DynamicsSettings::default().task();
    let commands = vec![
        Command::Edit(Edit::Remove(vec![0])),
        Command::Undo,
        Command::Redo,
        Command::Steps(task, 3),
        Command::Thermalize(300.0),
        Command::RestartClock,
        Command::SetPotential(Box::new(Nano::new())),
        Command::RemovePotential,
        Command::ContinueFrom(FrameAddress::Memory(0)),
        Command::Follow(Box::new(Played::default())),
    ];
    let count = commands.len();
    for command in commands {
        engine.apply(2, command);
    }
    let reasons = refusals(&mut engine);
    assert_eq!(reasons.len(), count, "{reasons:?}");
    assert!(
        reasons
            .iter()
            .all(|reason| reason.contains("Other") && reason.contains("detach"))
    );
    assert_eq!(engine.frame().positions.len(), 3);
}

#[test]
fn the_end_of_the_program_keeps_its_last_frame_and_undo_restores_the_one_before() {
    let (mut engine, program) = following();
    program.send(frame(4));
    engine.step();
    program.set_phase(ExternalPhase::Ended);
    engine.step();
    let events = engine.take_events();
    assert!(
        events.iter().any(
            |event| matches!(event, Event::Interrupted { reason } if reason == "Other is Ended")
        ),
        "{events:?}"
    );
    let last = engine.frame();
    assert_eq!(
        (last.activity.clone(), last.positions.clone()),
        (Activity::Idle, moved(4.0))
    );
    assert_eq!(last.external, None);
    engine.apply(2, Command::Undo);
    engine.step();
    assert_eq!(engine.frame().positions, moved(0.0));
    engine.apply(3, Command::EndFollowing(ExternalEnd::Detach));
    assert_eq!(refusals(&mut engine), ["no other program is followed"]);
}

#[test]
fn the_program_is_detached_or_killed_as_commanded() {
    for end in [ExternalEnd::Detach, ExternalEnd::Kill] {
        let (mut engine, program) = following();
        engine.apply(2, Command::EndFollowing(end));
        assert_eq!(program.received(), [format!("{end:?}")]);
        assert_eq!(engine.step().unwrap().activity, Activity::Idle);
    }
}

#[test]
fn frames_of_other_atoms_and_of_infinite_numbers_end_it_in_words() {
    let few = ExternalFrame {
        positions: vec![DVec3::ZERO],
        ..ExternalFrame::default()
    };
    let mut infinite = frame(1);
    infinite.positions[2].y = f64::INFINITY;
    let cases = [
        (few, "Other sends 1 atoms, the structure has 3"),
        (infinite, "not finite"),
    ];
    for (sent, words) in cases {
        let (mut engine, program) = following();
        program.send(sent);
        engine.step();
        let events = engine.take_events();
        assert!(
            events.iter().any(
                |event| matches!(event, Event::Interrupted { reason } if reason.contains(words))
            ),
            "{events:?}"
        );
        assert_eq!(program.received(), ["Detach"]);
        assert_eq!(engine.frame().positions, moved(0.0));
    }
}

#[test]
fn a_frame_wakes_the_thread_of_the_simulation() {
    let water = library::find("water").unwrap().structure().unwrap();
    let simulation = mlipview_core::sim::spawn(Engine::new(water, None, 0)).unwrap();
    let (sender, frames) = std::sync::mpsc::sync_channel(64);
    let waker: Arc<Waker> = Arc::new(move || sender.try_send(()).unwrap_or(()));
    simulation.on_frame(&waker);
    let program = Played::default();
    simulation
        .send(Command::Follow(Box::new(program.clone())))
        .unwrap();
    for step in 1..=3 {
        while !program.with(|program| program.waker.is_some()) {
            frames.recv().unwrap();
        }
        program.send(frame(step));
        while simulation.frame().step < step {
            frames.recv().unwrap();
        }
    }
    assert_eq!(simulation.frame().positions, moved(3.0));
}
