//! Parameters: the trained numbers of a network, all in one vector, and where each tensor lies in it.

use std::ops::Range;

use crate::network_file::{FileTensor, NetworkFile, NetworkFileError, Numbers};

/// A trained tensor: its name in the file and its number of dimensions.
struct Trained {
    name: &'static str,
    dimensions: usize,
    presence: Presence,
}

/// Which files have a tensor.
enum Presence {
    Always,
    /// Files of networks with charges.
    WithCharges,
    /// Files that have it.
    Optional,
}

const fn always(name: &'static str, dimensions: usize) -> Trained {
    Trained {
        name,
        dimensions,
        presence: Presence::Always,
    }
}

const fn charged(name: &'static str) -> Trained {
    Trained {
        name,
        dimensions: 1,
        presence: Presence::WithCharges,
    }
}

const fn optional(name: &'static str, dimensions: usize) -> Trained {
    Trained {
        name,
        dimensions,
        presence: Presence::Optional,
    }
}

/// All trained tensors. Others of a file, such as radii and the statistics of expected errors, are not.
const TRAINED: &[Trained] = &[
    always("emit1", 2),
    always("radial1", 2),
    optional("own1", 2),
    always("mix1", 3),
    always("in1", 2),
    always("bias1", 2),
    always("out1", 2),
    always("arrow", 2),
    always("emit2", 2),
    charged("charge0"),
    charged("hold0"),
    charged("emitq"),
    always("radial2", 2),
    optional("own2", 2),
    always("mix2", 3),
    always("in2", 2),
    always("bias2", 2),
    always("mid2", 2),
    always("midbias", 1),
    always("out2", 1),
    always("energy0", 1),
];

/// Where a tensor lies in the vector of all parameters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placement {
    pub(crate) name: &'static str,
    pub(crate) shape: Vec<usize>,
    pub(crate) range: Range<usize>,
}

/// Names, shapes and order of the trained tensors of a network.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Layout(Vec<Placement>);

impl Layout {
    /// The layout and the parameters of a file.
    pub(crate) fn read(
        file: &NetworkFile,
        charges: bool,
    ) -> Result<(Layout, Vec<f32>), NetworkFileError> {
        let (mut placements, mut all) = (Vec::new(), Vec::new());
        for tensor in TRAINED {
            let is_present = match tensor.presence {
                Presence::Always => true,
                Presence::WithCharges => charges,
                Presence::Optional => file.tensors.contains_key(tensor.name),
            };
            if is_present {
                let values = file.single(tensor.name, tensor.dimensions)?;
                placements.push(Placement {
                    name: tensor.name,
                    shape: file.tensors[tensor.name].shape.clone(),
                    range: all.len()..all.len() + values.len(),
                });
                all.extend_from_slice(values);
            }
        }
        Ok((Layout(placements), all))
    }

    /// The tensors, in the order of the vector.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Placement> {
        self.0.iter()
    }

    /// Number of parameters.
    pub(crate) fn len(&self) -> usize {
        self.0.last().map_or(0, |last| last.range.end)
    }

    /// Puts `parameters` into a file.
    pub(crate) fn write(&self, parameters: &[f32], file: &mut NetworkFile) {
        for placement in &self.0 {
            let tensor = FileTensor {
                shape: placement.shape.clone(),
                numbers: Numbers::Single(parameters[placement.range.clone()].to_vec()),
            };
            file.tensors.insert(placement.name.to_owned(), tensor);
        }
    }
}
