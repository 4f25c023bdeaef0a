//! The matrix product of learned potentials relative to peak performance, for each instruction set.
//!
//! ```text
//! cargo bench --no-default-features --bench product
//! cargo bench --no-default-features --bench product -- --least 0.2
//! ```
//!
//! The shapes are those of uma-s-1p1: the rows of a block of edges by the matrices of one layer,
//! forward. The peak is that of a loop of multiply-adds in registers with the same instructions, on the
//! same core; both are the best of many short runs, so that other processes do not matter. With
//! `--least`, the bench fails if any instruction set reaches less than this share of its peak, over all
//! shapes of f32, which finds products that are not vectorized. Prints a table in Markdown.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench reads the clock and prints, and has no one to hand an error to"
)]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use mlipview_core::potential::simd::{Float, InstructionSet, Lanes, Layout, Matrix, Output, Simd};

/// Rows, inputs, outputs.
const SHAPES: [[usize; 3]; 8] = [
    [32, 64, 128],
    [32, 128, 128],
    [32, 128, 1_536],
    [32, 768, 640],
    [32, 512, 256],
    [32, 256, 128],
    [32, 384, 384],
    [6, 768, 640],
];

/// Accumulators of the peak loop: enough to hide the latency of an addition.
const CHAINS: usize = 12;

/// Duration and number of runs: short enough to fit between interruptions.
const TRY: Duration = Duration::from_micros(200);
const TRIES: usize = 200;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().collect();
    let least = words.iter().position(|word| word == "--least");
    let least: f64 = least.map_or(0.0, |at| words[at + 1].parse().unwrap());
    println!("| CPU | numbers | rows × inputs × outputs | GFLOP/s | of the peak |");
    println!("|---|---|---|---|---|");
    let mut enough = true;
    for instruction_set in InstructionSet::available() {
        enough &= measure::<f32>(instruction_set, "f32") >= least;
        measure::<f64>(instruction_set, "f64");
    }
    if enough {
        return ExitCode::SUCCESS;
    }
    println!("\nFAILED: a product reaches less than {least} of the peak: is it still vectorized?");
    ExitCode::FAILURE
}

/// Prints a line for each shape, and one for all; returns the share of the peak over all.
fn measure<T: Float + From<f32>>(instruction_set: InstructionSet, numbers: &str) -> f64 {
    let peak = peak::<T>(instruction_set);
    let line = |shape: &str, speed: f64| {
        let (name, share) = (instruction_set.name(), speed / peak);
        println!("| {name} | {numbers} | {shape} | {speed:.1} | {share:.2} |");
    };
    line("peak", peak);
    let (mut operations, mut time) = (0.0, 0.0);
    for [count, inputs, outputs] in SHAPES {
        let speed = speed::<T>(instruction_set, count, inputs, outputs);
        line(&format!("{count} × {inputs} × {outputs}"), speed);
        let of_shape = 2.0 * (count * inputs * outputs) as f64;
        operations += of_shape;
        time += of_shape / speed;
    }
    line("all", operations / time);
    operations / time / peak
}

/// GFLOP/s of a product.
fn speed<T: Float + From<f32>>(
    instruction_set: InstructionSet,
    count: usize,
    inputs: usize,
    outputs: usize,
) -> f64 {
    let number = |at: usize| T::from((at % 97) as f32 / 97.0);
    let matrix = Matrix::from_fn(inputs, outputs, |row, column| number(31 * row + column));
    let x: Vec<T> = (0..count * inputs).map(number).collect();
    let mut y = vec![T::ZERO; count * outputs];
    let (from, to) = (Layout::rows(0, inputs), Layout::rows(0, outputs));
    let time = fastest(|| {
        matrix.product_on(
            instruction_set,
            count,
            (&x, from),
            (&mut y, to),
            Output::Replace,
        );
        black_box(&y);
    });
    2e-9 * (count * inputs * outputs) as f64 / time
}

/// GFLOP/s of multiply-adds in registers.
fn peak<T: Float + From<f32>>(instruction_set: InstructionSet) -> f64 {
    match instruction_set {
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx512(simd) => peak_of::<T, _>(simd),
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx2(simd) => peak_of::<T, _>(simd),
        InstructionSet::Portable(simd) => peak_of::<T, _>(simd),
    }
}

fn peak_of<T: Float + From<f32>, S: Simd>(simd: S) -> f64 {
    const STEPS: usize = 1_000;
    let time = fastest(|| {
        simd.vectorize(
            #[inline(always)]
            |simd| black_box(multiply_adds(T::lanes(simd), STEPS)),
        );
    });
    2e-9 * (STEPS * CHAINS * <T::Lanes<S> as Lanes<T>>::LANES) as f64 / time
}

#[inline(always)]
fn multiply_adds<T: Float + From<f32>, L: Lanes<T>>(simd: L, steps: usize) -> L::Vector {
    let number = |value: f32| simd.splat(black_box(T::from(value)));
    let (factor, addend) = (number(0.5), number(0.25));
    let mut sums = [addend; CHAINS];
    for _ in 0..steps {
        for sum in &mut sums {
            *sum = simd.mul_add(*sum, factor, addend);
        }
    }
    sums.into_iter().fold(
        addend,
        #[inline(always)]
        |sum, next| simd.add(sum, next),
    )
}

/// The shortest time of `work`, s.
fn fastest(mut work: impl FnMut()) -> f64 {
    let began = Instant::now();
    work();
    let calls = TRY.as_secs_f64() / began.elapsed().as_secs_f64().max(1e-7);
    let calls = calls.ceil() as u32;
    let times = (0..TRIES).map(|_| {
        let began = Instant::now();
        for _ in 0..calls {
            work();
        }
        began.elapsed().as_secs_f64() / f64::from(calls)
    });
    times.fold(f64::INFINITY, f64::min)
}
