//! Cubic splines on a uniform grid from zero, and the grid that splines share.

use std::sync::Arc;

/// A function on a uniform grid from zero: one cubic polynomial per interval, continuous with its
/// derivative.
#[derive(Clone, Debug)]
pub(super) struct Spline(Arc<[[f64; 4]]>);

/// The interval that holds an argument, and the place in it from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    interval: usize,
    fraction: f64,
}

/// Intervals of equal length from zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grid {
    /// 1/length of an interval.
    per_unit: f64,
    last: usize,
}

impl Grid {
    /// The grid of `count` knots with a `spacing`; at least two knots.
    pub(super) fn new(spacing: f64, count: usize) -> Grid {
        Grid {
            per_unit: 1.0 / spacing,
            last: count.max(2) - 2,
        }
    }

    /// The arguments of the knots.
    pub(super) fn knots(&self) -> impl Iterator<Item = f64> {
        let per_unit = self.per_unit;
        (0..self.last + 2).map(move |knot| knot as f64 / per_unit)
    }

    /// The argument of the last knot.
    pub(super) fn end(&self) -> f64 {
        (self.last + 1) as f64 / self.per_unit
    }

    /// The place of an argument ≥ 0; beyond the last knot, that of the last knot.
    #[inline(always)]
    pub(super) fn place(&self, argument: f64) -> Place {
        let scaled = argument * self.per_unit;
        let interval = (scaled as usize).min(self.last);
        Place {
            interval,
            fraction: (scaled - interval as f64).min(1.0),
        }
    }
}

impl Spline {
    /// The spline through values and derivatives at the knots of a grid: the cubic Hermite
    /// interpolation of one interval h from p = 0 to 1 is
    ///
    /// f₀ + h f₀′ p + (3Δ − 2h f₀′ − h f₁′) p² + (h f₀′ + h f₁′ − 2Δ) p³ with Δ = f₁ − f₀.
    pub(super) fn hermite(grid: &Grid, function: impl Fn(f64) -> (f64, f64)) -> Spline {
        let knots: Vec<[f64; 2]> = grid
            .knots()
            .map(|knot| {
                let (value, derivative) = function(knot);
                [value, derivative / grid.per_unit]
            })
            .collect();
        Spline::through(&knots)
    }

    /// The spline through values at the knots, with the derivatives of LAMMPS (`PairEAM::interpolate`), in
    /// units of an interval:
    ///
    /// fₖ′ = (fₖ₋₂ − 8 fₖ₋₁ + 8 fₖ₊₁ − fₖ₊₂)/12; central differences at the second knot from an end, and
    /// one-sided ones at the ends. At least three knots.
    pub(super) fn through_values(values: &[f64]) -> Spline {
        let end = values.len() - 1;
        let slope = |knot: usize| {
            if knot == 0 {
                values[1] - values[0]
            } else if knot == end {
                values[end] - values[end - 1]
            } else if knot == 1 || knot + 1 == end {
                0.5 * (values[knot + 1] - values[knot - 1])
            } else {
                let (near, far) = (
                    values[knot + 1] - values[knot - 1],
                    values[knot - 2] - values[knot + 2],
                );
                (far + 8.0 * near) / 12.0
            }
        };
        let knots = values.iter().enumerate();
        let knots: Vec<[f64; 2]> = knots.map(|(knot, value)| [*value, slope(knot)]).collect();
        Spline::through(&knots)
    }

    /// The spline through values and derivatives, the latter times the length of an interval.
    fn through(knots: &[[f64; 2]]) -> Spline {
        let intervals = knots.windows(2).map(|pair| {
            let ([start, slope], [end, end_slope]) = (pair[0], pair[1]);
            let rise = end - start;
            [
                start,
                slope,
                3.0 * rise - 2.0 * slope - end_slope,
                slope + end_slope - 2.0 * rise,
            ]
        });
        Spline(intervals.collect())
    }

    /// The value at a place.
    #[inline(always)]
    pub(super) fn value(&self, place: Place) -> f64 {
        let [c0, c1, c2, c3] = self.0[place.interval];
        let p = place.fraction;
        ((c3 * p + c2) * p + c1) * p + c0
    }

    /// The value, and the derivative, at a place of a grid.
    #[inline(always)]
    pub(super) fn value_and_derivative(&self, place: Place, grid: &Grid) -> (f64, f64) {
        let [c0, c1, c2, c3] = self.0[place.interval];
        let p = place.fraction;
        (
            ((c3 * p + c2) * p + c1) * p + c0,
            ((3.0 * c3 * p + 2.0 * c2) * p + c1) * grid.per_unit,
        )
    }

    /// The derivative at a place of a grid.
    #[inline(always)]
    pub(super) fn derivative(&self, place: Place, grid: &Grid) -> f64 {
        let [_, c1, c2, c3] = self.0[place.interval];
        let p = place.fraction;
        ((3.0 * c3 * p + 2.0 * c2) * p + c1) * grid.per_unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spline_through_a_cubic_is_that_cubic() {
        let cubic = |x: f64| (1.0 - 2.0 * x + 0.5 * x * x * x, -2.0 + 1.5 * x * x);
        let grid = Grid::new(0.5, 9);
        let spline = Spline::hermite(&grid, cubic);
        for step in 0..=80 {
            let x = 0.05 * f64::from(step);
            let place = grid.place(x);
            let (value, derivative) = spline.value_and_derivative(place, &grid);
            assert!((value - cubic(x).0).abs() < 1e-12, "{x}");
            assert!((derivative - cubic(x).1).abs() < 1e-12, "{x}");
            assert_eq!(value, spline.value(place));
            assert_eq!(derivative, spline.derivative(place, &grid));
        }
        assert_eq!(grid.end(), 4.0);
        assert_eq!(spline.value(grid.place(7.0)), spline.value(grid.place(4.0)));
    }
}
