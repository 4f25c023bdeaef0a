//! How a session comes and goes, between the two worlds of bevy.
//!
//! Sessions are made, ended and destroyed during extraction, when no thread gives the graphics card
//! work: what OpenXR demands of whoever shares a queue with it.

use std::sync::Arc;

use bevy::prelude::*;
use bevy::render::MainWorld;
use bevy::render::renderer::RenderDevice;
use bevy::render::texture::ManualTextureViews;
use bevy::tasks::{IoTaskPool, Task, block_on, poll_once};

use super::canvas::Canvas;
use super::card::Card;
use super::runtime;
use super::runtime::Runtime;
use super::session::{Progress, Session};
use crate::xr::eyes::{Screens, TARGETS};
use crate::xr::headset::{Headset, Reason};
use crate::xr::seen::Seen;
use crate::xr::wishes::Wishes;

/// Frames after which no picture of a session is looked at any more, once its eyes were told to close.
const CLOSED: u32 = 3;
/// How long a runtime may take to let a session go, s.
const PATIENCE: f32 = 5.0;

/// The way to the runtime.
#[derive(Resource, Default)]
pub(super) struct Door {
    asking: Option<Task<Result<Runtime, Reason>>>,
    /// Kept between sessions: it starts slowly.
    runtime: Option<Arc<Runtime>>,
    session: Option<Session>,
    /// Whether it was asked a second time for the session that is wanted.
    asked_again: bool,
    /// The session that is given up, and since how many frames.
    closing: Option<u32>,
    /// Since when somebody wants to leave, s.
    leaving: Option<f32>,
}

/// Asks the runtime and hears what it says.
pub(super) fn listen(
    mut door: ResMut<Door>,
    mut headset: ResMut<Headset>,
    mut seen: ResMut<Seen>,
    device: Option<Res<RenderDevice>>,
    time: Res<Time<Real>>,
) {
    let door = &mut *door;
    match *headset {
        Headset::Asking if door.runtime.is_none() => {
            let asked = door.ask(device.as_deref());
            if let Some(Err(reason)) = asked {
                *headset = Headset::Away { why: Some(reason) };
            }
        }
        Headset::Asking => (),
        _ => door.asking = None,
    }
    let Some(session) = &mut door.session else {
        return;
    };
    if door.closing.is_some() {
        return;
    }
    session.listen(&mut seen);
    if *headset == Headset::Leaving {
        let since = *door.leaving.get_or_insert_with(|| {
            if !session.ask_to_leave() {
                session.progress = Progress::Over;
            }
            time.elapsed_secs()
        });
        if time.elapsed_secs() - since > PATIENCE {
            session.progress = Progress::Over;
        }
    }
    let now = match session.progress {
        Progress::Running { focused } => Headset::Present { focused },
        _ => Headset::Joining,
    };
    if *headset != Headset::Leaving {
        headset.set_if_neq(now);
    }
}

/// Waits for the next frame, and says what is seen in it.
pub(super) fn wait(
    mut door: ResMut<Door>,
    mut seen: ResMut<Seen>,
    mut wishes: ResMut<Wishes>,
    screens: Option<ResMut<Screens>>,
) {
    let Some(session) = &mut door.session else {
        return;
    };
    let is_drawn = session.wait(&mut seen, &mut wishes);
    if let Some(mut screens) = screens {
        screens.are_lit = is_drawn;
    }
}

/// The main thread is done with the frame, and waits for the render thread to be done with the last;
pub(super) fn rest(mut door: ResMut<Door>) {
    if let Some(work) = door.session.as_mut().and_then(Session::work) {
        work.pause();
    }
}

/// then they meet.
pub(super) fn meet(mut main: ResMut<MainWorld>) {
    let mut door = main.resource_mut::<Door>();
    if let Some(work) = door.session.as_mut().and_then(Session::work) {
        work.go_on();
    }
}

