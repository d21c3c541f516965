//! One-time codes of an authenticator app (RFC 6238 over RFC 4226): six digits, a new one every 30 seconds, HMAC-SHA-1,
//! which is what every such app can do. Own code over `hmac` and `sha1`: the arithmetic is ten lines, and the vectors of
//! both RFCs are its tests.

use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// Bytes of a secret: 160 bits, as RFC 4226 §4 recommends.
pub const SECRET_BYTES: usize = 20;
/// How long a code is shown, in seconds.
const STEP_SECONDS: i64 = 30;
/// How many digits a code has.
const DIGITS: usize = 6;
/// How many steps a phone's clock may be off, each way (RFC 6238 §5.2 recommends one).
const SKEW: i64 = 1;

/// The number of the time step.
pub fn step_at(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(STEP_SECONDS)
}

/// The code of a step: six digits.
pub fn code(secret: &[u8], step: i64) -> String {
    let number = truncated(secret, step) % 1_000_000;
    format!("{number:0DIGITS$}")
}

/// RFC 4226 §5.3: 31 bits of the HMAC, from where its last four bits say.
fn truncated(secret: &[u8], step: i64) -> u32 {
    // An HMAC takes keys of every length; the fallback is never reached.
    let Ok(mut mac) = <Hmac<Sha1> as hmac::KeyInit>::new_from_slice(secret) else { return 0 };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash.last().copied().unwrap_or(0) & 15);
    let four = hash.iter().skip(offset).take(4);
    four.fold(0u32, |number, byte| number << 8 | u32::from(*byte)) & 0x7FFF_FFFF
}

/// The step to which a typed code belongs, when it is one of a step later than `last` and close to now. The caller keeps
/// the step: no code is good twice (promise 15).
pub fn matching_step(secret: &[u8], typed: &str, now: DateTime<Utc>, last: i64) -> Option<i64> {
    let present = step_at(now);
    // Every step is looked at, whichever it is, so that the time tells nothing.
    (present - SKEW..=present + SKEW)
        .filter(|step| bool::from(code(secret, *step).as_bytes().ct_eq(typed.as_bytes())) && *step > last)
        .max()
}

/// What was typed as a code: six digits, whatever stands between them; `None` for anything else.
pub fn typed_code(text: &str) -> Option<String> {
    let half_width = |c: char| match c {
        '\u{FF10}'..='\u{FF19}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        other => other,
    };
    let digits: String = text.chars().map(half_width).filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// The bytes in base32 as apps read it (RFC 4648 §6, without padding).
pub fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    for chunk in bytes.chunks(5) {
        let padded = chunk.iter().chain(std::iter::repeat(&0)).take(5);
        let bits = padded.fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        for i in 0..(chunk.len() * 8).div_ceil(5) {
            let value = (bits >> (35 - 5 * i)) & 31;
            out.push(char::from(ALPHABET[value as usize]));
        }
    }
    out
}

/// The address in the QR code that an app reads: who issued it, for which account, the secret.
pub fn address(issuer: &str, account: &str, secret: &[u8]) -> String {
    let escape = |text: &str| -> String {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
        text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
    };
    let (issuer, account) = (escape(issuer), escape(account));
    format!("otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}", base32(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_4226_appendix_d() {
        let expected =
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"];
        for (counter, code_then) in (0..).zip(expected) {
            assert_eq!(code(SECRET, counter), code_then, "{counter}");
        }
        let numbers = [1_284_755_224, 1_094_287_082, 137_359_152, 1_726_969_429, 1_640_338_314];
        for (counter, number) in (0..).zip(numbers) {
            assert_eq!(truncated(SECRET, counter), number, "{counter}");
        }
    }

    #[test]
    fn codes_are_the_last_six_digits_of_rfc_6238_appendix_b() {
        let vectors = [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ];
        for (seconds, eight) in vectors {
            assert_eq!(code(SECRET, step_at(at(seconds))), eight[2..], "{seconds}");
        }
    }

    #[test]
    fn a_clock_may_be_one_step_off_and_no_code_is_good_twice() {
        let now = at(1_111_111_111);
        let present = step_at(now);
        for (off, good) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let found = matching_step(SECRET, &code(SECRET, present + off), now, 0);
            assert_eq!(found, good.then_some(present + off), "{off}");
        }
        assert_eq!(matching_step(SECRET, &code(SECRET, present), now, present), None, "used already");
        assert_eq!(matching_step(SECRET, &code(SECRET, present - 1), now, present), None, "older than the last used");
        assert_eq!(matching_step(SECRET, &code(SECRET, present + 1), now, present), Some(present + 1));
    }

    #[test]
    fn base32_is_that_of_rfc_4648() {
        let vectors = [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ];
        for (plain, encoded) in vectors {
            assert_eq!(base32(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn people_type_codes_as_they_see_them() {
        assert_eq!(typed_code(" 287 082 ").as_deref(), Some("287082"));
        assert_eq!(typed_code("２８７０８２").as_deref(), Some("287082"));
        for bad in ["28708", "2870823", "28708a", ""] {
            assert_eq!(typed_code(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_address_names_the_school_and_the_account() {
        let address = address("雪莲小学", "lixiuying", b"foobar");
        assert_eq!(
            address,
            "otpauth://totp/%E9%9B%AA%E8%8E%B2%E5%B0%8F%E5%AD%A6:lixiuying?secret=MZXW6YTBOI&issuer=%E9%9B%AA%E8%8E%B2%E5%B0%8F%E5%AD%A6"
        );
    }
}
