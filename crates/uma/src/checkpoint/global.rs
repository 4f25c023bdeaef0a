//! The names of classes and functions that a checkpoint's pickle may use. None of them is called.

use std::fmt;

use super::dtype::Dtype;
use super::error::CheckpointError;

/// The class of an inference checkpoint.
const CHECKPOINT: (&str, &str) = (
    "fairchem.core.units.mlip_unit.api.inference",
    "MLIPInferenceCheckpoint",
);

/// A class or function that a pickle names (opcode GLOBAL).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Global {
    /// fairchem's `MLIPInferenceCheckpoint`.
    Checkpoint,
    /// `torch._utils._rebuild_tensor_v2`.
    Tensor,
    /// `torch._utils._rebuild_parameter`.
    Parameter,
    /// A storage class of torch; `None` for types that no parameter has.
    Storage(Option<Dtype>),
    OrderedDict,
    DefaultDict,
    Dict,
    List,
    /// A container of OmegaConf, with its items in `_content`.
    Container,
    /// A leaf of OmegaConf, with its value in `_val`.
    Leaf,
    /// OmegaConf's metadata of a node.
    Metadata,
    /// A type, as an annotation.
    Type,
}

impl Global {
    /// Parses a name.
    ///
    /// # Errors
    /// If it is any other name.
    pub(super) fn named(module: &str, name: &str) -> Result<Global, CheckpointError> {
        let global = match (module, name) {
            CHECKPOINT => Global::Checkpoint,
            ("torch._utils", "_rebuild_tensor_v2") => Global::Tensor,
            ("torch._utils", "_rebuild_parameter") => Global::Parameter,
            ("torch", "FloatStorage") => Global::Storage(Some(Dtype::F32)),
            ("torch", "DoubleStorage") => Global::Storage(Some(Dtype::F64)),
            ("torch", "HalfStorage") => Global::Storage(Some(Dtype::F16)),
            ("torch", "BFloat16Storage") => Global::Storage(Some(Dtype::Bf16)),
            ("torch", "LongStorage") => Global::Storage(Some(Dtype::I64)),
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

    /// Whether a checkpoint calls it (`called`), or constructs an object of it.
    pub(super) fn is_constructed(self, called: bool) -> bool {
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
