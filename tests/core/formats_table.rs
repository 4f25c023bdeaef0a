//! The table of formats.

use mlipview_core::chem::format::Format::{self, *};
use mlipview_core::chem::format::{
    Compression, Configuration, FrameSelection, WriteError, read, write, write_as,
};

#[test]
fn every_format_has_exactly_one_row() {
    for format in [
        ExtendedXyz,
        PlainXyz,
        Pdb,
        Mol,
        Sdf,
        Mol2,
        Gro,
        Cube,
        Poscar,
        Xdatcar,
        Cif,
        Mmcif,
        Xtc,
        Dcd,
    ] {
        assert_eq!(format.info().format, format);
        let same = Format::all().filter(|other| *other == format);
        assert_eq!(same.count(), 1, "{}", format.title());
    }
}

#[test]
fn names_determine_the_format() {
    for (name, format) in [
        ("a.xyz", Some(ExtendedXyz)),
        ("folder.pdb/a.XYZ.GZ", Some(ExtendedXyz)),
        ("a.ent.gz", Some(Pdb)),
        ("a.cif", Some(Cif)),
        ("a.pdbx", Some(Mmcif)),
        ("POSCAR_old", Some(Poscar)),
        ("POSCAR.mol", Some(Mol)),
        ("AECCAR0", Some(Poscar)),
        ("run/XDATCAR_2", Some(Xdatcar)),
        ("a.vasp", Some(Poscar)),
        ("a.dcd", Some(Dcd)),
        ("a.gz", None),
        ("a.doc", None),
    ] {
        assert_eq!(Format::of_name(name), format, "{name}");
    }
}

#[test]
fn content_decides_between_formats_of_the_same_extension() {
    let crystal = b"data_x\n_cell_length_a 3\n";
    let protein = b"data_x\n_cell.length_a 3\n";
    assert_eq!(Format::of("a.cif", crystal), Some(Cif));
    assert_eq!(Format::of("a.cif", protein), Some(Mmcif));
}

#[test]
fn formats_without_a_writer_are_marked() {
    for format in Format::all().filter(|format| !format.info().is_written()) {
        let error = write_as(&[], format).unwrap_err().to_string();
        assert!(error.contains("are read, not written"), "{error}");
    }
}

/// VASP files with grids or trajectories are never written, nor is any other format under their names.
#[test]
fn the_error_of_a_format_without_a_writer_lists_those_with_one() {
    for (name, kind) in [
        ("CHGCAR", "CHGCAR"),
        ("run/LOCPOT", "LOCPOT"),
        ("AECCAR0", "AECCAR"),
        ("PARCHG", "PARCHG"),
        ("ELFCAR", "ELFCAR"),
        ("CHGCAR.vasp", "CHGCAR"),
        ("XDATCAR.vasp", "XDATCAR"),
        ("XDATCAR", "XDATCAR"),
        ("a.cube.gz", "cube"),
        ("a.xtc", "XTC"),
    ] {
        let error = write(&[Configuration::default()], name).unwrap_err();
        assert!(
            matches!(&error, WriteError::ReadOnly { format, .. } if format == kind),
            "{name}"
        );
        let message = error.to_string();
        for written in Format::all().filter(|format| format.info().is_written()) {
            let extension = written
                .info()
                .extensions
                .first()
                .copied()
                .unwrap_or_default();
            assert!(message.contains(extension), "{message}");
        }
    }
    assert_eq!(Format::to_write("CHGCAR.xyz"), Ok(ExtendedXyz));
    assert_eq!(Format::to_write("a.vasp"), Ok(Poscar));
}

#[test]
fn the_error_of_an_unknown_name_lists_all_extensions() {
    let error = read(b"?", "a", FrameSelection::ALL)
        .unwrap_err()
        .to_string();
    for extension in Format::all().filter_map(|format| format.info().extensions.first()) {
        assert!(error.contains(&format!(".{extension}")), "{error}");
    }
}

#[test]
fn the_readme_names_every_format_and_compression() {
    let readme = include_str!("../../README.md").to_lowercase();
    for format in Format::all() {
        assert!(
            readme.contains(&format.title().to_lowercase()),
            "{}",
            format.title()
        );
    }
    for compression in Compression::ALL {
        assert!(readme.contains(compression.extension()));
    }
}
