//! Trajectory files read by index: the frames are those of the readers of whole files.

use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use glam::DVec3;
use mlipview_core::chem::format::xyz::XyzIndexer;
use mlipview_core::chem::format::{
    Compression, Configuration, Format, FrameSelection, ParseError, read, read_trajectory, stream,
};
use mlipview_core::chem::{Element, Structure};
use mlipview_core::files::TrajectoryFile;
use mlipview_core::sim::timeline::{FrameSource, FrameSourceError};
use mlipview_core::trajectory::TrajectoryTimeline;
use proptest::prelude::*;
use tempfile::TempDir;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data");

/// A file with this content, in a folder that is removed afterwards.
fn file(name: &str, content: &[u8]) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(&path, content).unwrap();
    (folder, path)
}

/// A file after its search.
fn searched(path: &str, topology: Option<&Structure>) -> TrajectoryFile {
    let file = TrajectoryFile::open(path, topology.cloned().map(Arc::new)).unwrap();
    file.search();
    file
}

/// Oxygen atoms, which the trajectories of the tests are of.
fn oxygen(atoms: usize) -> Structure {
    Structure::new(vec![Element::O; atoms], vec![DVec3::ZERO; atoms]).unwrap()
}

/// The content of a configuration, without the notes of its reader.
fn without_notes(configuration: Configuration) -> Configuration {
    Configuration {
        notes: Default::default(),
        ..configuration
    }
}

/// The frames that a reader of the whole file gives before its first error.
fn streamed(content: &[u8], name: &str) -> (Vec<Configuration>, Option<ParseError>) {
    let owned = content.to_vec();
    let frames = stream(
        move || Ok(Cursor::new(owned.clone())),
        name,
        FrameSelection::ALL,
    );
    let mut whole = Vec::new();
    let frames = match frames {
        Ok(frames) => frames,
        Err(error) => return (whole, Some(error)),
    };
    for frame in frames {
        match frame {
            Ok(frame) => whole.push(without_notes(frame)),
            Err(error) => return (whole, Some(error)),
        }
    }
    (whole, None)
}

/// The frames of a file, by index.
fn indexed(file: &TrajectoryFile) -> Vec<Configuration> {
    let read = |index| without_notes(file.read(index).unwrap().unwrap());
    (0..file.len()).map(read).collect()
}

/// Requires that a file has the frames that the reader of whole files gives.
fn assert_frames_of_the_stream(name: &str, content: &[u8]) {
    let (whole, error) = streamed(content, name);
    let (_folder, path) = file(name, content);
    let file = searched(&path, None);
    match error {
        None => {
            assert_same(&indexed(&file), &whole, name);
            for (index, frame) in whole.iter().enumerate() {
                let energy = file.energy(index as u64);
                assert_eq!(energy, frame.energy, "{name}");
            }
        }
        Some(error) if whole.is_empty() => {
            // A file without frames, or whose first frame is damaged.
            let read = file.wait_for_first().and_then(|()| file.read(0));
            let ours = read.unwrap_err().to_string();
            if Compression::split(name).1.is_some() {
                return;
            }
            let theirs = error.to_string();
            let theirs = theirs.split_once(": expected").unwrap().1;
            assert!(ours.ends_with(theirs), "{ours}\n{theirs}");
        }
        Some(_) => {
            let read = |index| without_notes(file.read(index).unwrap().unwrap());
            let frames: Vec<Configuration> = (0..whole.len() as u64).map(read).collect();
            assert_same(&frames, &whole, name);
        }
    }
}

/// Requires that frames are the same; numbers that are not a number are, too.
fn assert_same(frames: &[Configuration], expected: &[Configuration], name: &str) {
    let is_same = frames == expected || format!("{frames:?}") == format!("{expected:?}");
    assert!(is_same, "{name}");
}

/// All files below a folder.
fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files_below(&path, found),
            false => found.push(path),
        }
    }
}

