//! Models: a network file taken apart for training, and put together again for a potential.

use mlipview_core::chem::Element;
use mlipview_core::potential::network::{DEGREE_2, DEGREE_3, ParametersError};
use mlipview_core::potential::{Nano, Solid};
use serde_json::Value;

use crate::network_file::{NetworkFile, NetworkFileError};
use crate::parameters::Layout;
use crate::predictor::Predictor;

/// Why a file cannot be trained.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// Its tensors.
    #[error(transparent)]
    File(#[from] NetworkFileError),
    /// It is no parameter file of nano or solid.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
    /// Its layers have different radial functions.
    #[error(
        "the layers of this network have {0} and {1} radial functions; only networks with equally many \
         can be trained"
    )]
    RadialFunctions(usize, usize),
}

/// Electrostatics of a network with charges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Electrostatics {
    /// Cutoff, Å.
    pub(crate) cutoff: f64,
    /// Softening of charges, Å.
    pub(crate) softening: f64,
}

/// Sizes and constants of a network that are not trained.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Architecture {
    /// The elements with parameters, in the order of the tensors.
    pub(crate) species: Vec<Element>,
    /// Cutoff, Å.
    pub(crate) cutoff: f64,
    /// Number of radial functions.
    pub(crate) radial: usize,
    /// Components of the moments: 9 or 16.
    pub(crate) components: usize,
    /// Channels K.
    pub(crate) channels: usize,
    /// Width H of the hidden layers.
    pub(crate) hidden: usize,
    /// Factor of all moments.
    pub(crate) mean: f64,
    pub(crate) electrostatics: Option<Electrostatics>,
}

impl Architecture {
    /// Index of an element in the tensors.
    pub(crate) fn species_of(&self, element: Element) -> Option<usize> {
        self.species.iter().position(|known| *known == element)
    }
}

/// A network that can be trained.
///
/// ```
/// use mlipview_core::potential::Solid;
/// use mlipview_training::Model;
///
/// let solid = Model::read(Solid::BUILT_IN)?;
/// assert!(solid.parameters().len() > 100_000);
/// assert!(!solid.has_charges());
/// # Ok::<(), mlipview_training::ModelError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    file: NetworkFile,
    pub(crate) architecture: Architecture,
    pub(crate) layout: Layout,
    parameters: Vec<f32>,
    /// Energy of a free atom of each species, eV.
    offsets: Vec<f64>,
}

impl Model {
    /// Reads a file of nano, solid or a network of the same kind.
    ///
    /// # Errors
    /// If it is invalid.
    pub fn read(bytes: &[u8]) -> Result<Model, ModelError> {
        Model::from_file(NetworkFile::read(bytes)?)
    }

    pub(crate) fn from_file(file: NetworkFile) -> Result<Model, ModelError> {
        let charges = file.metadata["charges"].as_bool().unwrap_or(true);
        // The potential checks every shape and number.
        let bytes = file.to_bytes();
        if charges {
            Nano::with_parameters(&bytes)?;
        } else {
            Solid::with_parameters(&bytes)?;
        }
        let number = |name: &str| file.metadata[name].as_f64().unwrap_or_default();
        let radial = [file.size("radial1", 0)?, file.size("radial2", 0)?];
        if radial[0] != radial[1] {
            return Err(ModelError::RadialFunctions(radial[0], radial[1]));
        }
        let architecture = Architecture {
            species: elements(&file.metadata["species"]),
            cutoff: number("cutoff"),
            radial: radial[0],
            components: match file.size("mix1", 0)? {
                3 => DEGREE_2,
                _ => DEGREE_3,
            },
            channels: file.size("arrow", 0)?,
            hidden: file.size("out2", 0)?,
            mean: number("mean"),
            electrostatics: charges.then(|| Electrostatics {
                cutoff: number("far"),
                softening: number("softening"),
            }),
        };
        let (layout, parameters) = Layout::read(&file, charges)?;
        let offsets = file.double("offset", architecture.species.len())?.to_vec();
        Ok(Model {
            file,
            architecture,
            layout,
            parameters,
            offsets,
        })
    }

    /// All trained parameters.
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// Replaces all trained parameters.
    ///
    /// # Panics
    /// If there are more or fewer than [`parameters`](Self::parameters).
    pub fn set_parameters(&mut self, parameters: &[f32]) {
        self.parameters.copy_from_slice(parameters);
    }

    /// The elements that it has parameters for.
    pub fn elements(&self) -> &[Element] {
        &self.architecture.species
    }

    /// Whether it predicts charges, and so is read by the potential nano; else by solid.
    pub fn has_charges(&self) -> bool {
        self.architecture.electrostatics.is_some()
    }

    /// Checksum of its file.
    pub(crate) fn checksum(&self) -> u32 {
        crc32fast::hash(&self.to_bytes())
    }

    /// The name of the potential that reads its file: nano or solid.
    pub fn potential_name(&self) -> &'static str {
        match self.has_charges() {
            true => "nano",
            false => "solid",
        }
    }

    /// The cutoff of its layers, Å.
    pub fn cutoff(&self) -> f64 {
        self.architecture.cutoff
    }

    /// The labels that it has learned, in a sentence of the file's metadata.
    pub fn trained_on(&self) -> Option<&str> {
        self.file.metadata["trained_on"].as_str()
    }

    /// The energy of a free atom of each element, eV, in the order of [`elements`](Self::elements).
    pub fn offsets(&self) -> &[f64] {
        &self.offsets
    }

    /// Replaces the energies of free atoms.
    ///
    /// # Panics
    /// If there are more or fewer than elements.
    pub fn set_offsets(&mut self, offsets: &[f64]) {
        self.offsets.copy_from_slice(offsets);
    }

    /// Adds or replaces an entry of the metadata.
    pub(crate) fn set_metadata(&mut self, name: &str, value: Value) {
        self.file.metadata[name] = value;
    }

    /// The tensors that are not trained; the others in it are of the start.
    pub(crate) fn file(&self) -> &NetworkFile {
        &self.file
    }

    /// The same, mutable.
    pub(crate) fn file_mut(&mut self) -> &mut NetworkFile {
        &mut self.file
    }

    /// The bytes of a file, which [`Nano`] or [`Solid`] read.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut file = self.file.clone();
        self.layout.write(&self.parameters, &mut file);
        file.set_double("offset", self.offsets.clone());
        file.to_bytes()
    }

    /// The potential with these parameters.
    ///
    /// # Errors
    /// If a parameter is not finite.
    pub fn predictor(&self) -> Result<Predictor, ParametersError> {
        let bytes = self.to_bytes();
        Ok(match self.has_charges() {
            true => Predictor::Nano(Nano::with_parameters(&bytes)?),
            false => Predictor::Solid(Solid::with_parameters(&bytes)?),
        })
    }
}

/// Atomic numbers as elements; the potential has checked them.
fn elements(numbers: &Value) -> Vec<Element> {
    let numbers = numbers.as_array().into_iter().flatten();
    numbers
        .filter_map(|number| Element::from_number(u8::try_from(number.as_u64()?).ok()?))
        .collect()
}
