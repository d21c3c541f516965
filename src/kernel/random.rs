//! Randomness, as a parameter: from the operating system in the program, from a seed in tests and demo data.

use std::sync::Mutex;

use rand::{Rng, SeedableRng, rngs::StdRng};

/// Where random bytes come from.
pub trait Random: Send + Sync {
    /// Fills the buffer with random bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// A cryptographic generator, seeded by the operating system.
#[derive(Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system for randomness")]
    fn fill(&self, buffer: &mut [u8]) {
        rand::rng().fill_bytes(buffer);
    }
}

/// A repeatable generator, for tests.
#[derive(Debug)]
pub struct SeededRandom(Mutex<StdRng>);

impl SeededRandom {
    /// The generator of a seed: the same seed gives the same bytes.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(buffer);
    }
}

/// `N` random bytes.
pub fn bytes<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut buffer = [0u8; N];
    random.fill(&mut buffer);
    buffer
}

/// A random secret for a link or a cookie: 32 bytes in Crockford base32 (52 symbols).
pub fn secret(random: &dyn Random) -> String {
    crate::kernel::crockford::encode(&bytes::<32>(random))
}

/// A password that can be read aloud: 4 groups of 4 symbols, 80 bits.
pub fn password(random: &dyn Random) -> String {
    let symbols = crate::kernel::crockford::encode(&bytes::<10>(random)).to_ascii_lowercase();
    let groups: Vec<&str> = (0..4).filter_map(|i| symbols.get(i * 4..i * 4 + 4)).collect();
    groups.join("-")
}
