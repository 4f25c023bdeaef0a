//! Settings of a packing: molecules with their numbers, and the region that they fill.

use glam::DVec3;
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::FrameSelection;
use mlipview_core::files::{FileError, Source, SourceError};
use mlipview_core::packing::{Mixture, PackingError, PackingSettings, Region};

/// The most kinds of molecules.
pub const MAX_KINDS: usize = 8;

/// A kind of molecule, and how many.
#[derive(Clone, Debug, PartialEq)]
pub struct MoleculeRow {
    /// Key of a built-in structure, `smiles:TEXT` or a file.
    pub source: String,
    /// How many; `None` for as many as the density gives.
    pub count: Option<usize>,
}

/// The kind of region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RegionKind {
    /// A cube at a density.
    #[default]
    Cube,
    /// A cube with an edge.
    Box,
    /// The cell of the structure.
    Cell,
    /// A droplet around the structure.
    Shell,
}

impl RegionKind {
    /// All kinds.
    pub const ALL: [RegionKind; 4] = [
        RegionKind::Cube,
        RegionKind::Box,
        RegionKind::Cell,
        RegionKind::Shell,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            RegionKind::Cube => "Cube of a density",
            RegionKind::Box => "Cube with an edge",
            RegionKind::Cell => "Cell of the structure",
            RegionKind::Shell => "Shell around the structure",
        }
    }
}

/// Settings of the next packing.
#[derive(Clone, Debug, PartialEq)]
pub struct FillSettings {
    /// The molecules.
    pub molecules: Vec<MoleculeRow>,
    /// The kind of region.
    pub region: RegionKind,
    /// Density, g/cm³.
    pub density: f64,
    /// Edge of the cube, Å.
    pub edge: f64,
    /// Thickness of the shell, Å.
    pub shell: f64,
    /// Whether the present atoms stay, with the molecules around them.
    pub keeps_structure: bool,
    /// Smallest distance between atoms of different molecules, Å.
    pub distance: f64,
    /// Whether a relaxation follows.
    pub relaxes: bool,
    /// Seed of places and orientations.
    pub seed: u64,
}

impl Default for FillSettings {
    fn default() -> FillSettings {
        FillSettings {
            molecules: vec![MoleculeRow {
                source: "water".to_owned(),
                count: Some(100),
            }],
            region: RegionKind::Cube,
            density: 1.0,
            edge: 20.0,
            shell: 8.0,
            keeps_structure: false,
            distance: PackingSettings::default().distance,
            relaxes: true,
            seed: 0,
        }
    }
}

/// Why molecules cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// A molecule that cannot be read.
    #[error("molecule {text}: {error}")]
    Molecule {
        /// The text of its field.
        text: String,
        /// Why not.
        error: SourceError,
    },
    /// A molecule without atoms.
    #[error("molecule {0}: there is no structure in it")]
    Empty(String),
    /// The mixture cannot be packed.
    #[error(transparent)]
    Packing(#[from] PackingError),
}

impl FillSettings {
    /// Whether the region needs the present atoms.
    pub fn needs_structure(&self) -> bool {
        matches!(self.region, RegionKind::Cell | RegionKind::Shell)
    }

    /// Whether the present atoms stay.
    pub fn keeps_atoms(&self) -> bool {
        self.keeps_structure || self.needs_structure()
    }

    /// Name of a document of these molecules, such as "100 water + 20 ethanol".
    pub fn title(&self) -> String {
        let kinds = self.molecules.iter().map(|row| {
            let name = Source::parse(row.source.trim()).stem().to_owned();
            row.count
                .map_or(name.clone(), |count| format!("{count} {name}"))
        });
        kinds.collect::<Vec<_>>().join(" + ")
    }

    /// Whether the density is needed.
    pub fn needs_density(&self) -> bool {
        self.region == RegionKind::Cube || self.molecules.iter().any(|row| row.count.is_none())
    }

    /// The settings of the packer.
    pub fn packing(&self) -> PackingSettings {
        PackingSettings {
            distance: self.distance,
            seed: self.seed,
            ..PackingSettings::default()
        }
    }

    /// Reads the molecules, and puts them around the present structure if it stays.
    ///
    /// # Errors
    /// If a molecule cannot be read, or the mixture cannot be packed.
    pub fn mixture(&self, present: Structure) -> Result<Mixture, FillError> {
        let molecules = self.molecules.iter();
        let molecules = molecules.map(|row| Ok((read(&row.source)?, row.count)));
        let molecules = molecules.collect::<Result<Vec<_>, FillError>>()?;
        let fixed = if self.keeps_atoms() {
            present
        } else {
            Structure::empty()
        };
        let region = match self.region {
            RegionKind::Cube => Region::Cube,
            RegionKind::Box => Region::Box(DVec3::splat(self.edge)),
            RegionKind::Cell => Region::Cell,
            RegionKind::Shell => Region::Shell(self.shell),
        };
        let density = self.needs_density().then_some(self.density);
        Ok(Mixture::new(molecules, fixed, region, density)?)
    }
}

/// Reads a molecule.
fn read(text: &str) -> Result<Structure, FillError> {
    let failed = |error| FillError::Molecule {
        text: text.to_owned(),
        error,
    };
    let mut frames = Source::parse(text.trim())
        .frames(FrameSelection::LAST, None)
        .map_err(failed)?;
    let first = frames.next().transpose();
    let first = first.map_err(|error: FileError| failed(error.into()))?;
    let structure = first.map(|first| first.structure);
    let structure = structure.filter(|structure| !structure.is_empty());
    structure.ok_or_else(|| FillError::Empty(text.to_owned()))
}
