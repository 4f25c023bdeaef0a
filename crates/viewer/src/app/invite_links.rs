//! Invite links to this session, set by the server and shown by the panels.

use bevy::prelude::*;

use mlipview_core::presence::Role;

/// People who can connect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reachability {
    /// Nobody.
    #[default]
    Nowhere,
    /// Browsers on this computer.
    ThisComputer,
    /// Browsers on the network.
    Network,
}

/// A link, and the role of those who open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteLink {
    /// Role of those who open it.
    pub role: Role,
    /// URL.
    pub address: String,
}

/// Reachability and links of this session.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct InviteLinks {
    /// People who can connect.
    pub reachability: Reachability,
    /// The links, by increasing permissions; empty if nobody can connect.
    pub links: Vec<InviteLink>,
    /// Additional sentences: why nobody can connect, or why the address differs.
    pub note: Option<String>,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<InviteLinks>();
}
