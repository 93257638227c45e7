//! Recovery of a unit's compartment: a key split among three custodians, of whom any two can name new members.

mod kit;
mod made;
mod members;
mod recover;

use crate::answer::Answer;
use anyhow::Result;
use clap::{Args, Subcommand};
use kit::{Kit, Misfit};
use protocol::{
    group::{Recovery, RecoverySecret},
    id::Day,
    words,
};
use rand_core::{CryptoRng, RngCore};
use std::path::PathBuf;

/// What is done with recovery.
#[derive(Subcommand)]
pub(crate) enum Act {
    /// Make a recovery key, split it among three custodians, and write what each of them keeps
    New(made::New),
    /// Drill: say whether two kits make the same key
    Check(Check),
    /// Put other members in the place of all those of a compartment, and give them what came before
    Recover(recover::Recover),
}

/// Two kits.
#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    kits: Kits,
    /// The file of the public half that must come out, where you have it
    #[arg(long, value_name = "FILE")]
    public: Option<PathBuf>,
}

/// The kits of two custodians.
#[derive(Args)]
struct Kits {
    /// A custodian's kit: a file with its words, or `-` to type them
    #[arg(value_name = "KIT")]
    first: PathBuf,
    /// Another custodian's
    #[arg(value_name = "KIT")]
    second: PathBuf,
}

impl Kits {
    fn join(&self) -> Result<Result<RecoverySecret, Misfit>> {
        let (first, second) = (Kit::read(&self.first)?, Kit::read(&self.second)?);
        Ok(first.and_then(|first| second.and_then(|second| kit::join(&first, &second))))
    }
}

/// Does it.
pub(crate) fn run(act: Act, today: Day, rng: &mut (impl RngCore + CryptoRng)) -> Result<Answer> {
    match act {
        Act::New(new) => new.run(today, rng),
        Act::Check(check) => check.run(),
        Act::Recover(recover) => recover.run(today, rng),
    }
}

impl Check {
    fn run(&self) -> Result<Answer> {
        let public = match self.kits.join()? {
            Ok(secret) => secret.public(),
            Err(misfit) => return Ok(Answer::bad(format!("Not OK: {misfit}."))),
        };
        if let Some(path) = &self.public
            && made::read_public(path)? != public
        {
            return Ok(Answer::bad(format!(
                "Not OK: the two kits fit together, but make another key than the one in {}.",
                path.display()
            )));
        }
        Ok(Answer::good(format!(
            "OK: the two kits make the recovery key with these words; compare them with those on the unit's page.\n  {}",
            six(&public)
        )))
    }
}

/// The words of a recovery key's public half.
fn six(public: &Recovery) -> String {
    words::fingerprint(public.hash()).join(" ")
}
