//! A curve of a training: a quantity over the steps, in bounded memory.

/// Most points of a curve.
const MAX_POINTS: usize = 2000;

/// A quantity over the steps. From 2000 points on, two neighbors become one: their mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Step and value, from left to right.
    points: Vec<[f64; 2]>,
    /// Values that a point is the mean of.
    stride: usize,
    /// Sum of the values of the next point, and their number.
    next: ([f64; 2], usize),
}

impl Default for Curve {
    fn default() -> Curve {
        Curve {
            points: Vec::new(),
            stride: 1,
            next: ([0.0; 2], 0),
        }
    }
}

impl Curve {
    /// Adds a value at a step. A step before the last one begins the curve again; values that are not finite
    /// are left out.
    pub fn push(&mut self, step: u64, value: f64) {
        let step = step as f64;
        if self.points.last().is_some_and(|[last, _]| step < *last) {
            *self = Curve::default();
        }
        if !value.is_finite() {
            return;
        }
        let (sum, count) = &mut self.next;
        *sum = [sum[0] + step, sum[1] + value];
        *count += 1;
        if *count < self.stride {
            return;
        }
        self.points.push(sum.map(|of| of / *count as f64));
        self.next = ([0.0; 2], 0);
        if self.points.len() >= MAX_POINTS {
            let pairs = self.points.chunks_exact(2);
            let mean = |pair: &[[f64; 2]]| [0, 1].map(|axis| 0.5 * (pair[0][axis] + pair[1][axis]));
            self.points = pairs.map(mean).collect();
            self.stride *= 2;
        }
    }

    /// Its points, from left to right.
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// The smallest value, with its step.
    pub fn lowest(&self) -> Option<[f64; 2]> {
        let points = self.points.iter().copied();
        points.min_by(|one, other| one[1].total_cmp(&other[1]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_curve_keeps_its_shape_in_bounded_memory() {
        let mut curve = Curve::default();
        for step in 0..100_000 {
            curve.push(step, 2.0 * step as f64);
        }
        let points = curve.points();
        assert!((500..2000).contains(&points.len()), "{}", points.len());
        assert!(
            points
                .iter()
                .all(|[step, value]| (value - 2.0 * step).abs() < 1e-6)
        );
        assert!(points[0][0] < 200.0 && points[points.len() - 1][0] > 99_000.0);
    }

    #[test]
    fn a_training_that_begins_again_begins_the_curve_again() {
        let mut curve = Curve::default();
        (5..9).for_each(|step| curve.push(step, 1.0));
        curve.push(6, f64::NAN);
        curve.push(3, 0.5);
        assert_eq!(curve.points(), [[3.0, 0.5]]);
        assert_eq!(curve.lowest(), Some([3.0, 0.5]));
    }
}
