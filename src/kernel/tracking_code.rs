//! The tracking code 查询码: the secret of the submitter, 16 symbols in four groups: 15 random ones (over 74 bits) and
//! a check symbol, so that a wrong letter is found before anything is looked up.
//!
//! Only an HMAC of it is stored (promise 9). It is derived from the idempotency key, so that a repeated press shows the
//! same receipt although the code itself is kept nowhere.

use crate::kernel::crockford;

/// Symbols of a code, the check symbol included.
pub const LENGTH: usize = 16;

/// A code in its plain form: 16 symbols, no separators.
#[derive(Clone, PartialEq, Eq)]
pub struct TrackingCode(String);

impl TrackingCode {
    /// The code made of 15 values; each byte is reduced to a symbol other than `Z` (see [`crockford::check_symbol`]).
    pub fn from_bytes(bytes: &[u8; 15]) -> Self {
        let mut code: String = bytes.iter().map(|b| crockford::symbol(u32::from(*b) % 31)).collect();
        if let Some(check) = crockford::check_symbol(&code) {
            code.push(check);
        }
        Self(code)
    }

    /// Reads what a person typed; `None` when the length, a symbol or the check symbol is wrong.
    pub fn parse(typed: &str) -> Option<Self> {
        let code = crockford::normalize(typed)?;
        if code.len() != LENGTH || code.contains('Z') {
            return None;
        }
        let (body, check) = code.split_at(LENGTH - 1);
        (crockford::check_symbol(body)?.to_string() == check).then_some(Self(code))
    }

    /// The 16 symbols.
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// The four groups of four, for display and for reading aloud.
    pub fn groups(&self) -> [&str; 4] {
        [&self.0[0..4], &self.0[4..8], &self.0[8..12], &self.0[12..16]]
    }

    /// Four groups with hyphens.
    pub fn grouped(&self) -> String {
        self.groups().join("-")
    }
}

/// Never the code itself (promise 9: not in logs).
impl std::fmt::Debug for TrackingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TrackingCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> TrackingCode {
        TrackingCode::from_bytes(&[3, 250, 17, 9, 88, 120, 1, 0, 44, 200, 131, 77, 5, 61, 19])
    }

    #[test]
    fn reads_back_what_it_wrote_in_any_spelling() {
        let code = sample();
        assert_eq!(code.plain().len(), LENGTH);
        assert_eq!(TrackingCode::parse(&code.grouped()), Some(code.clone()));
        assert_eq!(TrackingCode::parse(&code.grouped().to_lowercase().replace('-', " ")), Some(code));
    }

    #[test]
    fn finds_every_wrong_symbol_and_every_swap_of_neighbours() {
        let code = sample().plain().to_string();
        for i in 0..LENGTH {
            for wrong in crockford::ALPHABET.iter().map(|b| char::from(*b)) {
                let mut symbols: Vec<char> = code.chars().collect();
                if symbols[i] == wrong {
                    continue;
                }
                symbols[i] = wrong;
                assert_eq!(TrackingCode::parse(&symbols.iter().collect::<String>()), None, "position {i}, {wrong}");
            }
        }
        for i in 0..LENGTH - 1 {
            let mut symbols: Vec<char> = code.chars().collect();
            symbols.swap(i, i + 1);
            let swapped: String = symbols.iter().collect();
            if swapped != code {
                assert_eq!(TrackingCode::parse(&swapped), None, "swap at {i}");
            }
        }
    }
}
