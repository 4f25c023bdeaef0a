//! GPU timer: timestamp queries around one frame.

use std::sync::{Arc, Mutex, PoisonError};

/// Timestamps per measurement: begin and end.
const TIMESTAMPS: u32 = 2;
/// Size of the timestamps, bytes.
const BYTES: u64 = TIMESTAMPS as u64 * 8;

/// Measures the GPU time of a frame, from its first command to the end of its last.
pub(super) struct GpuTimer {
    device: wgpu::Device,
    queries: wgpu::QuerySet,
    resolved: wgpu::Buffer,
    readback: wgpu::Buffer,
    /// Whether this frame is measured; only one measurement is under way.
    is_running: bool,
    measurement: Arc<Mutex<Measurement>>,
}

/// The last measurement, and whether the next is read back.
#[derive(Clone, Copy, Debug, Default)]
struct Measurement {
    is_pending: bool,
    seconds: Option<f32>,
}

impl GpuTimer {
    /// Timer of a device; `None` if it does not support timestamps between passes.
    pub(super) fn new(device: &wgpu::Device) -> Option<GpuTimer> {
        let required =
            wgpu::Features::TIMESTAMP_QUERY | wgpu::Features::TIMESTAMP_QUERY_INSIDE_ENCODERS;
        if !device.features().contains(required) {
            return None;
        }
        let buffer = |usage| {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("headset GPU timer"),
                size: BYTES,
                usage,
                mapped_at_creation: false,
            })
        };
        Some(GpuTimer {
            queries: device.create_query_set(&wgpu::QuerySetDescriptor {
                label: Some("headset GPU timer"),
                ty: wgpu::QueryType::Timestamp,
                count: TIMESTAMPS,
            }),
            resolved: buffer(wgpu::BufferUsages::QUERY_RESOLVE | wgpu::BufferUsages::COPY_SRC),
            readback: buffer(wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST),
            is_running: false,
            measurement: Arc::default(),
            device: device.clone(),
        })
    }

    /// Writes the first timestamp, unless a measurement is pending.
    pub(super) fn begin(&mut self, queue: &wgpu::Queue) {
        self.is_running = !lock(&self.measurement).is_pending;
        if self.is_running {
            self.submit(queue, |encoder| encoder.write_timestamp(&self.queries, 0));
        }
    }

    /// Writes the second timestamp and reads both back when they are there.
    pub(super) fn end(&mut self, queue: &wgpu::Queue) {
        if !std::mem::take(&mut self.is_running) {
            return;
        }
        self.submit(queue, |encoder| {
            encoder.write_timestamp(&self.queries, 1);
            encoder.resolve_query_set(&self.queries, 0..TIMESTAMPS, &self.resolved, 0);
            encoder.copy_buffer_to_buffer(&self.resolved, 0, &self.readback, 0, BYTES);
        });
        lock(&self.measurement).is_pending = true;
        let (readback, measurement) = (self.readback.clone(), Arc::clone(&self.measurement));
        let tick = queue.get_timestamp_period() * 1e-9;
        self.readback
            .map_async(wgpu::MapMode::Read, .., move |mapped| {
                let mut measurement = lock(&measurement);
                measurement.is_pending = false;
                if mapped.is_ok() {
                    let ticks = elapsed_ticks(&readback.get_mapped_range(..));
                    measurement.seconds = ticks.map(|ticks| ticks as f32 * tick);
                    readback.unmap();
                }
            });
    }

    /// Result of the last complete measurement, s.
    pub(super) fn seconds(&self) -> Option<f32> {
        lock(&self.measurement).seconds
    }

    fn submit(&self, queue: &wgpu::Queue, record: impl FnOnce(&mut wgpu::CommandEncoder)) {
        let descriptor = wgpu::CommandEncoderDescriptor {
            label: Some("headset GPU timer"),
        };
        let mut encoder = self.device.create_command_encoder(&descriptor);
        record(&mut encoder);
        queue.submit([encoder.finish()]);
    }
}

/// Ticks between two timestamps; `None` if the second is before the first.
fn elapsed_ticks(timestamps: &[u8]) -> Option<u64> {
    let timestamp = |bytes: &[u8]| Some(u64::from_le_bytes(bytes.try_into().ok()?));
    let (first, second) = timestamps.split_at_checked(8)?;
    timestamp(second)?.checked_sub(timestamp(first)?)
}

fn lock(measurement: &Mutex<Measurement>) -> std::sync::MutexGuard<'_, Measurement> {
    measurement.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_in_the_wrong_order_give_no_time() {
        let elapsed = |first: u64, second: u64| {
            let bytes = [first.to_le_bytes(), second.to_le_bytes()].concat();
            elapsed_ticks(&bytes)
        };
        assert_eq!(elapsed(100, 350), Some(250));
        assert_eq!(elapsed(350, 100), None);
        assert_eq!(elapsed_ticks(&[0; 8]), None);
    }
}
