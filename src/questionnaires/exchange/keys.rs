//! Keys from names: questions of other programs are called "Question 1" or "家长意见"; ours have keys of lower-case letters,
//! digits and underscores, each once.

use std::collections::{HashMap, HashSet};

/// Most characters that are taken from a name, so that a number still fits behind it.
const MOST: usize = 32;

/// Keys that are taken.
#[derive(Debug, Default)]
pub struct Keys {
    taken: HashSet<String>,
    /// The number that comes next behind a key that is taken: a file may have one name ten thousand times.
    next: HashMap<String, usize>,
}

impl Keys {
    /// Keys of which one is kept for something else.
    pub fn without(reserved: &str) -> Self {
        Self { taken: HashSet::from([reserved.to_string()]), next: HashMap::new() }
    }

    /// A free key that is as near to the name as can be; names without a usable letter get the fallback with a number.
    pub fn take(&mut self, name: &str, fallback: &str) -> String {
        let clean = cleaned(name);
        let first = if clean.is_empty() { format!("{fallback}{}", self.taken.len() + 1) } else { clean };
        let mut key = first.clone();
        while !self.taken.insert(key.clone()) {
            let number = self.next.entry(first.clone()).or_insert(2);
            // Cut, so that the number fits: keys are of ASCII alone.
            key = format!("{first:.MOST$}_{number}");
            *number += 1;
        }
        key
    }
}

fn cleaned(name: &str) -> String {
    if name.len() <= 40 && !name.is_empty() && name.bytes().all(is_key_byte) {
        return name.to_string();
    }
    let name = name.trim();
    let mut key = String::new();
    if name.starts_with('-') && name[1..].starts_with(|c: char| c.is_ascii_digit()) {
        key.push('m');
    }
    for c in name.chars() {
        if key.len() >= MOST {
            break;
        }
        if c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_lowercase());
        } else if !key.is_empty() && !key.ends_with('_') && c.is_ascii() && c != '-' {
            key.push('_');
        }
    }
    key.trim_end_matches('_').to_string()
}

const fn is_key_byte(b: u8) -> bool {
    b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_keys_once_each() {
        let mut keys = Keys::default();
        let taken: Vec<String> =
            ["Question 1", "question_1", "家长意见", "Q-2", "_a__b", "-1", "1"].map(|n| keys.take(n, "q")).to_vec();
        assert_eq!(taken, ["question_1", "question_1_2", "q3", "q2", "_a__b", "m1", "1"]);
    }

    #[test]
    fn long_names_stay_within_what_a_key_may_be() {
        let mut keys = Keys::default();
        let long = "x".repeat(40);
        assert_eq!(keys.take(&long, "q"), long);
        for _ in 0..3_000 {
            assert!(keys.take(&long, "q").len() <= 40);
        }
    }

    #[test]
    fn what_is_reserved_is_not_taken() {
        assert_eq!(Keys::without("other").take("other", "c"), "other_2");
    }
}
