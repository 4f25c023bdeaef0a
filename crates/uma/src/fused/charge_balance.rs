//! Channels that hold partial charges, shifted so that they add up to the total charge.
//!
//! fairchem: `charge_balanced_channels` of `eSCNMDBackbone`.

use std::ops::Range;

use crate::real::Real;

/// x₀ −= mean(x₀) − Q / N for some channels of degree 0.
#[derive(Clone, Debug)]
pub(crate) struct ChargeBalance {
    pub(crate) channels: Range<usize>,
    /// S·C, the size of a feature.
    pub(crate) feature: usize,
}

impl ChargeBalance {
    /// Shifts the balanced channels of features `[N, S, C]` so that they add up to `charge`, e.
    pub(crate) fn forward<T: Real>(&self, x: &mut [T], charge: i32) {
        let atoms = (x.len() / self.feature) as f64;
        for channel in self.channels.clone() {
            let of_atoms = x.iter().skip(channel).step_by(self.feature);
            let sum: f64 = of_atoms.map(|x| x.to_f64()).sum();
            let excess = T::from_f64((sum - f64::from(charge)) / atoms);
            for x in x.iter_mut().skip(channel).step_by(self.feature) {
                *x -= excess;
            }
        }
    }

    /// Turns dE/dy into dE/dx: the mean over atoms drops out.
    pub(crate) fn backward<T: Real>(&self, gradient: &mut [T]) {
        self.forward(gradient, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn balanced_channels_add_up_to_the_charge_and_others_stay() {
        let balance = ChargeBalance {
            channels: 1..3,
            feature: 4,
        };
        let mut x = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
        balance.forward(&mut x, -2);
        assert_eq!(x, [1.0, -3.0, -3.0, 4.0, 5.0, 1.0, 1.0, 8.0]);
    }
}
