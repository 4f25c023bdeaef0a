//! Creation of rooms by owners.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::broadcast::open_room;
use super::potentials;
use super::room::Room;
use super::rooms::RoomError;
use super::state::AppState;
use mlipview_core::sim::{Engine, spawn};

/// Creates a room with a copy of another room's structure. Returns a remark about its potential, if there
/// is one.
///
/// # Errors
/// If the name is invalid or taken, or the number of rooms is at its limit.
pub(super) async fn create_room(
    state: &Arc<AppState>,
    original: &Room,
    name: &str,
) -> Result<Option<String>, RoomError> {
    state.rooms.check(name)?;
    let structure = original.sim().frame().structure();
    let shared = Arc::clone(state);
    let spawned = spawn_blocking(move || {
        let (potential, remark) = match potentials::select(&shared, "", &structure) {
            Ok(selected) => {
                let caution = selected.caution.map(|caution| format!("note: {caution}"));
                (Some(selected.potential), caution)
            }
            // A structure without a potential can still be viewed.
            Err(error) => (None, Some(format!("it has no potential: {error}"))),
        };
        let sim = spawn(Engine::new(structure, potential, 0));
        sim.map(|sim| (sim, remark)).map_err(RoomError::Thread)
    });
    let (sim, remark) = spawned.await.map_err(|_| RoomError::Panic)??;
    sim.set_title(&original.sim().title());
    let max_rate = state.limits.session.max_rate;
    let room = open_room(name, sim, max_rate, state.clock);
    let added = state.rooms.add(Arc::clone(&room));
    if added.is_err() {
        room.close();
    }
    added.map(|()| remark)
}
