//! Proof of work: when many submissions come from one address, a phone is asked to spend a moment of computing instead
//! of being refused (promise 20). The browser and the server run this same code.

use sha2::{Digest, Sha256};

/// Leading zero bits that a proof needs: about 65,000 hashes, under a second on an old phone.
pub const DIFFICULTY: u32 = 16;

/// Whether `nonce` is a proof for this challenge (the form's idempotency key).
pub fn is_valid(challenge: &str, nonce: u64) -> bool {
    leading_zero_bits(challenge, nonce) >= DIFFICULTY
}

/// Tries `count` nonces from `start` on; the first proof found.
pub fn search(challenge: &str, start: u64, count: u64) -> Option<u64> {
    (start..start.saturating_add(count)).find(|nonce| is_valid(challenge, *nonce))
}

fn leading_zero_bits(challenge: &str, nonce: u64) -> u32 {
    let mut hash = Sha256::new();
    hash.update(challenge.as_bytes());
    hash.update(b":");
    hash.update(nonce.to_be_bytes());
    let digest = hash.finalize();
    let mut bits = 0;
    for byte in digest.iter() {
        bits += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_found_proof_is_valid_only_for_its_challenge() {
        let nonce = search("form-instance-1", 0, 5_000_000).unwrap();
        assert!(is_valid("form-instance-1", nonce));
        assert!(!is_valid("form-instance-2", nonce) || !is_valid("form-instance-3", nonce));
    }
}
