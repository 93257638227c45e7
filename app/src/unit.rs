//! Units and oversight bodies come on board: whoever an administrator invites makes a compartment's first link, the roots list it, and a
//! test is opened and closed.

mod draft;
mod hand_over;
mod holders;
mod overview;
pub mod set_up;
mod signing;
mod steps;
mod sure;
mod trial;

pub(crate) use overview::UnitsPage;
pub(crate) use set_up::{Reminder, SetUpPage};
pub(crate) use trial::CloseTest;

use crate::error::AppError;
use async_trait::async_trait;
use core::{fmt, str::FromStr};
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::{
    directory::Purpose,
    group::GroupKind,
    id::{AccountId, Day, Hash, Minute},
};
use serde::{Deserialize, Serialize};

/// A compartment of a unit, by what it is for: as `gwent-psd/intake`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Compartment {
    /// The unit's identifier in the directory.
    pub unit: String,
    /// Whether it is the one for what concerns somebody senior, in the unit or close to it.
    pub sealed: bool,
}

impl Compartment {
    /// What its group is.
    pub fn kind(&self) -> GroupKind {
        self.purpose().kind()
    }

    /// What it is for.
    pub fn purpose(&self) -> Purpose {
        if self.sealed {
            Purpose::Sealed
        } else {
            Purpose::Intake
        }
    }
}

impl fmt::Display for Compartment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.unit, self.purpose())
    }
}

/// The text names no compartment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a compartment")]
pub struct NotCompartment;

impl FromStr for Compartment {
    type Err = NotCompartment;

    fn from_str(text: &str) -> Result<Self, NotCompartment> {
        let (unit, purpose) = text.rsplit_once('/').ok_or(NotCompartment)?;
        let purpose: Purpose = purpose.parse().map_err(|_| NotCompartment)?;
        Ok(Self {
            unit: unit.to_owned(),
            sealed: purpose == Purpose::Sealed,
        })
    }
}

/// A compartment that is being set up, or was, as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUp {
    /// Which.
    pub compartment: Compartment,
    /// How far it has come.
    pub progress: Progress,
}

/// How far a set-up has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Somebody can take up an invitation to set it up.
    Invited {
        /// Hash of the lookup in its link.
        lookup: Hash,
        /// Who invited them.
        by: AccountId,
        /// When it ends.
        expires: Minute,
    },
    /// They have an account.
    Answered,
    /// They have made the first link, which others may still have to sign.
    Drafted,
    /// The directory lists it.
    Listed {
        /// The day of that.
        day: Day,
        /// The day on which a test was opened and closed, where one was.
        tested: Option<Day>,
    },
}

/// What an administrator may ask.
#[async_trait]
pub trait Units: Send + Sync {
    /// Everything that is being set up, or was.
    async fn set_ups(&self) -> Result<Vec<SetUp>, AppError>;
    /// Takes back the invitation to set a compartment up, whoever made it. Whoever answered it, and whom they invited, is turned away;
    /// what they made is gone. Only just after confirming.
    async fn turn_away(&self, compartment: Compartment) -> Result<(), AppError>;
}

/// See [`Units::set_ups`].
#[server(endpoint = "set_ups", input = Json)]
pub async fn load_set_ups() -> Result<Vec<SetUp>, AppError> {
    crate::contract::<dyn Units>()?.set_ups().await
}

/// See [`Units::turn_away`].
#[server(endpoint = "turn_away_founder", input = Json)]
pub async fn turn_away_founder(
    /// Which.
    compartment: Compartment,
) -> Result<(), AppError> {
    crate::contract::<dyn Units>()?.turn_away(compartment).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compartment_reads_back_and_nothing_else_does() {
        for sealed in [false, true] {
            let unit = "gwent-psd".to_owned();
            let one = Compartment { unit, sealed };
            assert_eq!(one.to_string().parse(), Ok(one));
        }
        let unit = "north/east".to_owned();
        let one = Compartment { unit, sealed: true };
        assert_eq!(one.to_string().parse(), Ok(one));
        for bad in ["", "gwent-psd", "gwent-psd/", "gwent-psd/open"] {
            assert_eq!(bad.parse::<Compartment>(), Err(NotCompartment), "{bad}");
        }
    }
}
