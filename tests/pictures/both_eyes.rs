//! Both eyes' pictures, as a headset is given them.

use std::sync::{Arc, Mutex};

use bevy::app::App;
use bevy::image::Image;
use bevy::prelude::{On, Resource};
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use mlipview_viewer::xr::eyes::TARGETS;

/// Frames after which a picture that has not come never will.
const PATIENCE: usize = 500;

/// What the left and the right eye are shown in the next frame, and what was there for both of them.
pub(crate) fn both_eyes<T: Resource + Clone>(app: &mut App) -> ([Image; 2], T) {
    let taken: Arc<Mutex<[Option<Image>; 2]>> = Arc::default();
    for (eye, target) in TARGETS.into_iter().enumerate() {
        let taken = Arc::clone(&taken);
        app.world_mut()
            .spawn(Screenshot::texture_view(target))
            .observe(move |event: On<ScreenshotCaptured>| {
                taken.lock().unwrap()[eye] = Some(event.image.clone());
            });
    }
    app.update();
    let there = app.world().resource::<T>().clone();
    for _ in 0..PATIENCE {
        if let [left @ Some(_), right @ Some(_)] = &mut *taken.lock().unwrap() {
            return ([left.take().unwrap(), right.take().unwrap()], there);
        }
        app.update();
    }
    panic!("no picture comes");
}
