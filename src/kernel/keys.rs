//! The installation's secret keys and what is derived with them. They lie outside the database (promise 9): whoever has
//! a copy of the database alone can neither try tracking codes nor open sealed identities.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::kernel::{
    ids::OrganizationId, random, random::Random, response_code::ResponseCode, tracking_code::TrackingCode,
};

/// The three keys of an installation.
#[derive(Clone)]
pub struct Keys {
    pepper: [u8; 32],
    audit: [u8; 32],
    sealing: [u8; 32],
}

impl Keys {
    /// Keys from their bytes.
    pub fn new(pepper: [u8; 32], audit: [u8; 32], sealing: [u8; 32]) -> Self {
        Self { pepper, audit, sealing }
    }

    /// New random keys.
    pub fn generate(random: &dyn Random) -> Self {
        Self::new(random::bytes(random), random::bytes(random), random::bytes(random))
    }

    /// The bytes of each key with its file name, for keeping them.
    pub fn parts(&self) -> [(&'static str, &[u8; 32]); 3] {
        [("pepper", &self.pepper), ("audit", &self.audit), ("sealing", &self.sealing)]
    }

    /// The tracking code that belongs to an idempotency key of an access point: the same press, the same code.
    pub fn tracking_code(&self, org: OrganizationId, scope: &str, idempotency_key: &str) -> TrackingCode {
        let mac = mac(&self.pepper, &[b"track", org.0.as_bytes(), scope.as_bytes(), idempotency_key.as_bytes()]);
        let mut bytes = [0u8; 15];
        bytes.copy_from_slice(&mac[..15]);
        TrackingCode::from_bytes(&bytes)
    }

    /// What is stored of a tracking code.
    pub fn tracking_hash(&self, code: &TrackingCode) -> Vec<u8> {
        mac(&self.pepper, &[b"tracking-code", code.plain().as_bytes()]).to_vec()
    }

    /// The one-time code of this number that a press makes for a class: the same press, the same codes.
    pub fn response_code(&self, of: uuid::Uuid, cohort: &str, idempotency_key: &str, number: i64) -> ResponseCode {
        let number = number.to_be_bytes();
        let parts: [&[u8]; 5] =
            [b"response-codes", of.as_bytes(), cohort.as_bytes(), idempotency_key.as_bytes(), &number];
        let mac = mac(&self.pepper, &parts);
        let mut bytes = [0u8; 11];
        bytes.copy_from_slice(&mac[..11]);
        ResponseCode::from_bytes(&bytes)
    }

    /// What is stored of a one-time code.
    pub fn response_code_hash(&self, code: &ResponseCode) -> Vec<u8> {
        mac(&self.pepper, &[b"response-code", code.plain().as_bytes()]).to_vec()
    }

    /// The secret in the link of an e-mail: whoever has the mail has it, and nothing of it is stored.
    pub fn mail_link(&self, id: uuid::Uuid) -> [u8; 16] {
        let mut bytes = [0u8; 16];
        bytes.copy_from_slice(&mac(&self.pepper, &[b"mail-link", id.as_bytes()])[..16]);
        bytes
    }

    /// What is stored of an e-mail address, to count how often it was named.
    pub fn address_hash(&self, address: &str) -> Vec<u8> {
        mac(&self.pepper, &[b"address", address.trim().to_lowercase().as_bytes()]).to_vec()
    }

    /// What is stored of an idempotency key: the key alone would open the receipt.
    pub fn idempotency_hash(&self, scope: &str, key: &str) -> Vec<u8> {
        mac(&self.pepper, &[b"idempotency", scope.as_bytes(), key.as_bytes()]).to_vec()
    }

    /// What is stored of a submission's content to recognise the same press (keyed: the content can't be guessed from it).
    pub fn content_hash(&self, parts: &[&[u8]]) -> Vec<u8> {
        mac(&self.pepper, parts).to_vec()
    }

    /// The next link of the audit chain.
    pub fn audit_link(&self, parts: &[&[u8]]) -> Vec<u8> {
        mac(&self.audit, parts).to_vec()
    }

    /// Encrypts who somebody is, bound to what it belongs to.
    ///
    /// # Errors
    /// When the cipher refuses, which it does only for impossible lengths.
    pub fn seal(&self, plain: &[u8], bound_to: &[u8], random: &dyn Random) -> Result<Vec<u8>, SealError> {
        let nonce = random::bytes::<24>(random);
        let cipher = XChaCha20Poly1305::new_from_slice(&self.sealing).map_err(|_| SealError)?;
        let sealed =
            cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: bound_to }).map_err(|_| SealError)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what [`Keys::seal`] made for the same owner.
    ///
    /// # Errors
    /// When the key, the owner or the bytes are not the ones of the sealing.
    pub fn open(&self, sealed: &[u8], bound_to: &[u8]) -> Result<Vec<u8>, SealError> {
        let (nonce, rest) = sealed.split_at_checked(24).ok_or(SealError)?;
        let nonce: [u8; 24] = nonce.try_into().map_err(|_| SealError)?;
        let cipher = XChaCha20Poly1305::new_from_slice(&self.sealing).map_err(|_| SealError)?;
        cipher.decrypt(&XNonce::from(nonce), Payload { msg: rest, aad: bound_to }).map_err(|_| SealError)
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// The sealed bytes can't be opened with these keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sealed bytes can't be opened with these keys")]
pub struct SealError;

/// HMAC-SHA256 over length-prefixed parts, so that parts can't be shifted into each other.
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // An HMAC takes keys of every length; the fallback is never reached.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// SHA-256 of bytes: for session tokens and file contents.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        out.push(char::from_digit(u32::from(b >> 4), 16).unwrap_or('0'));
        out.push(char::from_digit(u32::from(b & 15), 16).unwrap_or('0'));
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;

    #[test]
    fn a_sealed_identity_opens_only_for_its_owner_and_keys() {
        let random = SeededRandom::new(7);
        let keys = Keys::generate(&random);
        let sealed = keys.seal("王芳 13800000000".as_bytes(), b"case-1", &random).unwrap();
        assert_eq!(keys.open(&sealed, b"case-1").unwrap(), "王芳 13800000000".as_bytes());
        assert_eq!(keys.open(&sealed, b"case-2"), Err(SealError));
        assert_eq!(Keys::generate(&random).open(&sealed, b"case-1"), Err(SealError));
        assert_eq!(keys.open(&sealed[..10], b"case-1"), Err(SealError));
    }

    #[test]
    fn the_same_press_has_the_same_code_and_parts_do_not_shift() {
        let random = SeededRandom::new(8);
        let keys = Keys::generate(&random);
        let org = OrganizationId(uuid::Uuid::nil());
        assert_eq!(keys.tracking_code(org, "AB", "key-1234"), keys.tracking_code(org, "AB", "key-1234"));
        assert_ne!(keys.tracking_code(org, "AB", "key-1234"), keys.tracking_code(org, "ABk", "ey-1234"));
    }
}
