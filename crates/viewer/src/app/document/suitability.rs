//! Suitability of each potential for the structure, and the choices of its options.
//!
//! Both may take seconds, so they are computed on tasks while they are displayed.

use std::sync::Arc;

use bevy::tasks::{AsyncComputeTaskPool, Task};

use super::jobs::poll;
use super::structure_key::StructureKey;
use mlipview_core::potential::catalog::OptionChoices;
use mlipview_core::potential::{Applicability, Catalog, Request};
use mlipview_core::sim::Frame;

/// Applicability of one potential of the catalog to the structure.
#[derive(Clone, Debug, PartialEq)]
pub struct PotentialSuitability {
    /// Name in the catalog.
    pub name: &'static str,
    /// One-line summary.
    pub summary: &'static str,
    /// Its applicability.
    pub applicability: Applicability,
}

/// Suitability of all potentials for the current structure.
#[derive(Default)]
pub(super) struct SuitabilityCache(Cache<StructureKey, PotentialSuitability>);

impl SuitabilityCache {
    /// As far as known.
    pub(super) fn of(&mut self, catalog: &Arc<Catalog>, frame: &Frame) -> &[PotentialSuitability] {
        let key = StructureKey::of(&frame.identity);
        if self.0.key.as_ref() != Some(&key) {
            self.0.list.clear();
        }
        self.0.to(key, || {
            let (catalog, structure) = (Arc::clone(catalog), frame.structure());
            move || {
                let assessed = catalog.assess(&structure).into_iter();
                let assessed_entries =
                    assessed.map(|(entry, applicability)| PotentialSuitability {
                        name: entry.name,
                        summary: entry.summary,
                        applicability,
                    });
                assessed_entries.collect()
            }
        })
    }
}

/// Option choices for the current request.
#[derive(Default)]
pub(super) struct OptionCache(Cache<Request, OptionChoices>);

impl OptionCache {
    /// As far as known; kept while only options change.
    pub(super) fn of(&mut self, catalog: &Arc<Catalog>, request: &Request) -> &[OptionChoices] {
        let last = self.0.key.as_ref();
        if last.is_none_or(|last| last.name != request.name) {
            self.0.list.clear();
        }
        self.0.to(request.clone(), || {
            let (catalog, request) = (Arc::clone(catalog), request.clone());
            move || catalog.choices(&request)
        })
    }
}

/// Values for the last key, and the task that computes those for the next.
struct Cache<Key, Value> {
    list: Vec<Value>,
    key: Option<Key>,
    task: Option<(Key, Task<Vec<Value>>)>,
}

impl<Key, Value> Default for Cache<Key, Value> {
    fn default() -> Self {
        Cache {
            list: Vec::new(),
            key: None,
            task: None,
        }
    }
}

impl<Key: Clone + PartialEq, Value: Send + 'static> Cache<Key, Value> {
    /// The known values; starts to compute them if the key is another one.
    fn to<Search>(&mut self, key: Key, search: impl FnOnce() -> Search) -> &[Value]
    where
        Search: FnOnce() -> Vec<Value> + Send + 'static,
    {
        if let Some((requested, running)) = &mut self.task
            && let Some(found) = poll(running)
        {
            (self.list, self.key) = (found, Some(requested.clone()));
            self.task = None;
        }
        let is_sought = matches!(&self.task, Some((sought, _)) if *sought == key);
        if self.key.as_ref() != Some(&key) && !is_sought {
            let search = search();
            let task = AsyncComputeTaskPool::get().spawn(async move { search() });
            self.task = Some((key, task));
        }
        &self.list
    }
}
