//! Plots over the whole timeline: values, frames of files, restarts, the shown frame, saving.

use std::sync::Arc;

use glam::DVec3;
use mlipview_core::analysis::{Geometry, Scalar};
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::timeline::{FrameSource, FrameSourceError, Mark};
use mlipview_core::sim::{Activity, Command, Engine, Frame, FrameAddress};
use mlipview_viewer::Simulation;
use mlipview_viewer::app::document::DocumentRequest;
use mlipview_viewer::app::notices::Severity;
use mlipview_viewer::app::run::RunSettings;
use mlipview_viewer::app::timeline_analysis::{
    AnalysisKind, AnalysisOptions, AnalysisState, HorizontalAxis, TimelineAnalysis,
};
use mlipview_viewer::interact::action::Action;

use super::has_notice;
use super::panels::viewer_with_panels;
use crate::interact::argon_viewer;
use crate::test_viewer::TestViewer;

/// Frames of a file, one of which is damaged.
#[derive(Debug)]
struct StoredFrames {
    frames: Vec<Arc<Frame>>,
    damaged: u64,
}

impl FrameSource for StoredFrames {
    fn name(&self) -> &str {
        "stored.xyz"
    }

    fn len(&self) -> u64 {
        self.frames.len() as u64
    }

    fn searched(&self) -> f64 {
        1.0
    }

    fn search_error(&self) -> Option<String> {
        None
    }

    fn read(&self, index: u64) -> Result<Arc<Frame>, FrameSourceError> {
        match self.frames.get(index as usize) {
            Some(frame) if index != self.damaged => Ok(Arc::clone(frame)),
            _ => Err(FrameSourceError::Unreadable {
                name: self.name().to_owned(),
                index,
                reason: "damaged".to_owned(),
            }),
        }
    }

    fn energy(&self, index: u64) -> Option<f64> {
        Some(-0.5 * index as f64)
    }

    fn marks(&self) -> Vec<Mark> {
        Vec::new()
    }
}

/// `count` frames of two argon atoms that separate by 0.01 Å per frame; frame 3 has three atoms.
fn stored(count: u64) -> StoredFrames {
    let frame = |index: u64| {
        let shift = DVec3::new(3.0 + 0.01 * index as f64, 0.0, 0.0);
        let third = (index == 3).then_some(10.0 * DVec3::Y);
        let positions: Vec<DVec3> = [DVec3::ZERO, shift].into_iter().chain(third).collect();
        let elements = vec![Element::AR; positions.len()];
        let structure = Structure::new(elements, positions).unwrap();
        let mut frame = Frame::clone(&Engine::new(structure, None, 0).frame());
        frame.number = index;
        frame.time = 4.0 * index as f64;
        Arc::new(frame)
    };
    StoredFrames {
        frames: (0..count).map(frame).collect(),
        damaged: 5,
    }
}

/// A viewer with a plot of a kind.
fn plotting(viewer: &mut TestViewer, kind: AnalysisKind) {
    viewer.get_mut::<TimelineAnalysis>().options = AnalysisOptions {
        is_shown: true,
        kind,
        ..AnalysisOptions::default()
    };
}

/// Dynamics for some steps, then none.
fn run(viewer: &mut TestViewer, steps: u64) {
    viewer.get_mut::<RunSettings>().speed_limit = None;
    let until = viewer.frame().step + steps;
    viewer.act(Action::StartDynamics);
    viewer.wait_until("the run", |viewer| viewer.frame().step > until);
    viewer.act(Action::Stop);
    viewer.wait_until("the end", |viewer| {
        viewer.frame().activity == Activity::Idle
    });
}

/// Waits for the plot of all frames, and takes its table.
fn table(viewer: &mut TestViewer) -> String {
    viewer.wait_until("the plot", |viewer| {
        let analysis = viewer.get::<TimelineAnalysis>();
        let len = viewer.get::<Simulation>().timeline().len();
        *analysis.state() == AnalysisState::UpToDate && analysis.frames() == len
    });
    viewer.get::<TimelineAnalysis>().table().unwrap()()
}

fn restart(viewer: &mut TestViewer) {
    viewer.get_mut::<TimelineAnalysis>().restart();
    viewer.app.update();
}

/// Opens frames of a file in place of the timeline.
fn open(viewer: &mut TestViewer, frames: StoredFrames) {
    let first = FrameAddress::File(0);
    let commands = vec![
        Command::RestartTimeline(Some(Arc::new(frames))),
        Command::ShowFrame(first),
    ];
    viewer
        .get::<Simulation>()
        .send(Command::Batch(commands))
        .unwrap();
    viewer.wait_until("the file", |viewer| {
        let shown = viewer.frame().playback;
        shown.is_some_and(|playback| playback.address == first)
    });
}

fn last_column(table: &str) -> Vec<&str> {
    let rows = table.lines().skip(1);
    rows.map(|row| row.rsplit_once(',').unwrap().1).collect()
}

