//! What sets up a compartment: the vault drafts, signs and seals, the server stores.

use super::set_up::{
    SetUp, discard_compartment, draft_compartment, finish_compartment, load_own_set_up, sign_compartment,
};
use crate::{
    account::desk::Desk,
    browser::{clock, fetch},
    bytes::Bytes,
    group::Change,
    invitation::{InvitedTo, load_made},
    trouble::Trouble,
    vault,
};
use protocol::{
    concern::Concern,
    id::{GroupId, LogId},
    refused::Refused,
    vault::NewRules,
};

/// What the caller is setting up, with what the vault says of it.
pub(super) async fn load(desk: Desk) -> Result<Option<SetUp>, Trouble> {
    let Some(own) = desk.note(load_own_set_up().await)? else {
        return Ok(None);
    };
    if own.listed.is_some() {
        // The directory lists it since this vault last looked, or before.
        desk.trust_anew().await?;
        desk.remember().await?;
    }
    let invited = if own.founder {
        load_made(desk, &InvitedTo::Holder(own.compartment.clone())).await?
    } else {
        Vec::new()
    };
    let genesis = match own.link.clone().filter(|_| own.listed.is_none()) {
        Some(link) => match vault::read_genesis(link, own.joinings.clone(), clock::minute()).await {
            // It is not for them to sign: they wait until the directory lists it.
            Err(Trouble::Refused(Refused::NotForYou | Refused::WrongSigner)) if !own.founder => None,
            read => Some(read?),
        },
        None => None,
    };
    Ok(Some(SetUp {
        own,
        invited,
        genesis,
    }))
}

/// Makes the first link, with this account and those who answered as those who hold it.
pub(super) async fn draft(desk: Desk, set_up: SetUp, rules: NewRules) -> Result<(), Trouble> {
    let answers = set_up.invited.into_iter().filter_map(|made| made.answer?.ok());
    let members = answers.map(|(_, joining)| joining).collect();
    let drafted = vault::found(set_up.own.compartment, members, rules, clock::minute()).await?;
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

/// Takes the first link back, or turns it down, as it was seen.
pub(super) async fn discard(desk: Desk, link: Bytes) -> Result<(), Trouble> {
    desk.fresh(|| discard_compartment(link.clone())).await
}

/// Seals a test and sends it; gives the thread.
pub(super) async fn send_test(desk: Desk, group: GroupId, concern: Concern) -> Result<LogId, Trouble> {
    let sealed = vault::seal_test(group, concern, clock::minute()).await?;
    // Before it is sent: the next vault would number another test as this one.
    desk.remember().await?;
    let receipt = desk.note(fetch::append(&sealed.bytes.0).await)?;
    vault::check_receipt(sealed.append, receipt).await?;
    Ok(sealed.log)
}

/// Closes a test that this vault has opened.
pub(super) async fn close_test(desk: Desk, log: LogId) -> Result<(), Trouble> {
    let sealed = vault::seal_closed(log, clock::minute()).await?;
    let receipt = desk.note(fetch::append(&sealed.bytes.0).await)?;
    vault::check_receipt(sealed.append, receipt).await.map(drop)
}

/// Says that a test was opened and closed, and so that the compartment works.
pub(super) async fn finish(desk: Desk, group: GroupId) -> Result<(), Trouble> {
    desk.note(finish_compartment(group).await)
}
