//! Progress bar for reading and copying files.

use std::ops::ControlFlow;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::headless::interrupt;

/// Work that takes longer shows a progress bar.
const PROGRESS_DELAY: Duration = Duration::from_secs(2);

/// Progress bar of bytes on the standard error output, shown after a delay.
pub(super) struct ByteProgress {
    bar: ProgressBar,
    is_shown: bool,
}

impl ByteProgress {
    /// A hidden bar; `verb` is the text beside it, as in "copied".
    pub(super) fn new(verb: &'static str) -> ByteProgress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let template =
            "{bar:20.cyan/blue} {bytes}/{total_bytes} {msg} · {bytes_per_sec} · {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(verb);
        ByteProgress {
            bar,
            is_shown: false,
        }
    }

    /// Updates the bar; breaks after Ctrl-C.
    pub(super) fn show(&mut self, done: u64, all: u64) -> ControlFlow<()> {
        self.bar.set_length(all);
        self.bar.set_position(done);
        if !self.is_shown && self.bar.elapsed() > PROGRESS_DELAY {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.is_shown = true;
        }
        match interrupt::requested() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    /// Removes the bar.
    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
