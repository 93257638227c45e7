//! Invitations: how somebody whose keys nobody knows yet comes on board.

mod card;
mod form;
mod join;
mod link;
mod made;

pub(crate) use card::{InvitationCard, TakeBackPage};
pub(crate) use form::{InviteForm, Invitee};
pub(crate) use join::JoinPage;
pub(crate) use link::LinkOnce;
pub(crate) use made::{Made, load_made, make};

use crate::{
    account::{NewWay, Role, Session},
    bytes::Bytes,
    error::AppError,
    group::Change,
    unit::Compartment,
};
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{AccountId, AppendId, GroupId, Hash, Minute};
use serde::{Deserialize, Serialize};

/// To what somebody is invited, as the server knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitedTo {
    /// To be a member of this group.
    Member(GroupId),
    /// To lead the organisation of this application.
    Partner(AppendId),
    /// To set up this compartment of a unit.
    Unit(Compartment),
    /// To hold it with whoever sets it up.
    Holder(Compartment),
    /// To administer the portal.
    Administrator,
}

/// An invitation as its inviter is shown it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// Hash of the lookup in its link.
    pub lookup: Hash,
    /// To what.
    pub to: InvitedTo,
    /// When it ends.
    pub expires: Minute,
    /// The signed answer, once somebody has taken it up.
    pub joining: Option<Bytes>,
    /// The account that was made.
    pub account: Option<AccountId>,
    /// Whether it is closed.
    pub closed: bool,
}

/// What an invitation offers to whoever has its link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What the account would be for.
    pub role: Role,
    /// The organisation that it would lead, where that is to be founded: under this name.
    pub organisation: Option<String>,
}

/// A new account, as its own browser made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAccount {
    /// The lookup in the link.
    pub lookup: String,
    /// The account.
    pub account: AccountId,
    /// The sign-in name.
    pub name: String,
    /// The sealed keyring.
    pub keyring: Bytes,
    /// The ways to open it.
    pub ways: Vec<NewWay>,
    /// The signed answer to the invitation.
    pub joining: Bytes,
    /// The first link of the organisation that it is to lead, where that is to be founded, and its secret for the lead.
    pub founding: Option<Change>,
}

/// What anybody with a link may ask. Links that are unknown, used, ended or revoked answer alike.
#[async_trait]
pub trait Joining: Send + Sync {
    /// What the account would be for.
    async fn look_up(&self, lookup: String) -> Result<Offer, AppError>;
    /// Makes the account and starts a session. Nobody trusts its keys until somebody vouches for them.
    async fn join(&self, new: NewAccount) -> Result<Session, AppError>;
}

/// What a lead or an administrator may ask.
#[async_trait]
pub trait Invitations: Send + Sync {
    /// Those that the caller has made and that are open.
    async fn list(&self) -> Result<Vec<Stored>, AppError>;
    /// Makes one, for 72 hours.
    async fn invite(&self, lookup: Hash, to: InvitedTo) -> Result<(), AppError>;
    /// Ends one. An account that came of it and that nobody has vouched for is closed: only just after confirming.
    async fn revoke(&self, lookup: Hash) -> Result<(), AppError>;
}

/// See [`Joining::look_up`].
#[server(endpoint = "look_up", input = Json)]
pub async fn look_up(
    /// The lookup in the link.
    lookup: String,
) -> Result<Offer, AppError> {
    crate::contract::<dyn Joining>()?.look_up(lookup).await
}

/// See [`Joining::join`].
#[server(endpoint = "join", input = Json)]
pub async fn join(
    /// The account.
    new: NewAccount,
) -> Result<Session, AppError> {
    crate::contract::<dyn Joining>()?.join(new).await
}

/// See [`Invitations::list`].
#[server(endpoint = "invitations", input = Json)]
pub async fn load_invitations() -> Result<Vec<Stored>, AppError> {
    crate::contract::<dyn Invitations>()?.list().await
}

/// See [`Invitations::invite`].
#[server(endpoint = "invite", input = Json)]
pub async fn invite(
    /// Hash of the lookup in the link.
    lookup: Hash,
    /// To what.
    to: InvitedTo,
) -> Result<(), AppError> {
    crate::contract::<dyn Invitations>()?.invite(lookup, to).await
}

/// See [`Invitations::revoke`].
#[server(endpoint = "revoke", input = Json)]
pub async fn revoke(
    /// Hash of the lookup in the link.
    lookup: Hash,
) -> Result<(), AppError> {
    crate::contract::<dyn Invitations>()?.revoke(lookup).await
}
