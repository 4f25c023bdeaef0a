//! What a picture for the headset takes: the program's own time on both threads, and the card's.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the clock of the headset: it measures, and nothing is decided by it"
)]

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Two moments in nanoseconds or whatever the card counts in.
const MOMENTS: u32 = 2;
const BYTES: u64 = MOMENTS as u64 * 8;

/// The program's time on one picture, without what it waits for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    since: Option<Instant>,
    before: Duration,
}

impl Work {
    /// From now on.
    pub(super) fn begin() -> Work {
        Work {
            since: Some(Instant::now()),
            before: Duration::ZERO,
        }
    }

    /// Not from now on.
    pub(super) fn pause(&mut self) {
        self.before += self.since.take().map_or(Duration::ZERO, |it| it.elapsed());
    }

    /// Again from now on.
    pub(super) fn go_on(&mut self) {
        self.pause();
        self.since = Some(Instant::now());
    }

    /// Until the last pause, s.
    pub(super) fn seconds(&self) -> f32 {
        self.before.as_secs_f32()
    }
}

/// The graphics card's clock: from when it begins with a picture until it has done all of it.
pub(super) struct CardClock {
    device: wgpu::Device,
    queries: wgpu::QuerySet,
    counted: wgpu::Buffer,
    read: wgpu::Buffer,
    /// Whether this picture is measured: the last one's result has come.
    is_running: bool,
    reading: Arc<Mutex<Reading>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Reading {
    is_awaited: bool,
    seconds: Option<f32>,
}

impl CardClock {
    /// The clock of a card; `None` where it has none that can be read between pictures.
    pub(super) fn of(device: &wgpu::Device) -> Option<CardClock> {
        let needed =
            wgpu::Features::TIMESTAMP_QUERY | wgpu::Features::TIMESTAMP_QUERY_INSIDE_ENCODERS;
        if !device.features().contains(needed) {
            return None;
        }
        let buffer = |usage| {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("headset's clock"),
                size: BYTES,
                usage,
                mapped_at_creation: false,
            })
        };
        Some(CardClock {
            queries: device.create_query_set(&wgpu::QuerySetDescriptor {
                label: Some("headset's clock"),
                ty: wgpu::QueryType::Timestamp,
                count: MOMENTS,
            }),
            counted: buffer(wgpu::BufferUsages::QUERY_RESOLVE | wgpu::BufferUsages::COPY_SRC),
            read: buffer(wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST),
            is_running: false,
            reading: Arc::default(),
            device: device.clone(),
        })
    }

    /// The card begins with a picture.
    pub(super) fn begin(&mut self, queue: &wgpu::Queue) {
        self.is_running = !locked(&self.reading).is_awaited;
        if self.is_running {
            self.tell(queue, |encoder| encoder.write_timestamp(&self.queries, 0));
        }
    }

    /// It has been given all of it.
    pub(super) fn end(&mut self, queue: &wgpu::Queue) {
        if !std::mem::take(&mut self.is_running) {
            return;
        }
        self.tell(queue, |encoder| {
            encoder.write_timestamp(&self.queries, 1);
            encoder.resolve_query_set(&self.queries, 0..MOMENTS, &self.counted, 0);
            encoder.copy_buffer_to_buffer(&self.counted, 0, &self.read, 0, BYTES);
        });
        locked(&self.reading).is_awaited = true;
        let (read, reading) = (self.read.clone(), Arc::clone(&self.reading));
        let tick = queue.get_timestamp_period() * 1e-9;
        self.read.map_async(wgpu::MapMode::Read, .., move |mapped| {
            let mut reading = locked(&reading);
            reading.is_awaited = false;
            if mapped.is_ok() {
                reading.seconds = ticks(&read.get_mapped_range(..)).map(|it| it as f32 * tick);
                read.unmap();
            }
        });
    }

    /// What the last picture that was measured took, s.
    pub(super) fn seconds(&self) -> Option<f32> {
        locked(&self.reading).seconds
    }

    fn tell(&self, queue: &wgpu::Queue, what: impl FnOnce(&mut wgpu::CommandEncoder)) {
        let named = wgpu::CommandEncoderDescriptor {
            label: Some("headset's clock"),
        };
        let mut encoder = self.device.create_command_encoder(&named);
        what(&mut encoder);
        queue.submit([encoder.finish()]);
    }
}

/// What passed between two moments; `None` if the second is not after the first.
fn ticks(moments: &[u8]) -> Option<u64> {
    let moment = |bytes: &[u8]| Some(u64::from_le_bytes(bytes.try_into().ok()?));
    let (first, second) = moments.split_at_checked(8)?;
    moment(second)?.checked_sub(moment(first)?)
}

fn locked(reading: &Mutex<Reading>) -> std::sync::MutexGuard<'_, Reading> {
    reading.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_moments_in_the_wrong_order_say_nothing() {
        let moments = |first: u64, second: u64| {
            let bytes = [first.to_le_bytes(), second.to_le_bytes()].concat();
            ticks(&bytes)
        };
        assert_eq!(moments(100, 350), Some(250));
        assert_eq!(moments(350, 100), None);
        assert_eq!(ticks(&[0; 8]), None);
    }

    #[test]
    fn work_that_is_paused_does_not_count() {
        let mut work = Work::begin();
        work.pause();
        let counted = work.seconds();
        work.pause();
        assert_eq!(work.seconds(), counted);
        work.go_on();
        work.pause();
        assert!(work.seconds() >= counted);
    }
}
