//! Invitations: from both sides of the door.

use crate::{
    Portal,
    account::{Visitor, ways},
    audit::{self, Actor},
    database::invitation::Open,
    error::{Error, Result},
    group::directory,
    partner::{self, founding},
    unit,
    web::session::Held,
};
use app::{
    account::{Role, Session, Way},
    error::AppError,
    invitation::{Invitations, InvitedTo, Joining, NewAccount, Offer, Stored},
    partner::{Lead, Standing},
    unit::Compartment,
};
use async_trait::async_trait;
use protocol::{
    id::{AccountId, Hash, Minute},
    invitation::{self as proof, Lookup},
};

/// The fewest and the most characters of a sign-in name.
const NAME: core::ops::RangeInclusive<usize> = 2..=40;

/// Somebody who is signed in, and may invite: whom, is asked each time.
pub struct Host {
    /// The portal.
    pub portal: Portal,
    /// Who.
    pub held: Held,
}

#[async_trait]
impl Invitations for Host {
    async fn list(&self) -> Result<Vec<Stored>, AppError> {
        Ok(self.portal.database.invitations_by(self.held.account).await?)
    }

    async fn invite(&self, lookup: Hash, to: InvitedTo) -> Result<(), AppError> {
        Ok(self.store(lookup, to).await?)
    }

    async fn revoke(&self, lookup: Hash) -> Result<(), AppError> {
        Ok(self.end(lookup).await?)
    }
}

impl Host {
    async fn store(&self, lookup: Hash, to: InvitedTo) -> Result<()> {
        let role = self.role_of(&to).await?;
        let portal = &self.portal;
        let now = portal.clock.minute();
        let expires = Minute(now.0.saturating_add(proof::LIFE));
        let mut transaction = portal.database.begin().await?;
        transaction.close_ended(&to, now).await?;
        if !transaction
            .insert_invitation(lookup, Some(self.held.account), &Open { to, role }, expires)
            .await?
        {
            return Err(AppError::Conflict.into());
        }
        self.record(&mut transaction, "invite", lookup).await?;
        transaction.commit().await
    }

    /// What the new account will be for, where the caller may invite to that. To anybody else it is as if it were not there.
    async fn role_of(&self, to: &InvitedTo) -> Result<Role> {
        let database = &self.portal.database;
        match to {
            InvitedTo::Member(group) => {
                let leads = database.is_lead(*group, self.held.account).await?;
                match database.is_partner(*group).await?.filter(|_| leads) {
                    Some(true) => Ok(Role::Practitioner),
                    Some(false) => Ok(Role::Assessor),
                    None => Err(AppError::NotFound.into()),
                }
            }
            InvitedTo::Holder(compartment) if self.held.role == Role::Administrator => {
                self.may_be_recovered(compartment).await
            }
            InvitedTo::Holder(compartment) => self.may_be_held(compartment).await,
            _ if self.held.role != Role::Administrator => Err(AppError::Forbidden.into()),
            InvitedTo::Partner(application) => {
                let one = partner::application(&self.portal, *application).await?;
                let approved = one.filter(|one| one.standing() == Standing::Approved);
                match approved.ok_or(AppError::NotFound)?.lead {
                    Lead::Uninvited => Ok(Role::Practitioner),
                    _ => Err(AppError::Conflict.into()),
                }
            }
            InvitedTo::Unit(compartment) => self.may_be_set_up(compartment).await,
            InvitedTo::Administrator => Ok(Role::Administrator),
        }
    }

    /// A compartment of a unit of the directory, which does not list it yet.
    async fn may_be_set_up(&self, compartment: &Compartment) -> Result<Role> {
        if self.is_listed(compartment).await? {
            return Err(AppError::Conflict.into());
        }
        Ok(Role::Assessor)
    }

    /// A compartment that the directory lists: whoever comes is in it only once its custodians name them.
    async fn may_be_recovered(&self, compartment: &Compartment) -> Result<Role> {
        if !self.is_listed(compartment).await? {
            return Err(AppError::NotFound.into());
        }
        Ok(Role::Assessor)
    }

    async fn is_listed(&self, compartment: &Compartment) -> Result<bool> {
        let directory = directory(&self.portal).await?;
        let unit = directory.unit(&compartment.unit).ok_or(AppError::NotFound)?;
        Ok(unit.compartment(compartment.purpose()).is_some())
    }

    /// A compartment that the caller sets up, and whose first link is not made yet.
    async fn may_be_held(&self, compartment: &Compartment) -> Result<Role> {
        let database = &self.portal.database;
        let own = database.set_up_by(self.held.account).await?;
        own.filter(|own| *own == (compartment.clone(), true))
            .ok_or(AppError::NotFound)?;
        match database.founding(&compartment.to_string()).await? {
            None => Ok(Role::Assessor),
            Some(_) => Err(AppError::Conflict.into()),
        }
    }

