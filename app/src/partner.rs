//! Partner organisations: they apply, and two administrators check them.

mod application;
mod apply;
mod finding;
pub mod founding;
pub mod keeping;
mod lead;
pub mod on_board;
mod organisation;
mod overview;
mod signing;
mod steps;

pub(crate) use application::ApplicationPage;
pub(crate) use apply::ApplyPage;
pub use finding::LONGEST_NOTE;
pub(crate) use organisation::OrganisationPage;
pub(crate) use overview::Organisations;

use crate::error::AppError;
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::{
    concern::check_text,
    id::{AccountId, AppendId, Day, Hash, Minute},
};
use serde::{Deserialize, Serialize};

/// What an organisation says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its number in a public register, or nothing where it has none.
    pub number: String,
    /// What it does.
    pub purpose: String,
    /// Who is to lead it here.
    pub lead: String,
    /// How administrators can reach that person, outside the portal.
    pub reach: String,
}

impl Organisation {
    /// The most characters of each answer.
    pub const LONGEST: [usize; 5] = [200, 50, 2_000, 200, 500];

    /// Its answers, in the order of their limits.
    pub fn answers(&self) -> [&str; 5] {
        [&self.name, &self.number, &self.purpose, &self.lead, &self.reach]
    }

    /// Whether every question but that for the number has an answer, and each is one that the form lets through.
    pub fn is_sound(&self) -> bool {
        let mut answers = self.answers().into_iter().zip(Self::LONGEST).enumerate();
        answers.all(|(place, (answer, most))| {
            let left_out = place == Self::NUMBER && answer.is_empty();
            let lines =
                place == Self::PURPOSE || place == Self::REACH || !answer.contains(['\n', '\r', '\t']);
            left_out || (lines && check_text(answer, most).is_ok())
        })
    }

    /// The place of the one answer that may be left out, and of those of several lines.
    const NUMBER: usize = 1;
    const PURPOSE: usize = 2;
    const REACH: usize = 4;
}

/// An application as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its id.
    pub id: AppendId,
    /// What the organisation says.
    pub organisation: Organisation,
    /// The day it came.
    pub applied: Day,
    /// What administrators found, each once.
    pub findings: Vec<Finding>,
    /// How far its lead has come.
    pub lead: Lead,
}

/// How far the lead of an organisation has come that two administrators approve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lead {
    /// Nobody has invited them, or the invitation has ended.
    Uninvited,
    /// They can take up an invitation.
    Invited {
        /// Hash of the lookup in its link.
        lookup: Hash,
        /// Who invited them.
        by: AccountId,
        /// When it ends.
        expires: Minute,
    },
    /// They have made an account and drafted the organisation's first link.
    Answered {
        /// Who invited them.
        by: AccountId,
        /// The administrators who have signed the link.
        signed: Vec<AccountId>,
    },
    /// The organisation is on board.
    Leads,
}

/// One administrator's finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Who.
    pub by: AccountId,
    /// Their sign-in name.
    pub name: String,
    /// Whether they approve.
    pub approved: bool,
    /// How they checked, or why they refuse.
    pub note: String,
    /// The day of it.
    pub day: Day,
}

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It has to be checked.
    Open,
    /// Two administrators approve: its lead can be invited.
    Approved,
    /// An administrator refused it.
    Refused,
}

impl Application {
    /// How many administrators must approve.
    pub const NEEDED: usize = 2;

    /// Where it stands. One refusal outweighs every approval.
    pub fn standing(&self) -> Standing {
        if self.findings.iter().any(|one| !one.approved) {
            Standing::Refused
        } else if self.findings.len() >= Self::NEEDED {
            Standing::Approved
        } else {
            Standing::Open
        }
    }
}

/// What anybody may ask.
#[async_trait]
pub trait Applying: Send + Sync {
    /// Hands an application in, for an organisation that has `agreed` to the terms.
    async fn apply(&self, organisation: Organisation, agreed: bool) -> Result<(), AppError>;
}

/// What an administrator may ask.
#[async_trait]
pub trait Applications: Send + Sync {
    /// All of them, the newest first.
    async fn list(&self) -> Result<Vec<Application>, AppError>;
    /// Says what the caller found. A finding is not changed.
    async fn find(&self, id: AppendId, approved: bool, note: String) -> Result<(), AppError>;
}

/// See [`Applying::apply`].
#[server(endpoint = "apply", input = Json)]
pub async fn apply(
    /// What the organisation says of itself.
    organisation: Organisation,
    /// Whether it agrees to the terms.
    agreed: bool,
) -> Result<(), AppError> {
    crate::contract::<dyn Applying>()?
        .apply(organisation, agreed)
        .await
}

/// See [`Applications::list`].
#[server(endpoint = "applications", input = Json)]
pub async fn load_applications() -> Result<Vec<Application>, AppError> {
    crate::contract::<dyn Applications>()?.list().await
}

/// See [`Applications::find`].
#[server(endpoint = "finding", input = Json)]
pub async fn find(
    /// The application.
    id: AppendId,
    /// Whether the caller approves.
    approved: bool,
    /// How they checked, or why they refuse.
    note: String,
) -> Result<(), AppError> {
    crate::contract::<dyn Applications>()?
        .find(id, approved, note)
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn application(findings: &[bool]) -> Application {
        let finding = |(approved, n): (&bool, u8)| Finding {
            by: AccountId([n; 16]),
            name: "dee".into(),
            approved: *approved,
            note: "rang them".into(),
            day: Day(1),
        };
        Application {
            id: AppendId([0; 16]),
            organisation: Organisation::default(),
            applied: Day(1),
            findings: findings.iter().zip(1..).map(finding).collect(),
            lead: Lead::Uninvited,
        }
    }

    #[test]
    fn two_approve_and_one_is_enough_to_refuse() {
        for (findings, standing) in [
            (&[][..], Standing::Open),
            (&[true], Standing::Open),
            (&[true, true], Standing::Approved),
            (&[false], Standing::Refused),
            (&[true, true, false], Standing::Refused),
        ] {
            assert_eq!(application(findings).standing(), standing, "{findings:?}");
        }
    }
}
