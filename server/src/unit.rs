//! Setting up compartments of units: what whoever sets one up makes is kept until the directory lists it. Browsers believe the directory
//! and not the server, which only stores nothing that none of them would take.

use crate::{
    Portal,
    audit::{self, Actor},
    database::{
        Transaction,
        group::StoredDraft,
        unit::{Founder, Listed},
    },
    error::{Error, Result},
    group::{Kept, assert_signed_once_more, assert_sizes, read_link},
    partner::Examiner,
    web::session::Held,
};
use app::{
    bytes::Bytes,
    error::AppError,
    group::Change,
    unit::{
        Compartment, Progress, SetUp, Units,
        set_up::{OwnCompartment, OwnSetUp},
    },
};
use async_trait::async_trait;
use protocol::{
    group::{Group, Link, Member},
    id::{AccountId, AppendId, Day, GroupId, Hash},
    invitation::{Joining, Proven},
};
use std::collections::BTreeSet;

#[async_trait]
impl Units for Examiner {
    async fn set_ups(&self) -> Result<Vec<SetUp>, AppError> {
        Ok(self.all_set_ups().await?)
    }

    async fn turn_away(&self, compartment: Compartment) -> Result<(), AppError> {
        Ok(self.send_founder_away(&compartment).await?)
    }
}

impl Examiner {
    async fn all_set_ups(&self) -> Result<Vec<SetUp>> {
        let database = &self.portal.database;
        let now = self.portal.clock.minute();
        let drafts = database.foundings().await?;
        let mut all = Vec::new();
        for founder in database.founders().await? {
            let Founder {
                compartment,
                lookup,
                by,
                expires,
                account,
            } = founder;
            let subject = compartment.to_string();
            let drafted = drafts.iter().any(|one| one.founding.as_deref() == Some(&subject));
            let progress = match account {
                Some(_) if drafted => Progress::Drafted,
                Some(_) => Progress::Answered,
                None if expires <= now => continue,
                None => Progress::Invited { lookup, by, expires },
            };
            all.push(SetUp {
                compartment,
                progress,
            });
        }
        let listed = database.listed_compartments().await?;
        all.extend(listed.into_iter().map(|one| SetUp {
            compartment: one.compartment,
            progress: Progress::Listed {
                day: one.day,
                tested: one.tested,
            },
        }));
        Ok(all)
    }

    async fn send_founder_away(&self, compartment: &Compartment) -> Result<()> {
        let portal = &self.portal;
        founder(portal, compartment).await?.ok_or(AppError::NotFound)?;
        self.held.assert_confirmed(portal.clock.seconds())?;
        let mut transaction = portal.database.begin().await?;
        let ended = end_invitations(&mut transaction, compartment, portal.clock.today()).await?;
        if !ended {
            return Err(AppError::NotFound.into());
        }
        let (actor, object) = (Actor::Staff(self.held.account), compartment.to_string());
        audit::record(
            &mut transaction,
            actor,
            "turn away",
            object.as_bytes(),
            portal.clock.minute(),
        )
        .await?;
        transaction.commit().await
    }
}

/// Whoever was invited to set a compartment up.
pub(crate) async fn founder(portal: &Portal, compartment: &Compartment) -> Result<Option<Founder>> {
    let all = portal.database.founders().await?;
    Ok(all.into_iter().find(|one| one.compartment == *compartment))
}

/// Closes every invitation to a compartment, with the accounts of those whom nobody has vouched for and what they drafted; says whether
/// there was any.
pub(crate) async fn end_invitations(
    to: &mut Transaction,
    compartment: &Compartment,
    day: Day,
) -> Result<bool> {
    let all = to.invitations_to(compartment).await?;
    for lookup in &all {
        to.dismiss_stranger(*lookup, day).await?;
        to.close_answered(*lookup, day).await?;
    }
    Ok(!all.is_empty())
}

/// An assessor, before what they set up.
pub struct Settler {
    /// The portal.
    pub portal: Portal,
    /// Who.
    pub held: Held,
}

#[async_trait]
impl OwnCompartment for Settler {
    async fn own(&self) -> Result<Option<OwnSetUp>, AppError> {
        Ok(self.find().await?)
    }

