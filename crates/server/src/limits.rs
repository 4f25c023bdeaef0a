//! How much a server takes on.

use std::time::Duration;

use crate::session::{self, message::ClientMessage};

/// What a server allows; over a limit a client is told which, and its connection ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Conversations at a time.
    pub connections: usize,
    /// Conversations at a time that have a simulation of their own.
    pub private_sessions: usize,
    /// Rooms, `main` included.
    pub rooms: usize,
    /// What one conversation may do.
    pub conversation: session::Limits,
    /// The time between two pings; who is silent for two of them is gone.
    pub ping: Duration,
    /// The time to say what is wanted after connecting, and to shake hands over TLS.
    pub handshake: Duration,
    /// The time for which a reader may let what is sent to it lie.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 64,
            private_sessions: 16,
            rooms: 8,
            conversation: session::Limits::default(),
            ping: Duration::from_secs(30),
            handshake: Duration::from_secs(10),
            patience: Duration::from_secs(30),
        }
    }
}

/// Messages may come so many seconds ahead of their rate.
const BURST: f64 = 2.0;

/// A message counts as one for each so many bytes of it that have begun: what is large costs work.
const BYTES_OF_ONE: usize = 256 << 10;

/// The messages that one client may still send now: a bucket that fills at the allowed rate.
///
/// Acknowledgements of what was sent that ask for nothing are free: of these there are no more than
/// messages to the client.
#[derive(Debug)]
pub(super) struct Allowance {
    rate: f64,
    left: f64,
    counted: Duration,
    /// Messages that were sent and may be acknowledged, and the number of the last.
    owed: u64,
    sent: u64,
}

impl Allowance {
    pub(super) fn new(per_second: u32, now: Duration) -> Allowance {
        let rate = f64::from(per_second);
        Allowance {
            rate,
            left: BURST * rate,
            counted: now,
            owed: 0,
            sent: 0,
        }
    }

    /// Takes note of a message to the client.
    pub(super) fn sent(&mut self, seq: u64) {
        self.sent = self.sent.max(seq);
        self.owed += 1;
    }

    /// Whether a message may come now.
    pub(super) fn admits(
        &mut self,
        message: Option<&ClientMessage>,
        bytes: usize,
        now: Duration,
    ) -> bool {
        let acknowledges = |message: &ClientMessage| {
            message.request == Ok(None) && message.ack.is_some_and(|ack| ack <= self.sent)
        };
        if self.owed > 0 && message.is_some_and(acknowledges) {
            self.owed -= 1;
            return true;
        }
        let passed = now.saturating_sub(self.counted).as_secs_f64();
        self.counted = now;
        self.left = (self.left + passed * self.rate).min(BURST * self.rate);
        self.left -= 1.0 + (bytes / BYTES_OF_ONE) as f64;
        self.left >= 0.0
    }

    /// What is said to those who send more.
    pub(super) fn exceeded(&self) -> String {
        let rate = self.rate;
        format!("LIMIT: {rate} messages per second at most (large ones count as several)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(seq: u64, ack: Option<u64>) -> ClientMessage {
        ClientMessage {
            seq,
            ack,
            interaction_count: 0,
            sim_step: 0,
            request: Ok(None),
        }
    }

    #[test]
    fn two_seconds_of_messages_may_come_at_once_and_then_as_many_as_the_rate() {
        let mut allowance = Allowance::new(10, Duration::ZERO);
        let now = Duration::from_secs(5);
        let message = says(1, None);
        for _ in 0..20 {
            assert!(allowance.admits(Some(&message), 10, now));
        }
        assert!(!allowance.admits(Some(&message), 10, now));
        assert!(allowance.admits(None, 10, now + Duration::from_millis(250)));
    }

    #[test]
    fn as_many_acknowledgements_are_free_as_messages_were_sent() {
        let mut allowance = Allowance::new(1, Duration::ZERO);
        for seq in 1..=100 {
            allowance.sent(seq);
        }
        let ack = says(7, Some(100));
        for _ in 0..102 {
            assert!(allowance.admits(Some(&ack), 10, Duration::ZERO));
        }
        assert!(!allowance.admits(Some(&ack), 10, Duration::ZERO));
    }

    #[test]
    fn an_acknowledgement_of_the_future_is_not_free() {
        let mut allowance = Allowance::new(1, Duration::ZERO);
        (1..=100).for_each(|seq| allowance.sent(seq));
        let future = says(102, Some(200));
        assert!(allowance.admits(Some(&future), 10, Duration::ZERO));
        assert!(allowance.admits(Some(&future), 10, Duration::ZERO));
        assert!(!allowance.admits(Some(&future), 10, Duration::ZERO));
    }

    #[test]
    fn a_large_message_counts_as_several() {
        let mut allowance = Allowance::new(20, Duration::ZERO);
        assert!(allowance.admits(None, 39 * BYTES_OF_ONE, Duration::ZERO));
        assert!(!allowance.admits(None, 1, Duration::ZERO));
    }
}
