//! Training: gradients, steps and whole runs on small sets of labels.

mod gradients;
mod steps;
mod structures;
