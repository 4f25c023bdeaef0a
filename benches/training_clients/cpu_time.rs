//! CPU time of the threads of this process, and of another process; Linux only, zero elsewhere.

use std::fs;
use std::path::Path;

/// Names of the server's threads.
const SERVER: [&str; 2] = ["server", "training"];

/// CPU time so far, s.
pub(crate) struct CpuTime {
    /// Threads of the server.
    pub(crate) server: f64,
    /// All other threads: those of the trainer.
    pub(crate) others: f64,
}

impl CpuTime {
    /// The CPU time of this process. Its threads live as long as it does.
    pub(crate) fn now() -> CpuTime {
        let mut time = CpuTime {
            server: 0.0,
            others: 0.0,
        };
        let Ok(threads) = fs::read_dir("/proc/self/task") else {
            return time;
        };
        for thread in threads.flatten() {
            let name = fs::read_to_string(thread.path().join("comm")).unwrap_or_default();
            let seconds = thread_seconds(&thread.path());
            match SERVER.contains(&name.trim_end()) {
                true => time.server += seconds,
                false => time.others += seconds,
            }
        }
        time
    }
}

/// CPU time of all threads of a process, s.
pub(crate) fn process_seconds(id: u32) -> f64 {
    let threads = fs::read_dir(format!("/proc/{id}/task"));
    let threads = threads.into_iter().flatten().flatten();
    threads.map(|thread| thread_seconds(&thread.path())).sum()
}

/// CPU time of a thread by its folder in `/proc`, s: the first number of `schedstat`, in nanoseconds.
fn thread_seconds(folder: &Path) -> f64 {
    let text = fs::read_to_string(folder.join("schedstat")).unwrap_or_default();
    let first = text.split_whitespace().next();
    first
        .and_then(|field| field.parse::<f64>().ok())
        .unwrap_or(0.0)
        / 1e9
}
