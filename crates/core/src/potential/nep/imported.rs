//! Model files that the user has imported.

/// A model file that the user has imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedModel {
    /// Its name in requests, as in `nep:model=nep89`.
    pub name: String,
    /// The path of its file.
    pub path: String,
}

/// Lists the imported models, by name.
pub type ListModels = Box<dyn Fn() -> Vec<ImportedModel> + Send + Sync>;
