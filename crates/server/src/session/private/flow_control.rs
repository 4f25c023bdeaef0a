//! Flow control of a run: the frames in flight decide the time of the next step.
//!
//! A client that sends STOP after the first frame gets one step, and the answer to any STOP is within the
//! next ten messages. The stream therefore starts slowly, as TCP does (RFC 5681, section 3.1), and a
//! client without acknowledgements gets frames at a low rate until [`UNACKNOWLEDGED`] are in flight.
//! \[26\]
//!
//! [`UNACKNOWLEDGED`]: crate::session::UNACKNOWLEDGED

use std::time::Duration;

/// Number of messages in flight at which steps start to wait.
const WINDOW: u64 = 7;

/// Number of messages in flight at which steps continue: batches of frames cost a client less than single
/// frames.
const LOW_WATERMARK: u64 = 3;

/// Maximum time that a step waits for an acknowledgement or a STOP while the window is full.
const ACK_TIMEOUT: Duration = Duration::from_millis(40);

/// Pause between the acknowledgement of the first frame and the second step: clients that take single
/// steps send STOP in it.
const FIRST_STEP_PAUSE: Duration = Duration::from_millis(5);

/// The frames of a run that are in flight.
#[derive(Clone, Debug)]
pub(super) struct FlowControl {
    /// Messages up to this number are acknowledged or older than the run.
    acknowledged: u64,
    /// Number of the first frame.
    first: Option<u64>,
    /// Number and time of the last frame.
    last: (u64, Duration),
    /// Time at which the first frame was acknowledged.
    first_acknowledged: Option<Duration>,
    /// Whether the window is full: steps wait.
    full: bool,
}

impl FlowControl {
    /// Flow control of a run that starts after the message of this number.
    pub(super) fn after(seq: u64) -> FlowControl {
        FlowControl {
            acknowledged: seq,
            first: None,
            last: (seq, Duration::ZERO),
            first_acknowledged: None,
            full: false,
        }
    }

    /// A frame of the run was sent.
    pub(super) fn on_frame(&mut self, seq: u64, now: Duration) {
        self.first.get_or_insert(seq);
        self.last = (seq, now);
        self.full |= seq - self.acknowledged >= WINDOW;
    }

    /// The client has acknowledged messages up to `ack`; `seq` is the last one sent. An acknowledgement above
    /// it carries no information about the messages in flight.
    pub(super) fn on_ack(&mut self, ack: u64, seq: u64, now: Duration) {
        if ack > seq {
            return;
        }
        self.acknowledged = self.acknowledged.max(ack);
        self.full &= seq - self.acknowledged > LOW_WATERMARK;
        if self.first.is_some_and(|first| first <= ack) {
            self.first_acknowledged.get_or_insert(now);
        }
    }

    /// Time of the last frame; zero before the first.
    pub(super) fn last_frame(&self) -> Duration {
        self.last.1
    }

    /// Earliest time of the next step.
    pub(super) fn next_step(&self) -> Duration {
        let (last, sent) = self.last;
        match (self.first, self.first_acknowledged) {
            (None, _) => Duration::ZERO,
            (Some(first), Some(time)) if first == last => time + FIRST_STEP_PAUSE,
            (Some(_), Some(_)) if !self.full => Duration::ZERO,
            (Some(_), _) => sent + ACK_TIMEOUT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn the_first_frame_is_not_waited_for_and_the_second_step_waits_for_a_stop() {
        let mut flow = FlowControl::after(7);
        assert_eq!(flow.next_step(), Duration::ZERO);
        flow.on_frame(8, at(100));
        assert_eq!(flow.next_step(), at(140));
        flow.on_ack(8, 8, at(101));
        assert_eq!(flow.next_step(), at(106));
    }

    #[test]
    fn a_client_that_acknowledges_has_few_frames_in_flight_without_a_wait() {
        let mut flow = FlowControl::after(0);
        flow.on_frame(1, at(0));
        flow.on_ack(1, 1, at(1));
        for seq in 2..=WINDOW {
            flow.on_frame(seq, at(10));
            assert_eq!(flow.next_step(), Duration::ZERO);
        }
        let last = WINDOW + 1;
        flow.on_frame(last, at(10));
        assert_eq!(flow.next_step(), at(50));
        flow.on_ack(3, last, at(11));
        assert_eq!(flow.next_step(), at(50));
        flow.on_ack(last - LOW_WATERMARK, last, at(12));
        assert_eq!(flow.next_step(), Duration::ZERO);
    }

    #[test]
    fn an_acknowledgement_of_the_future_does_not_open_the_window() {
        let mut flow = FlowControl::after(0);
        flow.on_frame(1, at(0));
        flow.on_ack(1000, 1, at(1));
        assert_eq!(flow.next_step(), at(40));
    }
}
