//! Taking: what is taken is stored before the parcel goes.

use super::{Waiting, load_parcels};
use crate::{
    account::desk::Desk,
    browser::{clock, fetch},
    concern::draft::saving,
    error::AppError,
    trouble::Trouble,
    vault,
};
use protocol::{
    id::{Hash, Token, UnsentId},
    refused::Refused,
    unsent::DRAWERS,
    vault::{Blob, ParcelContent, ParcelView},
};

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
            Ok((view, _)) if view.id == id => return Ok(true),
            Ok(_) | Err(Trouble::Refused(_)) => (),
            Err(trouble) => return Err(trouble),
        }
    }
    let free = (0..DRAWERS).find(|drawer| lying.iter().all(|one| one.drawer != *drawer));
    let Some(drawer) = free else { return Ok(false) };
    let token = tokens.get(usize::from(drawer)).ok_or(Trouble::Broken)?;
    let bytes = vault::take_draft(parcel, drawer).await?;
    desk.note(fetch::save_unsent(token, None, &bytes.0).await)?;
    Ok(true)
}