#[test]
fn the_distance_of_the_selected_atoms_is_that_of_each_recorded_frame() {
    let mut viewer = argon_viewer();
    run(&mut viewer, 40);
    viewer.act(Action::Select(vec![0, 1]));
    plotting(&mut viewer, AnalysisKind::Geometry);
    let table = table(&mut viewer);
    let timeline = viewer.get::<Simulation>().timeline().clone();
    let distance = |frame: Arc<Frame>| Geometry::Distance([0, 1]).value(&frame.positions, None);
    let frames = timeline.frames_in_memory(0, u64::MAX);
    let expected: Vec<String> = frames
        .into_iter()
        .map(|frame| distance(frame).unwrap().to_string())
        .collect();
    assert!(expected.len() > 40);
    assert_eq!(last_column(&table), expected);
    assert!(
        table.starts_with("frame,time (fs),distance (Å)\n0,0,3.8"),
        "{table}"
    );
}

#[test]
fn frames_added_during_a_run_give_what_all_frames_give_at_once() {
    let mut viewer = argon_viewer();
    for kind in AnalysisKind::ALL {
        viewer.act(Action::Select(vec![0, 1, 2]));
        plotting(&mut viewer, kind);
        for _ in 0..3 {
            run(&mut viewer, 15);
        }
        let grown = table(&mut viewer);
        restart(&mut viewer);
        assert_eq!(grown, table(&mut viewer), "{kind:?}");
        assert!(grown.lines().count() > 20, "{grown}");
    }
    let plot = viewer.get::<TimelineAnalysis>().plot().unwrap();
    assert_ne!(
        plot.horizontal,
        HorizontalAxis::Frames,
        "dynamics have times"
    );
}

#[test]
fn another_selection_starts_again_and_one_that_does_not_fit_says_which_does() {
    let mut viewer = argon_viewer();
    run(&mut viewer, 10);
    plotting(&mut viewer, AnalysisKind::Geometry);
    for (atoms, header) in [
        (vec![0, 1], "distance (Å)"),
        (vec![0, 1, 2], "angle (°)"),
        (vec![0, 1, 2, 3], "torsion (°)"),
        (vec![1, 3], "distance (Å)"),
    ] {
        viewer.act(Action::Select(atoms));
        viewer.app.update();
        let table = table(&mut viewer);
        assert!(table.lines().next().unwrap().ends_with(header), "{table}");
    }
    for atoms in [vec![], vec![2]] {
        let count = atoms.len();
        viewer.act(Action::Select(atoms));
        viewer.app.update();
        let analysis = viewer.get::<TimelineAnalysis>();
        let AnalysisState::Impossible(reason) = analysis.state() else {
            panic!("{:?}", analysis.state());
        };
        let reason = reason.to_string();
        assert!(reason.starts_with("Select 2 atoms"), "{reason}");
        assert!(reason.contains(&format!("selected: {count}")), "{reason}");
        assert!(analysis.plot().is_none());
    }
}

#[test]
fn other_atoms_and_another_line_start_again() {
    let mut viewer = argon_viewer();
    run(&mut viewer, 20);
    plotting(&mut viewer, AnalysisKind::Scalar);
    let before = table(&mut viewer).lines().count();
    viewer.act(Action::FirstFrame);
    viewer.wait_until("the past", |viewer| viewer.frame().playback.is_some());
    viewer.act(Action::ContinueFromHere);
    viewer.wait_until("the branch", |viewer| viewer.frame().playback.is_none());
    let after = table(&mut viewer).lines().count();
    assert!(after < before, "{after} {before}");

    viewer.act(Action::Select(vec![3]));
    viewer.act_and_wait(Action::Delete);
    viewer.wait_until("three atoms", |viewer| viewer.frame().positions.len() == 3);
    table(&mut viewer);
    let plot = viewer.get::<TimelineAnalysis>().plot().unwrap();
    assert!(plot.notes[0].contains("are left out"), "{:?}", plot.notes);
}

#[test]
fn frames_of_a_file_are_plotted_and_unreadable_ones_and_other_atoms_are_counted() {
    let mut viewer = argon_viewer();
    open(&mut viewer, stored(600));
    plotting(&mut viewer, AnalysisKind::Displacement);
    let displacements = table(&mut viewer);
    let analysis = viewer.get::<TimelineAnalysis>();
    let plot = analysis.plot().unwrap();
    assert_eq!(plot.horizontal, HorizontalAxis::Picoseconds);
    assert!(plot.notes[0].starts_with("2 of 6"), "{:?}", plot.notes);
    // One of two atoms moves 0.01 Å per frame.
    let row = displacements.lines().nth(1 + 400).unwrap();
    let since_first: f64 = row.split(',').nth(2).unwrap().parse().unwrap();
    assert!((since_first - 8.0).abs() < 1e-9, "{row}");

    // The energies of the index, since these frames have none.
    plotting(&mut viewer, AnalysisKind::Scalar);
    let energies = table(&mut viewer);
    assert_eq!(energies.lines().nth(1 + 400), Some("400,1600,-200"));
    assert_eq!(energies.lines().nth(1 + 5), Some("5,,"), "it is damaged");
}

