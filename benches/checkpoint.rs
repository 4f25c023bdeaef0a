//! Time to open a large checkpoint and merge its experts, compared to reading the same bytes once.
//!
//! `cargo bench --no-default-features --bench checkpoint` makes a model of the shape of uma-s-1p1
//! with random weights (587 MB, in the folder of temporary files) and removes it; `-- PATH` uses an
//! existing file.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench prints what the clock says, and fails where it cannot"
)]

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use mlipview_uma::checkpoint::{Checkpoint, Configuration};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

fn main() {
    let given = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let folder = tempfile::tempdir().unwrap();
    let path = given.map_or_else(|| write_model(folder.path()), PathBuf::from);

    println!("resident before           {:>8.1} MB", resident());
    let (checkpoint, seconds) = timed(|| Checkpoint::open(&path).unwrap());
    println!("open                      {:>8.1} ms", 1e3 * seconds);
    println!("resident when open        {:>8.1} MB", resident());

    let bytes = weights(&checkpoint);
    // The first read is from the disk, the second from the page cache, which counts.
    read_once(&path, bytes);
    let (_, reading) = timed(|| read_once(&path, bytes));
    println!(
        "read {:>6.0} MB of it once  {:>8.1} ms",
        bytes as f64 / 1e6,
        1e3 * reading
    );
    for round in ["first", "second"] {
        let (merged, merging) = timed(|| merge(&checkpoint));
        println!(
            "merge experts, {round:<6}     {:>8.1} ms: {:.2} times reading, {:.0} MB merged",
            1e3 * merging,
            merging / reading,
            merged as f64 / 1e6
        );
    }
    println!("resident with its pages   {:>8.1} MB", resident());
    checkpoint.release_pages();
    println!("resident after release    {:>8.1} MB", resident());
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed().as_secs_f64())
}

/// Bytes of the layers with experts.
fn weights(checkpoint: &Checkpoint) -> u64 {
    let experts = checkpoint.configuration().tensors();
    let experts = experts.filter(|(name, _)| has_experts(name));
    4 * experts
        .map(|(_, shape)| shape.iter().product::<usize>() as u64)
        .sum::<u64>()
}

fn has_experts(name: &str) -> bool {
    name.contains("so2_conv") && name.ends_with(".weights")
}

/// Merges all experts of all layers; returns the bytes of the result.
fn merge(checkpoint: &Checkpoint) -> usize {
    let experts = checkpoint.configuration().experts;
    let mut bytes = 0;
    for name in checkpoint.names().filter(|name| has_experts(name)) {
        let tensor = checkpoint.tensor(name).unwrap();
        let mut merged = vec![0.0_f32; tensor.count() / experts];
        for expert in 0..experts {
            tensor
                .part(expert)
                .add_scaled(1.0 / experts as f32, &mut merged);
        }
        bytes += 4 * black_box(merged).len();
    }
    bytes
}

/// Reads `bytes` bytes of a file through a buffer.
fn read_once(path: &Path, bytes: u64) {
    let inner = path.join("weights.safetensors");
    let path = if path.is_dir() { &inner } else { path };
    let mut file = File::open(path).unwrap().take(bytes);
    let mut buffer = vec![0; 1 << 20];
    while file.read(&mut buffer).unwrap() > 0 {
        black_box(&buffer);
    }
}

/// Resident memory of this process, MB; NaN if unknown.
fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    number.map_or(f64::NAN, |kibibytes| kibibytes * 1024.0 / 1e6)
}

/// Writes a model with the shape of uma-s-1p1 and the other settings of the smallest reference model.
fn write_model(folder: &Path) -> PathBuf {
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/uma/tiny-1p1");
    let mut large: Configuration = Checkpoint::open(&small).unwrap().configuration().clone();
    large.sphere_channels = 128;
    large.hidden_channels = 128;
    large.edge_channels = 128;
    large.distances = 64;
    large.layers = 4;
    large.experts = 32;

    let config = fs::read(small.join("config.json")).unwrap();
    let mut config: Value = serde_json::from_slice(&config).unwrap();
    let backbone = &mut config["model_config"]["backbone"];
    for (key, value) in [
        ("sphere_channels", 128),
        ("hidden_channels", 128),
        ("edge_channels", 128),
        ("num_distance_basis", 64),
        ("num_layers", 4),
        ("num_experts", 32),
    ] {
        backbone[key] = json!(value);
    }
    fs::write(folder.join("config.json"), config.to_string()).unwrap();

    let (mut header, mut end) = (serde_json::Map::new(), 0);
    for (name, shape) in large.tensors() {
        let start = end;
        end += 4 * shape.iter().product::<usize>();
        let tensor = json!({"dtype": "F32", "shape": shape, "data_offsets": [start, end]});
        header.insert(name, tensor);
    }
    let header = Value::Object(header).to_string();
    let file = File::create(folder.join("weights.safetensors")).unwrap();
    let mut file = BufWriter::with_capacity(1 << 20, file);
    file.write_all(&(header.len() as u64).to_le_bytes())
        .unwrap();
    file.write_all(header.as_bytes()).unwrap();
    let mut random = ChaCha8Rng::seed_from_u64(1);
    for _ in 0..end / 4 {
        let weight: f32 = random.random_range(-0.1..0.1);
        file.write_all(&weight.to_le_bytes()).unwrap();
    }
    file.flush().unwrap();
    folder.to_path_buf()
}
