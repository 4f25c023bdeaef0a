//! Files of samples.

use std::fs;
use std::path::Path;

use mlipview_telemetry::{MAX_SAMPLE_PATHS, SampleEvent, SampleFileError, SamplePaths};

fn named(paths: &[&str]) -> SamplePaths {
    let mut found = SamplePaths::default();
    for path in paths {
        found.add(&SampleEvent {
            path: (*path).to_owned(),
            ..SampleEvent::default()
        });
    }
    found
}

fn read(samples: &SamplePaths, path: &str, folder: &Path) -> Result<Vec<u8>, SampleFileError> {
    samples.find(path, Some(folder))?.read()
}

/// [12]
#[test]
fn a_named_file_inside_the_folder_is_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("samples")).unwrap();
    let file = folder.path().join("samples/a b.png");
    fs::write(&file, "picture").unwrap();
    let absolute = file.to_str().unwrap();
    let mut samples = named(&["samples/a b.png", absolute]);
    samples.add(&SampleEvent {
        path: "large.png".to_owned(),
        thumbnail_path: Some("samples/../samples/a b.png".to_owned()),
        ..SampleEvent::default()
    });
    for path in [
        "samples/a b.png",
        absolute,
        absolute.strip_prefix('/').unwrap_or(absolute),
        "samples/../samples/a b.png",
    ] {
        assert_eq!(
            read(&samples, path, folder.path()).unwrap(),
            b"picture",
            "{path}"
        );
    }
    let file = samples
        .find("samples/a b.png", Some(folder.path()))
        .unwrap();
    assert_eq!(file.media_type(), "image/png");
}

/// [12]
#[test]
fn a_file_that_no_sample_names_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret"), "secret").unwrap();
    let samples = named(&["a.png"]);
    for path in ["secret", "./a.png", "../secret", "", "/"] {
        let error = read(&samples, path, folder.path()).unwrap_err();
        assert!(
            matches!(error, SampleFileError::Unknown(_)),
            "{path}: {error}"
        );
    }
    let error = samples.find("a.png", None).unwrap_err();
    assert!(matches!(error, SampleFileError::NoFolder), "{error}");
    let error = read(&samples, "a.png", folder.path()).unwrap_err();
    assert!(matches!(error, SampleFileError::File { .. }), "{error}");
}

/// [12]
#[test]
fn a_named_file_outside_of_the_folder_is_not_read_even_by_a_link() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("run");
    fs::create_dir(&folder).unwrap();
    let secret = outer.path().join("secret");
    fs::write(&secret, "secret").unwrap();
    let mut paths = vec!["../secret", secret.to_str().unwrap()];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&secret, folder.join("link.png")).unwrap();
        paths.push("link.png");
    }
    let samples = named(&paths);
    for path in paths {
        let error = read(&samples, path, &folder).unwrap_err();
        assert!(
            matches!(error, SampleFileError::Outside(_)),
            "{path}: {error}"
        );
    }
    let samples = named(&["."]);
    let error = read(&samples, ".", &folder).unwrap_err();
    assert!(matches!(error, SampleFileError::File { .. }), "{error}");
}

/// [12]
#[test]
fn the_newest_paths_are_kept() {
    let mut samples = SamplePaths::default();
    for number in 0..=MAX_SAMPLE_PATHS {
        samples.add(&SampleEvent {
            path: number.to_string(),
            ..SampleEvent::default()
        });
    }
    let is_known = |path: &str| samples.find(path, Some(Path::new("."))).is_ok();
    assert!(!is_known("0"));
    assert!(is_known("1") && is_known(&MAX_SAMPLE_PATHS.to_string()));
}
