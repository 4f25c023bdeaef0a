//! Fuzz target: XTC and DCD readers.
#![no_main]

use glam::DVec3;
use mlipview_core::chem::format::{FrameSelection, read_trajectory};
use mlipview_core::chem::{Element, Structure};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    // The numbers of atoms in the seeds.
    for atoms in [6, 15] {
        let topology = Structure::new(vec![Element::H; atoms], vec![DVec3::ZERO; atoms])
            .expect("atoms at the origin are a structure");
        if let Ok(frames) = read_trajectory(bytes, "a", &topology, FrameSelection::ALL) {
            assert!(frames.iter().all(|frame| frame.structure.len() == atoms));
        }
    }
});
