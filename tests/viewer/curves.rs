//! Downsampling, axes and values of curves.

use mlipview_core::sim::{Activity, Command};
use mlipview_viewer::Simulation;
use mlipview_viewer::app::curves::{Curve, PlottedQuantity, TimeAxis, downsample};
use mlipview_viewer::app::history::{History, Sample};
use mlipview_viewer::app::run::{RunKind, RunSettings};

use crate::interact::argon_viewer;

fn sample(step: u64, potential: f64, kinetic: f64) -> Sample {
    Sample {
        number: step,
        step,
        time: step as f64 * 1e-3,
        potential,
        kinetic,
        temperature: 300.0,
        max_force: 0.5,
        pressure: f64::NAN,
    }
}

#[test]
fn downsampling_keeps_the_ends_and_every_extreme() {
    let wave = |index: u32| {
        let position = f64::from(index);
        let spike = match index {
            1234 => 50.0,
            3999 => -70.0,
            _ => 0.0,
        };
        [position, (position * 0.01).sin() + spike]
    };
    let points: Vec<[f64; 2]> = (0..5000).map(wave).collect();
    let few = downsample(points.iter().copied(), 100);
    assert!(few.len() <= 404, "{} points", few.len());
    assert_eq!((few.first(), few.last()), (points.first(), points.last()));
    for kept in [points[1234], points[3999]] {
        assert!(few.contains(&kept), "{kept:?} is gone");
    }
    assert!(few.is_sorted_by(|one, other| one[0] < other[0]));
    for piece in points.chunks(50) {
        let highest = piece.iter().map(|point| point[1]).fold(f64::MIN, f64::max);
        let range = piece[0][0]..=piece[49][0];
        let near = few.iter().filter(|point| range.contains(&point[0]));
        let kept = near.map(|point| point[1]).fold(f64::MIN, f64::max);
        assert!((kept - highest).abs() < 0.3, "{kept} for {highest}");
    }
}

#[test]
fn few_points_are_kept_and_non_finite_ones_dropped() {
    let points = [
        [0.0, 1.0],
        [1.0, f64::NAN],
        [2.0, f64::NEG_INFINITY],
        [3.0, 2.0],
    ];
    assert_eq!(downsample(points, 100), [[0.0, 1.0], [3.0, 2.0]]);
    assert_eq!(downsample([], 100), [[0.0; 2]; 0]);
    let still = [[1.0, 2.0]; 10];
    assert_eq!(downsample(still, 1), still);
}

#[test]
fn every_axis_has_a_name_and_a_unit() {
    for quantity in PlottedQuantity::ALL {
        let axis = quantity.axis();
        assert!(axis.starts_with(quantity.name()), "{axis}");
        assert!(axis.ends_with(&format!("({})", quantity.unit())), "{axis}");
    }
    assert_eq!(TimeAxis::of(RunKind::Dynamics, 0.4).axis(), "Time (fs)");
    assert_eq!(TimeAxis::of(RunKind::Dynamics, 4.0).axis(), "Time (ps)");
    assert_eq!(TimeAxis::of(RunKind::Relaxation, 4.0).axis(), "Step");
}

#[test]
fn positions_on_the_axis_have_its_unit() {
    let sample = sample(1500, 0.0, 0.0);
    assert_eq!(TimeAxis::Femtoseconds.position(&sample), 1500.0);
    assert_eq!(TimeAxis::Picoseconds.position(&sample), 1.5);
    assert_eq!(TimeAxis::Steps.position(&sample), 1500.0);
    assert_eq!(TimeAxis::Picoseconds.in_words(1.5), "1.500 ps");
}

#[test]
fn energies_are_relative_to_the_start_and_add_up() {
    let (first, later) = (sample(0, -1000.0, 0.0), sample(9, -999.25, 0.5));
    let value = |curve: Curve| curve.value(&later, first.potential);
    assert_eq!(value(Curve::Potential), 0.75);
    assert_eq!(
        value(Curve::Potential) + value(Curve::Kinetic),
        value(Curve::Total)
    );
}

#[test]
fn a_relaxation_has_no_temperature() {
    assert!(
        PlottedQuantity::Temperature
            .curves(RunKind::Relaxation)
            .is_empty()
    );
    assert_eq!(
        PlottedQuantity::Energy.curves(RunKind::Relaxation),
        [Curve::Potential]
    );
    assert_eq!(PlottedQuantity::Energy.curves(RunKind::Dynamics).len(), 3);
}

#[test]
fn a_relaxation_starts_with_the_state_before_it_however_short_it_is() {
    let mut viewer = argon_viewer();
    viewer.wait_until("forces", |viewer| viewer.frame().evaluation.is_some());
    let before = Sample::of(&viewer.frame());
    let settings = RunSettings {
        fmax: 1e-4,
        ..RunSettings::default()
    };
    let task = settings.task(RunKind::Relaxation);
    viewer.get::<Simulation>().send(Command::Run(task)).unwrap();
    // Ends before the window polls again.
    let is_over = |viewer: &crate::test_viewer::TestViewer| {
        let newest = viewer.get::<Simulation>().frame();
        newest.step > before.step && newest.activity == Activity::Idle
    };
    for _ in 0..20_000 {
        if is_over(&viewer) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    viewer.app.update();
    let samples: Vec<Sample> = viewer.get::<History>().samples().copied().collect();
    let first = samples[0];
    assert_eq!(
        (first.step, first.potential),
        (before.step, before.potential)
    );
    let last = samples.last().unwrap();
    assert!(last.potential < before.potential && last.step > before.step);
}
