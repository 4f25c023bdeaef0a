//! Batches: which labels each step sees, in an order that depends only on the seed and the epoch.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// Splits indices of labels into those for training and a `fraction` for validation, at least one of
/// each if there are two labels; the order of the file is kept.
pub fn split(count: usize, fraction: f64, seed: u64) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..count).collect();
    order.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    let most = count.saturating_sub(1);
    let left_out = match fraction > 0.0 {
        true => ((fraction * count as f64).round() as usize)
            .max(1)
            .min(most),
        false => 0,
    };
    let mut training = order.split_off(left_out);
    training.sort_unstable();
    order.sort_unstable();
    (training, order)
}

/// Number of batches of an epoch: labels with so many atoms each, in batches of about `atoms` atoms.
pub(crate) fn count(sizes: &[usize], atoms: usize) -> usize {
    let all: usize = sizes.iter().sum();
    all.div_ceil(atoms.max(1)).min(sizes.len())
}

/// The batches of an epoch: labels in random order, in batches of about equally many atoms; as many
/// batches in every epoch, and none is empty.
pub(crate) fn epoch(sizes: &[usize], atoms: usize, seed: u64, epoch: u64) -> Vec<Vec<usize>> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(epoch);
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.shuffle(&mut random);
    let batches = count(sizes, atoms);
    let all: usize = sizes.iter().sum();
    let mut order = order.into_iter();
    let mut done = 0;
    (1..=batches)
        .map(|batch| {
            let mut members = Vec::new();
            // A label is left for each later batch.
            while order.len() > batches - batch
                && (members.is_empty() || done * batches < batch * all)
            {
                if let Some(label) = order.next() {
                    done += sizes[label];
                    members.push(label);
                }
            }
            members
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_split_is_disjoint_complete_and_the_same_for_the_same_seed() {
        for count in [1, 2, 3, 10, 101] {
            let (training, validation) = split(count, 0.1, 7);
            let mut all = [training.clone(), validation.clone()].concat();
            all.sort_unstable();
            assert_eq!(all, (0..count).collect::<Vec<_>>());
            assert_eq!(split(count, 0.1, 7), (training.clone(), validation.clone()));
            assert!(!training.is_empty(), "{count}");
            assert_eq!(validation.is_empty(), count < 2, "{count}");
        }
        assert_eq!(split(101, 0.1, 7).1.len(), 10);
        assert!(split(10, 0.0, 1).1.is_empty());
    }

    #[test]
    fn every_epoch_has_each_label_once_in_as_many_batches() {
        for sizes in [
            vec![1; 10],
            vec![500, 1, 1, 1],
            vec![3, 7, 20, 1, 4, 4, 9],
            vec![8],
        ] {
            for atoms in [1, 10, 64, 10_000] {
                for number in 0..20 {
                    let batches = epoch(&sizes, atoms, 3, number);
                    assert_eq!(batches.len(), count(&sizes, atoms));
                    assert!(batches.iter().all(|batch| !batch.is_empty()), "{batches:?}");
                    let mut all = batches.concat();
                    all.sort_unstable();
                    assert_eq!(all, (0..sizes.len()).collect::<Vec<_>>());
                }
            }
        }
        let twice = [0, 1].map(|number| epoch(&[1; 50], 10, 3, number));
        assert_ne!(twice[0], twice[1]);
    }
}
