//! Analyses of whole trajectories, frame by frame: values, frames that are left out, tables.

use glam::DVec3;
use mlipview_core::analysis::{
    AnalysisError, AnalysisResult, FrameAnalysis, FrameValues, Geometry, Histogram, Quantity,
    RadialDistribution, Scalar,
};
use mlipview_core::chem::{Cell, Element};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const WATER: [Element; 3] = [Element::O, Element::H, Element::H];

fn values<'a>(
    time: Option<f64>,
    elements: &'a [Element],
    positions: &'a [DVec3],
) -> FrameValues<'a> {
    FrameValues {
        time,
        elements,
        positions,
        cell: None,
        potential_energy: None,
        kinetic_energy: None,
        temperature: None,
    }
}

/// Frames of three atoms at random.
fn frames(count: usize) -> Vec<[DVec3; 3]> {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let mut number = || random.random_range(0.5..3.0);
    let mut point = || DVec3::new(number(), number(), number());
    (0..count).map(|_| [point(), point(), point()]).collect()
}

#[test]
fn each_frame_has_the_value_of_its_geometry() {
    let quantity = Quantity::of_atoms(&[1, 0, 2]).unwrap();
    let geometry = Geometry::Angle([1, 0, 2]);
    let mut analysis = FrameAnalysis::new(quantity, &WATER).unwrap();
    let frames = frames(20);
    for (step, frame) in frames.iter().enumerate() {
        analysis.push(&values(Some(2.0 * step as f64), &WATER, frame));
    }
    let expected: Vec<f64> = frames
        .iter()
        .map(|frame| geometry.value(frame, None).unwrap())
        .collect();
    assert_eq!(analysis.series().values(), expected);
    assert_eq!(analysis.series().interval(), Some(2.0));
    let csv = analysis.csv();
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("frame,time (fs),angle (°)"));
    for (step, (line, value)) in lines.zip(&expected).enumerate() {
        assert_eq!(line, format!("{step},{},{value}", 2 * step));
    }
}

#[test]
fn frames_with_other_atoms_are_left_out_and_counted_and_keep_their_place() {
    let frame = frames(1)[0];
    let others = [Element::O, Element::H, Element::O];
    let mut displacement = FrameAnalysis::new(
        Quantity::MeanSquaredDisplacement { atoms: Vec::new() },
        &WATER,
    )
    .unwrap();
    let mut distance = FrameAnalysis::new(Quantity::of_atoms(&[0, 1]).unwrap(), &WATER).unwrap();
    for analysis in [&mut displacement, &mut distance] {
        analysis.push(&values(Some(0.0), &WATER, &frame));
        analysis.push(&values(Some(1.0), &others, &frame));
        analysis.push(&values(Some(2.0), &WATER[..2], &frame[..2]));
        analysis.push_unreadable(&AnalysisError::Periodicity);
        analysis.push(&values(Some(4.0), &WATER, &frame));
    }
    // The displacement is of all atoms, the distance of the first two.
    let left_out = displacement.left_out().unwrap();
    assert_eq!(left_out.frames, 3);
    assert!(left_out.reason.contains("other elements"), "{left_out:?}");
    assert_eq!(distance.left_out().unwrap().frames, 1);
    assert_eq!(
        (displacement.series().len(), displacement.series().known()),
        (5, 2)
    );
    assert_eq!(displacement.series().interval(), Some(1.0));
    let length = frame[0].distance(frame[1]);
    let table = format!(
        "frame,time (fs),distance (Å)\n0,0,{length}\n1,1,{length}\n2,2,{length}\n3,,\n4,4,{length}\n"
    );
    assert_eq!(distance.csv(), table);
}

#[test]
fn a_steady_motion_has_a_displacement_that_grows_with_the_square_of_time() {
    let quantity = Quantity::MeanSquaredDisplacement { atoms: vec![1] };
    let mut analysis = FrameAnalysis::new(quantity, &WATER).unwrap();
    for step in 0..4 {
        let moved = DVec3::new(0.0, 2.0 * f64::from(step), 0.0);
        let frame = [DVec3::ZERO, moved, DVec3::X];
        analysis.push(&values(Some(0.5 * f64::from(step)), &WATER, &frame));
    }
    let AnalysisResult::Displacement(by_lag) = analysis.result() else {
        panic!("no displacement");
    };
    assert_eq!(by_lag, [[0.0, 0.0], [1.0, 4.0], [2.0, 16.0], [3.0, 36.0]]);
    let csv = analysis.csv();
    assert!(csv.ends_with("\n3,1.5,36,3,1.5,36\n"), "{csv}");
}

