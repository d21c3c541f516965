//! Numbers as people type them, without floating point: its parser alone would be a tenth of the browser's bundle, and a
//! number that was answered must come out as it went in.

/// Digits after the point that count.
pub const MOST_DECIMALS: usize = 6;
/// One whole.
pub const ONE: i64 = 1_000_000;

/// A decimal number in millionths; `None` when it is none, or has more than 12 digits before the point or 6 after it.
/// Full-width digits and the Chinese comma for thousands are read too.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix(['-', '−', '－']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mut value, mut before, mut after) = (0i64, 0usize, None::<usize>);
    for c in digits.chars() {
        match c {
            '.' | '．' if after.is_none() => after = Some(0),
            _ => {
                let digit = digit(c)?;
                value = value.checked_mul(10)?.checked_add(digit)?;
                match &mut after {
                    Some(n) => *n += 1,
                    None => before += 1,
                }
            }
        }
    }
    let decimals = after.unwrap_or(0);
    if before == 0 || before > 12 || decimals > MOST_DECIMALS || after == Some(0) {
        return None;
    }
    for _ in decimals..MOST_DECIMALS {
        value = value.checked_mul(10)?;
    }
    Some(if negative { -value } else { value })
}

fn digit(c: char) -> Option<i64> {
    match c {
        '0'..='9' => Some(i64::from(u32::from(c) - u32::from('0'))),
        '０'..='９' => Some(i64::from(u32::from(c) - u32::from('０'))),
        _ => None,
    }
}

/// Millionths as the shortest plain text: `12`, `-0.5`.
pub fn show(millionths: i64) -> String {
    let (sign, value) = if millionths < 0 { ("-", millionths.unsigned_abs()) } else { ("", millionths.unsigned_abs()) };
    let one = ONE.unsigned_abs();
    let (whole, rest) = ((value / one).to_string(), value % one);
    if rest == 0 {
        return [sign, &whole].concat();
    }
    let digits = (rest + one).to_string();
    [sign, &whole, ".", digits[1..].trim_end_matches('0')].concat()
}

/// How many digits after the point a number needs.
pub fn decimals(millionths: i64) -> usize {
    let text = show(millionths);
    text.split_once('.').map_or(0, |(_, rest)| rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        assert_eq!(parse("12"), Some(12 * ONE));
        assert_eq!(parse(" １２．５ "), Some(12_500_000));
        assert_eq!(parse("-0.000001"), Some(-1));
        for wrong in ["", "-", ".", "1.", ".5", "1e3", "1,5", "十二", "0x1f", "1.0000001", "1234567890123", "1.2.3"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn decimals_are_those_that_count() {
        assert_eq!(decimals(12_500_000), 1);
        assert_eq!(decimals(12 * ONE), 0);
        assert_eq!(decimals(-1), 6);
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(value in -999_999_999_999_i64 * 1_000_000..=999_999_999_999_i64 * 1_000_000) {
            prop_assert_eq!(parse(&show(value)), Some(value));
        }
    }
}
