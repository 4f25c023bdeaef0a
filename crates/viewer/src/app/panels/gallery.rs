//! Thumbnails of structures by key, drawn on tasks when first visible and kept.

use std::collections::HashMap;

use bevy::tasks::{AsyncComputeTaskPool, Task, futures_lite::future};

use crate::scene::thumbnail::{Thumbnail, thumbnail};
use crate::third_party::egui::{ColorImage, Context, PanelSurface, TextureHandle, TextureOptions};
use mlipview_core::chem::Structure;

/// Size of a thumbnail as drawn, pixels.
const IMAGE_SIZE: usize = 128;
/// Maximum number of thumbnails drawn simultaneously.
const MAX_TASKS: usize = 2;
/// Maximum number of thumbnails that are kept; at the bound all are drawn again.
const MAX_PICTURES: usize = 500;

/// Thumbnails of structures by key.
#[derive(Default)]
pub(super) struct Gallery {
    pictures: HashMap<String, Picture>,
}

/// Thumbnail, or the task that draws it.
enum Picture {
    Drawing(Task<Thumbnail>),
    Drawn(TextureHandle),
}

impl Gallery {
    /// Takes finished thumbnails.
    pub(super) fn collect(&mut self, context: &Context) {
        for (key, picture) in &mut self.pictures {
            let Picture::Drawing(task) = picture else {
                continue;
            };
            let Some(thumbnail) = future::block_on(future::poll_once(task)) else {
                continue;
            };
            let size = [thumbnail.side; 2];
            let bytes = thumbnail.pixels.as_flattened();
            let image = ColorImage::from_rgba_unmultiplied(size, bytes);
            let texture = context.load_texture(key, image, TextureOptions::LINEAR);
            *picture = Picture::Drawn(texture);
        }
    }

    /// The thumbnail of a structure, if it is drawn; starts to draw it otherwise. A structure that cannot be
    /// read is an empty one: opening it reports the error.
    pub(super) fn picture(
        &mut self,
        key: &str,
        structure: impl FnOnce() -> Option<Structure> + Send + 'static,
    ) -> Option<&TextureHandle> {
        let drawing = |picture: &&Picture| matches!(picture, Picture::Drawing(_));
        let busy = self.pictures.values().filter(drawing).count();
        if busy < MAX_TASKS && !self.pictures.contains_key(key) {
            if self.pictures.len() >= MAX_PICTURES {
                self.pictures.clear();
            }
            let job = async move { thumbnail(&structure().unwrap_or_default(), IMAGE_SIZE) };
            let task = AsyncComputeTaskPool::get().spawn(job);
            self.pictures.insert(key.to_owned(), Picture::Drawing(task));
        }
        match self.pictures.get(key) {
            Some(Picture::Drawn(texture)) => Some(texture),
            _ => None,
        }
    }
}

/// One gallery per surface, since textures belong to an egui context.
#[derive(Default)]
pub(super) struct Galleries {
    window: Gallery,
    tablet: Gallery,
}

impl Galleries {
    pub(super) fn of(&mut self, surface: PanelSurface) -> &mut Gallery {
        match surface {
            PanelSurface::Window => &mut self.window,
            PanelSurface::Tablet => &mut self.tablet,
        }
    }
}
