//! Measuring this machine with keys of the moment.

use super::Answer;
use crate::{
    attachment::{PART, Part},
    id::LogId,
    recipient::Identity,
    refused::Refused,
};
use rand_core::{CryptoRng, RngCore};

/// Seals `size` bytes `count` times as attachments are sealed, to one recipient, and opens them again if `open`.
pub(super) fn run(
    size: u32,
    count: u32,
    open: bool,
    rng: &mut (impl RngCore + CryptoRng),
    progress: &mut dyn FnMut(u32),
) -> Result<Answer, Refused> {
    let identity = Identity::random(rng);
    let recipient = [identity.recipient()];
    let bytes = vec![7; size as usize];
    for turn in 0..count {
        for (chunk, index) in bytes.chunks(PART).zip(0..) {
            let part = Part {
                log: LogId([0; 16]),
                attachment: [0; 16],
                index,
            };
            let (file, hash) = part.seal(chunk, &recipient)?;
            if open {
                part.open(&file, hash, &identity, 1)?;
            }
        }
        progress((turn + 1) * 100 / count.max(1));
    }
    Ok(Answer::Done)
}