    async fn draft(&self, change: Change) -> Result<(), AppError> {
        Ok(self.leave(change).await?)
    }

    async fn sign(&self, link: Bytes) -> Result<(), AppError> {
        Ok(self.add_signature(link).await?)
    }

    async fn discard(&self, link: Bytes) -> Result<(), AppError> {
        Ok(self.remove(&link).await?)
    }

    async fn finish(&self, group: GroupId) -> Result<(), AppError> {
        Ok(self.settle(group).await?)
    }
}

impl Settler {
    async fn find(&self) -> Result<Option<OwnSetUp>> {
        let database = &self.portal.database;
        let Some((compartment, founder)) = database.set_up_by(self.held.account).await? else {
            return self.listed().await;
        };
        let joinings = database.joinings_to(&compartment).await?;
        let link = match self.draft_of(&compartment).await? {
            Some((_, kept)) => Some(kept.change.link),
            None => None,
        };
        Ok(Some(OwnSetUp {
            compartment,
            founder,
            joinings: joinings.into_iter().map(Bytes).collect(),
            link,
            listed: None,
        }))
    }

    /// What there is to say of a compartment that the caller holds, where it was set up here.
    async fn listed(&self) -> Result<Option<OwnSetUp>> {
        let mut held = self.held_compartments().await?;
        // What is not tried yet is what somebody comes here for.
        held.sort_by_key(|one| one.tested.is_some());
        Ok(held.into_iter().next().map(|one| OwnSetUp {
            compartment: one.compartment,
            founder: false,
            joinings: Vec::new(),
            link: None,
            listed: Some((one.group, one.tested)),
        }))
    }

    async fn held_compartments(&self) -> Result<Vec<Listed>> {
        let database = &self.portal.database;
        let mine = database.compartments_of(self.held.account).await?;
        let mut all = database.listed_compartments().await?;
        all.retain(|one| mine.contains(&one.group));
        Ok(all)
    }

    async fn draft_of(&self, compartment: &Compartment) -> Result<Option<(StoredDraft, Kept)>> {
        let draft = self.portal.database.founding(&compartment.to_string()).await?;
        draft
            .map(|draft| {
                let kept = Kept::read(&draft.bytes)?;
                Ok((draft, kept))
            })
            .transpose()
    }

    /// What the caller sets up, and whether it is they who make its first link. To anybody else it is as if there were nothing.
    async fn own_compartment(&self) -> Result<(Compartment, bool)> {
        let own = self.portal.database.set_up_by(self.held.account).await?;
        own.ok_or_else(|| AppError::NotFound.into())
    }

    async fn leave(&self, change: Change) -> Result<()> {
        let (compartment, founder) = self.own_compartment().await?;
        if !founder {
            return Err(AppError::NotFound.into());
        }
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        assert_sizes(&change)?;
        let members = self.assert_founds(&change, &compartment).await?;
        let kept = Kept {
            change,
            signed: vec![self.held.account],
        };
        let draft = StoredDraft {
            id: AppendId(self.portal.random.bytes()),
            group: kept.change.group,
            account: self.held.account,
            founding: Some(compartment.to_string()),
            bytes: kept.bytes()?,
        };
        let mut transaction = self.portal.database.begin().await?;
        // Somebody may have been turned away since they were read.
        let answered = transaction.hold_answers(&compartment).await?;
        let there = members.iter().all(|member| answered.contains(&member.account));
        let day = self.portal.clock.today();
        if !there || !transaction.insert_draft(&draft, day).await? {
            return Err(AppError::Conflict.into());
        }
        self.record(&mut transaction, "draft compartment", &draft.group.0)
            .await?;
        transaction.commit().await
    }

