//! Wrappers of egui and of file dialogs: only these modules and the panels name those crates.

pub(crate) mod dialog;
pub(crate) mod egui;
pub(crate) mod plot;
pub(crate) mod rasterizer;
pub(crate) mod text_image;
