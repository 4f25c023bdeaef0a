//! The application around the scene: documents, runs, messages, people, panels, window and tour.

pub mod curves;
pub mod demo;
pub mod document;
pub mod frame_rate;
mod headset_mode;
pub mod history;
pub mod invite_links;
pub mod join_notices;
pub mod movie;
pub mod notices;
pub mod packing;
pub mod panels;
pub mod people;
pub mod periodicity;
pub mod picture;
mod power_saving;
pub mod presence;
pub mod progress;
pub mod qr_code;
pub mod recording;
mod render_thread;
pub mod run;
pub mod script;
pub mod session;
pub mod timeline;
pub mod timeline_analysis;
pub mod training;
pub mod unsaved;
pub mod window;
pub mod xr_status;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((
        frame_rate::plugin,
        notices::plugin,
        run::plugin,
        (
            timeline::plugin,
            timeline_analysis::plugin,
            movie::plugin,
            packing::plugin,
            picture::plugin,
            recording::plugin,
            script::plugin,
            session::plugin,
            training::plugin,
            unsaved::plugin,
        ),
        progress::plugin,
        history::plugin,
        document::plugin,
        periodicity::plugin,
        demo::plugin,
        people::plugin,
        join_notices::plugin,
        presence::plugin,
        invite_links::plugin,
        xr_status::plugin,
    ));
}
