//! Partner organisations: they apply, administrators examine them, and two bring them on board.

pub(crate) mod founding;
mod keeping;
mod on_board;

use crate::{
    Portal,
    account::Visitor,
    audit::{self, Actor},
    error::Result,
    web::session::Held,
};
use app::{
    error::AppError,
    partner::{Application, Applications, Applying, Finding, LONGEST_NOTE, Lead, Organisation},
};
use async_trait::async_trait;
use protocol::{concern::check_text, id::AppendId};

/// The most applications in one day, from everybody: a flood fills no disk.
const MOST_A_DAY: u32 = 200;

#[async_trait]
impl Applying for Visitor {
    async fn apply(&self, organisation: Organisation, agreed: bool) -> Result<(), AppError> {
        Ok(self.hand_in(organisation, agreed).await?)
    }
}

impl Visitor {
    async fn hand_in(&self, organisation: Organisation, agreed: bool) -> Result<()> {
        let portal = &self.portal;
        portal
            .attempts
            .take(self.address, &format!("application {}", self.address), None)?;
        if !(agreed && organisation.is_sound()) {
            return Err(AppError::Invalid.into());
        }
        let day = portal.clock.today();
        let mut transaction = portal.database.begin().await?;
        if transaction.count_applications(day).await? >= MOST_A_DAY {
            return Err(AppError::Busy {
                seconds: 24 * 60 * 60,
            }
            .into());
        }
        let id = AppendId(portal.random.bytes());
        transaction.insert_application(id, &organisation, day).await?;
        audit::record(
            &mut transaction,
            Actor::Sender,
            "apply",
            &id.0,
            portal.clock.minute(),
        )
        .await?;
        transaction.commit().await
    }
}

/// Every application, the newest first.
async fn applications(portal: &Portal) -> Result<Vec<Application>> {
    let mut leads = founding::leads(portal).await?;
    let mut all = portal.database.applications().await?;
    for one in &mut all {
        one.lead = leads.remove(&one.id).unwrap_or(Lead::Uninvited);
    }
    Ok(all)
}

/// One of them.
pub(crate) async fn application(portal: &Portal, id: AppendId) -> Result<Option<Application>> {
    let all = applications(portal).await?;
    Ok(all.into_iter().find(|one| one.id == id))
}

/// An administrator, before the applications.
pub struct Examiner {
    /// The portal.
    pub portal: Portal,
    /// Who.
    pub held: Held,
}

#[async_trait]
impl Applications for Examiner {
    async fn list(&self) -> Result<Vec<Application>, AppError> {
        Ok(applications(&self.portal).await?)
    }

    async fn find(&self, id: AppendId, approved: bool, note: String) -> Result<(), AppError> {
        Ok(self.say(id, approved, note).await?)
    }
}

impl Examiner {
    async fn say(&self, id: AppendId, approved: bool, note: String) -> Result<()> {
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        if check_text(&note, LONGEST_NOTE).is_err() {
            return Err(AppError::Invalid.into());
        }
        let portal = &self.portal;
        let one = application(portal, id).await?.ok_or(AppError::NotFound)?;
        if one.lead == Lead::Leads {
            return Err(AppError::Conflict.into());
        }
        let finding = Finding {
            by: self.held.account,
            name: String::new(),
            approved,
            note,
            day: portal.clock.today(),
        };
        let mut transaction = portal.database.begin().await?;
        if !transaction.insert_finding(id, &finding).await? {
            return Err(AppError::Conflict.into());
        }
        let act = if approved { "approve" } else { "refuse" };
        let actor = Actor::Staff(self.held.account);
        audit::record(&mut transaction, actor, act, &id.0, portal.clock.minute()).await?;
        transaction.commit().await
    }
}
