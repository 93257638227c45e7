//! Recovery of a compartment that nobody can open any more: what the offline machine needs, what it made, and the yearly drill.

use crate::{bytes::Bytes, error::AppError};
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{Day, GroupId};
use serde::{Deserialize, Serialize};

/// Days after which custodians are to try their kits again.
const YEAR: u32 = 365;

/// When the custodians of a compartment last tried their kits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drill {
    /// The compartment.
    pub group: GroupId,
    /// The day, where they ever did.
    pub last: Option<Day>,
}

impl Drill {
    /// Whether they are to do it `today`.
    pub fn is_due(self, today: Day) -> bool {
        self.last
            .is_none_or(|last| today.0.saturating_sub(last.0) >= YEAR)
    }
}

/// What a member of a compartment may ask. Of a group that is none, or that the caller is not in, it is as if it were not there.
#[async_trait]
pub trait Drills: Send + Sync {
    /// The compartments that the caller is in.
    async fn drills(&self) -> Result<Vec<Drill>, AppError>;
    /// Says, as a lead, that the drill is done today.
    async fn record_drill(&self, group: GroupId) -> Result<(), AppError>;
    /// What the offline machine needs: the bytes of [`protocol::export::Export`]. Only just after confirming.
    async fn export_own(&self, group: GroupId) -> Result<Bytes, AppError>;
}

/// What an administrator may ask, where no member is left to do it.
#[async_trait]
pub trait Recoveries: Send + Sync {
    /// The same for any compartment. Only just after confirming.
    async fn export(&self, group: GroupId) -> Result<Bytes, AppError>;
    /// Hands in what the offline machine made: the bytes of [`protocol::export::Recovered`]. Only just after confirming.
    async fn recover(&self, recovered: Bytes) -> Result<(), AppError>;
}

/// See [`Drills::drills`].
#[server(endpoint = "drills", input = Json)]
pub async fn load_drills() -> Result<Vec<Drill>, AppError> {
    crate::contract::<dyn Drills>()?.drills().await
}

/// See [`Drills::record_drill`].
#[server(endpoint = "record_drill", input = Json)]
pub async fn record_drill(
    /// The compartment.
    group: GroupId,
) -> Result<(), AppError> {
    crate::contract::<dyn Drills>()?.record_drill(group).await
}

/// See [`Drills::export_own`].
#[server(endpoint = "export_own", input = Json)]
pub async fn export_own(
    /// The compartment.
    group: GroupId,
) -> Result<Bytes, AppError> {
    crate::contract::<dyn Drills>()?.export_own(group).await
}

/// See [`Recoveries::export`].
#[server(endpoint = "export", input = Json)]
pub async fn export(
    /// The compartment.
    group: GroupId,
) -> Result<Bytes, AppError> {
    crate::contract::<dyn Recoveries>()?.export(group).await
}

/// See [`Recoveries::recover`].
#[server(endpoint = "recover", input = Json)]
pub async fn recover(
    /// What the offline machine made.
    recovered: Bytes,
) -> Result<(), AppError> {
    crate::contract::<dyn Recoveries>()?.recover(recovered).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custodians_try_their_kits_every_year() {
        let due = |last: Option<u32>| {
            let drill = Drill {
                group: GroupId([1; 16]),
                last: last.map(Day),
            };
            drill.is_due(Day(20_000))
        };
        assert_eq!(
            [None, Some(19_635), Some(19_636), Some(20_000)].map(due),
            [true, true, false, false]
        );
    }
}
