//! From the simulation to the scene, and back: the newest frame in, commands out.
//!
//! Here f64 becomes f32: what is drawn needs no more.

use std::sync::Arc;

use bevy::prelude::*;
use crossbeam_channel::Receiver;
use glam::DVec3;

use super::ViewerSystems;
use super::scene::Scene;
use mlipview_core::presence::Roster;
use mlipview_core::sim::inbox::{Full, Ticket};
use mlipview_core::sim::{Command, Event, Frame, SimHandle};

/// The simulation that is looked at.
#[derive(Resource)]
pub struct Simulation {
    handle: SimHandle,
    events: Receiver<Event>,
}

/// What happened since the last rendered frame, for whoever wants to tell.
#[derive(Message, Clone, Debug)]
pub struct News(pub Event);

impl Simulation {
    /// A door to the simulation.
    pub fn new(handle: SimHandle) -> Simulation {
        let events = handle.events();
        Simulation { handle, events }
    }

    /// Asks for something; the ticket appears in the first frame that knows of it.
    ///
    /// # Errors
    /// If the simulation is so far behind that it takes no more commands.
    pub fn send(&self, command: Command) -> Result<Ticket, Full> {
        self.handle.send(command)
    }

    /// The newest frame.
    pub fn newest(&self) -> Arc<Frame> {
        self.handle.newest()
    }

    /// The people who came by the network.
    pub fn roster(&self) -> &Roster {
        self.handle.roster()
    }

    /// What the simulation is called, for all who look at it.
    pub fn title(&self) -> Arc<str> {
        self.handle.title()
    }

    /// Calls it so from now on.
    pub fn set_title(&self, title: &str) {
        self.handle.set_title(title);
    }
}

pub(super) fn plugin(app: &mut App) {
    let first = app.world().resource::<Simulation>().newest();
    app.insert_resource(Scene::of(first))
        .add_message::<News>()
        .add_systems(Update, receive.in_set(ViewerSystems::Receive));
}

pub(super) fn receive(
    simulation: Res<Simulation>,
    mut scene: ResMut<Scene>,
    mut news: MessageWriter<News>,
    mut seen: Local<Option<Arc<Frame>>>,
) {
    let newest = simulation.newest();
    // Not by its number, which a frame keeps when it is shown again as one of the past.
    let is_seen = seen.as_ref().is_some_and(|seen| Arc::ptr_eq(seen, &newest));
    if !is_seen {
        *seen = Some(Arc::clone(&newest));
        scene.show(newest);
    }
    news.write_batch(simulation.events.try_iter().map(News));
}

/// A place as it is drawn.
pub fn drawn(place: DVec3) -> Vec3 {
    place.as_vec3()
}

/// A drawn place as the simulation takes it.
pub fn placed(point: Vec3) -> DVec3 {
    point.as_dvec3()
}
