//! Overhead of the engine over its dynamics: commands, guard, frame, timeline, hub.
//!
//! `cargo bench --bench engine` prints microseconds per step with and without the engine, and the memory
//! of a frame. The time of the potential is negligible.

#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a bench stops at the first surprise")]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::hint::black_box;
use std::time::Instant;

use glam::{DMat3, DVec3};
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};
use mlipview_core::sim::hub::Hub;
use mlipview_core::sim::inbox::Inbox;
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};
use mlipview_core::sim::{Command, Engine, Grip, Hand, State, Task};

/// Atoms that do not interact.
struct IdealGas(Capabilities);

impl Potential for IdealGas {
    fn name(&self) -> &str {
        "ideal gas"
    }

    fn description(&self) -> &str {
        "Atoms that do not interact."
    }

    fn capabilities(&self) -> &Capabilities {
        &self.0
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        let forces = vec![DVec3::ZERO; structure.len()];
        Ok(Evaluation {
            energy: 0.0,
            forces,
            stress: Some(DMat3::ZERO),
            ..Evaluation::default()
        })
    }
}

fn ideal_gas() -> Box<IdealGas> {
    let any = Capabilities {
        elements: None,
        charges: i32::MIN..=i32::MAX,
        spins: true,
        periodic: true,
        reactive: false,
    };
    Box::new(IdealGas(any))
}

fn gas(atoms: usize) -> Structure {
    let position = |atom: usize| DVec3::new(atom as f64, (atom * 7 % 100) as f64, 0.0);
    let structure =
        Structure::new(vec![Element::AR; atoms], (0..atoms).map(position).collect()).unwrap();
    structure.with_cell(Cell::orthorhombic(DVec3::splat(100.0)).unwrap())
}

/// The minimum of several mean times of `step`, µs.
fn microseconds(mut step: impl FnMut()) -> f64 {
    const STEPS: u32 = 2000;
    let repeats = (0..7).map(|_| {
        let start = Instant::now();
        (0..STEPS).for_each(|_| step());
        start.elapsed().as_secs_f64() * 1e6 / f64::from(STEPS)
    });
    repeats.fold(f64::INFINITY, f64::min)
}

fn main() {
    let nve = Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep: 1.0,
        ensemble: Ensemble::Nve {
            initial_temperature: 0.0,
        },
    };
    println!(
        "{:>8}{:>16}{:>16}{:>16}{:>16}",
        "atoms", "bare/µs", "engine/µs", "overhead/µs", "frame/kB"
    );
    for atoms in [10, 100, 1000, 10_000] {
        let mut potential = ideal_gas();
        let mut state = State::new(gas(atoms), potential.as_mut(), 1).unwrap();
        state.thermalize(100.0);
        let mut verlet = nve.propagator().unwrap();
        let bare = microseconds(|| verlet.advance(&mut state, potential.as_mut()).unwrap());

        // As the simulation thread does, with a hand that moves between steps.
        let mut engine = Engine::new(gas(atoms), Some(ideal_gas()), 1);
        let (inbox, hub) = (Inbox::default(), Hub::new(engine.frame()));
        engine.apply(1, Command::Thermalize(100.0));
        engine.apply(2, Command::Run(Task::Dynamics(nve)));
        let spring = Grip::Spring {
            stiffness: 1.0,
            max_force: 1.0,
        };
        engine.apply(
            3,
            Command::Grab {
                hand: Hand(1),
                atoms: vec![0],
                grip: spring,
            },
        );
        let with_engine = microseconds(|| {
            inbox
                .send(Command::Move {
                    hand: Hand(1),
                    to: DVec3::ZERO,
                })
                .unwrap();
            for (ticket, command) in inbox.drain() {
                engine.apply(ticket, command);
            }
            let frame = engine.step();
            hub.announce(engine.take_events());
            frame.into_iter().for_each(|frame| hub.publish(frame));
            black_box(hub.frame().step);
        });
        let kilobytes = engine.frame().bytes() as f64 * 1e-3;
        let overhead = with_engine - bare;
        println!("{atoms:>8}{bare:>16.2}{with_engine:>16.2}{overhead:>16.2}{kilobytes:>16.1}");
    }
}
