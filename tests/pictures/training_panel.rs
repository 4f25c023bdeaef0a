//! The section Train, rendered as in the window.

use std::sync::Arc;

use bevy::math::UVec2;
use mlipview_core::chem::library;
use mlipview_core::files;
use mlipview_core::sim::{Engine, spawn};
use mlipview_telemetry::{
    Callbacks, LogLevel, LogMessage, Progress, Sample, Status, StatusReport, SystemStats,
    Validation,
};
use mlipview_viewer::app::panels::{self, Panels, Section};
use mlipview_viewer::app::training::{TrainingJob, TrainingRecord};
use mlipview_viewer::app::window;
use mlipview_viewer::scene::picture::{self, OffscreenRenderer};

use crate::test_renderer::plain;

const SIZE: UVec2 = UVec2::new(1100, 1200);

/// Reports of a training that is half done.
fn report(record: &TrainingRecord, folder: &std::path::Path) {
    record.on_status(StatusReport::new(Status::Running, "training"));
    record.on_log(LogMessage {
        level: LogLevel::Info,
        message: "learns 162 structures and measures errors on 18; from nano".to_owned(),
        source: "train".to_owned(),
    });
    for step in 1..=400u64 {
        let at = step as f64 / 400.0;
        record.on_update_train_progress(Progress {
            epoch: step / 16,
            epoch_step: step % 16,
            global_step: step,
            max_step: 16,
            max_epoch: 50,
            loss: Some(0.2 * (-4.0 * at).exp() + 0.004 * (1.0 + (37.0 * at).sin())),
            learning_rate: Some(1e-3 * (1.0 - 0.5 * at)),
        });
        if step.is_multiple_of(16) {
            record.on_validation(Validation {
                step,
                epoch: step / 16,
                validation_loss: Some(0.25 * (-3.5 * at).exp() + 0.006),
                force_rmse: Some(0.17 * (-1.2 * at).exp()),
                energy_rmse: Some(4.0 * (-2.0 * at).exp()),
            });
        }
    }
    record.set_machine(SystemStats {
        cpu_percent: 96.0,
        ram_used_gb: 3.2,
        ram_total_gb: 24.0,
        ..SystemStats::default()
    });
    let path = folder.join("relaxed.xyz").to_string_lossy().into_owned();
    let frame = mlipview_core::chem::format::Configuration {
        structure: library::find("ethanol").unwrap().structure().unwrap(),
        ..Default::default()
    };
    files::write(&path, &[frame]).unwrap();
    record.on_sample(Sample {
        path: Some(path),
        prompt: Some("relaxed ethanol".to_owned()),
        ..Sample::default()
    });
}

/// The window with the section, and the number of pixels in the blue of curves at its left.
fn curve_pixels(reports: bool) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let structure = library::find("caffeine").unwrap().structure().unwrap();
    let mut app = window::windowless(spawn(Engine::new(structure, None, 0)).unwrap());
    app.add_plugins(panels::plugin);
    app.world_mut().resource_mut::<Panels>().section = Some(Section::Training);
    let path = folder.path().to_owned();
    let mut job = TrainingJob::started_by(Box::new(move |_, record: &Arc<TrainingRecord>, _| {
        if reports {
            report(record, &path);
        }
        Ok(())
    }));
    job.settings.labels = "clonidine.xyz".to_owned();
    if reports {
        job.start();
    }
    app.insert_resource(job);
    app.insert_resource(plain());
    let mut renderer = OffscreenRenderer::new(app, SIZE);
    // Panels are laid out in the first frames, text is drawn after them, and thumbnails on a task.
    for _ in 0..30 {
        renderer.app.update();
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let image = renderer.picture().unwrap();
    if let Some(folder) = std::env::var_os("MLIPVIEW_PICTURES") {
        let path = std::path::Path::new(&folder).join(format!("training-{reports}.png"));
        picture::write(&image, &path).unwrap();
    }
    let data = image.data.as_ref().unwrap();
    // Of the loss and the errors of forces.
    let is_blue = |x: u32, y: u32| {
        let pixel = &data[4 * (y * SIZE.x + x) as usize..][..3];
        i32::from(pixel[2]) - i32::from(pixel[0]) > 60
    };
    (0..SIZE.y)
        .map(|y| (80..370).filter(|x| is_blue(*x, y)).count())
        .sum()
}

#[test]
fn the_section_draws_the_curves_of_a_training() {
    let [settings, running] = [false, true].map(curve_pixels);
    assert!(running > settings + 300, "{settings} {running}");
}
