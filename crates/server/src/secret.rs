//! Secrets: of sessions and forms, and passwords.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Letters that a password has at least.
pub(crate) const PASSWORD_MIN: usize = 12;

/// Chance failed, or a hash could not be made.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SecretError(String);

/// A new secret: 256 bits in hexadecimal. Errors: the system gives no chance.
pub fn secret() -> Result<String, SecretError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| SecretError(error.to_string()))?;
    Ok(hexadecimal(&bytes))
}

/// What is kept of a secret, for a purpose: its SHA-256. Who reads the store cannot sign in with it.
pub(crate) fn seal(purpose: &str, secret: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(purpose.as_bytes());
    hash.update([0]);
    hash.update(secret.as_bytes());
    hexadecimal(&hash.finalize())
}

/// The SHA-256 of some bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Whether two secrets are the same, in a time that tells nothing of where they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    seal("same", a) == seal("same", b)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

/// The hash of a password: argon2id (RFC 9106) with the library's parameters (19 MiB, two passes), in PHC form. Errors: the system gives no chance.
pub(crate) fn hashed(password: &str) -> Result<String, SecretError> {
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(|error| SecretError(error.to_string()))?;
    let hash: Result<PasswordHash, _> =
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    hash.map(|hash| hash.to_string()).map_err(|error| SecretError(error.to_string()))
}

/// Whether a password is the one that was hashed.
pub(crate) fn holds(password: &str, hashed: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hashed) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_holds_and_another_does_not() {
        let kept = hashed("a long enough word").unwrap();
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        assert!(holds("a long enough word", &kept) && !holds("a long enough wort", &kept));
        assert!(!holds("", "no hash"));
        assert_ne!(kept, hashed("a long enough word").unwrap(), "each with its own salt");
    }

    #[test]
    fn seals_differ_by_purpose_and_secrets_are_long() {
        let (one, other) = (secret().unwrap(), secret().unwrap());
        assert!(one.len() == 64 && one != other);
        assert_ne!(seal("session", &one), seal("form", &one));
        assert!(same(&one, &one) && !same(&one, &other));
    }
}
