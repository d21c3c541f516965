//! Crockford's base32: digits and capital letters without I, L, O, U, so that codes survive handwriting and the
//! telephone (crockford.com/base32). Input is forgiving: lower case, spaces, hyphens, O for 0, I and L for 1.

/// The 32 symbols.
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The bytes as symbols, most significant bit first; the last symbol is padded with zero bits.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut buffer, mut bits) = (0u32, 0u32);
    for &byte in bytes {
        buffer = (buffer << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(symbol((buffer >> bits) & 31));
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(symbol((buffer << (5 - bits)) & 31));
    }
    out
}

/// The symbol of a value below 32.
pub fn symbol(value: u32) -> char {
    char::from(ALPHABET[(value & 31) as usize])
}

/// The value of a symbol as people write it; `None` for anything that is not one.
pub fn value(c: char) -> Option<u32> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|&a| char::from(a) == c).and_then(|p| u32::try_from(p).ok())
}

/// What a person typed, as symbols only: separators dropped, look-alikes mapped; `None` when something else is in it.
pub fn normalize(typed: &str) -> Option<String> {
    let mut out = String::new();
    for c in typed.chars().map(half_width) {
        if c.is_whitespace() || matches!(c, '-' | '–' | '—' | '_' | '.' | '·') {
            continue;
        }
        out.push(symbol(value(c)?));
    }
    Some(out)
}

/// The ASCII twin of a full-width letter or digit, as Chinese keyboards write them.
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// Check symbol over symbols: a position-weighted sum modulo 31, which finds every single wrong symbol and every swap
/// of neighbours. (31 is prime; the one value that 31 can't tell apart, 0 and 31 = `Z`, is excluded from codes.)
pub fn check_symbol(symbols: &str) -> Option<char> {
    let mut sum = 0u32;
    for (i, c) in symbols.chars().enumerate() {
        let weight = u32::try_from(i).ok()? % 30 + 1;
        sum = (sum + weight * value(c)?) % 31;
    }
    Some(symbol(sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_like_the_specification() {
        assert_eq!(encode(&[0xff, 0xff, 0xff, 0xff, 0xff]), "ZZZZZZZZ");
        assert_eq!(encode(&[0x00, 0x44, 0x32, 0x14, 0xc7]), "01234567");
    }

    #[test]
    fn forgives_what_people_write() {
        assert_eq!(normalize("o1-il 2ａ").as_deref(), Some("01112A"));
        assert_eq!(normalize("7K3M!"), None);
    }
}
