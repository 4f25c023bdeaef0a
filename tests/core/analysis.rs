//! Analyses of many frames: agreement with MDAnalysis (`tests/data/analysis/make.py`), and laws.

use std::f64::consts::PI;

use glam::DVec3;
use mlipview_core::analysis::{
    AnalysisError, Geometry, GeometrySeries, Histogram, MeanSquaredDisplacement,
    RadialDistribution, Series,
};
use mlipview_core::chem::{Cell, library};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

/// Analyses by MDAnalysis.
fn reference() -> Value {
    serde_json::from_str(include_str!("../data/analysis/reference.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    let values = value.as_array().unwrap().iter();
    values.map(|value| value.as_f64().unwrap()).collect()
}

fn vectors(value: &Value) -> Vec<DVec3> {
    let rows = value.as_array().unwrap().iter();
    rows.map(|row| DVec3::from_slice(&numbers(row))).collect()
}

/// The frames and the cell of the reference.
fn frames(reference: &Value) -> (Vec<Vec<DVec3>>, Cell) {
    let frames = reference["positions"].as_array().unwrap().iter();
    let cell = vectors(&reference["cell"]).try_into().unwrap();
    (
        frames.map(vectors).collect(),
        Cell::new(cell, [true; 3]).unwrap(),
    )
}

/// Requires that numbers agree within single precision.
fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let difference = (found - expected).abs();
        assert!(
            difference < tolerance * (1.0 + expected.abs()),
            "{found} {expected}"
        );
    }
}

#[test]
fn distances_angles_and_torsions_are_those_of_mdanalysis() {
    let reference = reference();
    let (frames, cell) = frames(&reference);
    for (geometry, key) in [
        (Geometry::Distance([0, 7]), "distances"),
        (Geometry::Angle([0, 7, 20]), "angles"),
        (Geometry::Torsion([0, 7, 20, 33]), "torsions"),
    ] {
        let mut series = GeometrySeries::new(geometry);
        for (step, positions) in frames.iter().enumerate() {
            series.push(step as f64, positions, Some(&cell));
        }
        let values: Vec<f64> = series.series().values().iter().map(|row| row[1]).collect();
        assert_near(&values, &numbers(&reference[key]), 1e-5);
    }
}

#[test]
fn the_radial_distribution_is_that_of_mdanalysis() {
    let reference = reference();
    let (frames, cell) = frames(&reference);
    let atoms = frames[0].len();
    let one: Vec<bool> = (0..atoms).map(|atom| atom < 20).collect();
    let other: Vec<bool> = one.iter().map(|is_one| !is_one).collect();
    let mut of_pairs = RadialDistribution::of_pairs(5.0, 25, &one, &other).unwrap();
    let mut of_all = RadialDistribution::of_all(5.0, 25).unwrap();
    for positions in &frames {
        of_pairs.push(positions, Some(&cell)).unwrap();
        of_all.push(positions, Some(&cell)).unwrap();
    }
    let found = of_pairs.finish();
    assert!(found.is_normalized);
    assert_near(&found.values, &numbers(&reference["rdf"]["g"]), 1e-5);
    // MDAnalysis divides by N (N − 1) where a block of each atom is excluded.
    let scale = (atoms - 1) as f64 / atoms as f64;
    let expected: Vec<f64> = numbers(&reference["rdf_all"]["g"])
        .iter()
        .map(|g| g * scale)
        .collect();
    assert_near(&of_all.finish().values, &expected, 1e-5);
    let counts: f64 = numbers(&reference["rdf"]["counts"]).iter().sum();
    let per_atom = counts / (20.0 * frames.len() as f64);
    assert_near(&[*found.coordination.last().unwrap()], &[per_atom], 1e-9);
}

#[test]
fn the_mean_squared_displacement_is_that_of_mdanalysis() {
    let reference = reference();
    let (frames, cell) = frames(&reference);
    let atoms = (0..frames[0].len()).collect();
    let mut msd = MeanSquaredDisplacement::new(atoms, frames.len()).unwrap();
    for (step, positions) in frames.iter().enumerate() {
        msd.push(10.0 * step as f64, positions, Some(&cell))
            .unwrap();
    }
    let windowed = msd.finish().windowed;
    let values: Vec<f64> = windowed.rows().iter().map(|row| row[1]).collect();
    assert_near(&values, &numbers(&reference["msd"]), 1e-5);
    assert_eq!(windowed.rows()[3][0], 30.0);
}

