//! Sending a concern: sealed once, sent until the server has said that it holds it.

use super::{
    addition::{Additions, Which},
    answers::Answers,
    choice::Signs,
    draft::{Draft, Outgoing, Sent, saving},
    readers::reader_of,
    threads,
};
use crate::{
    account::desk::Desk,
    browser::{clock, fetch},
    error::AppError,
    text::{self, Text},
    trouble::Trouble,
    vault,
};
use leptos::prelude::{GetUntracked, Set, WithUntracked, untrack};
use protocol::{
    concern::Language,
    id::{GroupId, Hash, LogId},
    refused::Refused,
    told::More,
    vault::{CompartmentView, Proof, Trusted, UnsentView},
};

/// Seals what was typed, unless it is sealed already, and sends it. On success the draft holds the proof. Where the list of
/// readers has changed, the new one is there afterwards, and nothing was sent.
pub(super) async fn send(desk: Desk, draft: Draft, lang: Language) -> Result<(), Trouble> {
    let outgoing = match draft.outgoing.get_untracked() {
        Some(outgoing) => outgoing,
        None => seal(desk, draft, lang).await?,
    };
    let append = outgoing.sealed.append;
    let answer = fetch::append(&outgoing.sealed.bytes.0).await;
    if answer.as_ref().is_err_and(is_certain) {
        draft.was_refused(append);
    }
    if answer == Err(AppError::Conflict) {
        return overtaken(desk, draft).await;
    }
    let receipt = desk.note(answer)?;
    let proof = check(desk, &outgoing, receipt).await?;
    let log = outgoing.sealed.log;
    let drawer = place(draft);
    draft.has_arrived(append, Sent { log, proof });
    empty(desk, drawer).await;
    Ok(())
}

/// The unit has another key, or the place was taken: learns of both, so that the next try is to the right readers and takes another
/// place. It may be that another window has sent this draft.
async fn overtaken(desk: Desk, draft: Draft) -> Result<(), Trouble> {
    let answers = draft.answers.get_untracked();
    renew(desk, |trusted| answers.reader(&trusted.forces)).await?;
    threads::find(desk).await?;
    notice_arrival(desk, draft).await?;
    let is_sent = draft.sent.with_untracked(Option::is_some);
    is_sent.then_some(()).ok_or(AppError::Conflict.into())
}

/// Seals what is added to a thread, unless it is sealed already, and sends it.
pub(super) async fn send_more(
    desk: Desk,
    additions: Additions,
    which: Which,
    compartment: GroupId,
) -> Result<(), Trouble> {
    let more = additions.more(which);
    let outgoing = match untrack(|| additions.outgoing(which)) {
        Some(outgoing) => outgoing,
        None => seal_more(desk, (which.log, compartment), &more).await?,
    };
    if additions.more(which) != more {
        // Whoever typed it has left in the meantime, and it was put away as it was: what goes now would go again.
        return Err(Trouble::Refused(Refused::Locked));
    }
    additions.send(which, Some(outgoing.clone()));
    let answer = fetch::append(&outgoing.sealed.bytes.0).await;
    if answer.as_ref().is_err_and(is_certain) {
        additions.send(which, None);
    }
    if answer == Err(AppError::Conflict) {
        // Somebody else wrote in the thread, or the unit has another key.
        renew(desk, |trusted| reader_of(trusted, compartment)).await?;
        threads::open_own(desk, which.log).await?;
    }
    let receipt = desk.note(answer)?;
    check_more(desk, &outgoing, receipt, &more).await?;
    additions.has_arrived(which);
    Ok(())
}

/// By the newest lists: readers refuse what was sealed by lists that a checkpoint has overtaken.
async fn seal_more(
    desk: Desk,
    (log, compartment): (LogId, GroupId),
    more: &More,
) -> Result<Outgoing, Trouble> {
    renew(desk, |trusted| reader_of(trusted, compartment)).await?;
    threads::open_own(desk, log).await?;
    let sealed = vault::seal_more(log, more.to_bytes(), clock::minute()).await?;
    let life = vault::life();
    Ok(Outgoing { sealed, life })
}

