//! Duty addresses: at which a unit's duty officer is told to sign in, without being told why.

use crate::{
    Portal,
    audit::{self, Actor},
    database::{Transaction, notice::StoredDuty},
    error::Result,
    group::Steward,
};
use app::{
    calendar,
    error::AppError,
    notice::{Duties, Duty},
};
use async_trait::async_trait;
use protocol::id::{Day, GroupId, Minute};

/// Whether a unit's duty officer is told to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paged {
    /// A mail leaves at once, or as soon as the mail server takes it.
    Yes,
    /// The unit does not watch its duty address now.
    OutOfHours,
    /// The unit has no duty address, or none that the portal can open with its key, or the portal sends no mail.
    Nobody,
}

#[async_trait]
impl Duties for Steward {
    async fn duties(&self) -> Result<Vec<(GroupId, Option<Duty>)>, AppError> {
        Ok(self.list_duties().await?)
    }

    async fn set_duty(&self, group: GroupId, duty: Option<Duty>) -> Result<(), AppError> {
        Ok(self.settle_duty(group, duty).await?)
    }
}

impl Steward {
    async fn list_duties(&self) -> Result<Vec<(GroupId, Option<Duty>)>> {
        let portal = &self.portal;
        let mut all = Vec::new();
        for group in portal.database.compartments_of(self.held.account).await? {
            let stored = portal.database.duty(group).await?;
            all.push((group, stored.and_then(|stored| portal.shown(group, &stored))));
        }
        Ok(all)
    }

    async fn settle_duty(&self, group: GroupId, duty: Option<Duty>) -> Result<()> {
        let portal = &self.portal;
        self.assert_compartment(group).await?;
        self.assert_leads(group).await?;
        let stored = duty.map(|duty| portal.stored(group, &duty)).transpose()?;
        let act = if stored.is_some() {
            "set duty address"
        } else {
            "delete duty address"
        };
        let mut transaction = portal.database.begin().await?;
        transaction.set_duty(group, stored.as_ref()).await?;
        let actor = Actor::Staff(self.held.account);
        let now = portal.clock.minute();
        audit::record(&mut transaction, actor, act, &group.0, now).await?;
        transaction.commit().await
    }
}

impl Portal {
    /// Has the duty officer of a compartment told to sign in, when `transaction` is committed: one mail, which says nothing else. While one
    /// waits there is no second.
    pub async fn page_duty(&self, transaction: &mut Transaction, compartment: GroupId) -> Result<Paged> {
        let stored = match self.deployment.mail {
            Some(_) => transaction.duty(compartment).await?,
            None => None,
        };
        let opens = |stored: &StoredDuty| self.shown(compartment, stored).is_some();
        let Some(stored) = stored.filter(opens) else {
            return Ok(Paged::Nobody);
        };
        let now = self.clock.minute();
        if !is_watched(&stored, now) {
            return Ok(Paged::OutOfHours);
        }
        transaction.insert_page(self.random.bytes(), compartment).await?;
        // To the day, and naming nobody: it stands beside what it is about.
        audit::record(transaction, Actor::Sender, "page duty", &compartment.0, now).await?;
        Ok(Paged::Yes)
    }

    fn stored(&self, group: GroupId, duty: &Duty) -> Result<StoredDuty> {
        if duty.opens >= duty.closes || duty.closes > 24 {
            return Err(AppError::Invalid.into());
        }
        Ok(StoredDuty {
            address: self.seal_address(&group.0, &duty.address)?,
            opens: duty.opens,
            closes: duty.closes,
            weekends: duty.weekends,
        })
    }

    fn shown(&self, group: GroupId, stored: &StoredDuty) -> Option<Duty> {
        let address = self.addresses.open(&group.0, &stored.address)?;
        Some(Duty {
            address: address.to_string(),
            opens: stored.opens,
            closes: stored.closes,
            weekends: stored.weekends,
        })
    }
}

fn is_watched(duty: &StoredDuty, now: Minute) -> bool {
    let (Day(day), hour, _) = calendar::london(now);
    // 1 January 1970 was a Thursday.
    let is_weekend = matches!(day % 7, 2 | 3);
    let hours = u32::from(duty.opens)..u32::from(duty.closes);
    hours.contains(&hour) && (duty.weekends || !is_weekend)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_watched_in_its_hours_in_london() {
        let watched = |opens, closes, weekends, day: u32, minute: u32| {
            let duty = StoredDuty {
                address: vec![],
                opens,
                closes,
                weekends,
            };
            is_watched(&duty, Minute(day * 24 * 60 + minute))
        };
        // 20 November 2026 is a Friday; 1 June 2026 a Monday, in summer.
        assert!(watched(8, 18, false, 20_777, 8 * 60));
        assert!(!watched(8, 18, false, 20_777, 8 * 60 - 1));
        assert!(!watched(8, 18, false, 20_777, 18 * 60));
        assert!(!watched(8, 18, false, 20_778, 9 * 60), "a Saturday");
        assert!(watched(8, 18, true, 20_779, 9 * 60), "a Sunday");
        assert!(watched(8, 18, false, 20_605, 7 * 60), "eight in summer");
        assert!(watched(0, 24, true, 20_778, 23 * 60 + 59));
    }
}
