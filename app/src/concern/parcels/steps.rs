//! Giving and taking: what is sealed is stored before anything of one's own goes, and what is taken is stored before the parcel goes.

use super::{Waiting, load_parcels};
use crate::{
    account::desk::Desk,
    browser::{clock, fetch},
    concern::{
        draft::{Draft, saving},
        sending,
    },
    error::AppError,
    trouble::Trouble,
    vault::{self, Parcel},
};
use leptos::prelude::*;
use protocol::{
    id::{AccountId, Hash, LogId, Token, UnsentId},
    parcel::SLOTS,
    refused::Refused,
    unsent::DRAWERS,
    vault::{Blob, ParcelContent, ParcelView},
};

/// What is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gift {
    /// The draft in this drawer.
    Draft(u8),
    /// A concern that was sent.
    Concern(LogId),
}

/// A sealed parcel on its way. The same bytes are sent until the server has said that it holds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outgoing {
    to: AccountId,
    parcel: Parcel,
    /// The version of the draft that was given.
    version: u32,
}

impl Outgoing {
    /// Its name where it lies.
    fn hash(&self) -> Hash {
        Hash::of(&self.parcel.bytes.0)
    }
}

/// Gives `gift` to a colleague; says whether there was room for it. By the newest lists: somebody may have left.
pub(super) async fn give(
    desk: Desk,
    gift: Gift,
    to: AccountId,
    outgoing: RwSignal<Option<Outgoing>>,
) -> Result<bool, Trouble> {
    desk.trust_anew().await?;
    if let Some(sealed) = outgoing.get_untracked().filter(|one| one.to == to)
        && send(desk, sealed, outgoing).await?
    {
        return Ok(true);
    }
    for slot in 0..SLOTS {
        let sealed = seal(desk, gift, to, slot).await?;
        if send(desk, sealed, outgoing).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn seal(desk: Desk, gift: Gift, to: AccountId, slot: u8) -> Result<Outgoing, Trouble> {
    let now = clock::minute();
    let (parcel, version) = match gift {
        Gift::Draft(drawer) => {
            let (sealed, version) = lies(desk, drawer).await?;
            (vault::give_draft(drawer, sealed, to, slot, now).await?, version)
        }
        Gift::Concern(log) => (vault::give_concern(log, to, slot, now).await?, 0),
    };
    Ok(Outgoing { to, parcel, version })
}

/// What lies in a drawer, and its version.
async fn lies(desk: Desk, drawer: u8) -> Result<(Blob, u32), Trouble> {
    let tokens = vault::unsent_tokens().await?;
    let token = tokens.get(usize::from(drawer)).ok_or(AppError::NotFound)?;
    let sealed = Blob(desk.note(fetch::unsent(token).await)?);
    let version = vault::open_unsent(drawer, sealed.clone()).await?.version;
    Ok((sealed, version))
}

/// Sends it; says whether its place was free.
async fn send(desk: Desk, sealed: Outgoing, outgoing: RwSignal<Option<Outgoing>>) -> Result<bool, Trouble> {
    outgoing.try_set(Some(sealed.clone()));
    match fetch::give_parcel(&sealed.parcel.token, &sealed.parcel.bytes.0).await {
        Err(AppError::Conflict) => Ok(false),
        answer => desk.note(answer).map(|()| true),
    }
}

/// Saves what is written of the draft in this drawer, where it is the one that is open, and gives what its author calls it.
pub(super) async fn settle_draft(desk: Desk, draft: Draft, drawer: u8) -> Result<String, Trouble> {
    if is_open(draft, drawer) {
        saving::save_after_others(desk, draft).await?;
        if draft.is_unsaved() {
            // It is on its way to a unit, or another window has it.
            return Err(AppError::Conflict.into());
        }
    }
    let tokens = vault::unsent_tokens().await?;
    let view = saving::fetch_from(desk, &tokens, drawer).await?;
    if sending::has_arrived(desk, &view).await? {
        // Its author has not heard of that yet; a colleague would send it again.
        return Err(AppError::Conflict.into());
    }
    Ok(view.label)
}

fn is_open(draft: Draft, drawer: u8) -> bool {
    draft.kept.with_untracked(|kept| kept.drawer == Some(drawer))
}

/// Deletes one's own copy of what was given; what was written in it since stays.
pub(super) async fn delete_own(
    desk: Desk,
    draft: Draft,
    drawer: u8,
    outgoing: &Outgoing,
) -> Result<(), Trouble> {
    saving::delete_own(desk, drawer, outgoing.version).await?;
    if is_open(draft, drawer) {
        draft.clear();
    }
    Ok(())
}

/// Takes back what nobody has taken yet.
pub(super) async fn take_back(desk: Desk, outgoing: &Outgoing) -> Result<(), Trouble> {
    desk.note(fetch::delete_parcel(&outgoing.parcel.token, outgoing.hash()).await)
}

/// A parcel that waits for this account, opened or refused.
#[derive(Clone)]
pub(super) struct Found {
    /// When it was given, and where it lies.
    pub(super) waiting: Waiting,
    /// What it is, or why it cannot be taken.
    pub(super) opened: Result<ParcelView, Trouble>,
    token: Token,
    hash: Hash,
}

/// Every parcel that waits. As many places are asked for whatever lies there.
pub(super) async fn find(desk: Desk) -> Result<Vec<Found>, Trouble> {
    let tokens = vault::parcel_tokens().await?;
    if tokens.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for waiting in desk.note(load_parcels(tokens.clone()).await)? {
        let token = tokens.get(usize::from(waiting.place)).ok_or(Trouble::Broken)?;
        all.extend(open(desk, waiting, token.clone()).await?);
    }
    Ok(all)
}

/// Opens one, unless it is gone by now. One that was settled and could not be deleted is deleted.
async fn open(desk: Desk, waiting: Waiting, token: Token) -> Result<Option<Found>, Trouble> {
    let bytes = match fetch::parcel(&token).await {
        Err(AppError::NotFound) => return Ok(None),
        bytes => desk.note(bytes)?,
    };
    let hash = Hash::of(&bytes);
    let opened = vault::open_parcel(waiting.place, Blob(bytes), clock::minute()).await;
    let settled = matches!(opened, Err(Trouble::Refused(Refused::SettledParcel)));
    let found = Found {
        waiting,
        opened,
        token,
        hash,
    };
    if settled {
        forget(desk, &found).await?;
        return Ok(None);
    }
    Ok(Some(found))
}

/// What came of taking a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is a draft now.
    Draft,
    /// It is among one's concerns now.
    Concern,
    /// There is no drawer for it.
    Full,
}

/// Takes a parcel. What was taken is stored before the parcel goes, so that it can be taken again wherever this breaks off.
pub(super) async fn take(desk: Desk, found: &Found) -> Result<Taken, Trouble> {
    let view = found.opened.clone()?;
    let taken = match view.content {
        ParcelContent::Draft { id, .. } => {
            if !put_into_drawer(desk, view.id, id).await? {
                return Ok(Taken::Full);
            }
            vault::settle_parcel(view.id, clock::minute()).await?;
            Taken::Draft
        }
        ParcelContent::Concern { .. } => {
            vault::take_concern(view.id, clock::minute()).await?;
            Taken::Concern
        }
    };
    forget(desk, found).await?;
    Ok(taken)
}

/// Refuses a parcel. One that could not be opened is only deleted.
pub(super) async fn refuse(desk: Desk, found: &Found) -> Result<(), Trouble> {
    if let Ok(view) = &found.opened {
        vault::settle_parcel(view.id, clock::minute()).await?;
    }
    forget(desk, found).await
}

/// Deletes a parcel, once the keyring that knows of it is stored.
async fn forget(desk: Desk, found: &Found) -> Result<(), Trouble> {
    desk.remember().await?;
    desk.note(fetch::delete_parcel(&found.token, found.hash).await)
}

/// Puts the draft of a parcel into a free drawer, unless it lies in one: an answer may have been lost. Whether there was one.
async fn put_into_drawer(desk: Desk, parcel: Hash, id: UnsentId) -> Result<bool, Trouble> {
    let tokens = vault::unsent_tokens().await?;
    let lying = saving::lying(desk, &tokens).await?;
    for one in &lying {
        match saving::fetch_from(desk, &tokens, one.drawer).await {
            Ok(view) if view.id == id => return Ok(true),
            Ok(_) | Err(Trouble::Refused(_)) => (),
            Err(trouble) => return Err(trouble),
        }
    }
    let free = (0..DRAWERS).find(|drawer| lying.iter().all(|one| one.drawer != *drawer));
    let Some(drawer) = free else { return Ok(false) };
    let token = tokens.get(usize::from(drawer)).ok_or(Trouble::Broken)?;
    let bytes = vault::take_draft(parcel, drawer).await?;
    desk.note(fetch::save_unsent(token, 0, &bytes.0).await)?;
    Ok(true)
}
