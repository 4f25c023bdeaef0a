//! Channels that are the atoms' shares of the total charge: moved so that they add up to it.
//!
//! fairchem: `charge_balanced_channels` of `eSCNMDBackbone`.

use std::ops::Range;

use super::super::real::Real;

/// Some channels of degree 0, of features of `feature` numbers.
#[derive(Clone, Debug)]
pub(super) struct Balance {
    pub(super) channels: Range<usize>,
    pub(super) feature: usize,
}

impl Balance {
    /// Moves these channels of all atoms by the same, so that they add up to the charge, e.
    pub(super) fn forward<T: Real>(&self, x: &mut [T], charge: i32) {
        let atoms = (x.len() / self.feature) as f64;
        for channel in self.channels.clone() {
            let of_atoms = x.iter().skip(channel).step_by(self.feature);
            let sum: f64 = of_atoms.map(|x| x.wide()).sum();
            let excess = T::of((sum - f64::from(charge)) / atoms);
            for x in x.iter_mut().skip(channel).step_by(self.feature) {
                *x -= excess;
            }
        }
    }

    /// Of the gradient with the result, that with the features: what moves all atoms moves nothing.
    pub(super) fn backward<T: Real>(&self, gradient: &mut [T]) {
        self.forward(gradient, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn balanced_channels_add_up_to_the_charge_and_others_stay() {
        let balance = Balance {
            channels: 1..3,
            feature: 4,
        };
        let mut x = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
        balance.forward(&mut x, -2);
        assert_eq!(x, [1.0, -3.0, -3.0, 4.0, 5.0, 1.0, 1.0, 8.0]);
    }
}