#[test]
fn every_structure_file_of_the_tests_has_the_frames_of_its_reader() {
    let mut files = Vec::new();
    files_below(Path::new(DATA), &mut files);
    let mut checked = 0;
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let format = Format::of_name(name);
        if format.is_none_or(|format| format.info().needs_topology()) {
            continue;
        }
        assert_frames_of_the_stream(name, &std::fs::read(&path).unwrap());
        checked += 1;
    }
    assert!(checked > 50, "{checked} files");
}

#[test]
fn every_trajectory_without_elements_has_the_frames_of_its_reader() {
    for (name, atoms) in [
        ("good/waters.xtc", 15),
        ("good/waters_coarse.xtc", 15),
        ("good/few.xtc", 6),
        ("good/charmm.dcd", 15),
        ("good/fixed.dcd", 15),
        ("good/xplor.dcd", 15),
        ("good/big_endian.dcd", 15),
        ("good/waters_cut.xtc", 15),
        ("good/charmm_cut.dcd", 15),
    ] {
        let path = format!("{DATA}/{name}");
        let content = std::fs::read(&path).unwrap();
        let topology = oxygen(atoms);
        let whole = read_trajectory(&content, &path, &topology, FrameSelection::ALL).unwrap();
        let whole: Vec<Configuration> = whole.into_iter().map(without_notes).collect();
        let file = searched(&path, Some(&topology));
        assert_eq!(indexed(&file), whole, "{name}");
        assert_eq!(file.search_error().is_some(), name.contains("_cut"));

        // The time is that of the reader, fs.
        let timeline = TrajectoryTimeline::open(&path, Some(Arc::new(topology))).unwrap();
        let time = whole[0].structure.info["time"].as_real().unwrap();
        assert_eq!(timeline.read(0).unwrap().time, time);
    }
}

/// A frame of argon atoms at drawn positions.
fn text_of_frame(coordinates: &[i16], comment: &str, end: &str, tail: &str) -> String {
    let atoms = coordinates.chunks_exact(3);
    let mut text = format!("{}{end}{comment}{end}", atoms.len());
    for row in atoms {
        let [x, y, z] = [0, 1, 2].map(|axis| f64::from(row[axis]) / 64.0);
        text.push_str(&format!("Ar {x} {y} {z}{end}"));
    }
    text.push_str(&tail.replace('\n', end));
    text
}

