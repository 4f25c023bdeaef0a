//! `mlipview convert`.

use super::{folder, write_copper};
use crate::program::{json_lines, mlipview, text};

#[test]
fn convert_writes_a_supercell_as_poscar() {
    let folder = folder();
    write_copper(&folder);
    let convert = mlipview(
        &folder,
        &["convert", "cu.xyz", "POSCAR", "--repeat", "2x1x1"],
    );
    assert!(convert.status.success(), "{}", text(&convert.stderr));
    let info = json_lines(&mlipview(&folder, &["info", "POSCAR", "--json"]));
    assert_eq!(info[0]["formula"], "Cu64");
    assert!((info[0]["volume"].as_f64().unwrap() - 2.0 * 7.4_f64.powi(3)).abs() < 1e-6);
}

/// Written by `convert`, then truncated to two thirds.
#[test]
fn a_truncated_compressed_file_is_converted_with_a_note() {
    let folder = folder();
    let frame = |number: u64| {
        format!(
            "1\n\nAr {} {} 0\n",
            number * 7919 % 1000,
            number * 104_729 % 1000
        )
    };
    let frames: String = (0..100).map(frame).collect();
    std::fs::write(folder.path().join("run.xyz"), frames).unwrap();
    let pack = mlipview(&folder, &["convert", "run.xyz", "run.xyz.gz"]);
    assert!(pack.status.success(), "{}", text(&pack.stderr));
    let path = folder.path().join("run.xyz.gz");
    let packed = std::fs::read(&path).unwrap();
    std::fs::write(&path, &packed[..packed.len() * 2 / 3]).unwrap();
    let convert = mlipview(&folder, &["convert", "run.xyz.gz", "some.xyz"]);
    let written = text(&convert.stdout);
    let count = written.split(' ').next().unwrap().parse::<usize>().unwrap();
    assert!((1..100).contains(&count), "{written}");
    let notes = text(&convert.stderr);
    assert!(notes.contains("the gzip file is cut short"), "{notes}");
}
