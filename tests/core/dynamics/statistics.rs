//! Means of correlated series, and whether samples follow a distribution.

/// A mean and its standard error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Estimate {
    pub(super) mean: f64,
    pub(super) error: f64,
}

impl Estimate {
    /// The mean of a correlated series: the variance of the mean is that of the samples times 2τ/n, with the
    /// autocorrelation time τ summed in a window of 6 τ (A. D. Sokal, in Functional Integration,
    /// NATO ASI B 361 (1997)).
    pub(super) fn of(series: &[f64]) -> Estimate {
        let n = series.len() as f64;
        let mean = series.iter().sum::<f64>() / n;
        let covariance = |lag: usize| {
            let pairs = series.iter().zip(&series[lag..]);
            pairs.map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / n
        };
        let variance = covariance(0);
        let mut time = 0.5;
        for lag in 1..series.len() / 10 {
            time += covariance(lag) / variance;
            if lag as f64 > 6.0 * time {
                break;
            }
        }
        Estimate {
            mean,
            error: (2.0 * time.max(0.5) * variance / n).sqrt(),
        }
    }

    /// The variance: the mean of the squared deviations.
    pub(super) fn of_variance(series: &[f64]) -> Estimate {
        let mean = series.iter().sum::<f64>() / series.len() as f64;
        Estimate::of(
            &series
                .iter()
                .map(|x| (x - mean).powi(2))
                .collect::<Vec<_>>(),
        )
    }

    /// Fails unless the value is within four standard errors, and these are small enough.
    #[track_caller]
    pub(super) fn assert_is(&self, expected: f64, precision: f64) {
        let Estimate { mean, error } = *self;
        println!("{mean:.5} ± {error:.5}, expected {expected:.5}");
        assert!(
            error <= precision * expected.abs(),
            "{mean} ± {error} tells too little"
        );
        let off = (mean - expected).abs();
        assert!(off <= 4.0 * error, "{mean} ± {error} is not {expected}");
    }
}

/// Fails if independent samples do not follow a cumulative distribution: the test of Kolmogorov and
/// Smirnov at a significance of 1 % (asymptotically D sqrt(n) < 1.628).
#[track_caller]
pub(super) fn assert_follow(mut samples: Vec<f64>, distribution: impl Fn(f64) -> f64) {
    samples.sort_by(f64::total_cmp);
    let n = samples.len() as f64;
    let distance = samples
        .iter()
        .enumerate()
        .fold(0.0_f64, |distance, (rank, sample)| {
            let expected = distribution(*sample);
            distance
                .max(expected - rank as f64 / n)
                .max((rank + 1) as f64 / n - expected)
        });
    println!(
        "Kolmogorov–Smirnov: D sqrt(n) = {:.3}, n = {n}",
        distance * n.sqrt()
    );
    assert!(
        distance * n.sqrt() < 1.628,
        "D sqrt(n) is {}",
        distance * n.sqrt()
    );
}

/// Normal distribution of mean 0 and variance 1, by the series of A. Abramowitz and I. Stegun,
/// Handbook of Mathematical Functions, 26.2.10.
pub(super) fn normal(x: f64) -> f64 {
    if x.abs() > 7.0 {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut term, mut sum) = (x, x);
    for n in 1..200 {
        term *= -x * x / (2.0 * n as f64);
        sum += term / (2 * n + 1) as f64;
    }
    0.5 + sum / std::f64::consts::TAU.sqrt()
}

/// The slope of a straight line through points, by least squares.
pub(super) fn slope(points: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let n = points.clone().count() as f64;
    let (x, y) = points
        .clone()
        .fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x / n, sum.1 + y / n));
    let (mut xy, mut xx) = (0.0, 0.0);
    for (a, b) in points {
        xy += (a - x) * (b - y);
        xx += (a - x) * (a - x);
    }
    xy / xx
}
