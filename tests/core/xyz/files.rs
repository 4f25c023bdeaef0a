//! Files on disk: streaming, compression, atomic replacement.

use std::fs;
use std::path::PathBuf;

use glam::DVec3;
use mlipview_core::chem::format::{Configuration, FrameSelection};
use mlipview_core::chem::{Element, Structure};
use mlipview_core::files::{self, TrajectoryWriter};

/// A temporary folder, removed at the end of the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("mlipview_{name}_{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// One atom at x = 0, 1, 2, …
fn frames(count: usize) -> Vec<Configuration> {
    let frame = |x: usize| Structure::new(vec![Element::H], vec![x as f64 * DVec3::X]).unwrap();
    (0..count).map(|x| frame(x).into()).collect()
}

#[test]
fn files_are_read_as_they_were_written() {
    let folder = Folder::new("written");
    for name in ["a.xyz", "a.extxyz.gz", "A.XYZ.GZ"] {
        let path = folder.path(name);
        files::write(&path, &frames(7)).unwrap();
        assert_eq!(files::read(&format!("{path}@:")).unwrap(), frames(7));
        assert_eq!(files::read(&path).unwrap(), frames(7)[6..]);
        assert_eq!(
            files::read(&format!("{path}@-3:-1")).unwrap(),
            frames(7)[4..6]
        );
        assert_eq!(files::read(&format!("{path}@1")).unwrap(), frames(7)[1..2]);
        let mut backwards = files::read(&format!("{path}@::-1")).unwrap();
        backwards.reverse();
        assert_eq!(backwards, frames(7));
    }
    // The name may have no extension.
    fs::copy(folder.path("a.extxyz.gz"), folder.path("b")).unwrap();
    assert_eq!(files::read(&folder.path("b@2")).unwrap(), frames(7)[2..3]);
}

#[test]
fn errors_name_the_file() {
    let folder = Folder::new("errors");
    let path = folder.path("a.xyz");
    assert!(
        files::read(&path)
            .unwrap_err()
            .to_string()
            .starts_with(&format!("cannot read {path}"))
    );
    fs::write(&path, "1\n\nH 0 0 0\n1\n\n?\n").unwrap();
    let error = files::read(&path).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("{path}:6: expected an element for species, found \"?\"")
    );
    let error = files::read(&format!("{path}@2")).unwrap_err().to_string();
    assert!(error.contains("the 2 frames"), "{error}");
}

#[test]
fn a_file_whose_name_looks_like_a_selection_is_found() {
    let folder = Folder::new("names");
    let path = folder.path("a@1");
    fs::write(&path, "1\n\nH 0 0 0\n").unwrap();
    assert_eq!(files::read(&path).unwrap(), frames(1));
    assert_eq!(files::read(&format!("{path}@0")).unwrap(), frames(1));
}

#[test]
fn a_file_appears_when_it_is_complete() {
    let folder = Folder::new("whole");
    let path = folder.path("a.xyz");
    fs::write(&path, "what was there").unwrap();
    let mut trajectory = TrajectoryWriter::create(&path).unwrap();
    trajectory.push(&frames(1)[0]).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"what was there");
    assert_eq!(folder.names(), ["a.xyz", "a.xyz.part"]);
    drop(trajectory);
    assert_eq!(folder.names(), ["a.xyz"]);
    assert_eq!(fs::read(&path).unwrap(), b"what was there");
    files::write(&path, &frames(2)).unwrap();
    assert_eq!(folder.names(), ["a.xyz"]);
    assert_eq!(files::read(&format!("{path}@:")).unwrap(), frames(2));
}

#[test]
fn an_unknown_extension_is_an_error_before_anything_is_written() {
    let folder = Folder::new("refused");
    let error = files::write(&folder.path("a.doc"), &frames(1))
        .unwrap_err()
        .to_string();
    assert!(error.contains("unknown format of"), "{error}");
    assert!(folder.names().is_empty());
}

#[test]
fn every_selection_can_be_streamed() {
    let folder = Folder::new("streams");
    let path = folder.path("a.xyz");
    files::write(&path, &frames(5)).unwrap();
    for (selection, picked) in [
        ("::2", vec![0, 2, 4]),
        ("-2:", vec![3, 4]),
        ("3:0:-1", vec![3, 2, 1]),
    ] {
        let stream = files::frames(&path, FrameSelection::parse(selection).unwrap()).unwrap();
        let x = stream.map(|frame| frame.unwrap().structure.positions()[0].x as usize);
        assert_eq!(x.collect::<Vec<_>>(), picked, "@{selection}");
    }
}
