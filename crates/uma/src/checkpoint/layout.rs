//! The tensors of the network by name, with the shapes that its widths call for.
//!
//! They are the parameters of `eSCNMDMoeBackbone` and its head in fairchem-core 2.24; `.weights`,
//! with an s, have an expert as their first index.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::configuration::{Configuration, Head};
use super::error::CheckpointError;
use super::settings::Settings;
use super::tensor::{Kind, View};

/// The head's name in the released models; tensors of heads of another name are renamed to it.
pub(super) const HEAD: &str = "energyandforcehead";

/// Rows of the tables of charges (-100 to 100) and multiplicities (0 to 100).
const CHARGES: usize = 201;
const MULTIPLICITIES: usize = 101;

/// Bounds that keep products of widths within 64 bits.
const WIDEST: usize = 1 << 16;
const MOST_LAYERS: usize = 1 << 8;

/// Last steps of the names of what is in the files beside parameters: tables that the network makes
/// itself, and counts.
const BUFFERS: [&str; 4] = [
    "n_averaged",
    "expand_index",
    "offset",
    "balance_degree_weight",
];

/// Names that an error lists.
const LISTED: usize = 5;

/// Whether a tensor of this name has been learned.
pub(super) fn is_parameter(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    !last.starts_with("Jd_") && !BUFFERS.contains(&last)
}

/// The widths of a network, from the shapes of its tensors.
#[derive(Debug)]
pub(super) struct Widths {
    pub(super) sphere: usize,
    pub(super) hidden: usize,
    pub(super) edge: usize,
    pub(super) distances: usize,
    pub(super) layers: usize,
    pub(super) experts: usize,
    pub(super) lmax: usize,
    pub(super) mmax: usize,
    pub(super) elements: usize,
}

impl Widths {
    pub(super) fn measure(views: &BTreeMap<String, View>) -> Result<Widths, CheckpointError> {
        let [elements, sphere] = shape(views, "backbone.sphere_embedding.weight")?;
        let [_, edge] = shape(views, "backbone.source_embedding.weight")?;
        let [_, scalars] = shape(
            views,
            "backbone.edge_degree_embedding.rad_func.net.0.weight",
        )?;
        let [degrees, hidden, _] = shape(views, "backbone.blocks.0.atom_wise.so3_linear_1.weight")?;
        let convolution = "backbone.blocks.0.edge_wise.so2_conv_1";
        let [experts, ..]: [usize; 3] = shape(views, &format!("{convolution}.fc_m0.weights"))?;
        let layer = |layer: &usize| {
            views.contains_key(&format!("backbone.blocks.{layer}.norm_1.affine_weight"))
        };
        let order = |order: &usize| {
            views.contains_key(&format!("{convolution}.so2_m_conv.{order}.fc.weights"))
        };
        Ok(Widths {
            sphere,
            hidden,
            edge,
            // One Gaussian has no neighbor to take its width from.
            distances: scalars
                .checked_sub(2 * edge)
                .filter(|distances| *distances >= 2)
                .ok_or_else(|| {
                    let what = "its radial networks take less than two distances";
                    CheckpointError::Weights(what.to_owned())
                })?,
            layers: (0..MOST_LAYERS).take_while(layer).count(),
            experts,
            lmax: degrees - 1,
            mmax: (0..degrees).take_while(order).count(),
            elements,
        })
    }

    /// That the configuration says the same, where it says anything.
    pub(super) fn expect_agreement(&self, backbone: &Settings<'_>) -> Result<(), CheckpointError> {
        let widths = [
            ("sphere_channels", self.sphere),
            ("hidden_channels", self.hidden),
            ("edge_channels", self.edge),
            ("num_distance_basis", self.distances),
            ("num_layers", self.layers),
            ("num_experts", self.experts),
            ("lmax", self.lmax),
            ("mmax", self.mmax),
            ("max_num_elements", self.elements),
        ];
        for (key, measured) in widths {
            let stated = backbone.value(key);
            if !stated.is_null() && stated.as_u64() != Some(measured as u64) {
                return Err(CheckpointError::Weights(format!(
                    "{key} is {stated} there, {measured} in the weights"
                )));
            }
        }
        Ok(())
    }
}

