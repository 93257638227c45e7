//! Sending a concern: sealed once, sent until the server has said that it holds it.

use super::{
    answers::Answers,
    choice::Signs,
    draft::{Draft, Outgoing, Sent},
    threads,
};
use crate::{
    account::desk::Desk,
    browser::{clock, fetch},
    error::AppError,
    trouble::Trouble,
    vault,
};
use leptos::prelude::{GetUntracked, Set};
use protocol::{concern::Language, refused::Refused, vault::Proof};

/// Seals what was typed, unless it is sealed already, and sends it. On success the draft holds the proof. Where the list of
/// readers has changed, the new one is there afterwards, and nothing was sent.
pub(super) async fn send(desk: Desk, draft: Draft, lang: Language) -> Result<(), Trouble> {
    let outgoing = match draft.outgoing.get_untracked() {
        Some(outgoing) => outgoing,
        None => seal(draft, lang).await?,
    };
    let append = outgoing.sealed.append;
    let answer = fetch::append(&outgoing.sealed.bytes.0).await;
    if answer.as_ref().is_err_and(is_certain) {
        draft.was_refused(append);
    }
    if answer == Err(AppError::Conflict) {
        // The unit has another key, or the place was taken: learn of both, so that the next try is to the right readers and
        // takes another place.
        desk.trust_anew().await?;
        threads::find(desk).await?;
    }
    let receipt = desk.note(answer)?;
    let proof = check(desk, &outgoing, receipt).await?;
    let log = outgoing.sealed.log;
    draft.has_arrived(append, Sent { log, proof });
    Ok(())
}

async fn seal(draft: Draft, lang: Language) -> Result<Outgoing, Trouble> {
    let answers: Answers = draft.answers.get_untracked();
    let named = answers.signs != Some(Signs::Organisation);
    let concern = answers
        .concern(lang)
        .ok_or(Trouble::Refused(Refused::Malformed))?;
    let sealed = vault::seal_concern(concern, named, clock::minute()).await?;
    let outgoing = Outgoing {
        sealed,
        life: vault::life(),
    };
    if draft.answers.get_untracked() != answers {
        // Whoever typed it has left in the meantime, and it was put away as it was.
        return Err(Trouble::Refused(Refused::Locked));
    }
    draft.outgoing.set(Some(outgoing.clone()));
    Ok(outgoing)
}

/// What the receipt proves. A vault that did not seal it reads the thread instead, with the receipt in it.
async fn check(desk: Desk, outgoing: &Outgoing, receipt: Vec<u8>) -> Result<Proof, Trouble> {
    if outgoing.life == vault::life() {
        return vault::check_receipt(outgoing.sealed.append, receipt).await;
    }
    threads::find(desk).await?;
    Ok(threads::open_own(desk, outgoing.sealed.log).await?.proof)
}

/// Whether the error says for certain that nothing was stored by these bytes.
fn is_certain(error: &AppError) -> bool {
    matches!(
        error,
        AppError::Conflict
            | AppError::Invalid
            | AppError::Forbidden
            | AppError::NotFound
            | AppError::TooLarge
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_answer_is_not_a_refusal() {
        for error in [
            AppError::Offline,
            AppError::Internal,
            AppError::SignedOut,
            AppError::Busy { seconds: 5 },
            AppError::TooOften { seconds: 5 },
        ] {
            assert!(!is_certain(&error), "{error:?}");
        }
        assert!(is_certain(&AppError::TooLarge));
    }
}
