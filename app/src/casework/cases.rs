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
    casework::{Case, Work, Wrong},
    codec,
    id::{AccountId, LogId},
    refused::Refused,
    vault::{LineView, Missing, Origin, Thread},
};

/// The queue, compared with the record of what was stored.
pub(super) struct Listing {
    /// Each thread with its short name, and how far the record of its compartment was followed.
    pub(super) threads: Vec<(Waiting, String, u64)>,
    /// What the record names and the portal did not list.
    pub(super) missing: Vec<Missing>,
    /// Who has said of which thread that they have a connection, where the caller leads.
    pub(super) connections: Vec<(LogId, AccountId)>,
}

/// The queue.
pub(super) async fn list(desk: Desk) -> Result<Listing, Trouble> {
    let queue = follow_queue(desk).await?;
    let reached: Vec<_> = queue
        .heads
        .iter()
        .map(|head| (head.compartment, head.position))
        .collect();
    let logs = queue.threads.iter().map(|one| one.log).collect();
    let (references, missing) = vault::compare(logs, reached.clone()).await?;
    let position = |one: &Waiting| {
        let found = reached
            .iter()
            .find(|(compartment, _)| *compartment == one.compartment);
        found.map_or(0, |(_, position)| *position)
    };
    let threads = queue.threads.into_iter().zip(references);
    Ok(Listing {
        threads: threads
            .map(|(one, reference)| (one, reference, position(&one)))
            .collect(),
        missing,
        connections: queue.connections,
    })
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

/// Opens one of the queue, which was followed so far: as it was opened before, where nothing was written since.
pub(super) async fn open_listed(desk: Desk, one: Waiting, reached: u64) -> Result<Opened, Trouble> {
    if one.connected {
        // It may say so of somebody who declared nothing.
        return Err(Trouble::NotHanded);
    }
    if let Ok((thread, lines)) = vault::known_case(one.log, reached).await
        && thread.entries == one.entries
        && lines.len() == one.journal as usize
    {
        return fold(desk, thread, lines).await;
    }
    match fetch_case(desk, one.log, reached).await {
        // Something was stored since: then the record goes further than it was followed.
        Err(Trouble::Refused(Refused::ForkedCommitments)) => {
            follow_queue(desk).await?;
            fetch_case(desk, one.log, reached).await
        }
        answer => answer,
    }
}

/// Opens one. The record is followed before it is fetched, so that nothing older is left out.
pub(super) async fn open(desk: Desk, log: LogId) -> Result<Opened, Trouble> {
    let Listing { threads, .. } = list(desk).await?;
    let found = threads.into_iter().find(|(one, ..)| one.log == log);
    let (waiting, _, reached) = found.ok_or(AppError::NotFound)?;
    open_listed(desk, waiting, reached).await
}

async fn fetch_case(desk: Desk, log: LogId, reached: u64) -> Result<Opened, Trouble> {
    let thread = desk.note(fetch::log(log, None).await)?;
    let journal = match fetch::log(log.journal(), None).await {
        Err(AppError::NotFound) => None,
        answer => Some(desk.note(answer)?),
    };
    let (thread, lines) = vault::open_case(log, (thread, journal), reached, clock::minute()).await?;
    fold(desk, thread, lines).await
}

/// What a journal folds into. Nothing is shown to somebody who has signed that they have a connection, whatever the portal says; and it is
/// told once more.
async fn fold(desk: Desk, thread: Thread, lines: Vec<LineView>) -> Result<Opened, Trouble> {
    let mut case = Case::new(thread.opened.is_some());
    for LineView { who, when, work } in lines {
        match Work::from_bytes(&work) {
            Ok(work) => case.add(who, when, work),
            Err(_) => case.add_unreadable(who, when),
        }
    }
    if desk
        .session()
        .is_some_and(|session| case.connected.contains(&session.account))
    {
        desk.note(super::connect(thread.log).await)?;
        return Err(Trouble::Work(Wrong::Connected));
    }
    Ok(Opened { thread, case })
}

async fn follow_queue(desk: Desk) -> Result<Queue, Trouble> {
    let queue = desk.note(load_queue().await)?;
    for head in &queue.heads {
        follow(desk, *head).await?;
    }
    Ok(queue)
}

/// Opens one to read it. Whoever may read it and is the first to do so says so in the thread, where the practitioner will see it; where
/// somebody else was first, theirs stands.
pub(super) async fn open_to_read(desk: Desk, log: LogId) -> Result<Opened, Trouble> {
    let opened = open(desk, log).await?;
    let me = desk.session().map(|session| session.account);
    let test = matches!(opened.thread.origin, Origin::Test { .. });
    let may = test || me.is_some_and(|me| opened.case.declared.contains(&me));
    if opened.thread.opened.is_some() || !may {
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
pub(super) async fn say_opened(desk: Desk, log: LogId) -> Result<bool, Trouble> {
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
