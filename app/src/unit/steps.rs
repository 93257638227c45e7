//! What sets up a compartment: the vault drafts, signs and seals, the server stores.

use super::{
    Compartment,
    set_up::{
        Case, discard_compartment, draft_compartment, finish_compartment, load_own_set_up, sign_compartment,
    },
};
use crate::{
    account::desk::Desk,
    browser::{clock, fetch},
    bytes::Bytes,
    group::Change,
    invitation::{InvitedTo, invite as store_invitation, revoke},
    trouble::Trouble,
    vault,
};
use protocol::{
    concern::Concern,
    id::{GroupId, Hash, LogId},
    invitation::Place,
    refused::Refused,
    vault::NewRules,
};

/// What the caller is setting up, with what the vault says of it.
pub(super) async fn load(desk: Desk) -> Result<Option<Case>, Trouble> {
    let Some(own) = desk.note(load_own_set_up().await)? else {
        return Ok(None);
    };
    if own.listed.is_some() {
        // The directory lists it since this vault last looked, or before.
        desk.trust_anew().await?;
        desk.remember().await?;
    }
    let mut joiners = Vec::new();
    for joining in own.joinings.clone() {
        // Those whom others invited are not for this account to prove.
        match vault::check_joining(joining.clone()).await {
            Ok(joiner) => joiners.push((joiner, joining)),
            Err(Trouble::Refused(Refused::UnprovenInvitee)) => (),
            Err(trouble) => return Err(trouble),
        }
    }
    let genesis = match own.link.clone().filter(|_| own.listed.is_none()) {
        Some(link) => match vault::read_genesis(link, own.joinings.clone(), clock::minute()).await {
            // It is not for them to sign: they wait until the directory lists it.
            Err(Trouble::Refused(Refused::NotForYou | Refused::WrongSigner)) if !own.founder => None,
            read => Some(read?),
        },
        None => None,
    };
    Ok(Some(Case {
        own,
        joiners,
        genesis,
    }))
}

/// Invites somebody to set a compartment up, or to hold it; gives the end of the link.
pub(super) async fn invite(
    desk: Desk,
    compartment: Compartment,
    founder: bool,
    whom: String,
) -> Result<String, Trouble> {
    let unit = compartment.unit.clone();
    let (lookup, link) = vault::invite(Place::Unit { unit }, whom, clock::minute()).await?;
    desk.remember().await?;
    let to = if founder {
        InvitedTo::Unit(compartment)
    } else {
        InvitedTo::Holder(compartment)
    };
    desk.note(store_invitation(lookup, to).await)?;
    Ok(link)
}

/// Turns away whoever answered, or takes an invitation back.
pub(super) async fn turn_away(desk: Desk, lookup: Hash) -> Result<(), Trouble> {
    desk.note(revoke(lookup).await)?;
    vault::forget_invitation(lookup).await?;
    desk.remember().await
}

/// Makes the first link, with this account and those who answered as those who hold it.
pub(super) async fn draft(desk: Desk, case: Case, rules: NewRules) -> Result<(), Trouble> {
    let Case { own, joiners, .. } = case;
    let members = joiners.into_iter().map(|(_, joining)| joining).collect();
    let drafted = vault::found(own.compartment, members, rules, clock::minute()).await?;
    desk.remember().await?;
    let change = Change::from(drafted);
    desk.fresh(|| draft_compartment(change.clone())).await
}

/// Signs the first link.
pub(super) async fn sign(desk: Desk, link: Bytes) -> Result<(), Trouble> {
    let signed = vault::countersign_genesis(link, clock::minute()).await?;
    let link = Bytes(signed.link.0);
    desk.fresh(|| sign_compartment(link.clone())).await
}

/// Takes the first link back.
pub(super) async fn discard(desk: Desk) -> Result<(), Trouble> {
    desk.note(discard_compartment().await)
}

/// Seals a test and sends it; gives the thread.
pub(super) async fn send_test(desk: Desk, group: GroupId, concern: Concern) -> Result<LogId, Trouble> {
    let sealed = vault::seal_test(group, concern, clock::minute()).await?;
    let receipt = desk.note(fetch::append(&sealed.bytes.0).await)?;
    vault::check_receipt(sealed.append, receipt).await?;
    Ok(sealed.log)
}

/// Closes a test that this vault has opened, and says that the compartment works.
pub(super) async fn close_test(desk: Desk, log: LogId, group: GroupId) -> Result<(), Trouble> {
    let sealed = vault::seal_closed(log, clock::minute()).await?;
    let receipt = desk.note(fetch::append(&sealed.bytes.0).await)?;
    vault::check_receipt(sealed.append, receipt).await?;
    desk.note(finish_compartment(group).await)
}
