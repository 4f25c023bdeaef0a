//! The plot over the whole timeline, rendered as in the window.

use std::time::Duration;

use bevy::image::Image;
use bevy::math::UVec2;
use mlipview_core::chem::library;
use mlipview_core::potential::Nano;
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Command, Engine, SimHandle, spawn};
use mlipview_viewer::Style;
use mlipview_viewer::app::panels;
use mlipview_viewer::app::panels::Panels;
use mlipview_viewer::app::timeline_analysis::{
    AnalysisKind, AnalysisOptions, AnalysisState, TimelineAnalysis,
};
use mlipview_viewer::app::window;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::initial_view;
use mlipview_viewer::scene::picture;
use mlipview_viewer::scene::picture::OffscreenRenderer;
use mlipview_viewer::scene::selection::Selection;
use mlipview_viewer::scene::style::Background;

use crate::test_renderer::plain;

const SIZE: UVec2 = UVec2::new(1100, 760);
/// Polls, one per 2 ms.
const MAX_POLLS: usize = 60_000;
/// Rows of the plot: above the timeline bar, below the header of the panel.
const ROWS: std::ops::Range<u32> = SIZE.y - 260..SIZE.y - 150;

/// Caffeine after 200 steps of dynamics.
fn simulation() -> SimHandle {
    let structure = library::find("caffeine").unwrap().structure().unwrap();
    let sim = spawn(Engine::new(structure, Some(Box::new(Nano::new())), 0)).unwrap();
    sim.send(Command::Steps(DynamicsSettings::default().task(), 200))
        .unwrap();
    wait("the run", || sim.frame().step == 200);
    sim
}

fn wait(what: &str, mut is_done: impl FnMut() -> bool) {
    for _ in 0..MAX_POLLS {
        if is_done() {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    panic!("timeout: {what}");
}

/// The window with a plot of a kind, of these selected atoms.
fn draw(
    sim: &SimHandle,
    name: &str,
    kind: AnalysisKind,
    selected: &[usize],
    background: Background,
) -> Image {
    let orientation = initial_view::orientation(&sim.frame().identity);
    let mut app = window::windowless(sim.clone());
    app.add_plugins(panels::plugin);
    let world = app.world_mut();
    world.resource_mut::<Orbit>().rotation = orientation;
    *world.resource_mut::<Panels>() = Panels {
        section: None,
        plots: true,
        ..Panels::default()
    };
    world
        .resource_mut::<Selection>()
        .set(selected.iter().copied());
    world.resource_mut::<TimelineAnalysis>().options = AnalysisOptions {
        is_shown: true,
        kind,
        ..AnalysisOptions::default()
    };
    app.insert_resource(Style {
        background,
        ..plain()
    });
    let mut renderer = OffscreenRenderer::new(app, SIZE);
    wait("the plot", || {
        renderer.app.update();
        let analysis = renderer.app.world().resource::<TimelineAnalysis>();
        matches!(
            analysis.state(),
            AnalysisState::UpToDate | AnalysisState::Impossible(_)
        )
    });
    // Panels are laid out in the first frames; text is drawn after them.
    for _ in 0..6 {
        renderer.app.update();
    }
    let image = renderer.picture().unwrap();
    if let Some(folder) = std::env::var_os("MLIPVIEW_PICTURES") {
        let path = std::path::Path::new(&folder).join(format!("{name}.png"));
        picture::write(&image, &path).unwrap();
    }
    image
}

fn pixel(image: &Image, x: u32, y: u32) -> [u8; 3] {
    let at = 4 * (y * SIZE.x + x) as usize;
    let data = image.data.as_ref().unwrap();
    [data[at], data[at + 1], data[at + 2]]
}

/// Number of columns of the plot with a pixel of the color of the first curve.
fn columns_of_curve(image: &Image) -> usize {
    let is_blue = |[red, green, blue]: [u8; 3]| {
        blue > 150 && i32::from(blue) - i32::from(red) > 60 && blue > green
    };
    let columns = (100..SIZE.x).filter(|x| ROWS.into_iter().any(|y| is_blue(pixel(image, *x, y))));
    columns.count()
}

/// Column of the line that marks the shown frame: the one with the most pixels of the accent color.
fn marker(image: &Image) -> f64 {
    let is_accent = |[red, green, blue]: [u8; 3]| red > 150 && green > 100 && blue < 90;
    let height = |x: u32| {
        let rows = ROWS;
        rows.filter(|y| is_accent(pixel(image, x, *y))).count()
    };
    let column = (100..SIZE.x - 5).max_by_key(|x| height(*x)).unwrap();
    assert!(height(column) > 60, "a line at {column}");
    f64::from(column)
}

#[test]
fn the_curve_spans_the_plot_and_a_line_marks_the_shown_frame() {
    let sim = simulation();
    let last = sim.timeline().len() - 1;
    let mut columns = Vec::new();
    for fraction in [0.25, 0.5, 0.75] {
        let position = (fraction * last as f64).round() as u64;
        let address = sim.timeline().address(position).unwrap();
        sim.send(Command::ShowFrame(address)).unwrap();
        wait("the frame", || {
            let shown = sim.frame().playback;
            shown.is_some_and(|playback| playback.address == address)
        });
        let name = format!("timeline-plot-{}", (100.0 * fraction) as u32);
        let image = draw(
            &sim,
            &name,
            AnalysisKind::Geometry,
            &[0, 1, 2],
            Background::Slate,
        );
        let spanned = columns_of_curve(&image);
        assert!(spanned > 700, "the curve spans {spanned} columns");
        columns.push(marker(&image));
    }
    let steps = [columns[1] - columns[0], columns[2] - columns[1]];
    assert!((steps[0] - steps[1]).abs() < 8.0, "{columns:?}");
    assert!((150.0..320.0).contains(&steps[0]), "{columns:?}");
}

#[test]
fn each_kind_of_plot_is_drawn_on_a_light_background_too() {
    let sim = simulation();
    for kind in AnalysisKind::ALL {
        let name = format!("timeline-plot-light-{kind:?}");
        draw(&sim, &name, kind, &[0, 1, 2, 3], Background::White);
        let image = draw(
            &sim,
            &format!("timeline-plot-{kind:?}"),
            kind,
            &[0, 1, 2, 3],
            Background::Slate,
        );
        let spanned = columns_of_curve(&image);
        assert!(spanned > 150, "{kind:?}: {spanned} columns");
    }
    let image = draw(
        &sim,
        "timeline-plot-none",
        AnalysisKind::Geometry,
        &[0],
        Background::Slate,
    );
    assert_eq!(columns_of_curve(&image), 0, "there is nothing to plot");
}
