//! The names that a checkpoint's pickle may use. None of them is looked up anywhere.

use std::fmt;

use super::error::CheckpointError;
use super::tensor::Kind;

/// The class of an inference checkpoint.
const CHECKPOINT: (&str, &str) = (
    "fairchem.core.units.mlip_unit.api.inference",
    "MLIPInferenceCheckpoint",
);

/// Something that a pickle names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Global {
    /// fairchem's `MLIPInferenceCheckpoint`.
    Checkpoint,
    /// `torch._utils._rebuild_tensor_v2`.
    Tensor,
    /// `torch._utils._rebuild_parameter`.
    Parameter,
    /// A class of torch's storages; without a kind, of numbers that no parameter consists of.
    Storage(Option<Kind>),
    OrderedDict,
    DefaultDict,
    Dict,
    List,
    /// A container of OmegaConf, which has its items in `_content`.
    Container,
    /// A leaf of OmegaConf, which has its value in `_val`.
    Leaf,
    /// What OmegaConf knows about its nodes.
    Metadata,
    /// A type, as an annotation.
    Type,
}

impl Global {
    /// The one of these that a pickle names.
    ///
    /// # Errors
    /// If it names anything else.
    pub(super) fn named(module: &str, name: &str) -> Result<Global, CheckpointError> {
        let global = match (module, name) {
            CHECKPOINT => Global::Checkpoint,
            ("torch._utils", "_rebuild_tensor_v2") => Global::Tensor,
            ("torch._utils", "_rebuild_parameter") => Global::Parameter,
            ("torch", "FloatStorage") => Global::Storage(Some(Kind::F32)),
            ("torch", "DoubleStorage") => Global::Storage(Some(Kind::F64)),
            ("torch", "HalfStorage") => Global::Storage(Some(Kind::F16)),
            ("torch", "BFloat16Storage") => Global::Storage(Some(Kind::Bf16)),
            ("torch", "LongStorage") => Global::Storage(Some(Kind::I64)),
            (
                "torch",
                "IntStorage" | "ShortStorage" | "CharStorage" | "ByteStorage" | "BoolStorage",
            ) => Global::Storage(None),
            ("collections", "OrderedDict") => Global::OrderedDict,
            ("collections", "defaultdict") => Global::DefaultDict,
            ("__builtin__" | "builtins", "dict") => Global::Dict,
            ("__builtin__" | "builtins", "list") => Global::List,
            ("__builtin__" | "builtins", "int" | "long" | "float" | "str" | "bool" | "tuple")
            | ("typing", _) => Global::Type,
            ("omegaconf.listconfig", "ListConfig") | ("omegaconf.dictconfig", "DictConfig") => {
                Global::Container
            }
            (
                "omegaconf.nodes",
                "AnyNode" | "StringNode" | "IntegerNode" | "FloatNode" | "BooleanNode",
            ) => Global::Leaf,
            ("omegaconf.base", "Metadata" | "ContainerMetadata") => Global::Metadata,
            _ => {
                let shown: String = format!("{module}.{name}").chars().take(100).collect();
                return Err(CheckpointError::foreign(format!("the name {shown:?}")));
            }
        };
        Ok(global)
    }

    /// Whether a checkpoint calls it, or makes an object of it.
    pub(super) fn is_made(self, called: bool) -> bool {
        match self {
            Global::Tensor | Global::Parameter => called,
            Global::Checkpoint | Global::Container | Global::Leaf | Global::Metadata => !called,
            _ => false,
        }
    }
}

impl fmt::Display for Global {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Global::Checkpoint => CHECKPOINT.1,
            Global::Tensor => "a tensor",
            Global::Parameter => "a parameter",
            Global::Storage(_) => "a storage",
            Global::OrderedDict | Global::DefaultDict | Global::Dict => "a dictionary",
            Global::List => "a list",
            Global::Container | Global::Leaf | Global::Metadata => "a node of OmegaConf",
            Global::Type => "a type",
        })
    }
}
