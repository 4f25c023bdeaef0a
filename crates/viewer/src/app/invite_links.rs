//! Where others can come in: said by whoever lets them in, shown by the panels.

use bevy::prelude::*;

use mlipview_core::presence::Role;

/// From where others can come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// From nowhere.
    #[default]
    Nowhere,
    /// From this computer only.
    ThisComputer,
    /// From others on the network too.
    Network,
}

/// A link, and what those who open it may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What they may do.
    pub role: Role,
    /// The address for a browser.
    pub address: String,
}

/// Whether and where others can come in.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// From where.
    pub reach: Reach,
    /// By which links; those of less power first. None where nobody can.
    pub links: Vec<Link>,
    /// What is to be known besides, in sentences: why nobody can, or why the place is another.
    pub remark: Option<String>,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Sharing>();
}
