//! The row of a feature that no rotation changes: degree 0, the first both by degree and by order.

use super::Tensor;

/// [n, rows, c] -> [n, c].
pub(super) fn of(features: &Tensor<3>) -> Tensor<2> {
    let [count, _, channels] = features.dims();
    let row = features.clone().slice([0..count, 0..1, 0..channels]);
    row.reshape([count, channels])
}

/// Adds [n, c], or [1, c] or [n, 1] for all, to that row of [n, rows, c].
pub(super) fn add(features: Tensor<3>, row: Tensor<2>) -> Tensor<3> {
    let [count, _, channels] = features.dims();
    let row = (of(&features) + row).reshape([count, 1, channels]);
    features.slice_assign([0..count, 0..1, 0..channels], row)
}

/// [n, c] -> [n, rows, c], zero in all other rows.
pub(super) fn alone(row: Tensor<2>, rows: usize) -> Tensor<3> {
    let [count, channels] = row.dims();
    let place = (&row.device(), row.dtype());
    let rest = Tensor::zeros([count, rows - 1, channels], place);
    Tensor::cat(vec![row.reshape([count, 1, channels]), rest], 1)
}
