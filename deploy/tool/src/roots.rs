//! Root keys: making them, and putting others in the place of those that are lost.

mod made;
mod sheet;
mod succeed;

use crate::{
    answer::Answer,
    key,
    sign::{Combine, Sign},
};
use anyhow::Result;
use clap::Subcommand;
use protocol::{
    id::{Day, VerifyingKey},
    succession::Succession,
};
use rand_core::{CryptoRng, RngCore};

/// What is done with roots.
#[derive(Subcommand)]
pub(crate) enum Act {
    /// Make three root keys, their sheets to print, and the lines for the configuration
    New(made::New),
    /// Make a key in the place of each that is lost or stolen, and draft the succession that two of the others sign
    Succeed(succeed::Succeed),
    /// Sign a succession with one root key
    Sign(Sign),
    /// Join what two root keys signed into one succession, for the next directory
    Combine(Combine),
}

/// Does it.
pub(crate) fn run(act: Act, today: Day, rng: &mut (impl RngCore + CryptoRng)) -> Result<Answer> {
    match act {
        Act::New(new) => new.run(today, rng),
        Act::Succeed(succeed) => succeed.run(today, rng),
        Act::Sign(sign) => {
            let (succession, signer) = sign.run::<Succession>()?;
            Ok(Answer::good(format!(
                "Signed succession {} with the root key: {}\nThe roots from then on:\n{}",
                succession.number,
                key::fingerprint(signer),
                listed(&succession)
            )))
        }
        Act::Combine(combine) => {
            let signed = combine.run::<Succession>()?;
            Ok(Answer::good(format!(
                "Succession {} has {} signatures. Give it to `directory draft --succession`; two of these roots sign that directory:\n{}",
                signed.payload.number,
                signed.signers.len(),
                listed(&signed.payload)
            )))
        }
    }
}

fn listed(succession: &Succession) -> String {
    let lines = succession.roots.iter().zip(1..);
    let line = |(root, place): (&VerifyingKey, u8)| format!("  {place}  {}\n", key::fingerprint(*root));
    lines.map(line).collect::<Vec<_>>().concat()
}
