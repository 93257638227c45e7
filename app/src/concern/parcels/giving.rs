//! Giving: what is sealed is stored before anything of one's own goes.

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
    id::{AccountId, Hash, LogId},
    parcel::SLOTS,
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
    /// The hash of the draft that was given, as it lay in its drawer.
    draft: Option<Hash>,
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
    let (parcel, draft) = match gift {
        Gift::Draft(drawer) => {
            let (sealed, hash) = saving::lies(desk, &vault::unsent_tokens().await?, drawer).await?;
            (
                vault::give_draft(drawer, sealed, to, slot, now).await?,
                Some(hash),
            )
        }
        Gift::Concern(log) => (vault::give_concern(log, to, slot, now).await?, None),
    };
    Ok(Outgoing { to, parcel, draft })
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
    let (view, _) = saving::fetch_from(desk, &tokens, drawer).await?;
    if sending::has_arrived(desk, &view).await? {
        // Its author has not heard of that yet; a colleague would send it again.
        return Err(AppError::Conflict.into());
    }
    Ok(view.label)
}

fn is_open(draft: Draft, drawer: u8) -> bool {
    draft.kept.with_untracked(|kept| kept.drawer == Some(drawer))
}

/// Deletes one's own copy of what was given, unless something was written in it since. Whether it is gone.
pub(super) async fn delete_own(
    desk: Desk,
    draft: Draft,
    drawer: u8,
    outgoing: &Outgoing,
) -> Result<bool, Trouble> {
    let hash = outgoing.draft.ok_or(Trouble::Broken)?;
    saving::delete(desk, drawer, hash).await?;
    let lying = saving::lying(desk, &vault::unsent_tokens().await?).await?;
    let gone = lying.iter().all(|one| one.drawer != drawer);
    if gone && is_open(draft, drawer) {
        draft.clear();
    }
    Ok(gone)
}

/// Takes back what nobody has taken yet.
pub(super) async fn take_back(desk: Desk, outgoing: &Outgoing) -> Result<(), Trouble> {
    desk.note(fetch::delete_parcel(&outgoing.parcel.token, outgoing.hash()).await)
}
