//! What happened before the demonstration began: a few concerns, sent and opened as they would be, in vaults of this process.

use super::{
    cast::{Sent, sent},
    groups::roots,
    people::{Person, computed, named, unmade},
};
use crate::{
    database::Database,
    directory::trust_for,
    error::{Error, Result},
    log::{Author, Checked, Notary, Writer, fetch},
};
use app::directory::Trust;
use protocol::{
    codec,
    id::{LogId, Minute},
    signed::SigningKey,
    vault::{Answer, Ask, Blob, Deployment, Password, Vault},
};
use rand_core::OsRng;

/// What the story needs of the portal.
pub(super) struct Stage<'a> {
    pub(super) database: &'a Database,
    pub(super) writer: &'a Writer,
    pub(super) notary: &'a Notary,
    pub(super) deployment: &'a Deployment,
    pub(super) now: Minute,
}

impl Stage<'_> {
    /// Tells every concern, and has those opened that were.
    pub(super) async fn play(&self, people: &[Person]) -> Result<()> {
        for Sent {
            by,
            named: as_self,
            opened_by,
            concern,
        } in sent()
        {
            let sender = named(people, by)?;
            let mut desk = self.desk(sender).await?;
            let sealed = desk.ask(Ask::SealConcern {
                concern,
                files: vec![],
                named: as_self,
                now: self.now,
            })?;
            let log = self.append(sealed, Author::Sender).await?;
            if let Some(name) = opened_by {
                self.open(named(people, name)?, log).await?;
            }
        }
        Ok(())
    }

    async fn open(&self, assessor: &Person, log: LogId) -> Result<()> {
        let stored = self.database.log(log).await?.ok_or(Error::Stopped)?;
        let fetched = fetch(self.database, self.notary, log, stored).await?;
        let mut desk = self.desk(assessor).await?;
        desk.ask(Ask::OpenCase {
            log,
            fetched: Blob(codec::encode(&fetched)),
            journal: None,
            reached: 0,
            now: self.now,
        })?;
        let sealed = desk.ask(Ask::SealOpened { log, now: self.now })?;
        self.append(sealed, Author::Member(assessor.keyring.account))
            .await
            .map(drop)
    }

    async fn append(&self, sealed: Answer, author: Author) -> Result<LogId> {
        let Answer::Sealed { log, bytes, .. } = sealed else {
            return Err(Error::Stopped);
        };
        self.writer.append(Checked::read(&bytes.0, author)?).await?;
        Ok(log)
    }

    /// A vault that `person` has unlocked.
    async fn desk(&self, person: &Person) -> Result<Desk> {
        let trust = trust_for(self.database, person.keyring.account)
            .await?
            .ok_or(Error::Stopped)?;
        let mut desk = Desk(Vault::default());
        desk.ask(Ask::Begin(self.deployment.clone()))?;
        desk.ask(Ask::UsePasskey(Password(computed(person.actor.name))))?;
        desk.ask(Ask::Unlock {
            account: person.keyring.account,
            slots: vec![Blob(person.quick.clone())],
            keyring: Blob(person.account.keyring.clone()),
            seen: None,
        })?;
        let tokens = desk.ask(Ask::Tokens)?;
        desk.ask(question(trust, self.now))?;
        self.adopt(&mut desk, tokens).await?;
        Ok(desk)
    }

    async fn adopt(&self, desk: &mut Desk, tokens: Answer) -> Result<()> {
        let Answer::Tokens(tokens) = tokens else {
            return Err(Error::Stopped);
        };
        let logs: Vec<_> = tokens.iter().map(protocol::id::Token::log).collect();
        let found = self.database.find_threads(&logs).await?;
        desk.ask(Ask::Adopt(found.iter().map(|one| one.log).collect()))
            .map(drop)
    }
}

struct Desk(Vault);

impl Desk {
    fn ask(&mut self, ask: Ask) -> Result<Answer> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the people of the demonstration have no browser"
        )]
        let answer = self.0.answer(ask, &mut OsRng, &mut |_| ());
        match answer {
            Answer::Refused(refused) => Err(unmade(refused)),
            answer => Ok(answer),
        }
    }
}

fn question(trust: Trust, now: Minute) -> Ask {
    let chains = trust.chains.into_iter().map(|chain| {
        (
            chain.group,
            chain.links.into_iter().map(|link| Blob(link.0)).collect(),
        )
    });
    Ask::Trust {
        directory: Blob(trust.directory.0),
        chains: chains.collect(),
        wraps: trust.wraps.into_iter().map(|wrap| Blob(wrap.0)).collect(),
        checkpoint: trust.checkpoint.map(|bytes| Blob(bytes.0)),
        now,
    }
}

/// The deployment as a page would say it.
pub(super) fn deployment(name: &str) -> Deployment {
    Deployment {
        name: name.into(),
        roots: roots().iter().map(SigningKey::verifying).collect(),
        threshold: 2,
    }
}
