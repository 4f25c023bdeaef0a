//! The formats, and how to tell which one a file is in.

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// XYZ with key=value pairs in its comment line, as ASE and many others write it. The reader
    /// takes plain XYZ as well.
    ExtendedXyz,
    /// XYZ with a free comment: elements and positions only.
    PlainXyz,
    /// The crystal structure of VASP: POSCAR and CONTCAR.
    Poscar,
    /// Protein Data Bank, the fixed-column format.
    Pdb,
    /// The macromolecular form of CIF, with dots in its names.
    Mmcif,
    /// The Crystallographic Information File of small molecules and crystals.
    Cif,
    /// MDL molfile, V2000 or V3000.
    Mol,
    /// Molfiles in a row, with data.
    Sdf,
    /// Compressed trajectory of GROMACS: positions and cell only.
    Xtc,
    /// Trajectory of CHARMM and NAMD: positions and cell only.
    Dcd,
}

impl Format {
    /// Bytes of a file that are looked at to find its format.
    pub const LOOKED_AT: usize = 64 * 1024;

    /// The format of a file, by its name and, where the name says nothing or too little, by its
    /// content (already decompressed).
    pub fn of(name: &str, content: &[u8]) -> Option<Format> {
        match Format::of_name(name) {
            // Both kinds of CIF are called .cif; only one has dots in its names.
            Some(Format::Cif) => Some(cif_kind(content)),
            Some(format) => Some(format),
            None => Format::of_content(content),
        }
    }

    /// The format that a file's name stands for, any folder and `.gz` aside; `None` if it is none
    /// that we know.
    pub fn of_name(name: &str) -> Option<Format> {
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let lower = base.to_ascii_lowercase();
        let lower = lower.strip_suffix(".gz").unwrap_or(&lower);
        let extension = lower
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension);
        let format = match extension {
            "xyz" | "extxyz" => Format::ExtendedXyz,
            "vasp" | "poscar" | "contcar" => Format::Poscar,
            "pdb" | "ent" => Format::Pdb,
            "mmcif" | "pdbx" => Format::Mmcif,
            "cif" | "mcif" => Format::Cif,
            "mol" => Format::Mol,
            "sdf" | "sd" => Format::Sdf,
            "xtc" => Format::Xtc,
            "dcd" => Format::Dcd,
            _ if lower.contains("poscar") || lower.contains("contcar") => Format::Poscar,
            _ => return None,
        };
        Some(format)
    }

    /// The format that a file's beginning looks like; `None` if it looks like none that we know.
    pub fn of_content(content: &[u8]) -> Option<Format> {
        // Two numbers start an XTC frame: the second, one too large for 32-bit lengths.
        if [1995u32, 2023]
            .iter()
            .any(|magic| content.starts_with(&magic.to_be_bytes()))
        {
            return Some(Format::Xtc);
        }
        if content.get(4..8) == Some(b"CORD") || content.get(8..12) == Some(b"CORD") {
            return Some(Format::Dcd);
        }
        let head = String::from_utf8_lossy(&content[..content.len().min(Self::LOOKED_AT)]);
        let lines: Vec<&str> = head.lines().collect();
        if looks_like_molfile(&lines) {
            let several = lines.iter().any(|line| line.starts_with("$$$$"));
            return Some(if several { Format::Sdf } else { Format::Mol });
        }
        if looks_like_xyz(&lines) {
            return Some(Format::ExtendedXyz);
        }
        if looks_like_poscar(&lines) {
            return Some(Format::Poscar);
        }
        if lines.iter().any(|line| line.starts_with("data_")) {
            return Some(cif_kind(content));
        }
        looks_like_pdb(&lines).then_some(Format::Pdb)
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Format::ExtendedXyz => "extended XYZ",
            Format::PlainXyz => "plain XYZ",
            Format::Poscar => "POSCAR",
            Format::Pdb => "PDB",
            Format::Mmcif => "mmCIF",
            Format::Cif => "CIF",
            Format::Mol => "MOL",
            Format::Sdf => "SDF",
            Format::Xtc => "XTC",
            Format::Dcd => "DCD",
        }
    }
}

/// mmCIF names its items `_category.item`, CIF `_category_item`.
fn cif_kind(content: &[u8]) -> Format {
    let text = String::from_utf8_lossy(content);
    let dotted = text.lines().any(|line| {
        let name = line.split_whitespace().next().unwrap_or_default();
        name.starts_with("_atom_site.") || name.starts_with("_cell.")
    });
    if dotted { Format::Mmcif } else { Format::Cif }
}

fn looks_like_molfile(lines: &[&str]) -> bool {
    let counts = lines.get(3).copied().unwrap_or_default();
    counts.contains("V2000") || counts.contains("V3000")
}

/// A number of atoms alone, a comment, then rows of at least four words.
fn looks_like_xyz(lines: &[&str]) -> bool {
    let count = lines.first().and_then(|line| line.trim().parse().ok());
    match count {
        Some(0usize) => true,
        Some(_) => lines
            .get(2)
            .is_some_and(|row| row.split_whitespace().count() >= 4),
        None => false,
    }
}

/// A comment, a scale (or one for each axis), then three vectors.
fn looks_like_poscar(lines: &[&str]) -> bool {
    let numbers = |line: &&str| {
        line.split_whitespace()
            .take_while(|word| word.parse::<f64>().is_ok())
            .count()
    };
    let scales = lines.get(1).map_or(0, numbers);
    let vectors = lines.get(2..5).unwrap_or_default();
    (scales == 1 || scales == 3)
        && vectors.len() == 3
        && vectors.iter().all(|vector| numbers(vector) >= 3)
}

fn looks_like_pdb(lines: &[&str]) -> bool {
    const RECORDS: [&str; 8] = [
        "ATOM  ", "HETATM", "CRYST1", "HEADER", "MODEL ", "REMARK", "TITLE ", "COMPND",
    ];
    lines
        .iter()
        .any(|line| RECORDS.iter().any(|record| line.starts_with(record)))
}
