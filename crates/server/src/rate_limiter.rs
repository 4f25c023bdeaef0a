//! Rate limit of the messages of one client.

use std::time::Duration;

use crate::session::message::ClientMessage;

/// Burst size, in seconds of the allowed rate.
const BURST_SECONDS: f64 = 2.0;

/// A message costs one token per started 256 KiB.
const BYTES_PER_TOKEN: usize = 256 << 10;

/// A token bucket that fills at the allowed rate.
///
/// Each message to the client pays for one acknowledgement without a request.
#[derive(Debug)]
pub(super) struct RateLimiter {
    /// Tokens per second.
    rate: f64,
    tokens: f64,
    /// Time of the last refill.
    refilled: Duration,
    /// Number of free acknowledgements.
    free_acks: u64,
    /// Sequence number of the last message to the client.
    sent: u64,
}

impl RateLimiter {
    pub(super) fn new(per_second: u32, now: Duration) -> RateLimiter {
        let rate = f64::from(per_second);
        RateLimiter {
            rate,
            tokens: BURST_SECONDS * rate,
            refilled: now,
            free_acks: 0,
            sent: 0,
        }
    }

    /// Reports a message to the client.
    pub(super) fn on_sent(&mut self, seq: u64) {
        self.sent = self.sent.max(seq);
        self.free_acks += 1;
    }

    /// Whether a message of this size may arrive now; it then has paid for itself. `message` is `None` if it
    /// cannot be decoded.
    pub(super) fn admits(
        &mut self,
        message: Option<&ClientMessage>,
        bytes: usize,
        now: Duration,
    ) -> bool {
        let acknowledges = |message: &ClientMessage| {
            message.request == Ok(None) && message.ack.is_some_and(|ack| ack <= self.sent)
        };
        if self.free_acks > 0 && message.is_some_and(acknowledges) {
            self.free_acks -= 1;
            return true;
        }
        let elapsed = now.saturating_sub(self.refilled).as_secs_f64();
        self.refilled = now;
        self.tokens = (self.tokens + elapsed * self.rate).min(BURST_SECONDS * self.rate);
        self.tokens -= 1.0 + (bytes / BYTES_PER_TOKEN) as f64;
        self.tokens >= 0.0
    }

    /// The reason to close the connection of a client that exceeds the limit.
    pub(super) fn reason(&self) -> String {
        let rate = self.rate;
        format!(
            "LIMIT: {rate} messages per second at most, large ones count as several; send fewer"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(seq: u64, ack: Option<u64>) -> ClientMessage {
        ClientMessage {
            seq,
            ack,
            interaction_count: 0,
            sim_step: 0,
            request: Ok(None),
        }
    }

    #[test]
    fn a_burst_of_two_seconds_is_admitted_and_then_the_rate() {
        let mut limiter = RateLimiter::new(10, Duration::ZERO);
        let now = Duration::from_secs(5);
        let message = message(1, None);
        for _ in 0..20 {
            assert!(limiter.admits(Some(&message), 10, now));
        }
        assert!(!limiter.admits(Some(&message), 10, now));
        assert!(limiter.admits(None, 10, now + Duration::from_millis(250)));
    }

    #[test]
    fn each_sent_message_pays_for_one_acknowledgement() {
        let mut limiter = RateLimiter::new(1, Duration::ZERO);
        for seq in 1..=100 {
            limiter.on_sent(seq);
        }
        let ack = message(7, Some(100));
        for _ in 0..102 {
            assert!(limiter.admits(Some(&ack), 10, Duration::ZERO));
        }
        assert!(!limiter.admits(Some(&ack), 10, Duration::ZERO));
    }

    #[test]
    fn an_acknowledgement_of_a_future_message_is_not_free() {
        let mut limiter = RateLimiter::new(1, Duration::ZERO);
        (1..=100).for_each(|seq| limiter.on_sent(seq));
        let future = message(102, Some(200));
        assert!(limiter.admits(Some(&future), 10, Duration::ZERO));
        assert!(limiter.admits(Some(&future), 10, Duration::ZERO));
        assert!(!limiter.admits(Some(&future), 10, Duration::ZERO));
    }

    #[test]
    fn a_large_message_costs_several_tokens() {
        let mut limiter = RateLimiter::new(20, Duration::ZERO);
        assert!(limiter.admits(None, 39 * BYTES_PER_TOKEN, Duration::ZERO));
        assert!(!limiter.admits(None, 1, Duration::ZERO));
    }
}