/// An XYZ file of frames with different numbers of atoms, comments and lines after them.
fn xyz_text() -> impl Strategy<Value = String> {
    let comments = [
        String::new(),
        "5".to_owned(),
        "energy=-1.5 Lattice=\"9 0 0 0 9 0 0 0 9\" step=3".to_owned(),
        "dipole=\"1 2 3\" energy = 2.5e3".to_owned(),
        "an energy of 3 in words".to_owned(),
        "x= energy=3".to_owned(),
        "energy=1 =2".to_owned(),
        "a='\"' energy=4 b=\"energy=5\"".to_owned(),
        "text=\"an energy=6\" pbc=\"T T T\" energy=-7.25e1".to_owned(),
        "energy=8 free_energy=9 energy=10".to_owned(),
        "energy=1.2.3".to_owned(),
        "energy=".to_owned(),
        format!("energy=1 text=\"{}\"", "word ".repeat(40_000)),
    ];
    let tails = [
        "",
        "",
        "\n",
        "\n\n \n",
        "VEC1 9 0 0\nVEC2 0 9 0\nVEC3 0 0 9\n",
        "frequencies of the modes\n12.5\t13\n",
    ];
    let frame = (
        proptest::collection::vec(any::<i16>(), 3..30),
        prop::sample::select(comments.to_vec()),
        prop::sample::select(tails.to_vec()),
    );
    let frames = proptest::collection::vec(frame, 1..12);
    let ends = prop::sample::select(vec!["\n", "\r\n"]);
    let mark = prop::sample::select(vec!["", "\u{feff}", "\n"]);
    (frames, ends, mark, any::<bool>()).prop_map(|(frames, end, mark, has_end)| {
        let frames = frames
            .iter()
            .map(|(coordinates, comment, tail)| text_of_frame(coordinates, comment, end, tail));
        let text = format!("{mark}{}", frames.collect::<String>());
        match has_end {
            true => text,
            false => text.trim_end().to_owned(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn frames_by_index_are_those_of_the_stream(text in xyz_text()) {
        assert_frames_of_the_stream("run.xyz", text.as_bytes());
    }

    #[test]
    fn frames_are_the_same_in_any_order(
        text in xyz_text(),
        order in proptest::collection::vec(0_usize..12, 1..40),
    ) {
        let (whole, _) = streamed(text.as_bytes(), "run.xyz");
        let (_folder, path) = file("run.xyz", text.as_bytes());
        let timeline = TrajectoryTimeline::open(&path, None).unwrap();
        wait(&timeline);
        for index in order.into_iter().map(|index| index % whole.len()) {
            let frame = timeline.read(index as u64).unwrap();
            let structure = &whole[index].structure;
            prop_assert_eq!(&frame.positions[..], structure.positions());
            prop_assert_eq!(&frame.cell, &structure.cell);
            prop_assert_eq!(frame.identity.elements(), structure.elements());
            prop_assert_eq!(frame.number, index as u64);
        }
    }

    #[test]
    fn a_slow_reader_finds_the_same_frames(text in xyz_text(), piece in 1_usize..9) {
        let spans = |piece: usize| {
            let mut indexer = XyzIndexer::new(Pieces { content: Cursor::new(text.clone()), piece });
            let mut spans = Vec::new();
            while let Some(frame) = indexer.next_frame().unwrap() {
                spans.push(frame);
            }
            spans
        };
        prop_assert_eq!(spans(piece), spans(usize::MAX));
    }

    #[test]
    fn random_bytes_do_not_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        start in prop::sample::select(vec!["", "2\n\nH 0 0 0\nH 0 0 1\n", "999999999999\n\n", "\x1f\x7b"]),
    ) {
        let content = [start.as_bytes(), &bytes].concat();
        for name in ["a.xyz", "a.xtc", "a.dcd", "a.pdb", "a.xyz.gz"] {
            assert_does_not_panic(name, &content);
        }
    }

    #[test]
    fn damaged_files_do_not_panic(
        at in any::<prop::sample::Index>(),
        bytes in proptest::collection::vec(any::<u8>(), 1..6),
    ) {
        for name in ["good/waters.xtc", "good/fixed.dcd", "good/few.xtc", "extxyz/water.extxyz"] {
            let mut content = std::fs::read(format!("{DATA}/{name}")).unwrap();
            let at = at.index(content.len());
            let end = (at + bytes.len()).min(content.len());
            content[at..end].copy_from_slice(&bytes[..end - at]);
            assert_does_not_panic(name.rsplit('/').next().unwrap(), &content);
        }
    }
}

/// Opens a file and reads all its frames; errors are allowed.
fn assert_does_not_panic(name: &str, content: &[u8]) {
    let (_folder, path) = file(name, content);
    for atoms in [6, 15] {
        let Ok(file) = TrajectoryFile::open(&path, Some(Arc::new(oxygen(atoms)))) else {
            continue;
        };
        file.search();
        assert_eq!(file.searched(), 1.0);
        for index in 0..file.len() {
            if let Ok(frame) = file.read(index) {
                frame.unwrap();
            }
        }
        assert!(file.read(file.len()).unwrap().is_none());
    }
}

/// A reader that gives a few bytes at a time.
struct Pieces {
    content: Cursor<String>,
    piece: usize,
}

impl BufRead for Pieces {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let available = self.content.fill_buf()?;
        Ok(&available[..available.len().min(self.piece)])
    }

    fn consume(&mut self, length: usize) {
        self.content.consume(length);
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.piece.min(buffer.len());
        self.content.read(&mut buffer[..length])
    }
}

impl Seek for Pieces {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.content.seek(position)
    }
}

/// Waits until all frames are found.
fn wait(timeline: &TrajectoryTimeline) {
    while timeline.searched() < 1.0 {
        std::thread::yield_now();
    }
}

#[test]
fn a_file_cut_at_any_byte_of_its_last_frame_has_the_frames_before() {
    let text =
        "2\nenergy=1\nH 0 0 0\nH 0 0 0.75\n1\n\nAr 0 0 1.25\n2\nenergy=3\nH 0 0 0\nH 0 0 1.75\n";
    let last = text.rfind("2\nenergy=3").unwrap();
    for end in last..=text.len() {
        let cut = &text.as_bytes()[..end];
        assert_frames_of_the_stream("run.xyz", cut);
        let (_folder, path) = file("run.xyz", cut);
        let file = searched(&path, None);
        let is_whole = end == last || file.len() == 3;
        assert_eq!(file.search_error().is_none(), is_whole, "{end}");
        if let Some(error) = file.search_error() {
            assert!(error.starts_with("the last frame is cut short"), "{error}");
        }
    }
    for (name, atoms) in [
        ("waters.xtc", 15),
        ("few.xtc", 6),
        ("charmm.dcd", 15),
        ("fixed.dcd", 15),
    ] {
        let content = std::fs::read(format!("{DATA}/good/{name}")).unwrap();
        let topology = oxygen(atoms);
        let all = searched(&format!("{DATA}/good/{name}"), Some(&topology)).len();
        for end in content.len() - content.len() / all as usize..content.len() {
            let cut = &content[..end];
            let whole = read_trajectory(cut, name, &topology, FrameSelection::ALL).unwrap();
            let (_folder, path) = file(name, cut);
            let file = searched(&path, Some(&topology));
            let whole: Vec<Configuration> = whole.into_iter().map(without_notes).collect();
            assert_eq!(indexed(&file), whole, "{name} {end}");
        }
    }
}

#[test]
fn frames_are_read_while_others_are_searched() {
    let rows: String = (0..100).map(|atom| format!("Ar 0 0 {atom}\n")).collect();
    let text: String = (0..2000)
        .map(|step| format!("100\nenergy={step}\n{rows}"))
        .collect();
    let (_folder, path) = file("run.xyz", text.as_bytes());
    let timeline = TrajectoryTimeline::open(&path, None).unwrap();
    let mut before = 0;
    while before < 2000 {
        let len = timeline.len();
        assert!(len >= before.max(1));
        assert_eq!(timeline.energy(len - 1), Some((len - 1) as f64));
        assert_eq!(timeline.read(len - 1).unwrap().positions[99].z, 99.0);
        before = len;
    }
    wait(&timeline);
    assert_eq!(timeline.search_error(), None);
    let past = timeline.read(2000).unwrap_err();
    let expected = FrameSourceError::NoSuchFrame {
        name: "run.xyz".to_owned(),
        index: 2000,
        len: 2000,
    };
    assert_eq!(past, expected);
}

#[test]
fn frames_after_a_damaged_one_are_read() {
    let frame = |step: u32| format!("2\nenergy={step}\nH 0 0 0\nH 0 0 {step}\n");
    for (damaged, line, expected) in [
        ("2\nenergy=1\nH 0 0 0\nH 0 x 1\n", 8, "found \"x\""),
        ("9\nenergy=1\nH 0 0 0\nH 0 0 1\n", 9, "9 rows of atoms"),
        (
            "99999999999\nenergy=1\nH 0 0 0\nH 0 0 1\n",
            9,
            "rows of atoms",
        ),
        (
            "2\nenergy=1\nH 0 0 0\nH 0 0 1\nH 0 0 2\n",
            9,
            "the number of atoms of the next frame",
        ),
    ] {
        let text = [&frame(0), damaged, &frame(2), &frame(3)].concat();
        let (_folder, path) = file("run.xyz", text.as_bytes());
        let file = searched(&path, None);
        assert_eq!((file.len(), file.search_error()), (4, None), "{damaged}");
        let error = file.read(1).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("{path}:{line}: expected ")),
            "{error}"
        );
        assert!(error.contains(expected), "{error}");
        for index in [0, 2, 3] {
            let frame = file.read(index).unwrap().unwrap();
            assert_eq!(frame.structure.positions()[1].z, index as f64);
            assert_eq!(file.energy(index), Some(index as f64));
        }
    }
}

