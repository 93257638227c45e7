//! The practitioner's own threads. The server is asked which tokens open one, and is not told whose they are.

use crate::{
    account::desk::Desk,
    browser::{clock, fetch},
    concern::{self, Found},
    error::AppError,
    trouble::Trouble,
    vault,
};
use protocol::{
    id::{LogId, Token},
    vault::{Missing, Thread},
};

/// The most tokens in one question.
const AT_ONCE: usize = 40;

/// The threads of an account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Own {
    /// Those that were found, each with its token.
    pub(crate) found: Vec<(Found, Token)>,
    /// Those that were once proved to be stored, and were not found.
    pub(crate) missing: Vec<Missing>,
}

/// Every thread that this account began. The vault learns of them, so that the next concern takes a fresh one.
pub(crate) async fn find(desk: Desk) -> Result<Own, Trouble> {
    let mut known = 0;
    loop {
        let tokens = vault::tokens().await?;
        let mut found = Vec::new();
        for some in tokens.chunks(AT_ONCE) {
            found.extend(desk.note(concern::find_threads(some.to_vec()).await)?);
        }
        let missing = vault::adopt(found.iter().map(|one| one.log).collect()).await?;
        // Each that is found moves the next twenty on, so a longer list may show more.
        if found.len() == known {
            let found = pair(found, &tokens);
            return Ok(Own { found, missing });
        }
        known = found.len();
    }
}

fn pair(found: Vec<Found>, tokens: &[Token]) -> Vec<(Found, Token)> {
    let own = |one: Found| {
        tokens
            .iter()
            .find(|token| token.log() == one.log)
            .map(|token| (one, token.clone()))
    };
    found.into_iter().filter_map(own).collect()
}

/// Opens every thread that has something in it which was not yet proved to be stored, so that the keyring remembers the proof.
/// One that is refused stays as it was; the list says why.
pub(crate) async fn learn(desk: Desk) -> Result<(), Trouble> {
    let own = find(desk).await?.found;
    let entries = own.iter().map(|(one, _)| (one.log, one.entries)).collect();
    let unlearnt = vault::unlearnt(entries).await?;
    for (one, token) in own.iter().filter(|(one, _)| unlearnt.contains(&one.log)) {
        match open(desk, one.log, token).await {
            Ok(_) | Err(Trouble::Refused(_)) => (),
            Err(trouble) => return Err(trouble),
        }
    }
    Ok(())
}

/// Opens one of them.
pub(crate) async fn open(desk: Desk, log: LogId, token: &Token) -> Result<Thread, Trouble> {
    let fetched = desk.note(fetch::log(log, Some(token)).await)?;
    vault::open_thread(log, fetched, clock::minute()).await
}

/// Opens the one with this id, if it is the account's own.
pub(crate) async fn open_own(desk: Desk, log: LogId) -> Result<Thread, Trouble> {
    let tokens = vault::tokens().await?;
    let token = tokens
        .iter()
        .find(|token| token.log() == log)
        .ok_or(AppError::NotFound)?;
    open(desk, log, token).await
}