/// The shape of a tensor of as many dimensions as asked for, none of them empty or absurd.
fn shape<const DIMENSIONS: usize>(
    views: &BTreeMap<String, View>,
    name: &str,
) -> Result<[usize; DIMENSIONS], CheckpointError> {
    let Some(view) = views.get(name) else {
        let what = format!("the tensor {name} is missing");
        return Err(CheckpointError::Weights(what));
    };
    let shape = view.shape();
    let sensible = shape.iter().all(|length| (1..=WIDEST).contains(length));
    match shape.try_into() {
        Ok(shape) if sensible => Ok(shape),
        _ => {
            let what = format!("the tensor {name} is of shape {shape:?}");
            Err(CheckpointError::Weights(what))
        }
    }
}

/// A tensor that the network asks for.
pub(super) struct Due {
    pub(super) name: String,
    pub(super) shape: Vec<usize>,
}

impl Due {
    /// How many numbers it has.
    pub(super) fn count(&self) -> u64 {
        self.shape.iter().map(|length| *length as u64).product()
    }

    /// How many of them are used when the experts have been mixed.
    pub(super) fn active(&self) -> u64 {
        let mixes = ["routing_mlp", "composition_embedding"];
        if mixes.iter().any(|part| self.name.contains(part)) {
            return 0;
        }
        let experts = match self.name.ends_with(".weights") {
            true => self.shape[0] as u64,
            false => 1,
        };
        self.count() / experts
    }
}

/// That the tensors are those that a configuration calls for, and no others.
pub(super) fn expect(
    configuration: &Configuration,
    views: &BTreeMap<String, View>,
) -> Result<(), CheckpointError> {
    let due = tensors(configuration);
    let mut missing = Vec::new();
    let mut wrong = Vec::new();
    for tensor in &due {
        match views.get(&tensor.name) {
            None => missing.push(tensor.name.clone()),
            Some(view) if view.shape() != tensor.shape || view.kind() == Kind::I64 => {
                wrong.push(format!(
                    "{} is {:?} of shape {:?} where {:?} is due",
                    tensor.name,
                    view.kind(),
                    view.shape(),
                    tensor.shape
                ));
            }
            Some(_) => {}
        }
    }
    let known: std::collections::HashSet<&str> = due.iter().map(|due| due.name.as_str()).collect();
    let left: Vec<String> = views
        .keys()
        .filter(|name| !known.contains(name.as_str()))
        .cloned()
        .collect();
    if missing.is_empty() && wrong.is_empty() && left.is_empty() {
        return Ok(());
    }
    let mut sentences = Vec::new();
    for (what, names) in [("missing", missing), ("left over", left)] {
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
    let mut text = names[..names.len().min(LISTED)].join(", ");
    if names.len() > LISTED {
        // Writing to a String cannot fail.
        let _ = write!(text, " and {} more", names.len() - LISTED);
    }
    text
}

/// All tensors that the network asks for.
pub(super) fn tensors(configuration: &Configuration) -> Vec<Due> {
    let mut layout = Layout {
        configuration,
        due: Vec::new(),
    };
    layout.embeddings();
    for layer in 0..configuration.layers {
        layout.block(&format!("backbone.blocks.{layer}"));
    }
    layout.norm("backbone.norm");
    layout.routing();
    layout.head();
    layout.due
}

struct Layout<'a> {
    configuration: &'a Configuration,
    due: Vec<Due>,
}

impl Layout<'_> {
    fn add(&mut self, name: String, shape: &[usize]) {
        let shape = shape.to_vec();
        self.due.push(Due { name, shape });
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

    /// A network of three layers on what is known of an edge.
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

    /// A convolution in the frame of an edge; how many numbers it takes for m ≥ 0.
    fn convolution(&mut self, name: &str, inputs: usize, outputs: usize, extra: usize) -> usize {
        let Configuration {
            experts,
            lmax,
            mmax,
            ..
        } = *self.configuration;
        let degrees = lmax + 1;
        let scalars = degrees * outputs + extra;
        self.add(
            format!("{name}.fc_m0.weights"),
            &[experts, scalars, degrees * inputs],
        );
        self.add(format!("{name}.fc_m0.bias"), &[scalars]);
        let mut taken = degrees * inputs;
        for order in 1..=mmax {
            let degrees = lmax + 1 - order;
            self.add(
                format!("{name}.so2_m_conv.{}.fc.weights", order - 1),
                &[experts, 2 * degrees * outputs, degrees * inputs],
            );
            taken += degrees * inputs;
        }
        taken
    }

    /// The network that decides how much of each expert is mixed in.
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
