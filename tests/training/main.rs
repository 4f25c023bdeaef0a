//! Tests of mlipview-training: gradients, preparation, steps and whole trainings on small sets of labels.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

mod expected_errors;
mod gradients;
mod learning;
mod learning_failures;
mod preparation;
mod steps;
mod structures;