/// Opens, stops and closes sessions, and hands the frame that is due to the render thread.
pub(super) fn hand_over(render: &mut World) {
    render.resource_scope(|render, mut main: Mut<MainWorld>| {
        let main = &mut **main;
        main.resource_scope(|main, mut door: Mut<Door>| {
            if door.wants_session(main) {
                door.open(main, render);
            }
            door.stop_or_close(main, render);
            if let (Some(session), Some(mut canvas)) =
                (&mut door.session, render.get_resource_mut::<Canvas>())
            {
                canvas.frame = session.take_frame();
                main.resource_mut::<Seen>().costs = canvas.costs();
            }
        });
    });
}

impl Door {
    /// What the runtime answers; `None` while it does not.
    fn ask(&mut self, device: Option<&RenderDevice>) -> Option<Result<(), Reason>> {
        let asking = self.asking.get_or_insert_with(|| {
            let card = device.and_then(|device| Card::of(device.wgpu_device()));
            IoTaskPool::get().spawn(async move { runtime::ask(card.as_ref()) })
        });
        let answer = block_on(poll_once(asking))?;
        self.asking = None;
        Some(answer.map(|runtime| self.runtime = Some(Arc::new(runtime))))
    }

    fn wants_session(&self, main: &World) -> bool {
        let wanted = *main.resource::<Headset>() == Headset::Asking;
        wanted && self.runtime.is_some() && self.session.is_none()
    }

    fn open(&mut self, main: &mut World, render: &mut World) {
        let card = Card::of(main.resource::<RenderDevice>().wgpu_device());
        let (Some(runtime), Some(card)) = (&self.runtime, card) else {
            return;
        };
        match Session::open(runtime, &card) {
            Ok((session, canvas)) => {
                for world in [&mut *main, &mut *render] {
                    let mut targets = world.resource_mut::<ManualTextureViews>();
                    targets.extend(canvas.examples());
                }
                let blends = session.blends();
                main.insert_resource(Seen {
                    blends,
                    ..Seen::default()
                });
                main.insert_resource(Screens {
                    size: canvas.size(),
                    are_lit: false,
                });
                main.insert_resource(Headset::Joining);
                render.insert_resource(canvas);
                self.session = Some(session);
                self.asked_again = false;
            }
            // It may have gone and come since it was asked: it is asked again, once.
            Err(Reason::Lost) if !self.asked_again => {
                self.runtime = None;
                self.asked_again = true;
            }
            Err(reason) => {
                self.runtime = None;
                self.asked_again = false;
                main.insert_resource(Headset::Away { why: Some(reason) });
            }
        }
    }

    fn stop_or_close(&mut self, main: &mut World, render: &mut World) {
        let Some(session) = &mut self.session else {
            return;
        };
        if session.progress == Progress::Stopping {
            session.stop();
        }
        let is_over = session.progress == Progress::Over || session.fate.told().is_some();
        if !is_over {
            return;
        }
        let closing = self.closing.get_or_insert(0);
        *closing += 1;
        if *closing == 1 {
            main.remove_resource::<Screens>();
            main.insert_resource(Headset::Leaving);
        } else if *closing > CLOSED {
            self.close(main, render);
        }
    }

    fn close(&mut self, main: &mut World, render: &mut World) {
        let Some(session) = self.session.take() else {
            return;
        };
        session.finish();
        for world in [&mut *main, &mut *render] {
            let mut targets = world.resource_mut::<ManualTextureViews>();
            targets.retain(|target, _| !TARGETS.contains(target));
        }
        render.remove_resource::<Canvas>();
        let why = session.fate.told().cloned();
        if why.is_some() {
            // What failed once is made anew when somebody enters again.
            self.runtime = None;
        }
        drop(session);
        self.closing = None;
        self.leaving = None;
        main.insert_resource(Seen::default());
        main.insert_resource(Headset::Away { why });
    }
}