    async fn end(&self, lookup: Hash) -> Result<()> {
        let portal = &self.portal;
        let day = portal.clock.today();
        let all = portal.database.invitations_by(self.held.account).await?;
        let one = all.into_iter().find(|one| one.lookup == lookup);
        let one = one.ok_or(AppError::NotFound)?;
        // Somebody has an account by now, which ends with this.
        if one.joining.is_some() {
            self.held.assert_confirmed(portal.clock.seconds())?;
        }
        let mut transaction = portal.database.begin().await?;
        if !transaction
            .close_invitation(lookup, self.held.account, day)
            .await?
        {
            return Err(AppError::NotFound.into());
        }
        transaction.dismiss_stranger(lookup, day).await?;
        if let InvitedTo::Unit(compartment) = one.to {
            unit::end_invitations(&mut transaction, &compartment, day).await?;
        }
        self.record(&mut transaction, "revoke", lookup).await?;
        transaction.commit().await
    }

    async fn record(&self, to: &mut crate::database::Transaction, act: &str, lookup: Hash) -> Result<()> {
        let actor = Actor::of(self.held.role, self.held.account);
        audit::record(to, actor, act, &lookup.0, self.portal.clock.minute()).await
    }
}

#[async_trait]
impl Joining for Visitor {
    async fn look_up(&self, lookup: String) -> Result<Offer, AppError> {
        Ok(self.offer(&lookup).await?)
    }

    async fn join(&self, new: NewAccount) -> Result<Session, AppError> {
        Ok(self.make_account(new).await?)
    }
}

impl Visitor {
    /// The invitation that a link leads to, where it can be taken up. Guesses are counted as guesses at a name are.
    async fn open(&self, lookup: &str) -> Result<(Hash, Open)> {
        let portal = &self.portal;
        portal
            .attempts
            .take(self.address, &format!("invitation {lookup}"), None)?;
        let lookup = Lookup::from_text(lookup).ok_or(AppError::NotFound)?.hash();
        let open = portal
            .database
            .open_invitation(lookup, portal.clock.minute())
            .await?
            .ok_or(AppError::NotFound)?;
        if let InvitedTo::Member(group) = open.to
            && portal.database.is_suspended(group).await?
        {
            return Err(AppError::NotFound.into());
        }
        Ok((lookup, open))
    }

    async fn offer(&self, lookup: &str) -> Result<Offer> {
        let Open { to, role } = self.open(lookup).await?.1;
        let organisation = match to {
            InvitedTo::Partner(application) => partner::application(&self.portal, application).await?,
            _ => None,
        };
        Ok(Offer {
            role,
            organisation: organisation.map(|one| one.organisation.name),
        })
    }

    async fn make_account(&self, new: NewAccount) -> Result<Session> {
        let (lookup, open) = self.open(&new.lookup).await?;
        assert_fits(&new, lookup)?;
        let portal = &self.portal;
        let founding = founding::drafted(portal, &open.to, &new).await?;
        let slots = ways::slots(portal, new.ways, &[]).await?;
        let now = portal.clock.minute();
        let mut transaction = portal.database.begin().await?;
        if !transaction.is_id_free(new.account).await? {
            return Err(AppError::Conflict.into());
        }
        if !transaction.is_name_free(&new.name).await? {
            return Err(AppError::NameTaken.into());
        }
        let account = crate::database::account::NewAccount {
            id: new.account,
            name: new.name.clone(),
            role: open.role,
            slots,
            keyring: new.keyring.0,
            day: now.day(),
        };
        transaction.insert_account(&account).await?;
        if let Some(draft) = founding
            && !transaction.insert_draft(&draft, now.day()).await?
        {
            return Err(AppError::Conflict.into());
        }
        if !transaction
            .answer_invitation(lookup, new.account, &new.joining.0, now)
            .await?
        {
            return Err(AppError::NotFound.into());
        }
        let actor = Actor::of(open.role, new.account);
        audit::record(&mut transaction, actor, "join", &lookup.0, now).await?;
        transaction.commit().await?;
        self.start(new.account, open.role).await
    }
}

/// The answer must be signed by its own keys and be about this account. More, only the inviter can check.
fn assert_fits(new: &NewAccount, lookup: Hash) -> Result<()> {
    let invalid = || Error::Refused(AppError::Invalid);
    let proven = proof::Joining::read(&new.joining.0)
        .map_err(|_| invalid())?
        .proven;
    let fits =
        (proven.lookup, proven.account, proven.name.as_str()) == (lookup, new.account, new.name.as_str());
    let free = ![AccountId::RECOVERY, audit::OPERATOR].contains(&new.account);
    let ways: Vec<_> = new.ways.iter().map(|one| one.way).collect();
    let opens = ways == [Way::Password, Way::RecoveryCode] && !new.keyring.0.is_empty();
    let named = NAME.contains(&new.name.len())
        && new
            .name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte));
    (fits && free && opens && named).then_some(()).ok_or_else(invalid)
}