#[test]
fn the_distribution_of_a_pair_of_elements_is_that_of_their_masks() {
    let cell = Cell::orthorhombic(DVec3::splat(6.0)).unwrap();
    let quantity = Quantity::RadialDistribution {
        pair: Some([Element::O, Element::H]),
        max_distance: 4.0,
    };
    let mut analysis = FrameAnalysis::new(quantity, &WATER).unwrap();
    let masks = [Element::O, Element::H].map(|element| WATER.map(|other| other == element));
    let mut expected = RadialDistribution::of_pairs(4.0, 80, &masks[0], &masks[1]).unwrap();
    for frame in frames(8) {
        analysis.push(&FrameValues {
            cell: Some(&cell),
            ..values(None, &WATER, &frame)
        });
        expected.push(&frame, Some(&cell)).unwrap();
    }
    let expected = expected.finish();
    assert!(expected.values.iter().any(|value| *value > 0.0));
    assert_eq!(analysis.csv(), expected.table().csv());
    assert_eq!(
        analysis.result(),
        AnalysisResult::RadialDistribution(expected)
    );
}

#[test]
fn the_histogram_counts_the_known_energies() {
    let quantity = Quantity::Histogram {
        scalar: Scalar::TotalEnergy,
        bins: 4,
    };
    let mut analysis = FrameAnalysis::new(quantity, &WATER).unwrap();
    let frame = frames(1)[0];
    assert_eq!(analysis.result(), AnalysisResult::Histogram(None));
    for step in 0..9 {
        analysis.push(&FrameValues {
            potential_energy: (step != 4).then_some(f64::from(step)),
            kinetic_energy: Some(1.0),
            ..values(None, &WATER, &frame)
        });
    }
    let known = (0..9)
        .filter(|step| *step != 4)
        .map(|step| f64::from(step) + 1.0);
    let expected = Histogram::of(known, 4).unwrap();
    assert_eq!(analysis.result(), AnalysisResult::Histogram(Some(expected)));
    assert_eq!(analysis.series().known(), 8);
    assert!(!analysis.series().has_rising_times());
}

#[test]
fn settings_that_fit_no_atoms_are_refused() {
    let refused = |quantity| FrameAnalysis::new(quantity, &WATER).unwrap_err();
    let distance = Quantity::of_atoms(&[0, 3]).unwrap();
    let expected = AnalysisError::NoSuchAtom { atom: 3, atoms: 3 };
    assert_eq!(refused(distance), expected);
    let pair = Quantity::RadialDistribution {
        pair: Some([Element::O, Element::C]),
        max_distance: 5.0,
    };
    assert_eq!(refused(pair), AnalysisError::NoSuchElement("C"));
    for atoms in [&[][..], &[0], &[0, 1, 2, 3, 4]] {
        let error = Quantity::of_atoms(atoms).unwrap_err();
        assert!(error.to_string().contains("2 for a distance"), "{error}");
    }
}

#[test]
fn a_series_is_drawn_against_time_if_time_never_falls_and_mostly_rises() {
    let rises = |times: &[f64]| {
        let quantity = Quantity::Scalar(Scalar::Temperature);
        let mut analysis = FrameAnalysis::new(quantity, &WATER).unwrap();
        let frame = frames(1)[0];
        for time in times {
            analysis.push(&values(
                Some(*time).filter(|it| it.is_finite()),
                &WATER,
                &frame,
            ));
        }
        analysis.series().has_rising_times()
    };
    assert!(
        rises(&[0.0, 0.0, 1.0, 2.0]),
        "a run begins with its first frame again"
    );
    assert!(rises(&[1.0, f64::NAN, 2.0]), "a frame is unreadable");
    assert!(!rises(&[0.0, 1.0, 2.0, 0.0]), "another run begins");
    assert!(!rises(&[0.0, 0.0, 0.0]), "a relaxation");
    assert!(!rises(&[0.0, f64::NAN, f64::NAN]), "a file without times");
}
