//! Whether browsers will believe a directory, and if not, the first thing that is wrong.

use super::{named, roots_after, signed_bytes};
use crate::{answer::Answer, calendar, deployment::Deployment, file};
use anyhow::{Result, anyhow};
use clap::Args;
use core::fmt;
use protocol::{
    directory::Directory,
    id::{Day, VerifyingKey},
    keyring::DirectoryPin,
    refused::Refused,
    signed::{self, Signed, Unsigned},
};
use std::path::PathBuf;

/// Days before expiry from which it is said.
const SOON: u32 = 30;

/// What to check, and against what.
#[derive(Args)]
pub(crate) struct Verify {
    /// The signed directory, or an export with it
    file: PathBuf,
    /// roots.toml, or the portal's configuration
    #[arg(long, value_name = "FILE")]
    roots: PathBuf,
    /// The signed directory before: check also that this one may follow it
    #[arg(long, value_name = "FILE")]
    after: Option<PathBuf>,
}

impl Verify {
    /// Checks it.
    pub(super) fn run(&self, today: Day) -> Result<Answer> {
        let deployment = Deployment::read(&self.roots)?;
        let seen = match &self.after {
            Some(_) => Some(self.seen(&deployment)?),
            None => None,
        };
        let bytes = signed_bytes(file::read(&self.file)?);
        Ok(match check(&bytes, &deployment, seen, today) {
            Ok(directory) => Answer::good(said(&directory, today)),
            Err(why) => Answer::bad(format!("Not OK: {why}.")),
        })
    }

    fn seen(&self, deployment: &Deployment) -> Result<DirectoryPin> {
        let path = self.after.as_deref().unwrap_or(&self.file);
        let older = super::Opened::read(path)?.directory;
        let bytes = signed_bytes(file::read(path)?);
        // As of its own day: it may have expired since.
        check(&bytes, deployment, None, older.issued)
            .map_err(|why| anyhow!("nothing can be checked against {}: {why}", path.display()))?;
        Ok(older.pin())
    }
}

/// What a directory is checked to be.
pub(crate) type Checked = Result<Directory, Why>;

/// Checks signed bytes as a browser does.
pub(crate) fn check(
    bytes: &[u8],
    deployment: &Deployment,
    seen: Option<DirectoryPin>,
    today: Day,
) -> Checked {
    Directory::verify(bytes, deployment.founding(), deployment.hash(), seen, today)
        .map_err(|refused| Why::of(refused, bytes, deployment))
}

/// Why a directory is refused.
#[derive(Debug)]
pub(crate) struct Why {
    refused: Refused,
    detail: Option<String>,
}

impl Why {
    fn of(refused: Refused, bytes: &[u8], deployment: &Deployment) -> Self {
        let detail = match (refused, signed::verify::<Directory>(bytes)) {
            (Refused::UnsignedDirectory, Err(Unsigned::Malformed)) => {
                Some("it is not in the form of a signed directory: a draft, cut short, or changed".into())
            }
            (Refused::UnsignedDirectory, Err(Unsigned::BadSignature)) => {
                Some("a signature does not match: it was changed after it was signed".into())
            }
            (Refused::UnsignedDirectory, Ok(signed)) => unsigned(&signed, deployment),
            (Refused::ExpiredDirectory, Ok(signed)) => Some(format!(
                "it was made on {} and is valid until {}",
                calendar::words(signed.payload.issued),
                calendar::words(signed.payload.expires)
            )),
            _ => None,
        };
        Self { refused, detail }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.refused)?;
        self.detail
            .iter()
            .try_for_each(|detail| write!(out, ": {detail}"))
    }
}

fn unsigned(signed: &Signed<Directory>, deployment: &Deployment) -> Option<String> {
    let roots = roots_after(deployment, &signed.payload.successions).ok()?;
    let is_root = |key: &&VerifyingKey| roots.contains(key);
    if let Some(stranger) = signed.signers.iter().find(|key| !is_root(key)) {
        return Some(format!("{stranger} signed it and is not a root key today"));
    }
    Some(format!(
        "{} root signed it and {} are needed",
        signed.signers.len(),
        deployment.threshold
    ))
}

fn said(directory: &Directory, today: Day) -> String {
    let left = directory.expires.0.saturating_sub(today.0);
    let soon = if left <= SOON {
        format!("It expires in {left} days: have the next one signed now.\n")
    } else {
        String::new()
    };
    format!(
        "OK: version {} of the directory, valid until {}.\n{}{soon}",
        directory.version,
        calendar::words(directory.expires),
        named(directory)
    )
}
