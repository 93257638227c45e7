//! Recovery: what leaves for the offline machine, and what comes back, checked as every client will check it.

use super::{Steward, directory, insert_wrap, settle, verify};
use crate::{
    Portal,
    audit::{self, Actor},
    database::Transaction,
    directory::trust_for,
    error::Result,
    partner::Examiner,
    web::session::Held,
};
use app::{
    bytes::Bytes,
    error::AppError,
    group::{
        NewWrap,
        recovery::{Drill, Drills, Recoveries},
    },
};
use async_trait::async_trait;
use protocol::{
    codec,
    export::{Export, Recovered},
    group::Group,
    id::GroupId,
};

#[async_trait]
impl Drills for Steward {
    async fn drills(&self) -> Result<Vec<Drill>, AppError> {
        Ok(self.portal.database.drills_of(self.held.account).await?)
    }

    async fn record_drill(&self, group: GroupId) -> Result<(), AppError> {
        Ok(self.tried(group).await?)
    }

    async fn export_own(&self, group: GroupId) -> Result<Bytes, AppError> {
        Ok(self.take_out(group).await?)
    }
}

impl Steward {
    async fn tried(&self, group: GroupId) -> Result<()> {
        self.assert_compartment(group).await?;
        self.assert_leads(group).await?;
        let portal = &self.portal;
        let mut transaction = portal.database.begin().await?;
        let day = portal.clock.today();
        if !transaction.insert_drill(group, self.held.account, day).await? {
            return Err(AppError::Conflict.into());
        }
        write(portal, self.held, &mut transaction, "recovery drill", group).await?;
        transaction.commit().await
    }

    async fn take_out(&self, group: GroupId) -> Result<Bytes> {
        self.assert_compartment(group).await?;
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        gather(&self.portal, self.held, group).await
    }

    /// To anybody else it is as if the compartment were not there.
    pub(crate) async fn assert_compartment(&self, group: GroupId) -> Result<()> {
        let own = self.portal.database.compartments_of(self.held.account).await?;
        let is_own = own.contains(&group);
        is_own.then_some(()).ok_or_else(|| AppError::NotFound.into())
    }
}

#[async_trait]
impl Recoveries for Examiner {
    async fn export(&self, group: GroupId) -> Result<Bytes, AppError> {
        Ok(self.hand_out(group).await?)
    }

    async fn recover(&self, recovered: Bytes) -> Result<(), AppError> {
        Ok(self.take_back(&recovered.0).await?)
    }
}

impl Examiner {
    async fn hand_out(&self, group: GroupId) -> Result<Bytes> {
        let all = self.portal.database.compartments().await?;
        if !all.contains(&group) {
            return Err(AppError::NotFound.into());
        }
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        gather(&self.portal, self.held, group).await
    }

    async fn take_back(&self, bytes: &[u8]) -> Result<()> {
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        let recovered: Recovered = codec::decode(bytes).map_err(|_| AppError::Invalid)?;
        let portal = &self.portal;
        let listed = directory(portal).await?.compartment(recovered.group).is_some();
        if !listed {
            return Err(AppError::NotFound.into());
        }
        let group = self.follow(&recovered).await?;
        let mut transaction = portal.database.begin().await?;
        transaction.lock_logs().await?;
        if transaction.count_links(group.id).await? != group.sequence() {
            return Err(AppError::Conflict.into());
        }
        put(&mut transaction, &group, recovered, portal).await?;
        write(portal, self.held, &mut transaction, "recover", group.id).await?;
        transaction.commit().await
    }

    /// The group as it is after the link, which its recovery key signed.
    async fn follow(&self, recovered: &Recovered) -> Result<Group> {
        let mut links = self.portal.database.links(recovered.group).await?;
        links.push(recovered.link.to_vec());
        let group = verify(&self.portal, recovered.group, &links).await?;
        let before = group.sequence().checked_sub(1).ok_or(AppError::Invalid)?;
        let signed = group.was_recovered_since(before);
        signed.then_some(group).ok_or_else(|| AppError::Invalid.into())
    }
}

/// Puts the new members in the place of the old ones. Keys that somebody has already stay as they are.
async fn put(to: &mut Transaction, group: &Group, recovered: Recovered, portal: &Portal) -> Result<()> {
    for member in &group.now().members {
        if !to.is_assessor(member.account).await? {
            return Err(AppError::Invalid.into());
        }
    }
    to.insert_link(group.id, group.sequence(), &recovered.link)
        .await?;
    settle(to, group, portal.clock.today()).await?;
    for (account, epoch, sealed) in recovered.wraps {
        let wrap = NewWrap {
            account,
            epoch,
            sealed: Bytes(sealed.into()),
        };
        insert_wrap(to, group, &wrap).await?;
    }
    to.delete_drafts(group.id).await
}

/// Everything that says whose key is whose, and what is sealed to the group's recovery keys.
async fn gather(portal: &Portal, held: Held, group: GroupId) -> Result<Bytes> {
    let trust = trust_for(&portal.database, held.account).await?;
    let trust = trust.ok_or(AppError::NotFound)?;
    let wraps = portal.database.recovery_wraps(group).await?;
    let chains = trust.chains.into_iter().map(|chain| {
        let links = chain.links.into_iter().map(|link| link.0.into());
        (chain.group, links.collect())
    });
    let export = Export {
        directory: trust.directory.0.into(),
        chains: chains.collect(),
        checkpoint: trust.checkpoint.map(|bytes| bytes.0.into()),
        wraps: wraps.into_iter().map(Into::into).collect(),
    };
    let mut transaction = portal.database.begin().await?;
    write(portal, held, &mut transaction, "export", group).await?;
    transaction.commit().await?;
    Ok(Bytes(codec::encode(&export)))
}

async fn write(portal: &Portal, held: Held, to: &mut Transaction, act: &str, group: GroupId) -> Result<()> {
    let actor = Actor::of(held.role, held.account);
    audit::record(to, actor, act, &group.0, portal.clock.minute()).await
}
