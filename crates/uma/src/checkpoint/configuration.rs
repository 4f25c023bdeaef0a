//! What the network needs to know, besides its weights. Whatever is not understood is refused.
//!
//! The keys and what their absence means are those of `HydraModel`, `eSCNMDBackbone` and
//! `eSCNMDMoeBackbone` in fairchem-core 2.24.

use std::ops::Range;

use serde_json::{Value as Plain, json};

use super::Contents;
use super::error::CheckpointError;
use super::layout::{self, Widths};
use super::settings::Settings;
use super::single_atoms;
use super::task::Task;
use mlipview_core::chem::Element;

/// The name that fairchem gives to models that have none.
const UMA_1_1: &str = "UMA-1.1";
/// The one whose compositions are averaged over one atom too many, and were trained so.
const UMA_S_1_2: &str = "UMA-S-1.2";

/// The largest degrees that are known to be right.
const LARGEST_DEGREE: usize = 4;

/// A model as its file describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Configuration {
    /// What it calls itself: "UMA-1.1", "UMA-S-1.2", "UMA-S-1.2.1", …
    pub model: String,
    /// Channels of an atom's features.
    pub sphere_channels: usize,
    /// Channels within a block.
    pub hidden_channels: usize,
    /// Channels of an edge's embedding.
    pub edge_channels: usize,
    /// Gaussians that distances are expanded in.
    pub distances: usize,
    /// Blocks.
    pub layers: usize,
    /// Experts that are mixed to the weights of a structure.
    pub experts: usize,
    /// Largest degree l of the features.
    pub lmax: usize,
    /// Largest order m in the frame of an edge.
    pub mmax: usize,
    /// Atomic numbers below this one have embeddings.
    pub atomic_numbers: usize,
    /// Where interactions end, Å.
    pub cutoff: f64,
    /// Neighbors that an atom may have; see the neighbor list for what happens beyond.
    pub max_neighbors: usize,
    /// Whether the composition is the sum over N atoms divided by N + 1.
    pub composition_over_atoms_plus_one: bool,
    /// Channels whose sum over the atoms is kept at the charge.
    pub charge_balanced_channels: Option<Range<usize>>,
    /// How the energy is read from the features.
    pub head: Head,
    /// The datasets that it has an embedding of, in the order of the file.
    pub datasets: Vec<String>,
    /// Those of them that it can be asked to act for, in the same order.
    pub tasks: Vec<Task>,
    /// Whether the network may be run on a single atom; where not, see
    /// [`single_atom_energy`](Configuration::single_atom_energy).
    pub single_atoms: bool,
}

/// How the energy is read from the features.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// In the same way for all tasks.
    Shared,
    /// With weights for each of these datasets, which are in the order of the weights.
    PerTask(Vec<String>),
}

/// Settings of the backbone that say how it is trained or run rather than what it is.
const IMMATERIAL: &[&str] = &[
    "moe_dropout",
    "composition_dropout",
    "moe_layer_type",
    "use_global_embedding",
    "grid_resolution",
    "num_sphere_samples",
    "otf_graph",
    "use_pbc",
    "use_pbc_single",
    "regress_forces",
    "regress_stress",
    "regress_hessian",
    "hessian_vmap",
    "activation_checkpointing",
    "cs_emb_grad",
    "dataset_emb_grad",
    "use_cuda_graph_wigner",
    "use_quaternion_wigner",
    "radius_pbc_version",
    "always_use_pbc",
    "edge_chunk_size",
    "execution_mode",
];

/// Settings of the backbone that are read.
const READ: &[&str] = &[
    "model",
    "model_version",
    "num_experts",
    "max_num_elements",
    "sphere_channels",
    "hidden_channels",
    "edge_channels",
    "num_distance_basis",
    "num_layers",
    "lmax",
    "mmax",
    "cutoff",
    "max_neighbors",
    "dataset_list",
    "dataset_mapping",
    "charge_balanced_channels",
];

