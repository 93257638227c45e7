//! Keeping an organisation's people in order: its leads suspend those who must not send for now, and confirm every quarter who is
//! still there.

use crate::error::AppError;
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{AccountId, Day, GroupId};
use serde::{Deserialize, Serialize};

/// Days after which people are to be confirmed again.
const QUARTER: u32 = 91;
/// Days before, from which leads are reminded.
const REMINDER: u32 = 14;

/// An organisation as those who lead it keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its group.
    pub group: GroupId,
    /// The day on which a lead last confirmed its people.
    pub confirmed: Day,
    /// The members whom a lead has suspended.
    pub suspended: Vec<AccountId>,
}

/// Whether people are to be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// Not yet.
    Fresh,
    /// Within 14 days.
    Due,
    /// The quarter is over.
    Late,
}

impl Confirmation {
    /// How it stands `today`, where people were last confirmed on a day.
    pub fn of(confirmed: Day, today: Day) -> Self {
        match today.0.saturating_sub(confirmed.0) {
            age if age > QUARTER => Self::Late,
            age if age >= QUARTER - REMINDER => Self::Due,
            _ => Self::Fresh,
        }
    }
}

/// What a lead of an organisation may ask. Of a group that the caller does not lead, or that is no organisation, it is as if it were
/// not there.
#[async_trait]
pub trait Keeping: Send + Sync {
    /// The organisations that the caller leads.
    async fn kept(&self) -> Result<Vec<Kept>, AppError>;
    /// Says that everybody in it is still one of its people.
    async fn confirm(&self, group: GroupId) -> Result<(), AppError>;
    /// Suspends a member, other than the caller: they are signed out, and cannot sign in.
    async fn suspend(&self, group: GroupId, account: AccountId) -> Result<(), AppError>;
    /// Lifts a suspension.
    async fn lift(&self, group: GroupId, account: AccountId) -> Result<(), AppError>;
}

/// See [`Keeping::kept`].
#[server(endpoint = "kept", input = Json)]
pub async fn load_kept() -> Result<Vec<Kept>, AppError> {
    crate::contract::<dyn Keeping>()?.kept().await
}

/// See [`Keeping::confirm`].
#[server(endpoint = "confirm_people", input = Json)]
pub async fn confirm_people(
    /// The organisation's group.
    group: GroupId,
) -> Result<(), AppError> {
    crate::contract::<dyn Keeping>()?.confirm(group).await
}

/// See [`Keeping::suspend`].
#[server(endpoint = "suspend_member", input = Json)]
pub async fn suspend_member(
    /// The organisation's group.
    group: GroupId,
    /// The member.
    account: AccountId,
) -> Result<(), AppError> {
    crate::contract::<dyn Keeping>()?.suspend(group, account).await
}

/// See [`Keeping::lift`].
#[server(endpoint = "lift_member", input = Json)]
pub async fn lift_member(
    /// The organisation's group.
    group: GroupId,
    /// The member.
    account: AccountId,
) -> Result<(), AppError> {
    crate::contract::<dyn Keeping>()?.lift(group, account).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_are_reminded_two_weeks_before_the_quarter_is_over() {
        let after = |days: u32| Confirmation::of(Day(1_000), Day(1_000 + days));
        assert_eq!(
            [0, 76, 77, 91, 92].map(after),
            [
                Confirmation::Fresh,
                Confirmation::Fresh,
                Confirmation::Due,
                Confirmation::Due,
                Confirmation::Late
            ]
        );
        assert_eq!(Confirmation::of(Day(1_000), Day(999)), Confirmation::Fresh);
    }
}
