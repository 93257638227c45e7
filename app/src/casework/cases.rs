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
    let word = vault::seal_opened(log, clock::minute()).await?;
    match fetch::append(&word.bytes.0).await {
        Ok(receipt) => drop(vault::check_receipt(word.append, receipt).await?),
        Err(AppError::Conflict) => (),
        Err(error) => return desk.note(Err(error)),
    }
    open(desk, log).await
}

/// Checks that a compartment's record of what was stored goes on from what this account has seen of it.
pub(super) async fn check(desk: Desk, head: Head) -> Result<(), Trouble> {
    let lines = desk.note(fetch::commitments(head.compartment, desk.seen(head.compartment)).await)?;
    vault::check_commitments(lines, head).await?;
    desk.saw(head.compartment, head.position);
    Ok(())
}
