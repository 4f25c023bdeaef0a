#![no_main]

use glam::DVec3;
use mlipview::chem::format::{Selection, read_trajectory};
use mlipview::chem::{Element, Structure};

// The first byte is the number of atoms of the topology; the rest is an XTC or DCD file.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((&atoms, content)) = bytes.split_first() else {
        return;
    };
    let atoms = usize::from(atoms);
    let Ok(topology) = Structure::new(vec![Element::H; atoms], vec![DVec3::ZERO; atoms]) else {
        return;
    };
    if let Ok(frames) = read_trajectory(content, "a", &topology, Selection::ALL) {
        assert!(frames.iter().all(|frame| frame.structure.len() == atoms));
    }
});
