//! Captures the images of both eyes of a headset.

use std::sync::{Arc, Mutex};

use bevy::app::App;
use bevy::image::Image;
use bevy::prelude::{On, Resource};
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use mlipview_viewer::xr::eyes::EYE_TARGETS;

/// Timeout of a capture, frames.
const TIMEOUT: usize = 500;

/// Images of the left and the right eye in the next frame, with a resource of that frame.
pub(crate) fn both_eyes<T: Resource + Clone>(app: &mut App) -> ([Image; 2], T) {
    let taken: Arc<Mutex<[Option<Image>; 2]>> = Arc::default();
    for (eye, target) in EYE_TARGETS.into_iter().enumerate() {
        let taken = Arc::clone(&taken);
        app.world_mut()
            .spawn(Screenshot::texture_view(target))
            .observe(move |event: On<ScreenshotCaptured>| {
                taken.lock().unwrap()[eye] = Some(event.image.clone());
            });
    }
    app.update();
    let resource = app.world().resource::<T>().clone();
    for _ in 0..TIMEOUT {
        if let [left @ Some(_), right @ Some(_)] = &mut *taken.lock().unwrap() {
            return ([left.take().unwrap(), right.take().unwrap()], resource);
        }
        app.update();
    }
    panic!("no image within {TIMEOUT} frames");
}