    /// The link founds this compartment, with the caller and some of those who answered as those who hold it; each of them, and recovery,
    /// is given its secret, and nobody else. Gives them.
    async fn assert_founds(&self, change: &Change, compartment: &Compartment) -> Result<Vec<Member>> {
        let invalid = || Error::Refused(AppError::Invalid);
        let link = read_link(&change.link)?;
        let group = Group::proposed(&link.payload, self.portal.notary.instance).map_err(|_| invalid())?;
        let answered = self.portal.database.joinings_to(compartment).await?;
        let answered = answered
            .iter()
            .map(|bytes| Joining::read(bytes).map(|one| one.proven));
        let answered: Vec<Proven> = answered.collect::<Result<_, _>>().map_err(|_| invalid())?;
        let members = &group.now().members;
        let known = |member: &Member| answered.iter().any(|one| one.member(member.lead) == *member);
        let mine = members
            .first()
            .filter(|one| one.lead && one.account == self.held.account);
        let name = compartment.to_string();
        let founds = (group.id, group.kind, &group.name) == (change.group, compartment.kind(), &name)
            && mine.is_some_and(|mine| link.signers == [mine.signer])
            && members.iter().all(known);
        let holders = members.iter().map(|member| member.account);
        let holders: BTreeSet<AccountId> = holders.chain([AccountId::RECOVERY]).collect();
        let given: BTreeSet<AccountId> = change.wraps.iter().map(|wrap| wrap.account).collect();
        let theirs = given == holders
            && change.wraps.len() == holders.len()
            && change.wraps.iter().all(|wrap| wrap.epoch == 1);
        (founds && theirs).then(|| members.clone()).ok_or_else(invalid)
    }

    async fn add_signature(&self, link: Bytes) -> Result<()> {
        let (compartment, _) = self.own_compartment().await?;
        let (draft, mut kept) = self.draft_of(&compartment).await?.ok_or(AppError::NotFound)?;
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        let leads = leads_of(&kept.change, self.portal.notary.instance)?;
        let signers: Vec<_> = leads.iter().map(|lead| lead.signer).collect();
        assert_signed_once_more::<Link>(&kept.change.link, &link, &signers)?;
        kept.signed.push(self.held.account);
        kept.change.link = link;
        let mut transaction = self.portal.database.begin().await?;
        if !transaction
            .change_draft(draft.id, &draft.bytes, &kept.bytes()?)
            .await?
        {
            return Err(AppError::Conflict.into());
        }
        self.record(&mut transaction, "sign compartment", &draft.group.0)
            .await?;
        transaction.commit().await
    }

    async fn remove(&self, seen: &Bytes) -> Result<()> {
        let (compartment, _) = self.own_compartment().await?;
        let (draft, kept) = self.draft_of(&compartment).await?.ok_or(AppError::NotFound)?;
        // The founder is a lead, too.
        let leads = leads_of(&kept.change, self.portal.notary.instance)?;
        if !leads.iter().any(|lead| lead.account == self.held.account) {
            return Err(AppError::Forbidden.into());
        }
        self.held.assert_confirmed(self.portal.clock.seconds())?;
        let mut transaction = self.portal.database.begin().await?;
        if kept.change.link != *seen || !transaction.take_draft(draft.id, &draft.bytes).await? {
            return Err(AppError::Conflict.into());
        }
        self.record(&mut transaction, "discard compartment", &draft.group.0)
            .await?;
        transaction.commit().await
    }

    async fn settle(&self, group: GroupId) -> Result<()> {
        let held = self.held_compartments().await?;
        if !held.iter().any(|one| one.group == group) {
            return Err(AppError::NotFound.into());
        }
        let mut transaction = self.portal.database.begin().await?;
        if transaction
            .finish_compartment(group, self.portal.clock.today())
            .await?
        {
            self.record(&mut transaction, "test compartment", &group.0)
                .await?;
        }
        transaction.commit().await
    }

    async fn record(&self, to: &mut Transaction, act: &str, object: &[u8]) -> Result<()> {
        let actor = Actor::Staff(self.held.account);
        audit::record(to, actor, act, object, self.portal.clock.minute()).await
    }
}

/// Those who may sign a first link.
fn leads_of(change: &Change, instance: Hash) -> Result<Vec<Member>> {
    let link = read_link(&change.link)?.payload;
    let group = Group::proposed(&link, instance).map_err(|_| Error::Refused(AppError::Invalid))?;
    let members = group.now().members.iter();
    Ok(members.filter(|member| member.lead).cloned().collect())
}
