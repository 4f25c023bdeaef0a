//! Flow control of a run's stream: when the next step may be taken, by the frames in flight.
//!
//! A client that sends STOP behind the first frame gets one step, and the answer to any STOP is within
//! the next ten messages. So a stream starts slowly, as TCP does (RFC 5681, section 3.1), and a client
//! that does not acknowledge is sent frames at a low rate until [`UNACKNOWLEDGED`] are in flight.
//! \[26\]
//!
//! [`UNACKNOWLEDGED`]: crate::session::UNACKNOWLEDGED

use std::time::Duration;

/// Messages in flight from which on a step waits,
const WINDOW: u64 = 7;

/// until no more than this are left: several frames at once cost a client less than one after another.
const LOW_WATERMARK: u64 = 3;

/// How long a step waits for an acknowledgement or a STOP while too many messages are in flight.
const ACK_TIMEOUT: Duration = Duration::from_millis(40);

/// How long the second step waits after the acknowledgement of the first: clients that go step by step
/// send STOP behind it.
const FIRST_STEP_PAUSE: Duration = Duration::from_millis(5);

/// The frames of a run that are in flight.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    /// Messages up to this number are not in flight: they came before the run or are acknowledged.
    acknowledged: u64,
    /// The number of the first frame.
    first: Option<u64>,
    /// The number of the last frame, and when it was sent.
    last: (u64, Duration),
    /// When the first frame was acknowledged.
    opened: Option<Duration>,
    /// Whether so many messages are in flight that steps wait.
    full: bool,
}

impl Flow {
    /// Of a run that starts after the message of this number.
    pub(super) fn after(seq: u64) -> Flow {
        Flow {
            acknowledged: seq,
            first: None,
            last: (seq, Duration::ZERO),
            opened: None,
            full: false,
        }
    }

    /// A frame of the run was sent.
    pub(super) fn on_frame(&mut self, seq: u64, now: Duration) {
        self.first.get_or_insert(seq);
        self.last = (seq, now);
        self.full |= seq - self.acknowledged >= WINDOW;
    }

    /// The client has acknowledged messages, of which `seq` is the last that was sent. A higher
    /// acknowledgement says nothing about what is in flight.
    pub(super) fn on_ack(&mut self, ack: u64, seq: u64, now: Duration) {
        if ack > seq {
            return;
        }
        self.acknowledged = self.acknowledged.max(ack);
        self.full &= seq - self.acknowledged > LOW_WATERMARK;
        if self.first.is_some_and(|first| first <= ack) {
            self.opened.get_or_insert(now);
        }
    }

    /// When the last frame was sent; zero before the first.
    pub(super) fn last_frame(&self) -> Duration {
        self.last.1
    }

    /// When the next step may be taken.
    pub(super) fn next_step(&self) -> Duration {
        let (last, sent) = self.last;
        match (self.first, self.opened) {
            (None, _) => Duration::ZERO,
            (Some(first), Some(opened)) if first == last => opened + FIRST_STEP_PAUSE,
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
        let mut flow = Flow::after(7);
        assert_eq!(flow.next_step(), Duration::ZERO);
        flow.on_frame(8, at(100));
        assert_eq!(flow.next_step(), at(140));
        flow.on_ack(8, 8, at(101));
        assert_eq!(flow.next_step(), at(106));
    }

    #[test]
    fn a_client_that_acknowledges_has_few_frames_in_flight_without_a_wait() {
        let mut flow = Flow::after(0);
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
        let mut flow = Flow::after(0);
        flow.on_frame(1, at(0));
        flow.on_ack(1000, 1, at(1));
        assert_eq!(flow.next_step(), at(40));
    }
}
