//! Requests of a session, executed in its room.

use std::sync::Arc;

use super::RoomConnection;
use crate::create_room::create_room;
use crate::session::RoomRequest;
use mlipview_core::presence::PersonId;

impl RoomConnection {
    pub(super) async fn execute_all(&mut self) {
        while let Some(request) = self.connection.session.next_request() {
            self.execute(request).await;
        }
    }

    async fn execute(&mut self, request: RoomRequest) {
        let room = Arc::clone(&self.room);
        let (roster, person) = (room.sim().roster(), self.person);
        let session = &mut self.connection.session;
        match request {
            RoomRequest::Command(command) => session.on_ticket(room.sim().send(*command)),
            RoomRequest::SetProfile(name, color) => {
                roster.set_profile(person, name.as_deref(), color);
            }
            RoomRequest::SetPresence(presence) => roster.set_presence(person, presence),
            RoomRequest::Admit(other, role) => {
                let found = roster.set_role(other, role);
                self.notify_unless_found(found, other);
            }
            RoomRequest::Remove(other) => {
                let found = roster.dismiss(other);
                self.notify_unless_found(found, other);
            }
            RoomRequest::CreateRoom(name) => {
                let text = match create_room(&self.connection.state, &room, &name).await {
                    Ok(None) => format!("ROOM_CREATED: {name} has a copy of this structure"),
                    Ok(Some(remark)) => {
                        format!("ROOM_CREATED: {name} has a copy of this structure; {remark}")
                    }
                    Err(error) => error.to_string(),
                };
                self.connection.session.notify(&text);
            }
            RoomRequest::CloseRoom(name) => {
                let text = match self.connection.state.rooms.close(&name) {
                    Ok(()) => format!("ROOM_CLOSED: {name}"),
                    Err(error) => error.to_string(),
                };
                session.notify(&text);
            }
        }
    }

    fn notify_unless_found(&mut self, found: bool, other: PersonId) {
        if !found {
            let text = format!("REFUSED: there is no person {} in this room", other.0);
            self.connection.session.notify(&text);
        }
    }
}
