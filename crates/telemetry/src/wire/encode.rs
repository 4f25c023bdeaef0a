//! Encoding of events.

use prost::Message as _;
use prost::bytes::{BufMut, Bytes, BytesMut};

use super::generated as pb;
use super::generated::event::Body;
use crate::event::{Event, EventBody};

/// Encodes an event.
pub(crate) fn encode(event: &Event) -> Bytes {
    let message = pb::Event {
        event_id: event.event_id,
        timestamp: event.timestamp.clone(),
        body: Some(body(&event.body)),
        dropped: None,
    };
    message.encode_to_vec().into()
}

/// Appends the number of lost events to an encoded event: protobuf merges concatenated messages.
pub(crate) fn with_dropped(event: &Bytes, dropped: u64) -> Bytes {
    if dropped == 0 {
        return event.clone();
    }
    let added = pb::Event {
        dropped: Some(dropped),
        ..pb::Event::default()
    };
    let mut bytes = BytesMut::with_capacity(event.len() + added.encoded_len());
    bytes.put_slice(event);
    added.encode_raw(&mut bytes);
    bytes.freeze()
}

fn body(body: &EventBody) -> Body {
    match body {
        EventBody::TrainingProgress(event) => Body::TrainingProgress(pb::TrainingProgress {
            step: event.step,
            epoch: event.epoch,
            epoch_step: event.epoch_step,
            global_step: event.global_step,
            max_step: event.max_step,
            max_epoch: event.max_epoch,
            loss: event.loss,
            learning_rate: event.learning_rate,
            eta_seconds: event.eta_seconds,
        }),
        EventBody::TrainingStatus(event) => Body::TrainingStatus(pb::TrainingStatus {
            status: event.status.name().to_owned(),
            message: event.message.clone(),
            error: event.error.clone(),
        }),
        EventBody::SampleGenerated(event) => Body::SampleGenerated(pb::SampleGenerated {
            sample_id: event.sample_id.clone(),
            path: event.path.clone(),
            sample_type: event.sample_type.name().to_owned(),
            step: event.step,
            epoch: event.epoch,
            prompt: event.prompt.clone(),
            thumbnail_path: event.thumbnail_path.clone(),
        }),
        EventBody::Log(event) => Body::Log(pb::Log {
            level: event.level.name().to_owned(),
            message: event.message.clone(),
            source: event.source.clone(),
        }),
        EventBody::SystemStats(event) => Body::SystemStats(pb::SystemStats {
            gpu_memory_used_gb: event.gpu_memory_used_gb,
            gpu_memory_total_gb: event.gpu_memory_total_gb,
            gpu_utilization_percent: event.gpu_utilization_percent,
            cpu_percent: event.cpu_percent,
            ram_used_gb: event.ram_used_gb,
            ram_total_gb: event.ram_total_gb,
        }),
        EventBody::ValidationResult(event) => Body::ValidationResult(pb::ValidationResult {
            step: event.step,
            epoch: event.epoch,
            validation_loss: event.validation_loss,
            force_rmse: event.force_rmse,
            energy_rmse: event.energy_rmse,
        }),
    }
}
