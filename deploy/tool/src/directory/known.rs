//! What an export says of the hashes that a directory lets stand: the holders of root keys sign names, days and keys, and not words alone.

use super::six;
use crate::{calendar, file, key};
use anyhow::{Context as _, Result};
use protocol::{
    checkpoint::Checkpoint,
    codec,
    export::Export,
    group::{Group, Link},
    id::{Day, Hash, VerifyingKey},
    signed,
};
use std::{collections::BTreeMap, path::Path};

/// First links and checkpoints by hash.
#[derive(Default)]
pub(super) struct Known(BTreeMap<Hash, String>);

impl Known {
    /// Those of an export; none without one.
    pub(super) fn read(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let export: Export = codec::decode(&file::read(path)?)
            .ok()
            .with_context(|| format!("{} is no export of a portal", path.display()))?;
        let links = export.chains.iter().filter_map(|(_, links)| link(links.first()?));
        let checkpoint = export.checkpoint.as_ref().and_then(|bytes| checkpoint(bytes));
        Ok(Self(links.chain(checkpoint).collect()))
    }

    /// Six words of a hash, and what it is the hash of.
    pub(super) fn says(&self, hash: Hash) -> String {
        let what = self.0.get(&hash).map_or(
            "not known without an export that holds it: give one with --export",
            String::as_str,
        );
        format!("{} ({what})", six(hash))
    }
}

fn link(bytes: &[u8]) -> Option<(Hash, String)> {
    let read = signed::verify::<Link>(bytes).ok()?;
    let group = Group::proposed(&read.payload, read.payload.instance).ok()?;
    let what = format!(
        "{}, first link {}",
        group.name,
        made(read.payload.day, &read.signers)
    );
    Some((read.payload.hash(), what))
}

fn checkpoint(bytes: &[u8]) -> Option<(Hash, String)> {
    let read = signed::verify::<Checkpoint>(bytes).ok()?;
    let (number, day) = (read.payload.sequence, read.payload.day);
    let what = format!("checkpoint {number}, {}", made(day, &read.signers));
    Some((read.payload.hash(), what))
}

fn made(day: Day, signers: &[VerifyingKey]) -> String {
    let keys = signers.iter().map(|key| key::fingerprint(*key));
    let keys = keys.collect::<Vec<_>>().join("; ");
    format!("of {}, signed by: {keys}", calendar::words(day))
}
