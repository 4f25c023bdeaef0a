//! File formats.

/// File format; [`Format::info`] has its properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// XYZ with key=value pairs in its comment line, as written by ASE. The reader accepts plain XYZ,
    /// too.
    ExtendedXyz,
    /// XYZ with a free comment: elements and positions only.
    PlainXyz,
    /// VASP structure: POSCAR and CONTCAR, and the header of grid files (CHGCAR, LOCPOT).
    Poscar,
    /// VASP trajectory: positions and cell only.
    Xdatcar,
    /// Protein Data Bank format with fixed columns.
    Pdb,
    /// Crystallographic Information File of small molecules and crystals.
    Cif,
    /// Macromolecular CIF.
    Mmcif,
    /// MDL molfile, V2000 or V3000.
    Mol,
    /// SD file: molfiles with data fields.
    Sdf,
    /// GROMACS structure with fixed columns.
    Gro,
    /// Tripos molecule with bond orders and partial charges.
    Mol2,
    /// Gaussian cube; only the structure is read.
    Cube,
    /// GROMACS compressed trajectory: positions and cell only.
    Xtc,
    /// CHARMM and NAMD trajectory: positions and cell only.
    Dcd,
}

impl Format {
    /// Length of the beginning of a file from which its format is detected, bytes.
    pub const SNIFF_LENGTH: usize = 64 * 1024;
}
