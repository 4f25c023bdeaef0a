//! The configuration of a model, besides its weights. Unknown settings are errors.
//!
//! The keys and their defaults are those of `HydraModel`, `eSCNMDBackbone` and
//! `eSCNMDMoeBackbone` in fairchem-core 2.24.

use std::ops::Range;

use serde_json::{Value as Json, json};

use super::contents::Contents;
use super::error::CheckpointError;
use super::settings::Settings;
use super::single_atoms;
use super::task::Task;
use super::widths::Widths;
use mlipview_core::chem::Element;

/// fairchem's name for models without a name.
const UMA_1_1: &str = "UMA-1.1";
/// The model that was trained with compositions averaged over one atom too many.
const UMA_S_1_2: &str = "UMA-S-1.2";

/// Maximum degree that was tested against fairchem.
const MAX_DEGREE: usize = 4;

/// The configuration of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Configuration {
    /// Its name: "UMA-1.1", "UMA-S-1.2", "UMA-S-1.2.1", …
    pub model: String,
    /// Channels of an atom's features, C.
    pub sphere_channels: usize,
    /// Hidden channels of a block, H.
    pub hidden_channels: usize,
    /// Channels of an edge's embedding.
    pub edge_channels: usize,
    /// Number of Gaussians that distances are expanded in, B.
    pub distances: usize,
    /// Number of blocks.
    pub layers: usize,
    /// Number of experts that are merged to the weights of a structure.
    pub experts: usize,
    /// Maximum degree l of the features, L.
    pub lmax: usize,
    /// Maximum order m in the frame of an edge, M.
    pub mmax: usize,
    /// Atomic numbers below this one have embeddings.
    pub atomic_numbers: usize,
    /// Cutoff distance, Å.
    pub cutoff: f64,
    /// Maximum number of neighbors of an atom; the nearest are used.
    pub max_neighbors: usize,
    /// Whether the composition is the sum over N atoms divided by N + 1.
    pub composition_over_atoms_plus_one: bool,
    /// Channels whose sum over the atoms is shifted to the total charge.
    pub charge_balanced_channels: Option<Range<usize>>,
    /// The energy head.
    pub head: Head,
    /// The datasets with an embedding, in the order of the file.
    pub datasets: Vec<String>,
    /// The tasks: datasets that the head has energies for, in the same order.
    pub tasks: Vec<Task>,
    /// Whether the network was trained on single atoms; if not, see
    /// [`single_atom_energy`](Configuration::single_atom_energy).
    pub single_atoms: bool,
}

/// The parameters of the energy head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// The same for all tasks.
    Shared,
    /// Weights for each of these datasets, in the order of the weights.
    PerTask(Vec<String>),
}

