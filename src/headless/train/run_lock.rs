//! Lock on the folder of a training's run, so that two programs do not replace each other's checkpoints.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Context, bail};

/// Name of the locked file in the folder of a run.
const LOCK: &str = "lock";

/// A lock on a folder, held until it is dropped or the program ends.
pub(super) struct RunLock(#[expect(dead_code, reason = "held, not read")] File);

impl RunLock {
    /// Locks a folder, which is made if there is none.
    ///
    /// # Errors
    /// If the folder cannot be written, or another training uses it.
    pub(super) fn of(folder: &Path) -> anyhow::Result<RunLock> {
        let name = folder.display();
        let unwritable = || format!("cannot write to {name}");
        fs::create_dir_all(folder).with_context(unwritable)?;
        let file = File::create(folder.join(LOCK)).with_context(unwritable)?;
        match file.try_lock() {
            Ok(()) => Ok(RunLock(file)),
            Err(TryLockError::WouldBlock) => bail!(
                "another training is using {name}: wait for its end, or name another folder with --run"
            ),
            Err(TryLockError::Error(error)) => Err(error).with_context(unwritable),
        }
    }
}