#[test]
fn a_damaged_xtc_header_ends_the_search_with_a_sentence() {
    let mut content = std::fs::read(format!("{DATA}/good/waters.xtc")).unwrap();
    let topology = oxygen(15);
    let magic = 1995_u32.to_be_bytes();
    let is_magic = |at: &usize| content[*at..*at + 4] == magic;
    let third = (0..content.len() - 4).filter(is_magic).nth(2).unwrap();
    content[third] = 9;
    let (_folder, path) = file("a.xtc", &content);
    let file = searched(&path, Some(&topology));
    assert_eq!(file.len(), 2);
    let error = file.search_error().unwrap();
    assert!(error.contains(&format!("at byte {third}")), "{error}");
}

#[test]
fn a_compressed_or_reencoded_file_has_the_frames_of_the_plain_one() {
    let path = format!("{DATA}/good/compressed/waters.xyz");
    let plain = std::fs::read(&path).unwrap();
    let (whole, _) = streamed(&plain, "waters.xyz");
    let utf16 = String::from_utf8(plain.clone()).unwrap();
    let utf16: Vec<u8> = utf16.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut files = vec![(
        "waters.xyz".to_owned(),
        [&[0xff, 0xfe], &utf16[..]].concat(),
    )];
    for compression in Compression::ALL {
        let name = format!("waters.xyz.{}", compression.extension());
        files.push((name, compression.compress(&plain)));
    }
    for (name, content) in files {
        let (folder, path) = file(&name, &content);
        let file = searched(&path, None);
        assert_eq!(indexed(&file), whole, "{name}");
        assert_eq!((file.search_error(), file.searched()), (None, 1.0));
        // The copy has no name.
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let cut = &content[..content.len() * 3 / 4];
        assert_frames_of_the_stream(&name, cut);
    }
    let dcd = std::fs::read(format!("{DATA}/good/charmm.dcd")).unwrap();
    let xtc = std::fs::read(format!("{DATA}/good/waters.xtc")).unwrap();
    for (name, content) in [("a.dcd.gz", dcd), ("a.xtc.gz", xtc)] {
        let topology = oxygen(15);
        let whole = read_trajectory(&content, name, &topology, FrameSelection::ALL).unwrap();
        let (_folder, path) = file(name, &Compression::Gzip.compress(&content));
        assert_eq!(indexed(&searched(&path, Some(&topology))), whole);
    }
}

