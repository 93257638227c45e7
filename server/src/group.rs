//! Changes of groups. A change is checked as every client will check it, so that nothing is stored which none of them would take;
//! that it is stored makes nobody believe it.

mod cover;
mod kept;
mod recovery;

pub(crate) use kept::{Kept, assert_signed_once_more, read_link};

use crate::{
    Portal,
    audit::{self, Actor},
    database::{Transaction, group::StoredDraft},
    error::{Error, Result},
    web::session::Held,
};
use app::{
    bytes::Bytes,
    error::AppError,
    group::{Change, Draft, Gone, Groups, NewWrap},
};
use async_trait::async_trait;
use protocol::{
    directory::Directory,
    group::Group,
    id::{AccountId, AppendId, Day, GroupId},
};

/// The longest link and the longest wrap, in bytes.
const LONGEST: usize = 64 * 1024;
/// The most wraps of one change.
const MOST: usize = 2_000;
/// The most drafts of one group that wait for a signature.
const MOST_WAITING: usize = 20;

/// Somebody who is signed in, before the groups that they lead.
pub struct Steward {
    /// The portal.
    pub portal: Portal,
    /// Who.
    pub held: Held,
}

#[async_trait]
impl Groups for Steward {
    async fn publish(&self, change: Change) -> Result<(), AppError> {
        Ok(self.store(change).await?)
    }

    async fn propose(&self, change: Change) -> Result<(), AppError> {
        Ok(self.leave(&change).await?)
    }

    async fn drafts(&self) -> Result<Vec<Draft>, AppError> {
        Ok(self.list().await?)
    }

    async fn discard(&self, id: AppendId) -> Result<(), AppError> {
        Ok(self.remove(id).await?)
    }

    async fn gone(&self) -> Result<Vec<Gone>, AppError> {
        Ok(self.portal.database.gone_from(self.held.account).await?)
    }
}

impl Steward {
    async fn store(&self, change: Change) -> Result<()> {
        self.assert_leads(change.group).await?;
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        assert_sizes(&change)?;
        let portal = &self.portal;
        let mut links = portal.database.links(change.group).await?;
        links.push(change.link.0.clone());
        let group = verify(portal, change.group, &links).await?;
        let day = portal.clock.today();
        let mut transaction = portal.database.begin().await?;
        // Nothing is appended meanwhile, to an epoch that ends with this.
        transaction.lock_logs().await?;
        if transaction.count_links(change.group).await? != group.sequence() {
            return Err(AppError::Conflict.into());
        }
        transaction
            .insert_link(change.group, group.sequence(), &change.link.0)
            .await?;
        settle(&mut transaction, &group, day).await?;
        for wrap in &change.wraps {
            store_wrap(&mut transaction, &group, wrap).await?;
        }
        for lookup in &change.invitations {
            transaction.settle_invitation(*lookup, day).await?;
        }
        transaction.delete_drafts(change.group).await?;
        let actor = Actor::of(self.held.role, self.held.account);
        let head = group.now().head;
        audit::record(
            &mut transaction,
            actor,
            "change group",
            &head.0,
            portal.clock.minute(),
        )
        .await?;
        transaction.commit().await
    }

    async fn leave(&self, change: &Change) -> Result<()> {
        self.assert_leads(change.group).await?;
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        assert_sizes(change)?;
        let portal = &self.portal;
        let waiting = portal.database.drafts_for(self.held.account).await?;
        if waiting.iter().filter(|one| one.group == change.group).count() >= MOST_WAITING {
            return Err(AppError::Conflict.into());
        }
        let draft = StoredDraft {
            id: AppendId(portal.random.bytes()),
            group: change.group,
            account: self.held.account,
            founding: None,
            bytes: serde_json::to_vec(change).map_err(|_| Error::Stopped)?,
        };
        let mut transaction = portal.database.begin().await?;
        if !transaction.insert_draft(&draft, portal.clock.today()).await? {
            return Err(AppError::Conflict.into());
        }
        self.record(&mut transaction, "draft", draft.id).await?;
        transaction.commit().await
    }

    async fn list(&self) -> Result<Vec<Draft>> {
        let mut drafts = Vec::new();
        for stored in self.portal.database.drafts_for(self.held.account).await? {
            let change: Change = serde_json::from_slice(&stored.bytes)
                .map_err(|_| Error::Unfit("a draft that cannot be read".into()))?;
            let joining = match change.invitations.first() {
                Some(lookup) => self.portal.database.joining(*lookup).await?.map(Bytes),
                None => None,
            };
            drafts.push(Draft {
                id: stored.id,
                by: stored.account,
                change,
                joining,
            });
        }
        Ok(drafts)
    }

