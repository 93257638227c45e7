//! What changes a group: the vault drafts and signs, the server stores, and everything is verified again.

use super::{Change, Draft as Waiting, propose, publish};
use crate::{
    account::desk::Desk,
    browser::clock,
    bytes::Bytes,
    partner::keeping::{confirm_people, lift_member, suspend_member},
    trouble::Trouble,
    vault,
};
use protocol::{
    group::Aims,
    id::{AccountId, GroupId},
    vault::{Draft, DraftView, NewRules},
};

/// Whether a change is made, or waits for another lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// It is made.
    Published,
    /// Another lead has to sign it.
    Waiting,
    /// Somebody is suspended.
    Suspended,
    /// Somebody no longer is.
    Lifted,
    /// The people are confirmed.
    Confirmed,
}

/// Takes in whoever answered an invitation, once both have compared the words.
pub(super) async fn admit(desk: Desk, joining: Bytes) -> Result<Made, Trouble> {
    let draft = vault::admit(joining, clock::minute()).await?;
    hand_in(desk, draft).await
}

/// Lets a member go.
pub(super) async fn dismiss(desk: Desk, group: GroupId, account: AccountId) -> Result<Made, Trouble> {
    let draft = vault::dismiss(group, account, clock::minute()).await?;
    hand_in(desk, draft).await
}

/// Starts an epoch.
pub(super) async fn rotate(desk: Desk, group: GroupId) -> Result<Made, Trouble> {
    let draft = vault::rotate(group, clock::minute()).await?;
    hand_in(desk, draft).await
}

/// Drafts rules that name another recovery key, and looks at them as another lead would.
pub(super) async fn draft_rules(group: GroupId, rules: NewRules) -> Result<(Draft, DraftView), Trouble> {
    let now = clock::minute();
    let draft = vault::change_policy(group, rules, now).await?;
    let view = vault::read_draft(group, Bytes(draft.link.0.clone()), None, now).await?;
    Ok((draft, view))
}

/// Says what a unit aims for.
pub(super) async fn change_aims(desk: Desk, group: GroupId, aims: Option<Aims>) -> Result<Made, Trouble> {
    let draft = vault::change_aims(group, aims, clock::minute()).await?;
    hand_in(desk, draft).await
}

/// Signs what another lead drafted, and publishes it with what they made for it.
pub(super) async fn countersign(desk: Desk, waiting: Waiting) -> Result<Made, Trouble> {
    let Change { group, link, .. } = waiting.change.clone();
    let signed = vault::countersign(group, link, clock::minute()).await?;
    let complete = signed.signed >= signed.needed;
    let change = Change {
        link: Bytes(signed.link.0),
        ..waiting.change
    };
    store(desk, change, complete).await
}

/// Suspends a member of an organisation, or lifts that.
pub(super) async fn suspend(
    desk: Desk,
    group: GroupId,
    account: AccountId,
    suspend: bool,
) -> Result<Made, Trouble> {
    if suspend {
        desk.fresh(|| suspend_member(group, account)).await?;
        return Ok(Made::Suspended);
    }
    desk.fresh(|| lift_member(group, account)).await?;
    Ok(Made::Lifted)
}

/// Says that everybody in an organisation is still one of its people.
pub(super) async fn confirm(desk: Desk, group: GroupId) -> Result<Made, Trouble> {
    desk.note(confirm_people(group).await)?;
    Ok(Made::Confirmed)
}

/// Hands in what this lead has drafted.
pub(super) async fn hand_in(desk: Desk, draft: Draft) -> Result<Made, Trouble> {
    let complete = draft.signed >= draft.needed;
    store(desk, draft.into(), complete).await
}

async fn store(desk: Desk, change: Change, complete: bool) -> Result<Made, Trouble> {
    if !complete {
        desk.fresh(|| propose(change.clone())).await?;
        return Ok(Made::Waiting);
    }
    desk.fresh(|| publish(change.clone())).await?;
    desk.trust_anew().await?;
    desk.remember().await?;
    Ok(Made::Published)
}
