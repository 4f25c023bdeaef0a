//! Training of learned potentials.