    async fn remove(&self, id: AppendId) -> Result<()> {
        let draft = self.portal.database.draft(id).await?.ok_or(AppError::NotFound)?;
        self.assert_leads(draft.group).await?;
        let mut transaction = self.portal.database.begin().await?;
        if !transaction.delete_draft(id).await? {
            return Err(AppError::NotFound.into());
        }
        self.record(&mut transaction, "discard", id).await?;
        transaction.commit().await
    }

    async fn record(&self, to: &mut Transaction, act: &str, id: AppendId) -> Result<()> {
        let actor = Actor::of(self.held.role, self.held.account);
        audit::record(to, actor, act, &id.0, self.portal.clock.minute()).await
    }

    /// To anybody who does not lead it, it is as if the group were not there.
    pub(crate) async fn assert_leads(&self, group: GroupId) -> Result<()> {
        if self.portal.database.is_lead(group, self.held.account).await? {
            Ok(())
        } else {
            Err(AppError::NotFound.into())
        }
    }
}

/// Puts members where the chain now says. Whoever is gone is signed out, and has no keys of it any more.
async fn settle(to: &mut Transaction, group: &Group, day: Day) -> Result<()> {
    let before = to.members_of(group.id).await?;
    to.delete_members(group.id).await?;
    for member in &group.now().members {
        to.insert_member(group.id, member.account, member.lead).await?;
    }
    let gone = before
        .into_iter()
        .filter(|account| group.now().member(*account).is_none());
    for account in gone {
        to.end_sessions(account).await?;
        to.delete_wraps(group.id, account).await?;
        if to.is_in_no_group(account).await? {
            to.close_account(account, day).await?;
        }
    }
    Ok(())
}

/// The chain, verified as clients do.
async fn verify(portal: &Portal, id: GroupId, links: &[Vec<u8>]) -> Result<Group> {
    let directory = directory(portal).await?;
    let (instance, today) = (portal.notary.instance, portal.clock.today());
    Group::verify(id, links, instance, directory.founders(id), today).map_err(|_| AppError::Invalid.into())
}

/// The newest directory, verified.
pub async fn directory(portal: &Portal) -> Result<Directory> {
    let (_, bytes) = portal
        .database
        .newest_directory()
        .await?
        .ok_or(AppError::NotFound)?;
    let roots = (portal.deployment.roots.as_slice(), portal.deployment.threshold);
    Directory::verify(&bytes, roots, portal.notary.instance, None, portal.clock.today())
        .map_err(|refused| Error::Unfit(format!("the directory is not right: {refused}")))
}

/// Nobody's key is replaced by another, nor recovery's: a lead could shut others out with it.
pub(crate) async fn store_wrap(to: &mut Transaction, group: &Group, wrap: &NewWrap) -> Result<()> {
    if insert_wrap(to, group, wrap).await? {
        Ok(())
    } else {
        Err(AppError::Conflict.into())
    }
}

async fn insert_wrap(to: &mut Transaction, group: &Group, wrap: &NewWrap) -> Result<bool> {
    let NewWrap {
        account,
        epoch,
        sealed,
    } = wrap;
    if group.epoch(*epoch).is_none() {
        return Err(AppError::Invalid.into());
    }
    if *account != AccountId::RECOVERY {
        group.now().member(*account).ok_or(AppError::Invalid)?;
        return to.insert_wrap(group.id, *epoch, *account, &sealed.0).await;
    }
    let recovery = group.now().policy.recovery.as_ref().ok_or(AppError::Invalid)?;
    to.insert_recovery_wrap(group.id, *epoch, recovery.hash(), &sealed.0)
        .await
}

pub(crate) fn assert_sizes(change: &Change) -> Result<()> {
    let fits = |bytes: &Bytes| !bytes.0.is_empty() && bytes.0.len() <= LONGEST;
    let all = fits(&change.link) && change.wraps.iter().all(|wrap| fits(&wrap.sealed));
    if all && change.wraps.len() <= MOST && change.invitations.len() <= MOST {
        Ok(())
    } else {
        Err(AppError::TooLarge.into())
    }
}
