//! Training: gradients, steps and whole runs on small sets of labels.

mod gradients;
mod preparation;
mod steps;
mod structures;