/// Settings of the backbone about training or execution, which do not change its results.
const IGNORED: &[&str] = &[
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

/// Settings of the backbone that are used.
const USED: &[&str] = &[
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

/// Settings of the backbone with one supported value: key, default, supported value.
fn required_values() -> [(&'static str, Json, Json); 13] {
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
        ("layers_moe", Json::Null, Json::Null),
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
            return Err(model.unsupported("_target_", "HydraModel"));
        }
        model.expect("finetune_config", &Json::Null, &Json::Null)?;
        let backbone = model.inner("backbone")?;
        let datasets = check_backbone(&backbone)?;
        let (head_name, head, head_datasets) = head(&model.inner("heads")?)?;
        if let Some(unknown) = head_datasets.iter().find(|name| !datasets.contains(name)) {
            return Err(CheckpointError::unsupported(
                format!("model_config.heads.{head_name}"),
                format!("for the dataset {unknown:?}"),
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
            tasks: Task::read(contents, &datasets, &head_datasets, widths.elements)?,
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

    /// The energy of a single atom or ion, eV, for models that were not trained on single atoms (UMA
    /// 1.1); `None` for other models, and if no energy is known.
    pub fn single_atom_energy(&self, task: &str, element: Element, charge: i32) -> Option<f64> {
        if self.single_atoms || self.model != UMA_1_1 {
            return None;
        }
        single_atoms::energy(task, element, charge)
    }
}

/// Checks that the settings of a backbone are supported, and returns its datasets.
fn check_backbone(backbone: &Settings<'_>) -> Result<Vec<String>, CheckpointError> {
    let class = backbone.class("model")?;
    if !matches!(class, Some("eSCNMDMoeBackbone" | "escnmd_moe_backbone")) {
        return Err(backbone.unsupported("model", "eSCNMDMoeBackbone"));
    }
    let fixed = required_values();
    let names: Vec<&str> = fixed.iter().map(|(key, ..)| *key).collect();
    backbone.expect_known(&[USED, IGNORED, &names, &["spin_balanced_channels"]])?;
    for (key, absent, supported) in &fixed {
        backbone.expect(key, absent, supported)?;
    }
    if backbone.value("spin_balanced_channels") != &json!([]) {
        backbone.expect("spin_balanced_channels", &Json::Null, &Json::Null)?;
    }
    datasets(backbone, "dataset_list")?
        .ok_or_else(|| backbone.unsupported("dataset_mapping", "a table of datasets"))
}

/// Datasets from a list or, in newer files, from a table that maps each to itself.
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
            return Err(mapping.unsupported(name, "a dataset that maps to itself"));
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
        return Err(head.unsupported("head_cls", "MLP_EFS_Head"));
    }
    if !head.value("head_kwargs").is_null() {
        let arguments = head.inner("head_kwargs")?;
        arguments.expect_known(&[&["wrap_property", "reduce", "prefix"]])?;
        arguments.expect("reduce", &json!("sum"), &json!("sum"))?;
        arguments.expect("prefix", &Json::Null, &Json::Null)?;
    }
    let names = datasets(&head, "dataset_names")?;
    let mut names = names.ok_or_else(|| head.unsupported("dataset_names", "a list of datasets"))?;
    names.sort();
    names.dedup();
    let parameters = match head.class("module")? {
        Some("DatasetSpecificSingleHeadWrapper") => Head::Shared,
        Some("DatasetSpecificMoEWrapper") => Head::PerTask(names.clone()),
        _ => {
            let supported = "DatasetSpecificSingleHeadWrapper, DatasetSpecificMoEWrapper";
            return Err(head.unsupported("module", supported));
        }
    };
    Ok((name.to_owned(), parameters, names))
}

/// The name of a model. Models before 1.1 have neither name nor version, and are not supported.
fn model_name(model: &Settings<'_>, backbone: &Settings<'_>) -> Result<String, CheckpointError> {
    let name = model.text("model_id")?.map(str::trim);
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        return Ok(name.to_owned());
    }
    match backbone.value("model_version") {
        Json::Number(version) if version.as_f64() == Some(1.1) => Ok(UMA_1_1.to_owned()),
        Json::String(version) if version == "1.1" => Ok(UMA_1_1.to_owned()),
        _ => Err(model.unsupported(
            "model_id",
            "UMA-S-1.2, UMA-S-1.2.1 and the like, or backbone.model_version 1.1",
        )),
    }
}

fn expect_degrees(backbone: &Settings<'_>, widths: &Widths) -> Result<(), CheckpointError> {
    if !(1..=MAX_DEGREE).contains(&widths.lmax) {
        let supported = format!("1 to {MAX_DEGREE}");
        return Err(backbone.unsupported("lmax", &supported));
    }
    match widths.mmax <= widths.lmax {
        true => Ok(()),
        false => Err(backbone.unsupported("mmax", "0 to lmax")),
    }
}

fn cutoff(backbone: &Settings<'_>) -> Result<f64, CheckpointError> {
    let cutoff = backbone.number("cutoff")?.unwrap_or(5.0);
    match cutoff > 0.0 && cutoff <= 100.0 {
        true => Ok(cutoff),
        false => Err(backbone.unsupported("cutoff", "more than 0 and at most 100 Å")),
    }
}

fn balanced(
    backbone: &Settings<'_>,
    channels: usize,
) -> Result<Option<Range<usize>>, CheckpointError> {
    let key = "charge_balanced_channels";
    let refuse = || backbone.unsupported(key, "a list of adjacent channels");
    let list = match backbone.value(key) {
        Json::Null => return Ok(None),
        Json::Array(list) => list,
        _ => return Err(refuse()),
    };
    let channel = |value: &Json| usize::try_from(value.as_u64()?).ok();
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