#[test]
fn an_ideal_gas_has_a_radial_distribution_of_one() {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let cell = Cell::from_lengths_and_angles([20.0, 18.0, 22.0], [75.0, 80.0, 110.0]).unwrap();
    let mut gas = RadialDistribution::of_all(6.0, 6).unwrap();
    for _ in 0..40 {
        let point = |_| {
            let fractional = [(); 3].map(|()| random.random::<f64>());
            cell.cartesian(DVec3::from_array(fractional))
        };
        let positions: Vec<DVec3> = (0..500).map(point).collect();
        gas.push(&positions, Some(&cell)).unwrap();
    }
    let result = gas.finish();
    for (bin, g) in result.values.iter().enumerate() {
        // Four standard deviations of the number of pairs.
        let shell = 4.0 / 3.0 * PI * ((bin + 1).pow(3) - bin.pow(3)) as f64;
        let pairs = 40.0 * 500.0 * 499.0 / 2.0 * shell / cell.volume();
        assert!((g - 499.0 / 500.0).abs() < 4.0 / pairs.sqrt(), "{bin}: {g}");
    }
}

#[test]
fn the_coordination_number_of_copper_is_twelve() {
    let copper = library::find("copper").unwrap().structure().unwrap();
    let mut distribution = RadialDistribution::of_all(3.0, 30).unwrap();
    let cell = copper.cell.as_ref();
    distribution.push(copper.positions(), cell).unwrap();
    let result = distribution.finish();
    assert_eq!(result.coordination.last(), Some(&12.0));
    // All neighbors are in one bin, which holds the nearest distance.
    let peak = result.values.iter().position(|g| *g > 0.0).unwrap();
    assert!((result.distances[peak] - 3.61 / 2.0_f64.sqrt()).abs() < 0.1);
}

#[test]
fn pairs_of_an_isolated_structure_are_a_density_per_angstrom() {
    let mut water = RadialDistribution::of_all(2.0, 20).unwrap();
    let positions = [DVec3::ZERO, 0.96 * DVec3::X, 0.96 * DVec3::Y];
    water.push(&positions, None).unwrap();
    let result = water.finish();
    let integral: f64 = result.values.iter().sum::<f64>() * 0.1;
    assert!((integral - 3.0).abs() < 1e-12);
    let header = result.table().csv();
    assert!(header.starts_with("r (Å),density of pairs (1/Å),coordination number\n"));
    let cell = Cell::orthorhombic(DVec3::splat(9.0)).unwrap();
    assert_eq!(
        water.push(&positions, Some(&cell)),
        Err(AnalysisError::Periodicity)
    );
    let fewer = water.push(&positions[..2], None).unwrap_err().to_string();
    assert_eq!(
        fewer,
        "the frame has 2 atoms, expected 3 as in the frames before"
    );
}

#[test]
fn overlapping_selections_count_each_pair_once() {
    let positions = [DVec3::ZERO, DVec3::X, 3.0 * DVec3::X];
    let one = [true, true, false];
    let other = [false, true, true];
    let mut pairs = RadialDistribution::of_pairs(2.5, 5, &one, &other).unwrap();
    pairs.push(&positions, None).unwrap();
    // 0–1 and 1–2; 0–2 is too far.
    let integral: f64 = pairs.finish().values.iter().sum::<f64>() * 0.5;
    assert!((integral - 2.0).abs() < 1e-12);
}

#[test]
fn ballistic_motion_has_a_quadratic_mean_squared_displacement() {
    let cell = Cell::from_lengths_and_angles([4.0, 5.0, 6.0], [80.0, 95.0, 100.0]).unwrap();
    let velocity = DVec3::new(0.11, -0.07, 0.05);
    let interval = 10.0;
    let mut msd = MeanSquaredDisplacement::new(vec![1, 2], 20).unwrap();
    for step in 0..60 {
        let moved = velocity * interval * f64::from(step);
        let positions = [DVec3::ZERO, cell.wrap(moved), cell.wrap(DVec3::ONE + moved)];
        msd.push(interval * f64::from(step), &positions, Some(&cell))
            .unwrap();
    }
    let result = msd.finish();
    assert_eq!(result.windowed.rows().len(), 21);
    assert_eq!(result.from_first.rows().len(), 60);
    for table in [result.windowed, result.from_first] {
        for [time, msd] in table.rows() {
            let expected = velocity.length_squared() * time * time;
            assert!(
                (msd - expected).abs() < 1e-9 * (1.0 + expected),
                "{time}: {msd}"
            );
        }
    }
}

#[test]
fn a_random_walk_has_a_linear_mean_squared_displacement() {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let mut positions = vec![DVec3::ZERO; 2000];
    let mut msd = MeanSquaredDisplacement::new((0..2000).collect(), 8).unwrap();
    for step in 0..40 {
        msd.push(f64::from(step), &positions, None).unwrap();
        for position in &mut positions {
            for axis in 0..3 {
                position[axis] += if random.random::<bool>() { 0.5 } else { -0.5 };
            }
        }
    }
    for [lag, msd] in msd.finish().windowed.rows() {
        let expected = 0.75 * lag;
        assert!((msd - expected).abs() <= 0.03 * expected, "{lag}: {msd}");
    }
}

