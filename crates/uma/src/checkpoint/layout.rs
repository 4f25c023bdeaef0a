//! The tensors of the network: names, and shapes as functions of its widths.
//!
//! They are the parameters of `eSCNMDMoeBackbone` and its head in fairchem-core 2.24; the first index
//! of `.weights`, with an s, is the expert.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use super::configuration::{Configuration, Head};
use super::dtype::Dtype;
use super::error::CheckpointError;
use super::tensor::TensorView;

/// The head's name in the released models; tensors of heads of another name are renamed to it.
pub(super) const HEAD: &str = "energyandforcehead";

/// Rows of the tables of charges (-100 to 100) and multiplicities (0 to 100).
const CHARGES: usize = 201;
const MULTIPLICITIES: usize = 101;

/// Last parts of the names of tensors that are not parameters: tables that the network computes, and
/// counts.
const BUFFERS: [&str; 4] = [
    "n_averaged",
    "expand_index",
    "offset",
    "balance_degree_weight",
];

/// Maximum number of names in an error.
const MAX_LISTED: usize = 5;

/// Whether a tensor of this name is a parameter.
pub(super) fn is_parameter(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    !last.starts_with("Jd_") && !BUFFERS.contains(&last)
}

impl Configuration {
    /// Name and shape of each tensor of the network.
    pub fn tensors(&self) -> impl Iterator<Item = (String, Vec<usize>)> {
        let tensors = tensors(self).into_iter();
        tensors.map(|tensor| (tensor.name, tensor.shape))
    }

    /// The number of parameters.
    pub fn parameters(&self) -> u64 {
        let shapes = tensors(self);
        shapes.iter().map(|tensor| tensor.count()).sum()
    }

    /// The number of parameters of a structure's network, after merging the experts.
    pub fn active_parameters(&self) -> u64 {
        let shapes = tensors(self);
        shapes.iter().map(|tensor| tensor.active()).sum()
    }
}

/// A tensor that the network requires.
pub(super) struct ExpectedTensor {
    pub(super) name: String,
    pub(super) shape: Vec<usize>,
}

impl ExpectedTensor {
    /// The number of elements.
    pub(super) fn count(&self) -> u64 {
        self.shape.iter().map(|length| *length as u64).product()
    }

    /// The number of elements in use after merging the experts.
    pub(super) fn active(&self) -> u64 {
        let only_for_merging = ["routing_mlp", "composition_embedding"];
        if only_for_merging.iter().any(|part| self.name.contains(part)) {
            return 0;
        }
        let experts = match self.name.ends_with(".weights") {
            true => self.shape[0] as u64,
            false => 1,
        };
        self.count() / experts
    }
}

/// Checks that the tensors are exactly those that a configuration requires.
pub(super) fn expect(
    configuration: &Configuration,
    views: &BTreeMap<String, TensorView>,
) -> Result<(), CheckpointError> {
    let expected = tensors(configuration);
    let mut missing = Vec::new();
    let mut wrong = Vec::new();
    for tensor in &expected {
        match views.get(&tensor.name) {
            None => missing.push(tensor.name.clone()),
            Some(view) if view.shape() != tensor.shape || view.dtype() == Dtype::I64 => {
                wrong.push(format!(
                    "{} is {:?} with shape {:?}, expected {:?}",
                    tensor.name,
                    view.dtype(),
                    view.shape(),
                    tensor.shape
                ));
            }
            Some(_) => {}
        }
    }
    let known = expected.iter().map(|tensor| tensor.name.as_str());
    let known: HashSet<&str> = known.collect();
    let unexpected: Vec<String> = views
        .keys()
        .filter(|name| !known.contains(name.as_str()))
        .cloned()
        .collect();
    if missing.is_empty() && wrong.is_empty() && unexpected.is_empty() {
        return Ok(());
    }
    let mut sentences = Vec::new();
    for (what, names) in [("missing", missing), ("unexpected", unexpected)] {
        if !names.is_empty() {
            sentences.push(format!("{what}: {}", list(&names)));
        }
    }
    if !wrong.is_empty() {
        sentences.push(list(&wrong));
    }
    Err(CheckpointError::Weights(sentences.join("; ")))
}

fn list(names: &[String]) -> String {
    let mut text = names[..names.len().min(MAX_LISTED)].join(", ");
    if names.len() > MAX_LISTED {
        // Writing to a String cannot fail.
        let _ = write!(text, " and {} more", names.len() - MAX_LISTED);
    }
    text
}

/// All tensors that the network requires.
pub(super) fn tensors(configuration: &Configuration) -> Vec<ExpectedTensor> {
    let mut list = TensorList {
        configuration,
        expected: Vec::new(),
    };
    list.embeddings();
    for layer in 0..configuration.layers {
        list.block(&format!("backbone.blocks.{layer}"));
    }
    list.norm("backbone.norm");
    list.routing();
    list.head();
    list.expected
}

/// The list of required tensors, while it is built.
struct TensorList<'a> {
    configuration: &'a Configuration,
    expected: Vec<ExpectedTensor>,
}

