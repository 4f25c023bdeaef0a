//! Contents of a NEP model file, as they are shown to the user.

use super::Nep;

/// Kind and sizes of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NepContents {
    /// Version of the format: 3, 4 or 5.
    pub version: u8,
    /// Whether the repulsion of nuclei by Ziegler, Biersack and Littmark is added.
    pub has_zbl: bool,
    /// Largest radial and angular cutoff, Å.
    pub cutoffs: [f64; 2],
    /// Neurons of the hidden layer.
    pub neurons: usize,
    /// Number of parameters after the header.
    pub parameters: usize,
}

impl Nep {
    /// Kind and sizes of the model.
    pub fn contents(&self) -> NepContents {
        let header = &self.model.header;
        NepContents {
            version: header.version,
            has_zbl: header.zbl.is_some(),
            cutoffs: header.largest_cutoffs(),
            neurons: header.neurons,
            parameters: self.model.parameters(),
        }
    }
}
