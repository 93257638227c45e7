//! Measuring this machine with keys of the moment.

use super::Answer;
use crate::{
    attachment::{PART, Part},
    envelope,
    id::AttachmentId,
    recipient::{Identity, Recipient},
    refused::Refused,
};
use rand_core::{CryptoRng, RngCore};

/// What is measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    /// Bytes each.
    pub(super) size: u32,
    /// How many.
    pub(super) count: u32,
    /// Whether to open as well as to seal.
    pub(super) open: bool,
    /// Whether each part gets its place, its padding and its hash, as parts of attachments do.
    pub(super) whole: bool,
}

/// Seals to one recipient in parts of 4 MiB, and opens them again if asked to.
pub(super) fn run(
    load: Load,
    rng: &mut (impl RngCore + CryptoRng),
    progress: &mut dyn FnMut(u32),
) -> Result<Answer, Refused> {
    let identity = Identity::random(rng);
    let recipient = [identity.recipient()];
    let bytes = vec![7; load.size as usize];
    for turn in 0..load.count {
        for (chunk, index) in bytes.chunks(PART).zip(0..) {
            if load.whole {
                part(chunk, index, load.open, &identity, &recipient)?;
            } else {
                let file = envelope::seal(chunk, &recipient)?;
                if load.open {
                    envelope::open(&file, &[&identity], 1)?;
                }
            }
        }
        progress((turn + 1) * 100 / load.count.max(1));
    }
    Ok(Answer::Done)
}

fn part(
    chunk: &[u8],
    index: u32,
    open: bool,
    identity: &Identity,
    recipient: &[Recipient; 1],
) -> Result<(), Refused> {
    let part = Part {
        attachment: AttachmentId([0; 16]),
        index,
    };
    let (file, hash) = part.seal(chunk, &recipient[0])?;
    if open {
        part.open(&file, hash, identity)?;
    }
    Ok(())
}