/// Settings of the backbone of which one value is implemented: key, what its absence means, value.
fn fixed() -> [(&'static str, Plain, Plain); 13] {
    let rms = || json!("rms_norm_sh");
    [
        ("norm_type", rms(), rms()),
        ("act_type", json!("gate"), json!("gate")),
        ("ff_type", json!("grid"), json!("spectral")),
        ("chg_spin_emb_type", json!("pos_emb"), json!("rand_emb")),
        ("distance_function", json!("gaussian"), json!("gaussian")),
        ("moe_type", json!("so2"), json!("so2")),
        (
            "moe_expert_coefficient_norm",
            json!("softmax"),
            json!("softmax"),
        ),
        ("moe_single", json!(false), json!(false)),
        ("layers_moe", Plain::Null, Plain::Null),
        ("use_composition_embedding", json!(false), json!(true)),
        ("use_dataset_embedding", json!(true), json!(true)),
        ("direct_forces", json!(true), json!(false)),
        ("direct_stress", json!(false), json!(false)),
    ]
}

impl Configuration {
    /// The configuration of a file, and the name of its head.
    pub(super) fn read(contents: &Contents) -> Result<(Configuration, String), CheckpointError> {
        let model = Settings::new("model_config", &contents.model)?;
        model.expect_known(&[&[
            "_target_",
            "backbone",
            "heads",
            "pass_through_head_outputs",
            "otf_graph",
            "freeze_backbone",
            "finetune_config",
            "supports_single_atoms",
            "model_id",
        ]])?;
        if model
            .class("_target_")?
            .is_some_and(|class| class != "HydraModel")
        {
            return Err(model.refuse("_target_", "HydraModel"));
        }
        model.expect("finetune_config", &Plain::Null, &Plain::Null)?;
        let backbone = model.inner("backbone")?;
        let datasets = understand(&backbone)?;
        let (head_name, head, asked) = head(&model.inner("heads")?)?;
        if let Some(stranger) = asked.iter().find(|name| !datasets.contains(name)) {
            return Err(CheckpointError::unsupported(
                format!("model_config.heads.{head_name}"),
                format!("for the dataset {stranger:?}"),
                format!("the datasets of the backbone, {datasets:?}"),
            ));
        }
        let widths = Widths::measure(&contents.views)?;
        widths.expect_agreement(&backbone)?;
        expect_degrees(&backbone, &widths)?;
        let name = model_name(&model, &backbone)?;
        let configuration = Configuration {
            sphere_channels: widths.sphere,
            hidden_channels: widths.hidden,
            edge_channels: widths.edge,
            distances: widths.distances,
            layers: widths.layers,
            experts: widths.experts,
            lmax: widths.lmax,
            mmax: widths.mmax,
            atomic_numbers: widths.elements,
            cutoff: cutoff(&backbone)?,
            max_neighbors: backbone.count("max_neighbors")?.unwrap_or(300),
            composition_over_atoms_plus_one: name == UMA_S_1_2,
            charge_balanced_channels: balanced(&backbone, widths.sphere)?,
            head,
            tasks: Task::read(contents, &datasets, &asked, widths.elements)?,
            datasets,
            single_atoms: model.flag("supports_single_atoms")?.unwrap_or(false),
            model: name,
        };
        Ok((configuration, head_name))
    }

    /// The task of a name.
    pub fn task(&self, name: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.name == name)
    }

    /// The elements that have embeddings.
    pub fn elements(&self) -> impl Iterator<Item = Element> {
        Element::all().filter(|element| usize::from(element.number()) < self.atomic_numbers)
    }

    /// The energy of a lone atom or ion, eV, for models that must not be run on one (UMA 1.1); `None`
    /// for other models, and where no energy is known.
    pub fn single_atom_energy(&self, task: &str, element: Element, charge: i32) -> Option<f64> {
        if self.single_atoms || self.model != UMA_1_1 {
            return None;
        }
        single_atoms::energy(task, element, charge)
    }

    /// The name and the shape of every tensor that the network has.
    pub fn tensors(&self) -> impl Iterator<Item = (String, Vec<usize>)> {
        let due = layout::tensors(self).into_iter();
        due.map(|tensor| (tensor.name, tensor.shape))
    }

    /// Numbers that were learned.
    pub fn parameters(&self) -> u64 {
        let shapes = layout::tensors(self);
        shapes.iter().map(|tensor| tensor.count()).sum()
    }

    /// Numbers that a structure is calculated with, after its experts were mixed.
    pub fn active_parameters(&self) -> u64 {
        let shapes = layout::tensors(self);
        shapes.iter().map(|tensor| tensor.active()).sum()
    }
}

/// That the settings of a backbone are implemented; its datasets.
fn understand(backbone: &Settings<'_>) -> Result<Vec<String>, CheckpointError> {
    let class = backbone.class("model")?;
    if !matches!(class, Some("eSCNMDMoeBackbone" | "escnmd_moe_backbone")) {
        return Err(backbone.refuse("model", "eSCNMDMoeBackbone"));
    }
    let fixed = fixed();
    let names: Vec<&str> = fixed.iter().map(|(key, ..)| *key).collect();
    backbone.expect_known(&[READ, IMMATERIAL, &names, &["spin_balanced_channels"]])?;
    for (key, absent, supported) in &fixed {
        backbone.expect(key, absent, supported)?;
    }
    if backbone.value("spin_balanced_channels") != &json!([]) {
        backbone.expect("spin_balanced_channels", &Plain::Null, &Plain::Null)?;
    }
    datasets(backbone, "dataset_list")?
        .ok_or_else(|| backbone.refuse("dataset_mapping", "a table of datasets"))
}

