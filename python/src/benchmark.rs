//! The plain loop in Rust that benchmarks compare calls from Python with.

use std::time::Instant;

use glam::DVec3;
use pyo3::prelude::*;

use crate::configuration::Configuration;
use crate::potential::{Potential, failed};

/// Seconds of `calls` evaluations whose atoms alternate between the positions and those displaced by
/// `step` (Å) along x, each atom by another fraction of it.
#[expect(clippy::disallowed_methods, reason = "it measures")]
#[pyfunction]
pub(crate) fn benchmark(
    py: Python<'_>,
    potential: &Potential,
    configuration: &Configuration,
    calls: usize,
    step: f64,
) -> PyResult<f64> {
    let mut structure = configuration.structure().clone();
    let start = structure.positions().to_vec();
    let count = start.len() as f64;
    let shift = |index: usize| DVec3::new(step * index as f64 / count, 0.0, 0.0);
    let displaced: Vec<DVec3> = start
        .iter()
        .enumerate()
        .map(|(index, it)| *it + shift(index))
        .collect();
    py.detach(|| {
        let mut potential = potential.lock();
        let before = Instant::now();
        for call in 0..calls {
            let positions = if call % 2 == 0 { &start } else { &displaced };
            structure.positions_mut().copy_from_slice(positions);
            std::hint::black_box(potential.evaluate(&structure)?);
        }
        Ok(before.elapsed().as_secs_f64())
    })
    .map_err(failed)
}
