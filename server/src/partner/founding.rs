//! Founding a partner: what its lead drafted on joining is kept until two administrators have signed it. Every client checks the
//! signatures again; the server only stores nothing that none of them would take.

use super::{Examiner, application};
use crate::{
    Portal,
    audit::{self, Actor},
    database::{Transaction, directory::GroupKind as Shown, group::StoredDraft, partner::Invited},
    error::{Error, Result},
    group::{Kept, assert_signed_once_more, assert_sizes, directory, read_link},
};
use app::{
    bytes::Bytes,
    error::AppError,
    group::Change,
    invitation::{InvitedTo, NewAccount},
    partner::{
        Application, Lead, Standing,
        founding::{FirstLink, Foundings},
    },
};
use async_trait::async_trait;
use protocol::{
    approval::Approval,
    group::{Founders, Group, GroupKind, Link},
    id::{AppendId, GroupId},
    invitation::Joining,
};
use std::collections::BTreeMap;

/// How far the leads have come who were invited.
pub(super) async fn leads(portal: &Portal) -> Result<BTreeMap<AppendId, Lead>> {
    let database = &portal.database;
    let foundings = database.foundings().await?;
    let now = portal.clock.minute();
    let mut leads = BTreeMap::new();
    for invited in database.invited_leads().await? {
        let subject = invited.application.to_string();
        let draft = foundings
            .iter()
            .find(|one| one.founding.as_deref() == Some(&subject));
        let lead = match draft {
            Some(draft) => Lead::Answered {
                by: invited.by,
                signed: Kept::read(&draft.bytes)?.signed,
            },
            None if invited.expires <= now => Lead::Uninvited,
            None => Lead::Invited {
                lookup: invited.lookup,
                by: invited.by,
                expires: invited.expires,
            },
        };
        leads.insert(invited.application, lead);
    }
    let on_board = database.applications_on_board().await?;
    leads.extend(on_board.into_iter().map(|application| (application, Lead::Leads)));
    Ok(leads)
}

/// What whoever answers an invitation leaves to be signed: a first link where they are to lead an organisation, and nothing else
/// otherwise.
pub(crate) async fn drafted(
    portal: &Portal,
    to: &InvitedTo,
    new: &NewAccount,
) -> Result<Option<StoredDraft>> {
    let (application_id, change) = match (to, &new.founding) {
        (InvitedTo::Partner(application), Some(change)) => (*application, change.clone()),
        (InvitedTo::Partner(_), None) | (_, Some(_)) => return Err(AppError::Invalid.into()),
        (_, None) => return Ok(None),
    };
    let one = application(portal, application_id)
        .await?
        .ok_or(AppError::NotFound)?;
    assert_sizes(&change)?;
    assert_founds(portal, &change, &one.organisation.name, new)?;
    let kept = Kept {
        change,
        signed: Vec::new(),
    };
    Ok(Some(StoredDraft {
        id: AppendId(portal.random.bytes()),
        group: kept.change.group,
        account: new.account,
        founding: Some(application_id.to_string()),
        bytes: kept.bytes()?,
    }))
}

/// The link founds the organisation, with the new account as its only member, and the secret is for nobody else.
fn assert_founds(portal: &Portal, change: &Change, name: &str, new: &NewAccount) -> Result<()> {
    let invalid = || Error::Refused(AppError::Invalid);
    let proven = Joining::read(&new.joining.0).map_err(|_| invalid())?.proven;
    let link = read_link(&change.link)?;
    let group = Group::proposed(&link.payload, portal.notary.instance).map_err(|_| invalid())?;
    let lead = [proven.member(true)];
    let founds = (group.id, group.kind, group.name.as_str()) == (change.group, GroupKind::Partner, name)
        && group.now().members == lead
        && link.signers == [proven.signer];
    let wraps: Vec<_> = change
        .wraps
        .iter()
        .map(|wrap| (wrap.account, wrap.epoch))
        .collect();
    let theirs = wraps == [(new.account, 1)] && change.invitations.is_empty();
    (founds && theirs).then_some(()).ok_or_else(invalid)
}

/// A founding that waits for signatures.
struct Waiting {
    application: Application,
    invited: Invited,
    draft: StoredDraft,
    kept: Kept,
}

#[async_trait]
impl Foundings for Examiner {
    async fn founding(&self, application: AppendId) -> Result<FirstLink, AppError> {
        let Waiting { invited, kept, .. } = self.waiting(application).await?;
        let joining = self.portal.database.joining(invited.lookup).await?;
        Ok(FirstLink {
            link: kept.change.link,
            joining: joining.map(Bytes).ok_or(AppError::NotFound)?,
        })
    }

