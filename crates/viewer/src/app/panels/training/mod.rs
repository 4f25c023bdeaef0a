//! Section Train: settings of a training, its progress with curves, and commands to it.

mod action;
mod curves;
mod form;
mod progress;
mod samples;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::dock::FreeArea;
use super::gallery::Galleries;
use super::theme;
use super::widgets::{callout, section};
use crate::app::document::{DocumentRequest, PotentialChoice};
use crate::app::notices::{Notices, Severity, sentence};
use crate::app::training::TrainingJob;
use crate::scene::displayed::Scene;
use crate::third_party::egui::Contexts;
use action::TrainingAction;
use mlipview_core::potential::Request;
use mlipview_core::potential::catalog::FILE;

/// Thumbnails of samples, for each surface.
#[derive(Resource, Default)]
pub(super) struct SampleGalleries(Galleries);

/// Parameters of the section.
#[derive(SystemParam)]
pub(super) struct TrainingParams<'w> {
    job: ResMut<'w, TrainingJob>,
    galleries: ResMut<'w, SampleGalleries>,
    scene: Res<'w, Scene>,
    choice: ResMut<'w, PotentialChoice>,
    notices: ResMut<'w, Notices>,
    requests: MessageWriter<'w, DocumentRequest>,
}

pub(super) fn show(mut contexts: Contexts, mut free: ResMut<FreeArea>, mut params: TrainingParams) {
    let surface = contexts.surface();
    let Ok(context) = contexts.ctx_mut() else {
        return;
    };
    let gallery = params.galleries.0.of(surface);
    gallery.collect(context);
    let mut action = None;
    let job = &mut params.job;
    free.dock_section(context, |ui| {
        section(ui, "Train", |ui| {
            action = match job.progress() {
                _ if !job.is_available() => {
                    callout(ui, theme::caution(ui), "This build has no training.");
                    None
                }
                Some(progress) => progress::show(ui, &progress, gallery),
                None => form::show(ui, &mut job.bypass_change_detection().settings),
            };
        });
    });
    if let Some(action) = action {
        carry_out(action, &mut params);
    }
}

fn carry_out(action: TrainingAction, params: &mut TrainingParams) {
    match action {
        TrainingAction::Start => {
            // Samples of this training may have the names of the last one's.
            params.galleries.0 = Galleries::default();
            params.job.start();
        }
        TrainingAction::Dismiss => params.job.dismiss(),
        TrainingAction::Command(command) => {
            if let Err(error) = params.job.command(command) {
                let text = format!("{}.", sentence(&error.to_string()));
                params.notices.post(Severity::Warning, text);
            }
        }
        TrainingAction::Use(file) => {
            let request = Request::named(&file.potential).with(FILE, Some(&file.path));
            params
                .choice
                .set_request(request, params.scene.frame.structure());
        }
        TrainingAction::Request(request) => {
            params.requests.write(request);
        }
    }
}