#[test]
fn torsions_of_ethane_are_multiples_of_sixty_degrees() {
    // Staggered: the hydrogens of one carbon are turned by 60° against the others.
    let ring = |turn: f64, z: f64| {
        (0..3).map(move |index| {
            let angle = (turn + 120.0 * f64::from(index)).to_radians();
            DVec3::new(angle.cos(), angle.sin(), z)
        })
    };
    let mut ethane = vec![DVec3::ZERO, 1.54 * DVec3::Z];
    ethane.extend(ring(0.0, -0.4));
    ethane.extend(ring(60.0, 1.94));
    let torsion = |last: usize| {
        Geometry::Torsion([2, 0, 1, last])
            .value(&ethane, None)
            .unwrap()
    };
    let mut found = [5, 6, 7].map(torsion);
    found.sort_by(f64::total_cmp);
    assert_near(&found, &[-60.0, 60.0, 180.0], 1e-9);
}

#[test]
fn undefined_values_are_empty_in_the_table() {
    let mut series = GeometrySeries::new(Geometry::Angle([0, 1, 2]));
    series.push(0.0, &[DVec3::ZERO, DVec3::X], None);
    assert_eq!(series.finish().csv(), "time (fs),angle (°)\n0,\n");
}

#[test]
fn settings_out_of_range_are_errors() {
    assert!(RadialDistribution::of_all(0.0, 10).is_err());
    assert!(RadialDistribution::of_all(f64::NAN, 10).is_err());
    assert!(RadialDistribution::of_all(5.0, 0).is_err());
    assert!(Histogram::new([1.0, 1.0], 4).is_err());
    assert!(Histogram::of(std::iter::empty(), 4).is_err());
    assert!(MeanSquaredDisplacement::new(Vec::new(), 4).is_err());
    let error = MeanSquaredDisplacement::new((0..1_000_000).collect(), 100).unwrap_err();
    let expected = "invalid number of lags 100: expected at most 13 for 1000000 atoms";
    assert_eq!(error.to_string(), expected);
    let mut msd = MeanSquaredDisplacement::new(vec![3], 4).unwrap();
    let error = msd.push(0.0, &[DVec3::ZERO], None).unwrap_err().to_string();
    assert_eq!(error, "there is no atom 3: expected 0 to 0");
}

proptest! {
    #[test]
    fn a_histogram_integrates_to_one(
        values in proptest::collection::vec(-1e6_f64..1e6, 1..200),
        bins in 1_usize..40,
    ) {
        let histogram = Histogram::of(values.iter().copied(), bins).unwrap();
        prop_assert_eq!(histogram.counts().iter().sum::<u64>(), values.len() as u64);
        let table = histogram.finish("energy (eV)", "density (1/eV)");
        let integral: f64 = table.rows().iter().map(|row| row[1] * histogram.width()).sum();
        prop_assert!((integral - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_series_keeps_evenly_spaced_values_within_its_bound(
        pushed in 1_u32..3000,
        max in 2_usize..50,
    ) {
        let mut series = Series::new(max);
        for step in 0..pushed {
            series.push(f64::from(step), Some(f64::from(2 * step)));
        }
        let stride = series.stride() as f64;
        prop_assert!(series.values().len() <= max);
        for (index, [time, value]) in series.values().iter().enumerate() {
            prop_assert_eq!(*time, index as f64 * stride);
            prop_assert_eq!(*value, 2.0 * time);
        }
        let [last, _] = series.values()[series.values().len() - 1];
        prop_assert!(f64::from(pushed) - last <= stride);
        prop_assert!(series.values().len() > max / 2 || series.stride() == 1);
    }

    #[test]
    fn mean_squared_displacements_do_not_depend_on_wrapping(
        steps in proptest::collection::vec([-1.2_f64..1.2, -1.2..1.2, -1.2..1.2], 2..30),
        lags in 0_usize..10,
    ) {
        let cell = Cell::from_lengths_and_angles([5.0, 6.0, 7.0], [70.0, 85.0, 100.0]).unwrap();
        let mut unwrapped = MeanSquaredDisplacement::new(vec![0], lags).unwrap();
        let mut wrapped = unwrapped.clone();
        let mut position = DVec3::ZERO;
        for (time, step) in steps.iter().enumerate() {
            let time = time as f64;
            // Less than half of the shortest vector, so that the step is its own image.
            position += DVec3::from_array(*step);
            unwrapped.push(time, &[position], None).unwrap();
            wrapped.push(time, &[cell.wrap(position)], Some(&cell)).unwrap();
        }
        let (one, other) = (unwrapped.finish(), wrapped.finish());
        for (one, other) in [(one.windowed, other.windowed), (one.from_first, other.from_first)] {
            prop_assert_eq!(one.rows().len(), other.rows().len());
            for (one, other) in one.rows().iter().zip(other.rows()) {
                prop_assert!((one[1] - other[1]).abs() < 1e-9 * (1.0 + one[1]));
            }
        }
    }
}
