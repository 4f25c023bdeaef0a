//! `mlipview pack`.

use super::folder;
use crate::program::{error_message, json_lines, mlipview, text};

#[test]
fn pack_writes_a_box_of_molecules_at_a_density() {
    let folder = folder();
    let line = "pack water:30 ethanol:5 --density 0.9 -o box.xyz --json";
    let packed = mlipview(&folder, &line.split(' ').collect::<Vec<_>>());
    assert!(packed.status.success(), "{}", text(&packed.stderr));
    let report = &json_lines(&packed)[0];
    assert_eq!(report["molecules"], 35);
    assert!((report["density"].as_f64().unwrap() - 0.9).abs() < 1e-9);
    assert!(report["smallest_distance"].as_f64().unwrap() >= 2.0);
    let info = json_lines(&mlipview(&folder, &["info", "box.xyz", "--json"]));
    assert_eq!(info[0]["formula"], "C10H90O35");
}

#[test]
fn a_shell_without_a_number_has_as_many_molecules_as_the_density_gives() {
    let folder = folder();
    let line = "pack water --around library:caffeine --shell 6 --density 1 -o drop.xyz --json";
    let packed = mlipview(&folder, &line.split(' ').collect::<Vec<_>>());
    assert!(packed.status.success(), "{}", text(&packed.stderr));
    let report = &json_lines(&packed)[0];
    assert!(
        (50..120).contains(&report["molecules"].as_u64().unwrap()),
        "{report}"
    );
    assert!(report["volume"].is_null() && report["density"].is_null());
}

#[test]
fn what_pack_cannot_do_is_refused_with_a_remedy() {
    let folder = folder();
    for (line, remedy) in [
        ("pack water --density 1 -o a.xyz", "give their number"),
        (
            "pack water:9 --box 20 --density 1 -o a.xyz",
            "leave out one",
        ),
        ("pack water:5 --box 20x20 -o a.xyz", "20x20x40"),
        ("pack water:5 --box 3 -o a.xyz", "make it larger"),
        ("pack water:5 --inside water -o a.xyz", "has no cell"),
        (
            "pack water:64 --density 3 --max-steps 200 -o a.xyz",
            "lower the density",
        ),
    ] {
        let refused = mlipview(&folder, &line.split(' ').collect::<Vec<_>>());
        assert!(
            error_message(&refused).contains(remedy),
            "{line}: {}",
            error_message(&refused)
        );
        assert!(!folder.path().join("a.xyz").exists());
    }
}
