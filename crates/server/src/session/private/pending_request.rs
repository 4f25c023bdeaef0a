//! Requests of the client that were not handled.

use crate::session::message::{Attach, ClientRequest, Interaction, Start};
use mlipview_core::sim::{Command, Hand};

/// A request of the client that was not handled.
pub(super) enum PendingRequest {
    Interact(Interaction, u64),
    Start(Start),
    Stop,
    Command(Command),
    Attach(Attach),
    /// A request that only rooms allow, with the reason.
    Forbidden(&'static str),
}

impl PendingRequest {
    /// The form in which a request waits; `None` for those that do not wait.
    pub(super) fn new(request: ClientRequest) -> Option<PendingRequest> {
        let hand = |number: u32| Hand(u64::from(number));
        Some(match request {
            ClientRequest::Start(start) => PendingRequest::Start(start),
            ClientRequest::Stop => PendingRequest::Stop,
            ClientRequest::Attach(attach) => PendingRequest::Attach(attach),
            ClientRequest::Grab {
                hand: number,
                atoms,
                grip,
            } => PendingRequest::Command(Command::Grab {
                hand: hand(number),
                atoms,
                grip,
            }),
            ClientRequest::Move { hand: number, to } => PendingRequest::Command(Command::Move {
                hand: hand(number),
                to,
            }),
            ClientRequest::Release { hand: number } => {
                PendingRequest::Command(Command::Release(hand(number)))
            }
            ClientRequest::Undo => PendingRequest::Command(Command::Undo),
            ClientRequest::Redo => PendingRequest::Command(Command::Redo),
            ClientRequest::Admit(..) | ClientRequest::Remove(_) => {
                PendingRequest::Forbidden("a private session has no other people")
            }
            ClientRequest::CreateRoom(_) | ClientRequest::CloseRoom(_) => {
                PendingRequest::Forbidden("join a room to create or close rooms")
            }
            ClientRequest::ShowFrame(_)
            | ClientRequest::Play(_)
            | ClientRequest::EndPlayback
            | ClientRequest::ContinueFrom(_)
            | ClientRequest::LookBack(_) => {
                PendingRequest::Forbidden("a private session has no timeline; join a room")
            }
            ClientRequest::Interact(_) | ClientRequest::Presence(_) => return None,
        })
    }
}