/// Datasets from a list or, in newer files, from a table in which each stands for itself.
fn datasets(settings: &Settings<'_>, list: &str) -> Result<Option<Vec<String>>, CheckpointError> {
    if let Some(names) = settings.texts(list)? {
        return Ok(Some(names));
    }
    if settings.value("dataset_mapping").is_null() {
        return Ok(None);
    }
    let mapping = settings.inner("dataset_mapping")?;
    let mut names = Vec::new();
    for name in mapping.keys() {
        if mapping.text(name)? != Some(name) {
            return Err(mapping.refuse(name, "a dataset that stands for itself"));
        }
        names.push(name.to_owned());
    }
    names.sort();
    Ok(Some(names))
}

/// The name of the head, what it is, and the datasets that it is for.
fn head(heads: &Settings<'_>) -> Result<(String, Head, Vec<String>), CheckpointError> {
    let mut names = heads.keys();
    let (Some(name), None) = (names.next(), names.next()) else {
        let names: Vec<&str> = heads.keys().collect();
        return Err(CheckpointError::unsupported(
            "model_config.heads",
            format!("{names:?}"),
            "a single head",
        ));
    };
    let head = heads.inner(name)?;
    head.expect_known(&[&[
        "module",
        "head_cls",
        "head_kwargs",
        "wrap_property",
        "dataset_names",
        "dataset_mapping",
    ]])?;
    let class = head.class("head_cls")?;
    if class != Some("MLP_EFS_Head") {
        return Err(head.refuse("head_cls", "MLP_EFS_Head"));
    }
    if !head.value("head_kwargs").is_null() {
        let arguments = head.inner("head_kwargs")?;
        arguments.expect_known(&[&["wrap_property", "reduce", "prefix"]])?;
        arguments.expect("reduce", &json!("sum"), &json!("sum"))?;
        arguments.expect("prefix", &Plain::Null, &Plain::Null)?;
    }
    let asked = datasets(&head, "dataset_names")?;
    let mut asked = asked.ok_or_else(|| head.refuse("dataset_names", "a list of datasets"))?;
    asked.sort();
    asked.dedup();
    let kind = match head.class("module")? {
        Some("DatasetSpecificSingleHeadWrapper") => Head::Shared,
        Some("DatasetSpecificMoEWrapper") => Head::PerTask(asked.clone()),
        _ => {
            let supported = "DatasetSpecificSingleHeadWrapper, DatasetSpecificMoEWrapper";
            return Err(head.refuse("module", supported));
        }
    };
    Ok((name.to_owned(), kind, asked))
}

/// What a model calls itself. Those of the generation before 1.1 have neither name nor version.
fn model_name(model: &Settings<'_>, backbone: &Settings<'_>) -> Result<String, CheckpointError> {
    let name = model.text("model_id")?.map(str::trim);
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        return Ok(name.to_owned());
    }
    match backbone.value("model_version") {
        Plain::Number(version) if version.as_f64() == Some(1.1) => Ok(UMA_1_1.to_owned()),
        Plain::String(version) if version == "1.1" => Ok(UMA_1_1.to_owned()),
        _ => Err(model.refuse(
            "model_id",
            "UMA-S-1.2, UMA-S-1.2.1 and the like, or backbone.model_version 1.1",
        )),
    }
}

fn expect_degrees(backbone: &Settings<'_>, widths: &Widths) -> Result<(), CheckpointError> {
    if !(1..=LARGEST_DEGREE).contains(&widths.lmax) {
        let supported = format!("1 to {LARGEST_DEGREE}");
        return Err(backbone.refuse("lmax", &supported));
    }
    match widths.mmax <= widths.lmax {
        true => Ok(()),
        false => Err(backbone.refuse("mmax", "0 to lmax")),
    }
}

fn cutoff(backbone: &Settings<'_>) -> Result<f64, CheckpointError> {
    let cutoff = backbone.number("cutoff")?.unwrap_or(5.0);
    match cutoff > 0.0 && cutoff <= 100.0 {
        true => Ok(cutoff),
        false => Err(backbone.refuse("cutoff", "more than 0 and at most 100 Å")),
    }
}

fn balanced(
    backbone: &Settings<'_>,
    channels: usize,
) -> Result<Option<Range<usize>>, CheckpointError> {
    let key = "charge_balanced_channels";
    let refuse = || backbone.refuse(key, "a list of adjacent channels");
    let list = match backbone.value(key) {
        Plain::Null => return Ok(None),
        Plain::Array(list) => list,
        _ => return Err(refuse()),
    };
    let channel = |value: &Plain| usize::try_from(value.as_u64()?).ok();
    let mut list: Vec<usize> = list
        .iter()
        .map(channel)
        .collect::<Option<_>>()
        .ok_or_else(refuse)?;
    list.sort_unstable();
    let (Some(&first), Some(&last)) = (list.first(), list.last()) else {
        return Ok(None);
    };
    let adjacent = list.windows(2).all(|pair| pair[1] == pair[0] + 1);
    match adjacent && last < channels {
        true => Ok(Some(first..last + 1)),
        false => Err(refuse()),
    }
}
