//! What there is to choose from: each potential's verdict on the structure, and the values of options.
//!
//! Finding out may take seconds, so it happens on tasks while somebody looks.

use std::sync::Arc;

use bevy::tasks::{AsyncComputeTaskPool, Task};

use super::jobs::poll;
use super::potential_choice::Subject;
use mlipview_core::potential::catalog::OptionChoices;
use mlipview_core::potential::{Applicability, Catalog, Request};
use mlipview_core::sim::Frame;

/// Applicability of one potential of the catalog to the structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Its name in the catalog.
    pub name: &'static str,
    /// What it is for, in a line.
    pub summary: &'static str,
    /// How well it describes the structure.
    pub applicability: Applicability,
}

/// What is known of all potentials of the catalog, for what is shown.
#[derive(Default)]
pub(super) struct Judgements(Answers<Subject, Judgement>);

impl Judgements {
    /// As far as it is known.
    pub(super) fn of(&mut self, catalog: &Arc<Catalog>, frame: &Frame) -> &[Judgement] {
        let subject = Subject::of(&frame.identity);
        if self.0.question.as_ref() != Some(&subject) {
            self.0.list.clear();
        }
        self.0.to(subject, || {
            let (catalog, structure) = (Arc::clone(catalog), frame.structure());
            move || {
                let assessed = catalog.assess(&structure).into_iter();
                let judged = assessed.map(|(entry, applicability)| Judgement {
                    name: entry.name,
                    summary: entry.summary,
                    applicability,
                });
                judged.collect()
            }
        })
    }
}

/// What can be chosen beside what was asked for.
#[derive(Default)]
pub(super) struct Offers(Answers<Request, OptionChoices>);

impl Offers {
    /// As far as it is known. What was on offer stays while only options change.
    pub(super) fn of(&mut self, catalog: &Arc<Catalog>, request: &Request) -> &[OptionChoices] {
        let last = self.0.question.as_ref();
        if last.is_none_or(|last| last.name != request.name) {
            self.0.list.clear();
        }
        self.0.to(request.clone(), || {
            let (catalog, request) = (Arc::clone(catalog), request.clone());
            move || catalog.choices(&request)
        })
    }
}

/// The answers to the last question, and the task that looks for those to the next.
struct Answers<Question, Answer> {
    list: Vec<Answer>,
    question: Option<Question>,
    task: Option<(Question, Task<Vec<Answer>>)>,
}

impl<Question, Answer> Default for Answers<Question, Answer> {
    fn default() -> Self {
        Answers {
            list: Vec::new(),
            question: None,
            task: None,
        }
    }
}

impl<Question: Clone + PartialEq, Answer: Send + 'static> Answers<Question, Answer> {
    /// The answers that are known; if they are to another question, those to this one are looked for.
    fn to<Search>(&mut self, question: Question, search: impl FnOnce() -> Search) -> &[Answer]
    where
        Search: FnOnce() -> Vec<Answer> + Send + 'static,
    {
        if let Some((asked, running)) = &mut self.task
            && let Some(found) = poll(running)
        {
            (self.list, self.question) = (found, Some(asked.clone()));
            self.task = None;
        }
        let is_sought = matches!(&self.task, Some((sought, _)) if *sought == question);
        if self.question.as_ref() != Some(&question) && !is_sought {
            let search = search();
            let task = AsyncComputeTaskPool::get().spawn(async move { search() });
            self.task = Some((question, task));
        }
        &self.list
    }
}
