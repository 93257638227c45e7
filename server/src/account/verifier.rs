//! Checking the secret that signs in.
//!
//! The secret is already the end of a slow derivation in the browser, so the cost here only keeps the rows of a stolen
//! database from being used as they are. It is bounded: as many at once as there are processors, and nobody waits long.

use crate::{
    clock::Random,
    error::{Error, Result},
};
use app::error::AppError;
use argon2::{Algorithm, Argon2, Params, Version};
use std::{sync::Arc, time::Duration};
use subtle::ConstantTimeEq as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

/// Bytes of a secret.
pub const SECRET: usize = 32;
/// Argon2id, 19 MiB, 2 passes, 1 lane (OWASP). Another set of parameters takes another number.
const SUITE: u8 = 1;
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const SALT: usize = 16;
const HASH: usize = 32;
/// How long anybody waits for a free processor.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is stored of `secret`: the suite, a salt, the hash. 49 bytes.
pub fn verifier(secret: &[u8], salt: [u8; SALT]) -> Result<Vec<u8>> {
    let mut bytes = vec![SUITE];
    bytes.extend_from_slice(&salt);
    bytes.extend_from_slice(&hash(secret, &salt)?);
    Ok(bytes)
}

/// Checks secrets, a few at a time.
#[derive(Clone)]
pub struct Hasher {
    permits: Arc<Semaphore>,
    /// Of a secret that nobody has: checked where there is no account, so that it takes as long.
    nobody: Arc<Vec<u8>>,
}

impl Hasher {
    /// One that checks at most `at_once` together.
    pub fn new(at_once: usize, random: &Random) -> Result<Self> {
        let nobody = verifier(&random.bytes::<SECRET>(), random.bytes())?;
        Ok(Self {
            permits: Arc::new(Semaphore::new(at_once)),
            nobody: Arc::new(nobody),
        })
    }

    /// What is stored of a new `secret`, made when a processor is free.
    pub async fn make(&self, secret: &[u8], salt: [u8; SALT]) -> Result<Vec<u8>> {
        self.work(secret, move |secret| verifier(secret, salt)).await
    }

    /// Does what takes long, when it is its turn.
    async fn work<T: Send + 'static>(
        &self,
        secret: &[u8],
        slow: impl FnOnce(&[u8]) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let permit = self.wait().await?;
        let secret = Zeroizing::new(secret.to_vec());
        let work = tokio::task::spawn_blocking(move || {
            let made = slow(&secret);
            drop(permit);
            made
        });
        work.await.map_err(|_| Error::Stopped)?
    }

    async fn wait(&self) -> Result<OwnedSemaphorePermit> {
        tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_| AppError::Busy { seconds: 5 })?
            .map_err(|_| Error::Stopped)
    }

    /// Whether `secret` is the one that `verifier` was made from; never where there is none.
    pub async fn check(&self, secret: &[u8], verifier: Option<&Vec<u8>>) -> Result<bool> {
        let (known, verifier) = (verifier.is_some(), verifier.unwrap_or(&self.nobody).clone());
        let right = self
            .work(secret, move |secret| matches(secret, &verifier))
            .await?;
        Ok(right && known)
    }
}

fn matches(secret: &[u8], verifier: &[u8]) -> Result<bool> {
    let parts = verifier
        .split_first()
        .and_then(|(suite, rest)| Some((suite, rest.split_at_checked(SALT)?)));
    match parts {
        Some((&SUITE, (salt, expected))) => Ok(hash(secret, salt)?.ct_eq(expected).into()),
        _ => Err(Error::Unfit("a verifier of another suite".into())),
    }
}

fn hash(secret: &[u8], salt: &[u8]) -> Result<[u8; HASH]> {
    let parameters = Params::new(MEMORY_KIB, PASSES, 1, Some(HASH))?;
    let mut out = [0; HASH];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(secret, salt, &mut out)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_secret_it_was_made_from_matches_and_never_that_of_nobody() {
        let hasher = Hasher::new(2, &Random::from_system()).unwrap();
        let stored = verifier(&[7; SECRET], [1; SALT]).unwrap();
        assert!(hasher.check(&[7; SECRET], Some(&stored)).await.unwrap());
        assert!(!hasher.check(&[8; SECRET], Some(&stored)).await.unwrap());
        assert!(!hasher.check(&[7; SECRET], None).await.unwrap());
        assert!(
            hasher.check(&[7; SECRET], Some(&vec![2; 49])).await.is_err(),
            "another suite"
        );
    }

    #[tokio::test]
    async fn nobody_waits_long_for_a_busy_processor() {
        let hasher = Hasher::new(1, &Random::from_system()).unwrap();
        let _taken = Arc::clone(&hasher.permits).acquire_owned().await.unwrap();
        let answer = hasher.check(&[7; SECRET], None).await;
        assert!(matches!(answer, Err(Error::Refused(AppError::Busy { .. }))));
    }
}