/// Checks the receipt. A vault that did not seal what it is of looks for it in the thread instead.
async fn check_more(desk: Desk, outgoing: &Outgoing, receipt: Vec<u8>, more: &More) -> Result<(), Trouble> {
    if outgoing.life == vault::life() {
        let checked = vault::check_receipt(outgoing.sealed.append, receipt).await;
        return checked.map(drop);
    }
    let thread = threads::open_own(desk, outgoing.sealed.log).await?;
    let is_there = thread.more.iter().any(|(_, bytes)| *bytes == more.to_bytes());
    is_there
        .then_some(())
        .ok_or(Trouble::Refused(Refused::BadReceipt))
}

/// Why it was not sent, or why that is not known.
pub(super) fn not_sent(trouble: &Trouble, lang: Language) -> Text {
    let why = trouble.text(lang).plain();
    match trouble {
        Trouble::OtherReaders => text::not_sent_changed(lang),
        Trouble::Portal(AppError::Conflict) => text::not_sent_overtaken(lang),
        Trouble::Broken
        | Trouble::Refused(Refused::BadReceipt)
        | Trouble::Portal(AppError::Offline | AppError::Internal) => text::perhaps_sent(lang, why),
        _ => text::not_sent(lang, why),
    }
}

/// Shows as sent what was sent from a draft that lies on the server still: its window was closed, or the network was lost, before that
/// was known or the draft was deleted.
pub(super) async fn notice_arrival(desk: Desk, draft: Draft) -> Result<(), Trouble> {
    if let Some(sent) = arrived(desk, &draft.answers.get_untracked()).await? {
        let drawer = place(draft);
        draft.clear();
        draft.sent.set(Some(sent));
        empty(desk, drawer).await;
    }
    Ok(())
}

/// Whether what a draft says was sent from it.
pub(super) async fn has_arrived(desk: Desk, draft: &UnsentView) -> Result<bool, Trouble> {
    let answers = Answers::from_text(&draft.text).ok_or(Trouble::Refused(Refused::Malformed))?;
    Ok(arrived(desk, &answers).await?.is_some())
}

/// What was sent of these answers, if it was. The thread must hold what they say: another concern may have taken its place.
async fn arrived(desk: Desk, answers: &Answers) -> Result<Option<Sent>, Trouble> {
    let Some(log) = answers.sent_as else {
        return Ok(None);
    };
    match threads::open_own(desk, log).await {
        Ok(thread) if answers.concern(thread.concern.language).as_ref() == Some(&thread.concern) => {
            let proof = thread.proof;
            Ok(Some(Sent { log, proof }))
        }
        Ok(_) | Err(Trouble::Portal(AppError::NotFound)) => Ok(None),
        Err(trouble) => Err(trouble),
    }
}

/// The drawer in which the draft lies, and the hash of what lies there.
fn place(draft: Draft) -> Option<(u8, Hash)> {
    draft.kept.with_untracked(|kept| Some((kept.drawer?, kept.hash?)))
}

/// Deletes the draft of what has arrived. Where that fails it stays in the list of drafts, which shows it as sent once it is opened.
async fn empty(desk: Desk, place: Option<(u8, Hash)>) {
    if let Some((drawer, hash)) = place {
        drop(saving::delete(desk, drawer, hash).await);
    }
}

