//! The one-time code 答题码 of a questionnaire, printed on a slip: 12 symbols in three groups, 11 random ones (over 54 bits)
//! and a check symbol, so that a wrong letter is found before anything is looked up. Only an HMAC of it is stored.

use crate::kernel::crockford;

/// Symbols of a code, the check symbol included.
pub const LENGTH: usize = 12;

/// A code in its plain form: 12 symbols, no separators.
#[derive(Clone, PartialEq, Eq)]
pub struct ResponseCode(String);

impl ResponseCode {
    /// The code made of 11 values; each byte is reduced to a symbol other than `Z` (see [`crockford::check_symbol`]).
    pub fn from_bytes(bytes: &[u8; 11]) -> Self {
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

    /// The 12 symbols.
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// Three groups of four with hyphens, for slips.
    pub fn grouped(&self) -> String {
        [&self.0[0..4], &self.0[4..8], &self.0[8..12]].join("-")
    }
}

/// Never the code itself: not in logs.
impl std::fmt::Debug for ResponseCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ResponseCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_reads_back_in_any_spelling_and_with_one_wrong_symbol_not_at_all(
            bytes in any::<[u8; 11]>(), at in 0..LENGTH, wrong in 0u32..32,
        ) {
            let code = ResponseCode::from_bytes(&bytes);
            prop_assert_eq!(code.plain().len(), LENGTH);
            prop_assert_eq!(ResponseCode::parse(&code.grouped().to_lowercase()), Some(code.clone()));
            let mut symbols: Vec<char> = code.plain().chars().collect();
            let wrong = crockford::symbol(wrong);
            if symbols[at] != wrong {
                symbols[at] = wrong;
                prop_assert_eq!(ResponseCode::parse(&symbols.iter().collect::<String>()), None);
            }
        }
    }
}
