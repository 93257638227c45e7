//! Casework: what members of a compartment may fetch and write.

use crate::{
    Portal,
    audit::{self, Actor},
    error::{Error, Result},
    log::{self, Author, Checked},
    web::session::Held,
};
use app::{
    casework::{Casework, Queue},
    error::AppError,
};
use async_trait::async_trait;
use protocol::{
    append::{Commitment, Fetched},
    id::{AccountId, GroupId, LogId},
};

/// The most commitments in one answer.
const MOST_COMMITMENTS: u32 = 10_000;

/// An assessor, before the unit's work.
pub struct Desk {
    /// The portal.
    pub portal: Portal,
    /// Who.
    pub held: Held,
}

#[async_trait]
impl Casework for Desk {
    async fn queue(&self) -> Result<Queue, AppError> {
        Ok(self.gather().await?)
    }

    async fn connect(&self, log: LogId) -> Result<(), AppError> {
        Ok(self.stop_handing(log).await?)
    }
}

impl Desk {
    async fn gather(&self) -> Result<Queue> {
        let database = &self.portal.database;
        let mut queue = Queue::default();
        for compartment in database.compartments_of(self.held.account).await? {
            // In this order, so that every thread up to the head is in the list.
            queue.heads.push(database.head_of(compartment).await?);
            let mut threads = database.threads_in(compartment).await?;
            let connections = database.connections_in(compartment).await?;
            for thread in &mut threads {
                thread.connected = connections.contains(&(thread.log, self.held.account));
            }
            if database.is_lead(compartment, self.held.account).await? {
                let of_thread = |(log, _): &(LogId, AccountId)| threads.iter().any(|one| one.log == *log);
                queue
                    .connections
                    .extend(connections.into_iter().filter(of_thread));
            }
            queue.threads.extend(threads);
        }
        queue
            .threads
            .sort_by_key(|thread| core::cmp::Reverse(thread.received));
        Ok(queue)
    }

    /// Appends to logs of a compartment that the caller is in; gives the receipt.
    pub async fn append(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        let append = Checked::read(bytes, Author::Member(self.held.account))?;
        for log in append.logs() {
            self.assert_unconnected(log).await?;
        }
        self.portal.writer.append(append).await
    }

    /// Keeps that the caller has a connection with somebody named in a thread, for it and for its journal.
    async fn stop_handing(&self, thread: LogId) -> Result<()> {
        let found = self.portal.database.log(thread).await?;
        self.assert_member(found.ok_or(AppError::NotFound)?.compartment)
            .await?;
        let mut transaction = self.portal.database.begin().await?;
        let (account, now) = (self.held.account, self.portal.clock.minute());
        for log in [thread, thread.journal()] {
            transaction.connect(log, account, now.day()).await?;
        }
        let actor = Actor::Staff(account);
        audit::record(&mut transaction, actor, "connect", &thread.0, now).await?;
        transaction.commit().await
    }

    /// What is not handed to the caller is not taken from them either.
    async fn assert_unconnected(&self, log: LogId) -> Result<()> {
        if self.portal.database.is_connected(log, self.held.account).await? {
            return Err(AppError::Forbidden.into());
        }
        Ok(())
    }

    /// A log of a compartment that the caller is in, once the audit says who fetched it.
    pub async fn log(&self, id: LogId) -> Result<Fetched> {
        let found = self.portal.database.log(id).await?;
        let log = found.ok_or(AppError::NotFound)?;
        self.assert_member(log.compartment).await?;
        self.assert_unconnected(id).await?;
        let mut transaction = self.portal.database.begin().await?;
        let actor = Actor::Staff(self.held.account);
        audit::record(
            &mut transaction,
            actor,
            "fetch",
            &id.0,
            self.portal.clock.minute(),
        )
        .await?;
        transaction.commit().await?;
        log::fetch(&self.portal.database, &self.portal.notary, id, log).await
    }

    /// The commitments of a compartment after a position.
    pub async fn commitments(&self, compartment: GroupId, after: u64) -> Result<Vec<Commitment>> {
        self.assert_member(compartment).await?;
        self.portal
            .database
            .commitments(compartment, after, MOST_COMMITMENTS)
            .await
    }

    /// To anybody else it is as if the compartment were not there.
    async fn assert_member(&self, compartment: GroupId) -> Result<()> {
        let mine = self.portal.database.compartments_of(self.held.account).await?;
        if mine.contains(&compartment) {
            Ok(())
        } else {
            Err(Error::Refused(AppError::NotFound))
        }
    }
}
