//! Opening the unit's threads, and saying so; and following the record of what was stored.

use super::{Head, Queue, Waiting, load_queue};
use crate::{
    account::desk::Desk,
    browser::{clock, fetch},
    error::AppError,
    trouble::Trouble,
    vault,
};
use protocol::{
    append::Commitment,
    casework::{Case, Work},
    codec,
    id::LogId,
    refused::Refused,
    vault::{LineView, Missing, Thread},
};

/// A thread in the queue, and its short name.
pub(super) type Listed = (Waiting, String);

/// The queue, compared with the record of what was stored: what is listed, and what is left out.
pub(super) async fn list(desk: Desk) -> Result<(Vec<Listed>, Vec<Missing>), Trouble> {
    let Queue { threads, heads } = follow_queue(desk).await?;
    let reached = heads
        .iter()
        .map(|head| (head.compartment, head.position))
        .collect();
    let logs = threads.iter().map(|one| one.log).collect();
    let (references, missing) = vault::compare(logs, reached).await?;
    Ok((threads.into_iter().zip(references).collect(), missing))
}

/// Follows the records of all compartments of the account. What does not go on from what was seen is left for the queue to say.
pub(crate) async fn follow_all(desk: Desk) -> Result<(), Trouble> {
    for head in desk.note(load_queue().await)?.heads {
        match follow(desk, head).await {
            Ok(()) | Err(Trouble::Refused(_)) => (),
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(())
}

/// A case that was opened: its thread, and what its journal folds into.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub(super) thread: Thread,
    pub(super) case: Case,
}

/// Opens one. The record is followed before it is fetched, so that nothing older is left out, and after, so that it names everything.
async fn open(desk: Desk, log: LogId) -> Result<Opened, Trouble> {
    let Queue { threads, heads } = follow_queue(desk).await?;
    let waiting = threads.iter().find(|one| one.log == log);
    let waiting = waiting.ok_or(AppError::NotFound)?;
    let reached = heads.iter().find(|head| head.compartment == waiting.compartment);
    let thread = desk.note(fetch::log(log, None).await)?;
    let journal = match fetch::log(log.journal(), None).await {
        Err(AppError::NotFound) => None,
        answer => Some(desk.note(answer)?),
    };
    follow_queue(desk).await?;
    let reached = reached.map_or(0, |head| head.position);
    let (thread, lines) = vault::open_case(log, (thread, journal), reached, clock::minute()).await?;
    let case = fold(&thread, lines)?;
    Ok(Opened { thread, case })
}

/// What a journal folds into.
fn fold(thread: &Thread, lines: Vec<LineView>) -> Result<Case, Trouble> {
    let mut case = Case::new(thread.opened.is_some());
    for LineView { who, when, work } in lines {
        let work = Work::from_bytes(&work).map_err(|_| Trouble::Refused(Refused::Malformed))?;
        case.add(who, when, work);
    }
    Ok(case)
}

async fn follow_queue(desk: Desk) -> Result<Queue, Trouble> {
    let queue = desk.note(load_queue().await)?;
    for head in &queue.heads {
        follow(desk, *head).await?;
    }
    Ok(queue)
}

/// Opens one to read it. The first to do so says so in the thread, where the practitioner will see it; where somebody
/// else was first, theirs stands.
pub(super) async fn open_to_read(desk: Desk, log: LogId) -> Result<Opened, Trouble> {
    let opened = open(desk, log).await?;
    if opened.thread.opened.is_some() {
        return Ok(opened);
    }
    if say_opened(desk, log).await? {
        return open(desk, log).await;
    }
    // Somebody was first, or the unit has another key: learn of both, and say it once more if it still is to be said.
    desk.trust_anew().await?;
    let opened = open(desk, log).await?;
    if opened.thread.opened.is_none() && say_opened(desk, log).await? {
        return open(desk, log).await;
    }
    Ok(opened)
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
async fn follow(desk: Desk, head: Head) -> Result<(), Trouble> {
    let from = desk.seen(head.compartment);
    let mut lines = Vec::<Commitment>::new();
    let mut reached = from;
    while reached < head.position {
        let page = desk.note(fetch::commitments(head.compartment, reached).await)?;
        let page: Vec<Commitment> = codec::decode(&page).map_err(|_| Trouble::Refused(Refused::Malformed))?;
        let Some(last) = page.last() else { break };
        reached = reached.max(last.position);
        lines.extend(page);
    }
    let followed = vault::check_commitments(codec::encode(&lines), head).await?;
    desk.saw(head.compartment, followed);
    Ok(())
}