#[test]
fn a_place_on_the_axis_is_the_frame_there_and_shows_it() {
    let mut viewer = argon_viewer();
    open(&mut viewer, stored(50));
    plotting(&mut viewer, AnalysisKind::Geometry);
    viewer.act(Action::Select(vec![0, 1]));
    table(&mut viewer);
    let analysis = viewer.get::<TimelineAnalysis>();
    for index in (0..50).filter(|index| *index != 5) {
        let address = FrameAddress::File(index);
        let position = analysis.position(address).unwrap();
        assert_eq!(position, 4.0 * index as f64, "fs");
        assert_eq!(analysis.frame_at(position + 1.0), Some(address));
    }
    let address = analysis.frame_at(100.0).unwrap();
    viewer.act(Action::ShowFrame(address));
    viewer.wait_until("the frame", |viewer| {
        let shown = viewer.frame().playback;
        shown.is_some_and(|playback| playback.address == address)
    });
    let frame = viewer.frame();
    let value = viewer
        .get::<TimelineAnalysis>()
        .value(&frame, address, None);
    assert!((value.unwrap() - 3.25).abs() < 1e-12, "{value:?}");
}

#[test]
fn a_canceled_plot_keeps_its_frames_and_continues() {
    let mut viewer = argon_viewer();
    open(&mut viewer, stored(20_000));
    plotting(&mut viewer, AnalysisKind::Histogram);
    viewer.wait_until("some frames", |viewer| {
        viewer.get::<TimelineAnalysis>().frames() > 10
    });
    viewer.get_mut::<TimelineAnalysis>().cancel();
    for _ in 0..100 {
        viewer.app.update();
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    let analysis = viewer.get::<TimelineAnalysis>();
    let frames = analysis.frames();
    assert_eq!(*analysis.state(), AnalysisState::Canceled);
    assert!((10..20_000).contains(&frames), "{frames}");
    viewer.get_mut::<TimelineAnalysis>().resume();
    let continued = table(&mut viewer);
    restart(&mut viewer);
    assert_eq!(continued, table(&mut viewer));
}

#[test]
fn a_hidden_plot_computes_nothing() {
    let mut viewer = argon_viewer();
    run(&mut viewer, 10);
    plotting(&mut viewer, AnalysisKind::Scalar);
    viewer.get_mut::<TimelineAnalysis>().is_paused = true;
    for _ in 0..20 {
        viewer.app.update();
    }
    assert_eq!(viewer.get::<TimelineAnalysis>().frames(), 0);
    viewer.get_mut::<TimelineAnalysis>().is_paused = false;
    assert!(table(&mut viewer).lines().count() > 10);
}

#[test]
fn the_plot_is_saved_as_csv_and_as_a_picture_with_the_curve() {
    let mut viewer = viewer_with_panels();
    viewer
        .get_mut::<mlipview_viewer::app::panels::Panels>()
        .plots = true;
    run(&mut viewer, 30);
    plotting(&mut viewer, AnalysisKind::Scalar);
    viewer.get_mut::<TimelineAnalysis>().options.scalar = Scalar::KineticEnergy;
    let expected = table(&mut viewer);
    let folder = tempfile::tempdir().unwrap();
    let [csv, png] = ["plot.csv", "plot.png"].map(|name| folder.path().join(name));
    for request in [
        DocumentRequest::SavePlotTable(csv.clone()),
        DocumentRequest::SavePlotPicture(png.clone()),
    ] {
        viewer.app.world_mut().write_message(request);
    }
    viewer.wait_until("the files", |viewer| {
        ["as a table", "as a picture"]
            .iter()
            .all(|words| has_notice(viewer, Severity::Info, words))
    });
    assert_eq!(std::fs::read_to_string(csv).unwrap(), expected);
    if let Some(folder) = std::env::var_os("MLIPVIEW_PICTURES") {
        std::fs::copy(&png, std::path::Path::new(&folder).join("plot-saved.png")).unwrap();
    }
    let file = std::io::BufReader::new(std::fs::File::open(png).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, info.height), (1600, 1000));
    let channels = info.color_type.samples();
    let blue = |pixel: &[u8]| pixel[2] > 180 && pixel[0] < 140;
    let columns = (0..1600).filter(|column| {
        let of_column = pixels.chunks_exact(channels).skip(*column).step_by(1600);
        of_column.filter(|pixel| blue(pixel)).count() > 0
    });
    let columns = columns.count();
    assert!(columns > 1200, "the curve spans {columns} columns");
}