impl TensorList<'_> {
    fn add(&mut self, name: String, shape: &[usize]) {
        let shape = shape.to_vec();
        self.expected.push(ExpectedTensor { name, shape });
    }

    fn linear(&mut self, name: &str, inputs: usize, outputs: usize) {
        self.add(format!("{name}.weight"), &[outputs, inputs]);
        self.add(format!("{name}.bias"), &[outputs]);
    }

    fn embeddings(&mut self) {
        let Configuration {
            sphere_channels: sphere,
            edge_channels: edge,
            atomic_numbers: elements,
            ..
        } = *self.configuration;
        let tables = [
            ("sphere_embedding", elements, sphere),
            ("charge_embedding.rand_emb", CHARGES, sphere),
            ("spin_embedding.rand_emb", MULTIPLICITIES, sphere),
            ("source_embedding", elements, edge),
            ("target_embedding", elements, edge),
            ("composition_embedding", elements, sphere),
        ];
        for (name, rows, width) in tables {
            self.add(format!("backbone.{name}.weight"), &[rows, width]);
        }
        for dataset in &self.configuration.datasets {
            let name = format!("backbone.dataset_embedding.dataset_emb_dict.{dataset}.weight");
            self.add(name, &[1, sphere]);
        }
        self.linear("backbone.mix_csd", 3 * sphere, sphere);
        let radial = "backbone.edge_degree_embedding.rad_func";
        self.radial(radial, (self.configuration.lmax + 1) * sphere);
    }

    /// The radial network of an edge.
    fn radial(&mut self, name: &str, outputs: usize) {
        let edge = self.configuration.edge_channels;
        let inputs = self.configuration.distances + 2 * edge;
        for (layer, inputs) in [(0, inputs), (3, edge)] {
            self.linear(&format!("{name}.net.{layer}"), inputs, edge);
            let norm = format!("{name}.net.{}", layer + 1);
            self.add(format!("{norm}.weight"), &[edge]);
            self.add(format!("{norm}.bias"), &[edge]);
        }
        self.linear(&format!("{name}.net.6"), edge, outputs);
    }

    fn norm(&mut self, name: &str) {
        let (degrees, sphere) = self.degrees_and_channels();
        self.add(format!("{name}.affine_weight"), &[degrees, sphere]);
        self.add(format!("{name}.affine_bias"), &[sphere]);
    }

    fn degrees_and_channels(&self) -> (usize, usize) {
        let configuration = self.configuration;
        (configuration.lmax + 1, configuration.sphere_channels)
    }

    fn block(&mut self, name: &str) {
        let (degrees, sphere) = self.degrees_and_channels();
        let hidden = self.configuration.hidden_channels;
        let gates = (degrees - 1) * hidden;
        self.norm(&format!("{name}.norm_1"));
        self.norm(&format!("{name}.norm_2"));
        let first = format!("{name}.edge_wise.so2_conv_1");
        let inputs = self.convolution(&first, 2 * sphere, hidden, gates);
        self.radial(&format!("{first}.rad_func"), inputs);
        let second = format!("{name}.edge_wise.so2_conv_2");
        self.convolution(&second, hidden, sphere, 0);
        let atoms = format!("{name}.atom_wise");
        self.linear(&format!("{atoms}.scalar_mlp.0"), sphere, gates);
        for (layer, inputs, outputs) in [(1, sphere, hidden), (2, hidden, sphere)] {
            let linear = format!("{atoms}.so3_linear_{layer}");
            self.add(format!("{linear}.weight"), &[degrees, outputs, inputs]);
            self.add(format!("{linear}.bias"), &[outputs]);
        }
    }

    /// A convolution in the frame of an edge; returns the number of its inputs with m ≥ 0.
    fn convolution(
        &mut self,
        name: &str,
        inputs: usize,
        outputs: usize,
        gate_scalars: usize,
    ) -> usize {
        let Configuration {
            experts,
            lmax,
            mmax,
            ..
        } = *self.configuration;
        let degrees = lmax + 1;
        let scalars = degrees * outputs + gate_scalars;
        self.add(
            format!("{name}.fc_m0.weights"),
            &[experts, scalars, degrees * inputs],
        );
        self.add(format!("{name}.fc_m0.bias"), &[scalars]);
        let mut all_inputs = degrees * inputs;
        for order in 1..=mmax {
            let degrees = lmax + 1 - order;
            self.add(
                format!("{name}.so2_m_conv.{}.fc.weights", order - 1),
                &[experts, 2 * degrees * outputs, degrees * inputs],
            );
            all_inputs += degrees * inputs;
        }
        all_inputs
    }

    /// The network of the expert coefficients.
    fn routing(&mut self) {
        let (_, sphere) = self.degrees_and_channels();
        let experts = self.configuration.experts;
        let widths = [2 * sphere, 2 * experts, 2 * experts, experts];
        for (layer, pair) in [0, 2, 4].into_iter().zip(widths.windows(2)) {
            self.linear(&format!("backbone.routing_mlp.{layer}"), pair[0], pair[1]);
        }
    }

    fn head(&mut self) {
        let (_, sphere) = self.degrees_and_channels();
        let hidden = self.configuration.hidden_channels;
        let widths = [sphere, hidden, hidden, 1];
        for (layer, pair) in [0, 2, 4].into_iter().zip(widths.windows(2)) {
            let name = format!("output_heads.{HEAD}.head.energy_block.{layer}");
            match &self.configuration.head {
                Head::Shared => self.linear(&name, pair[0], pair[1]),
                Head::PerTask(tasks) => {
                    let shape = [tasks.len(), pair[1], pair[0]];
                    self.add(format!("{name}.weights"), &shape);
                    self.add(format!("{name}.bias"), &[pair[1]]);
                }
            }
        }
    }
}
