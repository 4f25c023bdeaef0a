//! The matrix exponential and its derivative.

use glam::DMat3;

/// Terms of the power series: for a norm below ½ the first one left out is below 1e-19.
const TERMS: i32 = 16;

/// exp(`matrix`) and its directional (Fréchet) derivative along `direction`, by scaling and
/// squaring of both (A. H. Al-Mohy & N. J. Higham, SIAM J. Matrix Anal. Appl. 30, 1639 (2009)).
/// Relative error below 1e-14 for norms up to 10; non-finite where `matrix` is.
pub(super) fn exponential(matrix: DMat3, direction: DMat3) -> (DMat3, DMat3) {
    let norm = matrix.to_cols_array().iter().map(|x| x.abs()).sum::<f64>();
    let halvings = if norm.is_finite() {
        (2.0 * norm).max(1.0).log2().ceil() as i32
    } else {
        0
    };
    let scale = 0.5f64.powi(halvings);
    let (matrix, direction) = (matrix * scale, direction * scale);

    let (mut value, mut derivative) = (DMat3::IDENTITY, DMat3::ZERO);
    let (mut term, mut term_derivative) = (DMat3::IDENTITY, DMat3::ZERO);
    for order in 1..=TERMS {
        let factor = 1.0 / f64::from(order);
        term_derivative = (term_derivative * matrix + term * direction) * factor;
        term = term * matrix * factor;
        value += term;
        derivative += term_derivative;
    }
    for _ in 0..halvings {
        derivative = value * derivative + derivative * value;
        value = value * value;
    }
    (value, derivative)
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;

    fn relative_error(one: DMat3, other: DMat3) -> f64 {
        let size = other
            .to_cols_array()
            .iter()
            .fold(1.0, |m: f64, x| m.max(x.abs()));
        let difference = (one - other).to_cols_array();
        difference.iter().fold(0.0, |m: f64, x| m.max(x.abs())) / size
    }

    #[test]
    fn the_exponential_of_a_diagonal_is_the_diagonal_of_exponentials() {
        let diagonal = DVec3::new(-3.0, 0.2, 4.0);
        let expected = DMat3::from_diagonal(diagonal.exp());
        let (value, _) = exponential(DMat3::from_diagonal(diagonal), DMat3::ZERO);
        assert!(relative_error(value, expected) < 1e-14);
    }

    #[test]
    fn the_exponential_of_a_generator_is_a_rotation() {
        let generator = DMat3::from_cols(DVec3::Y * 2.5, DVec3::X * -2.5, DVec3::ZERO);
        let (value, _) = exponential(generator, DMat3::ZERO);
        assert!(relative_error(value, DMat3::from_rotation_z(2.5)) < 1e-14);
    }

    #[test]
    fn along_itself_the_exponential_grows_by_itself() {
        let matrix = DMat3::from_cols_array(&[0.3, -1.2, 0.5, 0.9, 0.1, -0.4, 2.0, 0.7, -0.6]);
        let (value, derivative) = exponential(matrix, matrix);
        assert!(relative_error(derivative, matrix * value) < 1e-14);
    }

    #[test]
    fn the_derivative_is_the_limit_of_differences() {
        let matrix = DMat3::from_cols_array(&[0.1, -0.2, 0.05, 0.3, 0.1, -0.4, 0.2, 0.07, -0.1]);
        let direction = DMat3::from_cols_array(&[1.0, 0.5, -0.3, 0.2, -0.7, 0.1, 0.4, 0.9, 0.6]);
        let (_, derivative) = exponential(matrix, direction);
        let value = |t: f64| exponential(matrix + direction * t, DMat3::ZERO).0;
        let step = 1e-5;
        let difference = (value(step) - value(-step)) * (0.5 / step);
        assert!(relative_error(derivative, difference) < 1e-9);
    }
}
