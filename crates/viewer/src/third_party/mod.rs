//! Other people's crates, each let into the room through one door.

pub(crate) mod dialog;
pub(crate) mod egui;
pub(crate) mod plot;
