//! The directory: drafted, signed in two places, joined, read and checked.

mod change;
mod diff;
mod draft;
mod facts;
mod known;
mod show;
mod standing;
mod verify;

pub(crate) use verify::check;

use known::Known;

use crate::{
    answer::{self, Answer},
    deployment::Deployment,
    file, key,
    sign::{self, Combine, Sign},
};
use anyhow::{Context as _, Result, anyhow, bail};
use clap::Subcommand;
use minicbor::bytes::ByteVec;
use protocol::{
    codec,
    directory::Directory,
    export::Export,
    id::{Day, Hash, VerifyingKey},
    signed::Signed,
    succession::Line,
    words,
};
use std::path::{Path, PathBuf};

/// What is done with a directory.
#[derive(Subcommand)]
pub(crate) enum Act {
    /// Draft the next directory, from the last one or from facts
    Draft(Box<draft::Draft>),
    /// Sign a draft with one root key
    Sign(Sign),
    /// Join what two root keys signed into one directory
    Combine(Combine),
    /// Say what a draft, a signed directory or an export holds
    Show {
        /// The file
        file: PathBuf,
        /// An export of the portal, which says what it is that stands by its hash
        #[arg(long, value_name = "FILE")]
        export: Option<PathBuf>,
    },
    /// Say in words what changes from one directory to another
    Diff {
        /// The earlier one
        before: PathBuf,
        /// The later one
        after: PathBuf,
        /// An export of the portal, which says what it is that stands by its hash
        #[arg(long, value_name = "FILE")]
        export: Option<PathBuf>,
    },
    /// Say whether browsers will believe a signed directory, or the one in an export, and if not, the first thing that is wrong
    Verify(verify::Verify),
}

/// Does it.
pub(crate) fn run(act: Act, today: Day) -> Result<Answer> {
    match act {
        Act::Draft(draft) => draft.run(today),
        Act::Sign(sign) => {
            let (directory, signer) = sign.run::<Directory>()?;
            Ok(Answer::good(format!(
                "Signed version {} of the directory with the root key: {}\n{}",
                directory.version,
                key::fingerprint(signer),
                named(&directory)
            )))
        }
        Act::Combine(combine) => {
            let Signed { payload, signers } = combine.run::<Directory>()?;
            Ok(Answer::good(format!(
                "Version {} of the directory has {} signatures. Check it with `directory verify`.\n{}",
                payload.version,
                signers.len(),
                named(&payload)
            )))
        }
        Act::Show { file, export } => {
            let known = Known::read(export.as_deref())?;
            Ok(Answer::good(show::show(&Opened::read(&file)?, &known)))
        }
        Act::Diff {
            before,
            after,
            export,
        } => {
            let (before, after) = (Opened::read(&before)?, Opened::read(&after)?);
            let known = Known::read(export.as_deref())?;
            Ok(Answer::good(diff::diff(
                &before.directory,
                &after.directory,
                &known,
            )))
        }
        Act::Verify(verify) => verify.run(today),
    }
}

/// A directory as a file holds it: whether it can be believed is not yet known.
pub(crate) struct Opened {
    /// The directory.
    pub(crate) directory: Directory,
    /// Who signed; nobody where it is a draft.
    pub(crate) signers: Vec<VerifyingKey>,
}

impl Opened {
    /// Reads a draft, a signed directory or an export.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let bytes = signed_bytes(file::read(path)?);
        let read = sign::parse::<Directory>(&bytes);
        let Signed { payload, signers } = read.with_context(|| {
            format!(
                "{} is no draft, signed directory or export, or was changed; take another copy of it",
                path.display()
            )
        })?;
        if !is_plain(&payload) {
            bail!(
                "{} has a name in it that would not show as what it is; do not use it",
                path.display()
            );
        }
        Ok(Self {
            directory: payload,
            signers,
        })
    }
}

/// Whether every name in it shows as what it is.
pub(crate) fn is_plain(directory: &Directory) -> bool {
    let forces = directory.forces.iter();
    let forces = forces.flat_map(|force| [&force.id, &force.name, &force.unit, &force.oversight]);
    let units = directory.units.iter().flat_map(|unit| [&unit.id, &unit.name]);
    let mut names = forces.chain(units).chain([&directory.vintage]);
    names.all(|name| answer::is_plain(name))
}

/// The directory's bytes, where these are an export's; otherwise these.
pub(crate) fn signed_bytes(bytes: Vec<u8>) -> Vec<u8> {
    codec::decode::<Export>(&bytes).map_or(bytes, |export| export.directory.into())
}

/// The roots after `successions`.
pub(crate) fn roots_after(deployment: &Deployment, successions: &[ByteVec]) -> Result<Vec<VerifyingKey>> {
    let line = Line::follow(deployment.founding(), deployment.hash(), successions);
    line.map(|line| line.roots)
        .map_err(|refused| anyhow!("the successions do not follow from the founding roots: {refused}"))
}

/// A directory's words and hash, for comparing.
fn named(directory: &Directory) -> String {
    let hash = directory.hash();
    format!("  words  {}\n  hash   {hash}\n", six(hash))
}

/// Six words of a hash.
fn six(hash: Hash) -> String {
    words::fingerprint(hash).join(" ")
}
