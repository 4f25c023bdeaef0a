//! Restraints on positions: distance intervals, signed volumes and torsion preferences.

use glam::DVec3;

/// Lower and upper bounds of distances, Å, `[atoms, atoms]`.
#[derive(Clone)]
pub(super) struct Bounds {
    pub(super) count: usize,
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
}

impl Bounds {
    /// Bounds from a function of two atoms, the lower index first.
    pub(super) fn new(count: usize, pair: impl Fn(usize, usize) -> (f64, f64)) -> Bounds {
        let mut bounds = Bounds {
            count,
            lower: vec![0.0; count * count],
            upper: vec![0.0; count * count],
        };
        for i in 0..count {
            for j in i + 1..count {
                let (lower, upper) = pair(i, j);
                bounds.set(i, j, lower, upper);
            }
        }
        bounds
    }

    pub(super) fn lower(&self, i: usize, j: usize) -> f64 {
        self.lower[i * self.count + j]
    }

    pub(super) fn upper(&self, i: usize, j: usize) -> f64 {
        self.upper[i * self.count + j]
    }

    pub(super) fn middle(&self, i: usize, j: usize) -> f64 {
        0.5 * (self.lower(i, j) + self.upper(i, j))
    }

    pub(super) fn set(&mut self, i: usize, j: usize, lower: f64, upper: f64) {
        for index in [i * self.count + j, j * self.count + i] {
            self.lower[index] = lower;
            self.upper[index] = upper;
        }
    }
}

/// Interval of the signed volume a · (b × c) of the vectors from the last of four atoms to the others, Å³.
#[derive(Clone)]
pub(super) struct VolumeRestraint {
    pub(super) atoms: [usize; 4],
    pub(super) lower: f64,
    pub(super) upper: f64,
}

impl VolumeRestraint {
    fn edges(&self, position: impl Fn(usize) -> DVec3) -> [DVec3; 3] {
        let [a, b, c, d] = self.atoms;
        [a, b, c].map(|atom| position(atom) - position(d))
    }

    /// The volume at given positions, Å³.
    pub(super) fn value(&self, position: impl Fn(usize) -> DVec3) -> f64 {
        let [a, b, c] = self.edges(position);
        a.dot(b.cross(c))
    }

    /// The restraint with half the minimum volume, of the same sign.
    pub(super) fn halved(&self) -> VolumeRestraint {
        VolumeRestraint {
            atoms: self.atoms,
            lower: if self.lower > 0.0 {
                0.5 * self.lower
            } else {
                self.lower
            },
            upper: if self.upper < 0.0 {
                0.5 * self.upper
            } else {
                self.upper
            },
        }
    }

    /// Violation of the interval, Å³, and the gradient of the volume for each atom; `None` inside.
    pub(super) fn violation(&self, position: impl Fn(usize) -> DVec3) -> Option<(f64, [DVec3; 4])> {
        let [a, b, c] = self.edges(position);
        let value = a.dot(b.cross(c));
        let outside = value - value.clamp(self.lower, self.upper);
        if outside == 0.0 {
            return None;
        }
        let gradients = [b.cross(c), c.cross(a), a.cross(b)];
        let last = -(gradients[0] + gradients[1] + gradients[2]);
        Some((outside, [gradients[0], gradients[1], gradients[2], last]))
    }
}

/// Torsion preference: E = Σ vₙ (1 + sₙ cos nφ), n = 1 to 6.
#[derive(Clone)]
pub(super) struct TorsionRestraint {
    pub(super) atoms: [usize; 4],
    pub(super) signs: [i32; 6],
    pub(super) strengths: [f64; 6],
}

impl TorsionRestraint {
    /// Energy and its gradient for each atom (A. Blondel and M. Karplus, J. Comput. Chem. 17, 1132
    /// (1996)); `None` if three consecutive atoms are collinear.
    pub(super) fn energy(&self, position: impl Fn(usize) -> DVec3) -> Option<(f64, [DVec3; 4])> {
        let [i, j, k, l] = self.atoms.map(position);
        let (f, g, h) = (i - j, j - k, l - k);
        let (a, b) = (f.cross(g), h.cross(g));
        let (a2, b2, g1) = (a.length_squared(), b.length_squared(), g.length());
        if a2 < 1e-8 || b2 < 1e-8 || g1 < 1e-8 {
            return None;
        }
        let angle = f64::atan2(b.cross(a).dot(g) / g1, a.dot(b));
        let (mut energy, mut slope) = (0.0, 0.0);
        for n in 0..6 {
            let (sign, order) = (f64::from(self.signs[n]), (n + 1) as f64);
            let (sine, cosine) = (order * angle).sin_cos();
            energy += self.strengths[n] * (1.0 + sign * cosine);
            slope -= self.strengths[n] * sign * order * sine;
        }
        let first = -g1 / a2 * a;
        let last = g1 / b2 * b;
        let along = f.dot(g) / (a2 * g1) * a - h.dot(g) / (b2 * g1) * b;
        Some((
            energy,
            [first, along - first, -along - last, last].map(|gradient| slope * gradient),
        ))
    }
}
