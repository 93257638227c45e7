//! Opening the unit's threads, and saying so.

use super::Head;
use crate::{
    account::desk::Desk,
    browser::{clock, fetch},
    error::AppError,
    trouble::Trouble,
    vault,
};
use protocol::{id::LogId, vault::Thread};

/// Opens one.
pub(super) async fn open(desk: Desk, log: LogId) -> Result<Thread, Trouble> {
    let fetched = desk.note(fetch::log(log, None).await)?;
    vault::open_case(log, fetched, clock::minute()).await
}

/// Opens one to read it. The first to do so says so in the thread, where the practitioner will see it; where somebody
/// else was first, theirs stands.
pub(super) async fn open_to_read(desk: Desk, log: LogId) -> Result<Thread, Trouble> {
    let thread = open(desk, log).await?;
    if thread.opened.is_some() {
        return Ok(thread);
    }
    if say_opened(desk, log).await? {
        return open(desk, log).await;
    }
    // Somebody was first, or the unit has another key: learn of both, and say it once more if it still is to be said.
    desk.trust_anew().await?;
    let thread = open(desk, log).await?;
    if thread.opened.is_none() && say_opened(desk, log).await? {
        return open(desk, log).await;
    }
    Ok(thread)
}

/// Says in the thread last opened that it was. Whether that was taken: not where the thread or the unit's key has changed.
async fn say_opened(desk: Desk, log: LogId) -> Result<bool, Trouble> {
    let word = vault::seal_opened(log, clock::minute()).await?;
    match fetch::append(&word.bytes.0).await {
        Ok(receipt) => {
            vault::check_receipt(word.append, receipt).await?;
            Ok(true)
        }
        Err(AppError::Conflict) => Ok(false),
        Err(error) => desk.note(Err(error)),
    }
}

/// Checks that a compartment's record of what was stored goes on from what this account has seen of it.
pub(super) async fn check(desk: Desk, head: Head) -> Result<(), Trouble> {
    let lines = desk.note(fetch::commitments(head.compartment, desk.seen(head.compartment)).await)?;
    vault::check_commitments(lines, head).await?;
    desk.saw(head.compartment, head.position);
    Ok(())
}
