//! The component of degree 0, which no rotation changes: the first row of every feature.

use super::tensor::Tensor;

/// `[n, rows, c]` to its first row, `[n, c]`.
pub(crate) fn row(features: &Tensor<3>) -> Tensor<2> {
    let [count, _, channels] = features.dims();
    let row = features.clone().slice([0..count, 0..1, 0..channels]);
    row.reshape([count, channels])
}

/// Adds `[n, c]`, `[1, c]` or `[n, 1]` to the first row of `[n, rows, c]`.
pub(crate) fn add(features: Tensor<3>, addend: Tensor<2>) -> Tensor<3> {
    let [count, _, channels] = features.dims();
    let sum = (row(&features) + addend).reshape([count, 1, channels]);
    features.slice_assign([0..count, 0..1, 0..channels], sum)
}

/// `[n, c]` to `[n, rows, c]`, padded with rows of zeros.
pub(crate) fn pad(row: Tensor<2>, rows: usize) -> Tensor<3> {
    let [count, channels] = row.dims();
    let options = (&row.device(), row.dtype());
    let rest = Tensor::zeros([count, rows - 1, channels], options);
    Tensor::cat(vec![row.reshape([count, 1, channels]), rest], 1)
}
