//! File formats.

/// File format; [`Format::info`] has its properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// XYZ with key=value pairs in its comment line, as ASE and many others write it. The reader
    /// takes plain XYZ as well.
    ExtendedXyz,
    /// XYZ with a free comment: elements and positions only.
    PlainXyz,
    /// The crystal structure of VASP: POSCAR and CONTCAR, and the head of its files of grids (CHGCAR,
    /// LOCPOT).
    Poscar,
    /// Trajectory of VASP: positions and cell only.
    Xdatcar,
    /// Protein Data Bank, the fixed-column format.
    Pdb,
    /// The Crystallographic Information File of small molecules and crystals.
    Cif,
    /// The macromolecular form of CIF, with dots in its names.
    Mmcif,
    /// MDL molfile, V2000 or V3000.
    Mol,
    /// Molfiles in a row, with data.
    Sdf,
    /// Structures of GROMACS, in fixed columns.
    Gro,
    /// Molecules of Tripos, with bond orders and partial charges.
    Mol2,
    /// Gaussian cube, of which the structure is read.
    Cube,
    /// Compressed trajectory of GROMACS: positions and cell only.
    Xtc,
    /// Trajectory of CHARMM and NAMD: positions and cell only.
    Dcd,
}

impl Format {
    /// Bytes of a file that are looked at to find its format.
    pub const LOOKED_AT: usize = 64 * 1024;
}
