//! Saving a draft on the server as somebody writes it: sealed, into a drawer of its author's.

use super::{Draft, Kept, Written, words};
use crate::{
    account::desk::Desk,
    browser::{clock, fetch, turn},
    concern::unsent::{self, Lying},
    error::AppError,
    trouble::Trouble,
    vault,
};
use leptos::{ev, leptos_dom::helpers::debounce, prelude::*, task::spawn_local};
use protocol::{
    id::{Hash, Minute, Token},
    unsent::DRAWERS,
    vault::{Blob, UnsentView},
};
use std::time::Duration;

/// How long typing must pause before what was typed is saved.
const PAUSE: Duration = Duration::from_secs(2);
/// How long until what could not be saved is tried again.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often to look whether something is still being saved.
const BREATH: Duration = Duration::from_millis(50);

/// How the saving of a draft stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::concern) enum Saving {
    /// Nothing was saved since it was opened.
    #[default]
    Nothing,
    /// What was last saved, was saved at this time.
    Saved(Minute),
    /// It could not be saved, and will be tried again.
    Waiting(Trouble),
    /// Another window has saved something else since.
    Elsewhere,
    /// It was sent or deleted in another window.
    Gone,
    /// There is a draft in every drawer.
    Full,
}

/// Saves as long as the page around it is shown: after a pause, on leaving a field, the window or the page, and once the network is back.
pub(in crate::concern) fn keep_saving(desk: Desk, draft: Draft) {
    Effect::new(move || {
        let mut later = debounce(PAUSE, move |()| save(desk, draft));
        Effect::new(move || {
            draft.answers.track();
            draft.label.track();
            draft.files.all.track();
            later(());
        });
        let left = window_event_listener(ev::focusout, move |_| save(desk, draft));
        let hidden = window_event_listener(ev::visibilitychange, move |_| save(desk, draft));
        let online = window_event_listener(ev::online, move |_| save(desk, draft));
        on_cleanup(move || {
            left.remove();
            hidden.remove();
            online.remove();
            save(desk, draft);
        });
    });
}

/// Saves what has changed, unless another window has the draft.
pub(in crate::concern) fn save(desk: Desk, draft: Draft) {
    let elsewhere = draft
        .saving
        .try_with_untracked(|saving| matches!(saving, Saving::Elsewhere | Saving::Gone));
    if elsewhere == Some(false) && draft.is_open_to_change() {
        spawn_local(async move {
            drop(save_now(desk, draft).await);
        });
    }
}

/// Saves what has changed, and says how that went.
pub(super) async fn save_now(desk: Desk, draft: Draft) -> Result<(), Trouble> {
    if draft.busy.try_get_value() != Some(false) {
        return Ok(());
    }
    draft.busy.set_value(true);
    let saved = save_all(desk, draft).await;
    draft.busy.set_value(false);
    match &saved {
        // Its author may have left meanwhile.
        _ if !draft.is_started() => (),
        Ok(None) => (),
        Ok(Some(at)) => draft.saving.set(Saving::Saved(*at)),
        Err(Trouble::Portal(AppError::Conflict)) => draft.saving.set(Saving::Elsewhere),
        Err(trouble) => {
            draft.saving.set(Saving::Waiting(trouble.clone()));
            set_timeout(move || save(desk, draft), PATIENCE);
        }
    }
    saved.map(drop)
}

/// The same, once nothing else is being saved.
pub(in crate::concern) async fn save_after_others(desk: Desk, draft: Draft) -> Result<(), Trouble> {
    while draft.busy.try_get_value() == Some(true) {
        turn::pause(BREATH).await;
    }
    save_now(desk, draft).await
}

/// Until nothing has changed while it was being saved.
async fn save_all(desk: Desk, draft: Draft) -> Result<Option<Minute>, Trouble> {
    let mut at = None;
    while draft.is_open_to_change() {
        if pack(desk, draft).await? {
            at = Some(clock::minute());
        } else {
            break;
        }
    }
    Ok(at)
}

/// Seals what has changed and sends it; where the last answer did not come, that first. Whether there was anything.
async fn pack(desk: Desk, draft: Draft) -> Result<bool, Trouble> {
    let (Kept { pending, .. }, life) = (draft.kept.get_untracked(), vault::life());
    if pending.is_none() && !draft.has_changed() {
        return Ok(false);
    }
    let tokens = vault::unsent_tokens().await?;
    if pending.is_some() {
        post(desk, draft, &tokens).await?;
        return Ok(true);
    }
    let written = draft.written();
    let kept = draft.kept.get_untracked();
    let drawer = match kept.drawer {
        Some(drawer) => Some(drawer),
        None => free_drawer(desk, &tokens).await?,
    };
    let Some(drawer) = drawer else {
        draft.saving.set(Saving::Full);
        return Ok(false);
    };
    let text = words::of_form(written.clone(), kept.id).await?;
    let (id, bytes) = vault::seal_unsent(drawer, kept.version + 1, text).await?;
    if !draft.is_started() || draft.kept.get_untracked() != kept || vault::life() != life {
        // Whoever typed it has left in the meantime, and it was put away as it was.
        return Ok(false);
    }
    draft.saved.set_value(written);
    draft.kept.set(Kept {
        id: Some(id),
        drawer: Some(drawer),
        pending: Some(bytes),
        ..kept
    });
    post(desk, draft, &tokens).await?;
    Ok(true)
}

