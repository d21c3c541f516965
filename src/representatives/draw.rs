//! Drawing by lot, so that anybody can draw again and get the same.
//!
//! 1. The cases to draw from are put in the order of their ids; the same id twice counts once. The **hash of the
//!    population** is SHA-256 over the ids (16 bytes each) in that order.
//! 2. Numbers come from SHA-256 over `huiyin draw 1`, the seed, and a counter that begins at 0 (8 bytes, the highest
//!    first); each block gives four numbers of 8 bytes. A number for n places is taken only below the largest multiple of
//!    n, so that no place is likelier than another.
//! 3. For the k-th draw (from 0) one of the places k … n − 1 is drawn and changes places with k (Fisher–Yates); the first
//!    `count` are drawn, in this order.
//!
//! No library is used, so that the rule can be written down in these three points and followed with any other program.

use sha2::{Digest, Sha256};

/// What decides: random, and recorded.
pub type Seed = [u8; 32];

/// An id: 16 bytes.
pub type Id = [u8; 16];

const NAME: &[u8] = b"huiyin draw 1";

/// The population in its order, every id once.
pub fn in_order(population: &[Id]) -> Vec<Id> {
    let mut ids = population.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The hash of a population, whatever the order in which it is given.
pub fn population_hash(population: &[Id]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for id in in_order(population) {
        hash.update(id);
    }
    hash.finalize().into()
}

/// Draws `count` of a population, or all when it has fewer.
pub fn draw(seed: &Seed, population: &[Id], count: usize) -> Vec<Id> {
    let mut ids = in_order(population);
    let count = count.min(ids.len());
    let mut numbers = Numbers::of(seed);
    for k in 0..count {
        let left = u64::try_from(ids.len() - k).unwrap_or(u64::MAX);
        let other = k + usize::try_from(numbers.below(left)).unwrap_or(0);
        ids.swap(k, other);
    }
    ids.truncate(count);
    ids
}

/// Numbers that follow from a seed.
struct Numbers<'a> {
    seed: &'a Seed,
    counter: u64,
    block: Vec<u64>,
}

impl<'a> Numbers<'a> {
    const fn of(seed: &'a Seed) -> Self {
        Self { seed, counter: 0, block: Vec::new() }
    }

    fn next(&mut self) -> u64 {
        loop {
            if let Some(number) = self.block.pop() {
                return number;
            }
            let hash: [u8; 32] = Sha256::new()
                .chain_update(NAME)
                .chain_update(self.seed)
                .chain_update(self.counter.to_be_bytes())
                .finalize()
                .into();
            self.counter += 1;
            let number = |bytes: &[u8]| bytes.iter().fold(0u64, |sum, byte| (sum << 8) | u64::from(*byte));
            // The last is taken first from a stack.
            self.block = hash.chunks(8).rev().map(number).collect();
        }
    }

    /// A number from 0 to `n` − 1, each as likely as the others.
    fn below(&mut self, n: u64) -> u64 {
        if n < 2 {
            return 0;
        }
        let fair = u64::MAX - u64::MAX % n;
        loop {
            let number = self.next();
            if number < fair {
                return number % n;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id(n: u64) -> Id {
        u128::from(n).to_be_bytes()
    }

    fn seed(n: u64) -> Seed {
        let mut seed = [0u8; 32];
        seed[..8].copy_from_slice(&n.to_be_bytes());
        seed
    }

    proptest! {
        #[test]
        fn what_is_drawn_is_of_the_population_and_never_twice(
            seed in any::<[u8; 32]>(), population in prop::collection::vec(any::<[u8; 16]>(), 0..60), count in 0usize..80,
        ) {
            let drawn = draw(&seed, &population, count);
            prop_assert_eq!(drawn.len(), count.min(in_order(&population).len()));
            prop_assert!(drawn.iter().all(|d| population.contains(d)));
            prop_assert_eq!(in_order(&drawn).len(), drawn.len());
        }

        #[test]
        fn the_same_seed_draws_the_same_whatever_the_order(
            seed in any::<[u8; 32]>(), population in prop::collection::vec(any::<[u8; 16]>(), 0..40), count in 0usize..10,
        ) {
            let mut turned = population.clone();
            turned.reverse();
            turned.extend(population.iter().take(3));
            prop_assert_eq!(draw(&seed, &population, count), draw(&seed, &turned, count));
            prop_assert_eq!(population_hash(&population), population_hash(&turned));
        }

        #[test]
        fn a_longer_draw_begins_like_a_shorter_one(seed in any::<[u8; 32]>(), count in 1usize..20) {
            let population: Vec<Id> = (0..30).map(id).collect();
            let longer = draw(&seed, &population, count);
            prop_assert_eq!(&draw(&seed, &population, count - 1)[..], &longer[..count - 1]);
        }
    }

    #[test]
    fn every_case_is_as_likely_as_every_other() {
        // 10 cases, 3 drawn, 20,000 times: each is expected 6,000 times, with a deviation of about 65.
        let population: Vec<Id> = (0..10).map(id).collect();
        let (mut drawn, mut first) = ([0u32; 10], [0u32; 10]);
        for n in 0..20_000 {
            let sample = draw(&seed(n), &population, 3);
            for one in &sample {
                drawn[usize::from(one[15])] += 1;
            }
            first[usize::from(sample[0][15])] += 1;
        }
        assert!(drawn.iter().all(|n| (5_650..=6_350).contains(n)), "{drawn:?}");
        assert!(first.iter().all(|n| (1_770..=2_230).contains(n)), "{first:?}");
    }

    #[test]
    fn the_rule_does_not_change_under_draws_that_were_made() {
        let population: Vec<Id> = (1..=100).map(id).collect();
        let drawn: Vec<u8> = draw(&seed(7), &population, 5).iter().map(|d| d[15]).collect();
        assert_eq!(drawn, FIVE_OF_A_HUNDRED);
    }

    /// Computed with another program that follows the three points of the module's text.
    const FIVE_OF_A_HUNDRED: [u8; 5] = [100, 99, 47, 56, 15];
}
