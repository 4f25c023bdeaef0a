//! Parity tests: compare each file of `network` with the file of the same name in `fused`, in double
//! precision on small shapes.

mod atoms;
mod backbone;
mod edges;
mod setup;
