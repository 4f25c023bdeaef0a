//! Rotation invariants of moments, in the order of the weights of a network.

use super::Tensor;

/// s; s ps; v·pv; t·pt; for degree 3 f·pf; v·T·pv; for degree 3 det T and f·Y₃(pv): [A, n K] for moments
/// [A, C, K] and their mix pA = A P, with a matrix P [K, K] for each degree in the rows of `mix`.
/// Networks of degree 3 may lack the last one: `rows` is n K.
pub(super) fn invariants(moments: &Tensor<3>, mix: &Tensor<2>, rows: usize) -> Tensor<2> {
    let [atoms, components, channels] = moments.dims();
    let has_degree_3 = components > 9;
    let mixed = mixed(moments, mix);
    let products = moments.clone() * mixed.clone();
    let part = |of: &Tensor<3>, from: usize, to: usize| {
        of.clone().slice([0..atoms, from..to, 0..channels])
    };
    let row = |of: &Tensor<3>, at: usize| part(of, at, at + 1).reshape([atoms, channels]);
    let sum = |from: usize, to: usize| {
        let sum = part(&products, from, to).sum_dim(1);
        sum.reshape([atoms, channels])
    };
    let v: [Tensor<2>; 3] = std::array::from_fn(|axis| row(moments, 1 + axis));
    let pv: [Tensor<2>; 3] = std::array::from_fn(|axis| row(&mixed, 1 + axis));
    let matrix = symmetric(std::array::from_fn(|at| row(moments, 4 + at)));
    let mut all = vec![row(moments, 0), sum(0, 1), sum(1, 4), sum(4, 9)];
    if has_degree_3 {
        all.push(sum(9, 16));
    }
    all.push(triple(&matrix, &v, &pv));
    if has_degree_3 {
        all.push(determinant(&matrix));
    }
    if all.len() * channels < rows {
        let cubic = Tensor::stack::<3>(cubic(pv).to_vec(), 1);
        let product = (part(moments, 9, 16) * cubic).sum_dim(1);
        all.push(product.reshape([atoms, channels]));
    }
    Tensor::cat(all, 1)
}

/// A P for each degree l, whose 2 l + 1 components begin at l².
fn mixed(moments: &Tensor<3>, mix: &Tensor<2>) -> Tensor<3> {
    let [atoms, components, channels] = moments.dims();
    let degrees = (0..components.isqrt()).map(|degree| {
        let count = 2 * degree + 1;
        let first = degree * degree;
        let part = moments
            .clone()
            .slice([0..atoms, first..first + count, 0..channels]);
        let rows = degree * channels..(degree + 1) * channels;
        let matrix = mix.clone().slice([rows, 0..channels]);
        part.reshape([atoms * count, channels])
            .matmul(matrix)
            .reshape([atoms, count, channels])
    });
    Tensor::cat(degrees.collect(), 1)
}

/// xx, yy, zz, xy, yz, xz of the traceless symmetric matrix T of five components t.
fn symmetric([t0, t1, t2, t3, t4]: [Tensor<2>; 5]) -> [Tensor<2>; 6] {
    let q = 1.0 / 3.0_f64.sqrt();
    let (a, b) = (t3 * q, t4 / 3.0);
    [
        a.clone() - b.clone(),
        -(a + b.clone()),
        b * 2.0,
        t0 * q,
        t1 * q,
        t2 * q,
    ]
}

/// v·T·w.
fn triple(matrix: &[Tensor<2>; 6], v: &[Tensor<2>; 3], w: &[Tensor<2>; 3]) -> Tensor<2> {
    let [xx, yy, zz, xy, yz, xz] = matrix.each_ref().map(Tensor::clone);
    let pair = |one: usize, other: usize| {
        v[one].clone() * w[other].clone() + v[other].clone() * w[one].clone()
    };
    let same = |axis: usize| v[axis].clone() * w[axis].clone();
    xx * same(0) + yy * same(1) + zz * same(2) + xy * pair(0, 1) + yz * pair(1, 2) + xz * pair(0, 2)
}

/// det T.
fn determinant(matrix: &[Tensor<2>; 6]) -> Tensor<2> {
    let [xx, yy, zz, xy, yz, xz] = matrix.each_ref().map(Tensor::clone);
    xx.clone() * (yy.clone() * zz.clone() - yz.clone() * yz.clone())
        - xy.clone() * (xy.clone() * zz - yz.clone() * xz.clone())
        + xz.clone() * (xy * yz - yy * xz)
}

/// The harmonics of degree 3 as homogeneous polynomials of a vector.
fn cubic([x, y, z]: [Tensor<2>; 3]) -> [Tensor<2>; 7] {
    let (a, b, c) = (
        (5.0_f64 / 8.0).sqrt(),
        (3.0_f64 / 8.0).sqrt(),
        15.0_f64.sqrt(),
    );
    let square = |of: &Tensor<2>| of.clone() * of.clone();
    let (xx, yy, zz) = (square(&x), square(&y), square(&z));
    let sum = xx.clone() + yy.clone();
    let difference = xx.clone() - yy.clone();
    let fours = zz.clone() * 4.0 - sum.clone();
    [
        y.clone() * (xx.clone() * 3.0 - yy.clone()) * a,
        x.clone() * y.clone() * z.clone() * c,
        y * fours.clone() * b,
        z.clone() * (zz * 2.0 - sum * 3.0) * 0.5,
        x.clone() * fours * b,
        z * difference * (0.5 * c),
        x * (xx - yy * 3.0) * a,
    ]
}