/// Sends the version that is pending. What another window was first with stays as it is.
async fn post(desk: Desk, draft: Draft, tokens: &[Token]) -> Result<(), Trouble> {
    let kept = draft.kept.get_untracked();
    let (Some(id), Some(drawer), Some(bytes)) = (kept.id, kept.drawer, kept.pending) else {
        return Ok(());
    };
    let token = tokens.get(usize::from(drawer)).ok_or(Trouble::Broken)?;
    let answer = fetch::save_unsent(token, kept.hash, &bytes.0).await;
    match &answer {
        Ok(()) => draft.note(id, |kept| {
            kept.version += 1;
            kept.hash = Some(Hash::of(&bytes.0));
            kept.pending = None;
        }),
        // Another window took the drawer: this draft gets one of its own. It may be the same draft, which goes on there.
        Err(AppError::Conflict) if kept.hash.is_none() => {
            draft.note(id, |kept| *kept = Kept::default());
            draft.saved.set_value(Written::default());
            return Ok(());
        }
        Err(AppError::Conflict) => {
            draft.note(id, |kept| kept.pending = None);
            draft.saved.set_value(Written::default());
        }
        Err(_) => (),
    }
    desk.note(answer)
}

/// A drawer in which nothing lies, if there is one.
async fn free_drawer(desk: Desk, tokens: &[Token]) -> Result<Option<u8>, Trouble> {
    let lying = lying(desk, tokens).await?;
    Ok((0..DRAWERS).find(|drawer| lying.iter().all(|one| one.drawer != *drawer)))
}

/// What lies in the drawers.
pub(in crate::concern) async fn lying(desk: Desk, tokens: &[Token]) -> Result<Vec<Lying>, Trouble> {
    desk.note(turn::in_time(unsent::load_unsent(tokens.to_vec())).await)
}

/// Goes on with this window's version, in the place of what another window has saved.
pub(super) async fn use_this(desk: Desk, draft: Draft) -> Result<(), Trouble> {
    let Some(drawer) = draft.kept.with_untracked(|kept| kept.drawer) else {
        return Ok(());
    };
    let tokens = vault::unsent_tokens().await?;
    let found = match fetch_from(desk, &tokens, drawer).await {
        Ok(found) => Some(found),
        // What cannot be opened stays where it is.
        Err(Trouble::Portal(AppError::NotFound) | Trouble::Refused(_)) => None,
        Err(trouble) => return Err(trouble),
    };
    draft.kept.update(|kept| match found {
        Some((view, hash)) if Some(view.id) == kept.id => {
            kept.version = view.version;
            kept.hash = Some(hash);
        }
        // Where it lies no more, it is a new draft: an older version of the old one would be refused.
        _ => *kept = Kept::default(),
    });
    draft.saved.set_value(Written::default());
    draft.saving.set(Saving::Nothing);
    save_now(desk, draft).await
}

/// Goes on with what another window has saved, in the place of what is here.
pub(super) async fn use_other(desk: Desk, draft: Draft) -> Result<(), Trouble> {
    let Kept { id, drawer, .. } = draft.kept.get_untracked();
    let Some(drawer) = drawer else {
        return Ok(());
    };
    let tokens = vault::unsent_tokens().await?;
    match fetch_from(desk, &tokens, drawer).await {
        Ok((view, hash)) if Some(view.id) == id => draft.take_up(drawer, view, hash).await,
        Ok(_) | Err(Trouble::Portal(AppError::NotFound)) => {
            draft.saving.set(Saving::Gone);
            Ok(())
        }
        Err(trouble) => Err(trouble),
    }
}

/// Puts what is here aside, once the server has all of it.
pub(super) async fn put_aside(desk: Desk, draft: Draft) -> Result<(), Trouble> {
    save_after_others(desk, draft).await?;
    if draft.is_unsaved() {
        let full = draft.saving.with_untracked(|saving| *saving == Saving::Full);
        // Else it is on its way.
        let busy = Trouble::Portal(AppError::Busy { seconds: 5 });
        return Err(if full { Trouble::NoDrawer } else { busy });
    }
    draft.clear();
    Ok(())
}

/// Opens what lies in a drawer, in place of what is here, which is put aside.
pub(super) async fn take_up(desk: Desk, draft: Draft, drawer: u8) -> Result<(), Trouble> {
    put_aside(desk, draft).await?;
    let tokens = vault::unsent_tokens().await?;
    let (view, hash) = fetch_from(desk, &tokens, drawer).await?;
    draft.take_up(drawer, view, hash).await
}

/// What lies in a drawer, with the hash by which the server knows it.
pub(in crate::concern) async fn lies(
    desk: Desk,
    tokens: &[Token],
    drawer: u8,
) -> Result<(Blob, Hash), Trouble> {
    let token = tokens.get(usize::from(drawer)).ok_or(AppError::NotFound)?;
    let bytes = desk.note(fetch::unsent(token).await)?;
    let hash = Hash::of(&bytes);
    Ok((Blob(bytes), hash))
}

/// Opens what lies in a drawer; gives it with its hash.
pub(in crate::concern) async fn fetch_from(
    desk: Desk,
    tokens: &[Token],
    drawer: u8,
) -> Result<(UnsentView, Hash), Trouble> {
    let (sealed, hash) = lies(desk, tokens, drawer).await?;
    Ok((vault::open_unsent(drawer, sealed).await?, hash))
}

/// Empties a drawer in which the bytes with this hash lie. What another window saved since stays.
pub(in crate::concern) async fn delete(desk: Desk, drawer: u8, hash: Hash) -> Result<(), Trouble> {
    let tokens = vault::unsent_tokens().await?;
    let token = tokens.get(usize::from(drawer)).ok_or(AppError::NotFound)?;
    desk.note(fetch::delete_unsent(token, hash).await)
}
