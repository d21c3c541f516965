//! The case number 编号: public, short enough to say on the telephone, and without an order that could be guessed:
//! `HY-` + 4 symbols + 2 digits, random.

use crate::kernel::{crockford, random, random::Random};

/// A new random number; the caller tries again when the organisation has it already.
pub fn new(random: &dyn Random) -> String {
    let b = random::bytes::<6>(random);
    let letters: String = b[..4].iter().map(|v| crockford::symbol(u32::from(*v))).collect();
    let digits = u16::from_be_bytes([b[4], b[5]]) % 100;
    format!("HY-{letters}-{digits:02}")
}

/// What a person typed as a case number, in its stored spelling; `None` when it can't be one.
pub fn parse(typed: &str) -> Option<String> {
    let upper = typed.trim().to_uppercase();
    let rest = upper.strip_prefix("HY").unwrap_or(&upper);
    let symbols = crockford::normalize(rest)?;
    if symbols.len() != 6 {
        return None;
    }
    let (letters, digits) = symbols.split_at(4);
    digits.chars().all(|c| c.is_ascii_digit()).then(|| format!("HY-{letters}-{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;

    #[test]
    fn reads_its_own_numbers_and_sloppy_spellings() {
        let random = SeededRandom::new(1);
        for _ in 0..200 {
            let number = new(&random);
            assert_eq!(parse(&number), Some(number.clone()));
            assert_eq!(parse(&number.to_lowercase().replace('-', "")), Some(number));
        }
        assert_eq!(parse("HY-12"), None);
    }
}