    async fn sign(&self, application: AppendId, link: Bytes) -> Result<(), AppError> {
        Ok(self.add_signature(application, link).await?)
    }

    async fn turn_away(&self, application: AppendId) -> Result<(), AppError> {
        Ok(self.send_away(application).await?)
    }
}

impl Examiner {
    async fn invited(&self, application: AppendId) -> Result<Invited> {
        let all = self.portal.database.invited_leads().await?;
        let found = all.into_iter().find(|one| one.application == application);
        found.ok_or_else(|| AppError::NotFound.into())
    }

    async fn waiting(&self, id: AppendId) -> Result<Waiting> {
        let portal = &self.portal;
        let application = application(portal, id).await?;
        let approved = application.filter(|one| one.standing() == Standing::Approved);
        let draft = portal.database.founding(&id.to_string()).await?;
        let draft = draft.ok_or(AppError::NotFound)?;
        Ok(Waiting {
            application: approved.ok_or(AppError::NotFound)?,
            invited: self.invited(id).await?,
            kept: Kept::read(&draft.bytes)?,
            draft,
        })
    }

    async fn add_signature(&self, application: AppendId, link: Bytes) -> Result<()> {
        let mut waiting = self.waiting(application).await?;
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        let portal = &self.portal;
        let directory = directory(portal).await?;
        assert_signed_once_more::<Link>(&waiting.kept.change.link, &link, &directory.administrators)?;
        if waiting.kept.signed.contains(&self.held.account) {
            return Err(AppError::Conflict.into());
        }
        waiting.kept.signed.push(self.held.account);
        waiting.kept.change.link = link;
        let mut transaction = portal.database.begin().await?;
        let act = if waiting.kept.signed.len() < Application::NEEDED {
            self.keep(&mut transaction, &waiting).await?;
            "sign founding"
        } else {
            self.publish(&mut transaction, &waiting, directory.approval())
                .await?;
            "found partner"
        };
        self.record(&mut transaction, act, application).await?;
        transaction.commit().await
    }

    async fn keep(&self, to: &mut Transaction, waiting: &Waiting) -> Result<()> {
        let Waiting { draft, kept, .. } = waiting;
        let changed = to.change_draft(draft.id, &draft.bytes, &kept.bytes()?).await?;
        changed.then_some(()).ok_or_else(|| AppError::Conflict.into())
    }

    /// Puts the organisation on board, with the secret that its lead made for themselves.
    async fn publish(&self, to: &mut Transaction, waiting: &Waiting, approval: Approval<'_>) -> Result<()> {
        let Waiting {
            application,
            invited,
            draft,
            kept,
        } = waiting;
        let portal = &self.portal;
        let (day, change) = (portal.clock.today(), &kept.change);
        let group = verify(portal, change, approval)?;
        if !to.take_draft(draft.id, &draft.bytes).await? {
            return Err(AppError::Conflict.into());
        }
        to.insert_group(group, Shown::Partner).await?;
        to.insert_link(group, 0, &change.link.0).await?;
        to.insert_member(group, draft.account, true).await?;
        for wrap in &change.wraps {
            to.insert_wrap(group, wrap.epoch, wrap.account, &wrap.sealed.0)
                .await?;
        }
        let name = &application.organisation.name;
        if !to.insert_partner(group, name, Some(application.id), day).await? {
            return Err(AppError::Conflict.into());
        }
        to.settle_invitation(invited.lookup, day).await
    }

    async fn send_away(&self, application: AppendId) -> Result<()> {
        let invited = self.invited(application).await?;
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        let day = self.portal.clock.today();
        let mut transaction = self.portal.database.begin().await?;
        if !transaction
            .close_invitation(invited.lookup, invited.by, day)
            .await?
        {
            return Err(AppError::NotFound.into());
        }
        transaction.dismiss_stranger(invited.lookup, day).await?;
        self.record(&mut transaction, "turn away", application).await?;
        transaction.commit().await
    }

    async fn record(&self, to: &mut Transaction, act: &str, application: AppendId) -> Result<()> {
        let actor = Actor::Staff(self.held.account);
        audit::record(to, actor, act, &application.0, self.portal.clock.minute()).await
    }
}

/// The group, verified as clients will.
fn verify(portal: &Portal, change: &Change, approval: Approval<'_>) -> Result<GroupId> {
    let (links, founders) = ([&change.link.0], Founders::Approved(approval));
    let (instance, today) = (portal.notary.instance, portal.clock.today());
    let group = Group::verify(change.group, &links, instance, founders, today);
    group.map(|group| group.id).map_err(|_| AppError::Invalid.into())
}
