//! Signing with one root key, and joining what several have signed: the same for a directory and for a succession.
//!
//! A draft is the CBOR of what is to be signed, and nothing else.

use crate::{
    file::{self, Readers},
    key,
};
use anyhow::{Context as _, Result};
use clap::Args;
use protocol::{
    codec,
    id::VerifyingKey,
    signed::{self, Kind, Signed, Unsigned},
};
use std::path::{Path, PathBuf};

/// One signature.
#[derive(Args)]
pub(crate) struct Sign {
    /// The draft
    draft: PathBuf,
    /// The root key's file
    #[arg(long, value_name = "FILE")]
    root: PathBuf,
    /// The file to make
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Signatures made apart.
#[derive(Args)]
pub(crate) struct Combine {
    /// The signed files, one from each root key
    #[arg(required = true, num_args = 2..)]
    parts: Vec<PathBuf>,
    /// The file to make
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Sign {
    /// Signs; gives what was signed and with which key.
    pub(crate) fn run<T: Kind>(&self) -> Result<(T, VerifyingKey)> {
        let payload = read::<T>(&self.draft)?.payload;
        let key = key::read(&self.root)?;
        file::create(&self.out, &signed::sign(&payload, &[&key]), Readers::Anyone)?;
        Ok((payload, key.verifying()))
    }
}

impl Combine {
    /// Joins; gives what was signed and by whom.
    pub(crate) fn run<T: Kind>(&self) -> Result<Signed<T>> {
        let parts = self.parts.iter().map(|path| checked::<T>(path));
        let parts = parts.collect::<Result<Vec<_>>>()?;
        let parts: Vec<_> = parts.iter().map(Vec::as_slice).collect();
        let bytes = signed::combine::<T>(&parts).ok().with_context(|| {
            format!(
                "these are signatures of different drafts of a {}; sign the same draft with each root key",
                T::NAME
            )
        })?;
        file::create(&self.out, &bytes, Readers::Anyone)?;
        signed::verify(&bytes).context("the signatures do not join")
    }
}

/// What a draft, or a signed file, holds; a draft has no signers.
pub(crate) fn read<T: Kind>(path: &Path) -> Result<Signed<T>> {
    parse(&file::read(path)?).with_context(|| {
        format!(
            "{} is neither a draft of a {} nor a signed one",
            path.display(),
            T::NAME
        )
    })
}

/// What these bytes of a draft, or of a signed file, hold.
pub(crate) fn parse<T: Kind>(bytes: &[u8]) -> Option<Signed<T>> {
    let draft = || {
        codec::decode(bytes).ok().map(|payload| Signed {
            payload,
            signers: vec![],
        })
    };
    signed::verify(bytes).ok().or_else(draft)
}

fn checked<T: Kind>(path: &Path) -> Result<Vec<u8>> {
    let (bytes, name) = (file::read(path)?, path.display());
    match signed::verify::<T>(&bytes) {
        Ok(_) => Ok(bytes),
        Err(Unsigned::Malformed) => {
            anyhow::bail!("{name} is not a signed {}; give what `sign` made", T::NAME)
        }
        Err(Unsigned::BadSignature) => {
            anyhow::bail!("{name} was changed after it was signed; take another copy of it")
        }
    }
}