#[test]
fn a_compressed_file_that_is_cut_short_says_so() {
    let frames: String = (0..4000).map(|z| format!("1\n\nAr 0 0 {z}\n")).collect();
    let content = Compression::Gzip.compress(frames.as_bytes());
    let (_folder, path) = file("run.xyz.gz", &content[..content.len() / 2]);
    let file = searched(&path, None);
    assert!((1..4000).contains(&file.len()), "{}", file.len());
    let error = file.search_error().unwrap();
    assert!(error.contains("gzip file is cut short"), "{error}");
}

#[test]
fn a_file_that_is_changed_is_an_error() {
    let text = "1\n\nAr 0 0 0\n1\n\nAr 0 0 1\n";
    for changed in [
        "1\n\nAr 0 0 0\n",
        "",
        "1\n\nAr 0 0 7\n1\n\nAr 0 0 8\n1\n\nAr 0 0 9\n",
    ] {
        let (_folder, path) = file("run.xyz", text.as_bytes());
        let file = searched(&path, None);
        std::fs::write(&path, changed).unwrap();
        let error = file.read(1).unwrap_err().to_string();
        assert!(error.contains("its content has changed"), "{error}");
    }
    // Frames that are added are left out.
    let (_folder, path) = file("run.xyz", text.as_bytes());
    let file = searched(&path, None);
    std::fs::write(&path, format!("{text}1\n\nAr 0 0 2\n")).unwrap();
    assert_eq!(indexed(&file).len(), 2);
}

