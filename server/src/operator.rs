//! Whoever runs the portal, at its machine: the first administrators, emergencies, and the directory that the roots have signed. Each act
//! leaves a line in the audit, and none of it makes a browser believe a key.

mod given;
mod places;
mod publish;
mod units;

pub use places::{Files, Imported};
pub use publish::Published;

use crate::{
    audit::{self, Actor},
    clock::Clock,
    config::{Config, Origin},
    database::{Database, Transaction, invitation::Open},
    error::{Error, Result},
};
use app::{account::Role, invitation::InvitedTo};
use protocol::{
    id::{Day, Hash, Minute, VerifyingKey},
    invitation::{Invitation, Joining, LIFE, Place},
    words,
};
use rand_core::{CryptoRng, RngCore};
use std::sync::Arc;

/// Whoever runs the portal.
pub struct Operator {
    /// The portal's database.
    pub database: Database,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where browsers reach the portal.
    pub origin: Origin,
    /// What stands for it in everything signed.
    pub instance: Hash,
    /// The founding root public keys.
    pub roots: Vec<VerifyingKey>,
    /// How many roots must sign.
    pub threshold: u8,
}

/// An administrator, as the server knows them. Whose key it is, only the words that they read out themselves can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administrator {
    /// The sign-in name.
    pub name: String,
    /// The key that signs as them, and the six words of it.
    pub key: Option<(VerifyingKey, Vec<String>)>,
    /// Whether the newest directory lists that key.
    pub listed: bool,
    /// The day they were suspended, where they are.
    pub suspended: Option<Day>,
}

impl Operator {
    /// At the portal of this configuration; its database is made where there is none.
    pub async fn open(config: &Config, clock: Arc<dyn Clock>) -> Result<Self> {
        let database = Database::open(&config.database).await?;
        database.claim(config.instance_hash(), false).await?;
        Ok(Self {
            database,
            clock,
            origin: config.origin.clone(),
            instance: config.instance_hash(),
            roots: config.roots.clone(),
            threshold: config.threshold,
        })
    }

    /// Invites an administrator; gives the link, whose secret nobody keeps: whoever takes it up is known by the words of their key alone.
    pub async fn invite(&self, rng: &mut (impl RngCore + CryptoRng)) -> Result<String> {
        let now = self.clock.minute();
        let (invitation, lookup) = Invitation::new(Place::Administrator, String::new(), now, rng);
        let open = Open {
            to: InvitedTo::Administrator,
            role: Role::Administrator,
        };
        let expires = Minute(now.0.saturating_add(LIFE));
        let mut transaction = self.database.begin().await?;
        transaction
            .insert_invitation(lookup.hash(), None, &open, expires)
            .await?;
        self.record(&mut transaction, "invite", &lookup.hash().0).await?;
        transaction.commit().await?;
        let (origin, fragment) = (self.origin.as_str(), invitation.fragment(self.instance));
        Ok(format!("{origin}/join/{}#{fragment}", lookup.text()))
    }

    /// Takes back every invitation that [`Self::invite`] made and that nobody has taken up; says how many.
    pub async fn revoke(&self) -> Result<usize> {
        let mut transaction = self.database.begin().await?;
        let revoked = transaction
            .close_operators_invitations(self.clock.today())
            .await?;
        for lookup in &revoked {
            self.record(&mut transaction, "revoke", &lookup.0).await?;
        }
        transaction.commit().await?;
        Ok(revoked.len())
    }

    /// The administrators whose accounts are open.
    pub async fn administrators(&self) -> Result<Vec<Administrator>> {
        let listed = self.newest().await?.map(|directory| directory.administrators);
        let listed = listed.unwrap_or_default();
        let read = |(name, suspended, joining): (String, Option<Day>, Option<Vec<u8>>)| {
            let joining = joining.and_then(|bytes| Joining::read(&bytes).ok());
            let key = joining.map(|joining| joining.proven.signer);
            Administrator {
                name,
                listed: key.is_some_and(|key| listed.contains(&key)),
                key: key.map(|key| (key, words::of_key(key))),
                suspended,
            }
        };
        let all = self.database.administrators().await?;
        Ok(all.into_iter().map(read).collect())
    }

    /// For how many minutes each invitation of an administrator can still be taken up.
    pub async fn waiting(&self) -> Result<Vec<u32>> {
        let now = self.clock.minute();
        let all = self.database.operators_invitations(now).await?;
        Ok(all.into_iter().map(|ends| ends.0.saturating_sub(now.0)).collect())
    }

    /// Suspends the account of this sign-in name, whatever it is for, and ends its sessions.
    pub async fn suspend(&self, name: &str) -> Result<()> {
        let id = self.account(name).await?;
        let mut transaction = self.database.begin().await?;
        if !transaction.suspend_account(id, self.clock.today()).await? {
            return Err(Error::Cannot(format!("{name} is suspended already")));
        }
        self.record(&mut transaction, "suspend", &id.0).await?;
        transaction.commit().await
    }

    /// Lifts the suspension of an account.
    pub async fn lift(&self, name: &str) -> Result<()> {
        let id = self.account(name).await?;
        let mut transaction = self.database.begin().await?;
        if !transaction.lift_account(id).await? {
            return Err(Error::Cannot(format!("{name} is not suspended")));
        }
        self.record(&mut transaction, "lift suspension", &id.0).await?;
        transaction.commit().await
    }

    async fn account(&self, name: &str) -> Result<protocol::id::AccountId> {
        let found = self
            .database
            .account_of(&name.trim().to_ascii_lowercase())
            .await?;
        found.ok_or_else(|| Error::Cannot(format!("there is no open account called {name}")))
    }

    async fn record(&self, to: &mut Transaction, act: &str, object: &[u8]) -> Result<()> {
        audit::record(to, Actor::Operator, act, object, self.clock.minute()).await
    }
}
