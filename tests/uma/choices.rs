//! The choices of models, tasks and devices in the catalog.

use std::ops::ControlFlow;

use mlipview_core::potential::{Catalog, Request};
use mlipview_uma::models::Models;
use mlipview_uma::{Preferences, entry};

use super::{data, reference};

#[test]
fn models_tasks_and_devices_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let models = Models::open(folder.path());
    let preferences = Preferences {
        models: Some(models.clone()),
        ..Preferences::default()
    };
    let catalog = Catalog::built_in().with_preferred(entry(preferences));
    let request: Request = "uma".parse().unwrap();
    assert_eq!(catalog.choices(&request), []);

    let mut silent = |_, _| ControlFlow::Continue(());
    let (old, new) = (data("tiny-1p1/checkpoint.pt"), data("tiny-1p2p1"));
    models.import(&old, Some("old"), &mut silent).unwrap();
    models.import(&new, Some("new"), &mut silent).unwrap();
    let values = |request: &Request, option: &str| {
        let choices = catalog.choices(request).into_iter();
        let mut found = choices.filter(|choice| choice.option == option);
        found.next().unwrap().values
    };
    assert_eq!(values(&request, "model"), ["new", "old"]);
    assert_eq!(values(&request, "device")[0], "cpu");
    // Each model has its own tasks, and each can be requested.
    let (water, _) = reference("tiny-1p1", "water");
    for model in ["old", "new"] {
        let request = request.clone().with("model", Some(model));
        let tasks = values(&request, "task");
        assert!(tasks.len() >= 5, "{model}: {tasks:?}");
        for task in tasks {
            let request = request.clone().with("task", Some(&task));
            catalog.provide(&request, &water).unwrap();
        }
    }
    let tasks = |model| values(&request.clone().with("model", Some(model)), "task");
    assert_ne!(tasks("old"), tasks("new"));
}
