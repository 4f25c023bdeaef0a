//! The merged networks of the systems used last.

use crate::system::System;

/// Networks that are kept, for switching back to a system.
const CAPACITY: usize = 4;

/// The networks of at most [`CAPACITY`] systems, the one used last at the end.
pub(crate) struct NetworkCache<N>(Vec<(System, N)>);

impl<N> NetworkCache<N> {
    pub(crate) fn new() -> NetworkCache<N> {
        NetworkCache(Vec::new())
    }

    /// The network of a system, built if it is not there.
    ///
    /// # Errors
    /// Those of `build`.
    pub(crate) fn get_or_build<E>(
        &mut self,
        system: &System,
        build: impl FnOnce() -> Result<N, E>,
    ) -> Result<&mut N, E> {
        if let Some(at) = self.0.iter().position(|(other, _)| other == system) {
            let found = self.0.remove(at);
            self.0.push(found);
        } else {
            let network = build()?;
            if self.0.len() == CAPACITY {
                self.0.remove(0);
            }
            self.0.push((system.clone(), network));
        }
        let (_, network) = self.0.last_mut().expect("just pushed");
        Ok(network)
    }

    /// Drops all networks.
    #[cfg(feature = "gpu")]
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
