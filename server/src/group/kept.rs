//! First links that wait for signatures, with the secrets that go with them.

use crate::error::{Error, Result};
use app::{bytes::Bytes, error::AppError, group::Change};
use protocol::{
    group::Link,
    id::{AccountId, VerifyingKey},
    signed::{self, Kind, Signed},
};
use serde::{Deserialize, Serialize};

/// What is kept of a founding: the draft with its secrets, and who has signed it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) change: Change,
    pub(crate) signed: Vec<AccountId>,
}

impl Kept {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self> {
        serde_json::from_slice(bytes).map_err(|_| Error::Unfit("a founding that cannot be read".into()))
    }

    pub(crate) fn bytes(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(self).map_err(|_| Error::Stopped)
    }
}

/// A link whose signatures match.
pub(crate) fn read_link(link: &Bytes) -> Result<Signed<Link>> {
    read(link)
}

fn read<T: Kind>(bytes: &Bytes) -> Result<Signed<T>> {
    signed::verify(&bytes.0).map_err(|_| AppError::Invalid.into())
}

/// It is the same, signed by one more of those who may.
pub(crate) fn assert_signed_once_more<T: Kind + PartialEq>(
    before: &Bytes,
    after: &Bytes,
    may: &[VerifyingKey],
) -> Result<()> {
    let (before, after) = (read::<T>(before)?, read::<T>(after)?);
    let new: Vec<_> = after
        .signers
        .iter()
        .filter(|key| !before.signers.contains(key))
        .collect();
    let same = after.payload == before.payload && after.signers.len() == before.signers.len() + 1;
    match new[..] {
        [key] if same && may.contains(key) => Ok(()),
        _ => Err(AppError::Invalid.into()),
    }
}