async fn seal(desk: Desk, draft: Draft, lang: Language) -> Result<Outgoing, Trouble> {
    let answers: Answers = draft.answers.get_untracked();
    renew(desk, |trusted| answers.reader(&trusted.forces)).await?;
    let named = answers.signs != Some(Signs::Organisation);
    let concern = answers
        .concern(lang)
        .ok_or(Trouble::Refused(Refused::Malformed))?;
    let files = draft
        .files
        .all
        .with_untracked(|all| all.iter().map(|one| one.id).collect());
    let sealed = vault::seal_concern(concern, files, named, clock::minute()).await?;
    let outgoing = Outgoing {
        sealed,
        life: vault::life(),
    };
    let marked = Answers {
        sent_as: Some(outgoing.sealed.log),
        ..answers.clone()
    };
    if draft.answers.get_untracked() == answers {
        draft.answers.set(marked.clone());
        // Before it is sent: what is sent from a draft that does not say so could be sent from it again.
        mark_saved(saving::save_after_others(desk, draft).await)?;
    }
    if draft.answers.get_untracked() != marked {
        // Whoever typed it has left in the meantime, and it was put away as it was.
        return Err(Trouble::Refused(Refused::Locked));
    }
    draft.outgoing.set(Some(outgoing.clone()));
    Ok(outgoing)
}

/// Whether what is to be sent can be: not while another window has the draft, or where it could not be saved. Somebody who may begin no
/// further draft has none that could be sent again.
fn mark_saved(saved: Result<(), Trouble>) -> Result<(), Trouble> {
    match saved {
        Ok(()) | Err(Trouble::Portal(AppError::TooOften { .. } | AppError::NoRoom)) => Ok(()),
        Err(Trouble::Portal(AppError::Conflict)) => Err(Trouble::Elsewhere),
        Err(Trouble::Portal(AppError::Offline | AppError::Internal | AppError::Busy { .. })) => {
            Err(Trouble::NotSaved)
        }
        Err(trouble) => Err(trouble),
    }
}

/// Takes the newest lists, by which readers will check it. Where they name other readers than were shown, they are to be looked at first.
async fn renew(
    desk: Desk,
    reader: impl for<'a> Fn(&'a Trusted) -> Option<&'a CompartmentView>,
) -> Result<(), Trouble> {
    let readers = || desk.trusted().and_then(|trusted| reader(&trusted).cloned());
    let shown = readers();
    desk.trust_anew().await?;
    are_same(shown.as_ref(), readers().as_ref())
        .then_some(())
        .ok_or(Trouble::OtherReaders)
}

/// Whether the same people can read, whatever else has changed in their lists.
fn are_same(one: Option<&CompartmentView>, other: Option<&CompartmentView>) -> bool {
    let who = |reader: &CompartmentView| {
        (
            reader.id,
            reader.leads,
            reader.holders.clone(),
            reader.custodians.clone(),
        )
    };
    one.map(who) == other.map(who)
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
    use protocol::id::AccountId;

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

    #[test]
    fn nothing_is_sent_of_a_draft_that_another_window_has_or_that_is_not_saved() {
        let of = |error: AppError| mark_saved(Err(error.into()));
        assert_eq!(of(AppError::Conflict), Err(Trouble::Elsewhere));
        assert_eq!(of(AppError::Offline), Err(Trouble::NotSaved));
        assert_eq!(of(AppError::TooOften { seconds: 5 }), Ok(()));
    }

    #[test]
    fn other_readers_are_other_people_and_not_other_aims() {
        let reader = CompartmentView {
            id: GroupId([1; 16]),
            unit: "A unit".into(),
            sealed: false,
            members: 2,
            leads: 1,
            holders: vec![AccountId([1; 16]), AccountId([2; 16])],
            words: vec![],
            custodians: vec![],
            aims: None,
        };
        let same = CompartmentView {
            words: vec!["other".into()],
            ..reader.clone()
        };
        let other = CompartmentView {
            holders: vec![AccountId([1; 16]), AccountId([3; 16])],
            ..reader.clone()
        };
        assert!(are_same(Some(&reader), Some(&same)));
        assert!(!are_same(Some(&reader), Some(&other)) && !are_same(Some(&reader), None));
    }
}