#[test]
fn frames_with_the_same_atoms_share_one_structure() {
    let frame = |step: u32, extra: &str| {
        format!(
            "2\nProperties=species:S:1:pos:R:3:charges:R:1 Lattice=\"{step} 0 0 0 9 0 0 0 9\" \
             energy={step} step={step}{extra}\nH 0 0 {step} 0.{step}\nH 0 0 9 0\n"
        )
    };
    let text = [
        frame(1, ""),
        frame(2, ""),
        frame(3, " charge=1"),
        frame(4, ""),
    ]
    .concat();
    let (_folder, path) = file("run.xyz", text.as_bytes());
    let timeline = TrajectoryTimeline::open(&path, None).unwrap();
    wait(&timeline);
    let frames = [0, 1, 2, 3].map(|index| timeline.read(index).unwrap());
    assert!(Arc::ptr_eq(&frames[0].identity, &frames[1].identity));
    assert!(Arc::ptr_eq(&frames[0].identity, &frames[3].identity));
    assert!(!Arc::ptr_eq(&frames[0].identity, &frames[2].identity));
    assert_eq!(frames[2].structure().charge, 1);
    assert_eq!(frames[3].structure().cell.unwrap().lengths()[0], 4.0);
    assert_eq!(frames.map(|frame| frame.step), [1, 2, 3, 4]);
}

#[test]
fn a_stopped_search_ends() {
    let (_folder, path) = file("run.xyz", b"1\n\nAr 0 0 0\n");
    let file = TrajectoryFile::open(&path, None).unwrap();
    file.stop();
    file.search();
    let error = file.wait_for_first().unwrap_err().to_string();
    assert!(error.contains("stopped"), "{error}");
}

#[test]
fn files_without_frames_are_errors() {
    let open = |path: &str| {
        TrajectoryTimeline::open(path, None)
            .unwrap_err()
            .to_string()
    };
    let (_folder, path) = file("empty.xyz", b"");
    assert_eq!(
        open(&path),
        format!("{path}: expected at least one frame, found none")
    );
    let (folder, path) = file("text.xyz", b"no trajectory\nat all\n");
    let expected = format!("{path}:1: expected the number of atoms, found \"no trajectory\"");
    assert_eq!(open(&path), expected);
    assert!(open(folder.path().to_str().unwrap()).contains("expected a regular file"));
    let missing = folder.path().join("none.xyz");
    assert!(open(missing.to_str().unwrap()).starts_with("cannot read "));
    let error = open(&format!("{DATA}/good/waters.xtc"));
    assert!(error.contains("expected a topology"), "{error}");
    let topology = Some(Arc::new(oxygen(3)));
    let error = TrajectoryTimeline::open(&format!("{DATA}/good/waters.xtc"), topology);
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("expected the 3 atoms of the topology"),
        "{error}"
    );
}

#[test]
fn other_formats_of_several_frames_are_served_from_memory() {
    for name in [
        "models.pdb",
        "models.mmcif",
        "molecules.sdf",
        "molecules.mol2",
    ] {
        let path = format!("{DATA}/good/{name}");
        let content = std::fs::read(&path).unwrap();
        let whole = read(&content, name, FrameSelection::ALL).unwrap();
        assert!(whole.len() > 1, "{name}");
        let timeline = TrajectoryTimeline::open(&path, None).unwrap();
        wait(&timeline);
        assert_eq!(timeline.len(), whole.len() as u64);
        for (index, frame) in whole.iter().enumerate() {
            let read = timeline.read(index as u64).unwrap();
            assert_eq!(read.positions, frame.structure.positions());
        }
    }
}
