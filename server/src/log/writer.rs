//! The one task that appends. It takes whatever is waiting, writes each append behind a mark of its own, commits once, and
//! only then signs and answers: many appends share one wait for the disk, and none is acknowledged before it.

use super::{Author, Checked, Notary, rule};
use crate::{
    audit::{self, Actor},
    clock::Clock,
    database::{Database, Transaction, log::Tip},
    error::{Error, Result},
};
use app::error::AppError;
use protocol::{
    append::{Append, Commitment, NewEntry, Receipt},
    id::{Hash, Minute},
};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

/// The most appends in one commit.
const BATCH: usize = 64;
/// The most appends that wait.
const WAITING: usize = 256;
/// The most ciphertext that waits, in KiB.
const WAITING_KIB: usize = 64 * 1024;

/// Where appends are handed in. The task behind it ends when every clone is gone.
#[derive(Clone, Debug)]
pub struct Writer {
    queue: mpsc::Sender<Job>,
    room: Arc<Semaphore>,
}

#[derive(Debug)]
struct Job {
    work: Checked,
    answer: oneshot::Sender<Result<Vec<u8>, AppError>>,
    _room: OwnedSemaphorePermit,
}

impl Writer {
    /// Starts the task.
    pub fn start(database: Database, notary: Notary, clock: Arc<dyn Clock>) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        tokio::spawn(
            Bench {
                database,
                notary,
                clock,
            }
            .work(waiting),
        );
        Self {
            queue,
            room: Arc::new(Semaphore::new(WAITING_KIB)),
        }
    }

    /// Appends, and gives the signed receipt when what was written is durable. The same append again gives the same
    /// receipt. Where too much is waiting already the answer is [`AppError::Busy`].
    pub async fn append(&self, work: Checked) -> Result<Vec<u8>> {
        let busy = || Error::Refused(AppError::Busy { seconds: 2 });
        let size = u32::try_from(work.size().div_ceil(1024)).unwrap_or(u32::MAX);
        let room = Arc::clone(&self.room)
            .try_acquire_many_owned(size)
            .map_err(|_| busy())?;
        let (answer, answered) = oneshot::channel();
        self.queue
            .try_send(Job {
                work,
                answer,
                _room: room,
            })
            .map_err(|_| busy())?;
        Ok(answered.await.map_err(|_| Error::Stopped)??)
    }
}

/// What the task works with.
struct Bench {
    database: Database,
    notary: Notary,
    clock: Arc<dyn Clock>,
}

impl Bench {
    async fn work(self, mut waiting: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(BATCH);
        while waiting.recv_many(&mut jobs, BATCH).await > 0 {
            let answers = self.write_again_if_it_passes(&jobs).await;
            for (job, answer) in jobs.drain(..).zip(answers) {
                // Whoever asked may have gone; the append stands, and asking again gives its receipt.
                drop(job.answer.send(answer));
            }
        }
    }

    /// Writes all and commits once. Where that fails as a whole, nothing was written: once more, and then everybody is
    /// told the same.
    async fn write_again_if_it_passes(&self, jobs: &[Job]) -> Vec<Result<Vec<u8>, AppError>> {
        let mut result = self.write_all(jobs).await;
        if result.as_ref().is_err_and(Error::is_passing) {
            result = self.write_all(jobs).await;
        }
        result.unwrap_or_else(|error| {
            let answer = AppError::from(error);
            jobs.iter().map(|_| Err(answer.clone())).collect()
        })
    }

    async fn write_all(&self, jobs: &[Job]) -> Result<Vec<Result<Vec<u8>, AppError>>> {
        let mut transaction = self.database.begin().await?;
        transaction.lock_logs().await?;
        let mut written = Vec::with_capacity(jobs.len());
        for job in jobs {
            written.push(self.write_marked(&mut transaction, &job.work).await?);
        }
        transaction.commit().await?;
        Ok(written
            .into_iter()
            .map(|receipt| receipt.map(|receipt| self.notary.sign(&receipt)))
            .collect())
    }

    /// Writes one append or nothing of it. An error is one that spoils the whole commit.
    async fn write_marked(&self, to: &mut Transaction, work: &Checked) -> Result<Result<Receipt, AppError>> {
        to.mark().await?;
        match self.write(to, work).await {
            Ok(receipt) => to.keep().await.map(|()| Ok(receipt)),
            Err(error) if error.is_passing() => Err(error),
            Err(error) => {
                to.undo().await?;
                Ok(Err(error.into()))
            }
        }
    }

    async fn write(&self, to: &mut Transaction, work: &Checked) -> Result<Receipt> {
        let Checked {
            append,
            digest,
            author,
        } = work;
        assert_member(to, append, *author).await?;
        if let Some(receipt) = to.receipt(append.id, self.notary.instance).await? {
            return if receipt.digest == *digest {
                Ok(receipt)
            } else {
                Err(AppError::Conflict.into())
            };
        }
        assert_epoch(to, append).await?;
        let now = self.clock.minute();
        to.insert_append(append, *digest, now.day()).await?;
        let receipt = self.write_entries(to, append, *digest, now).await?;
        record(to, append, *digest, *author, now).await?;
        Ok(receipt)
    }

    async fn write_entries(
        &self,
        to: &mut Transaction,
        append: &Append,
        digest: Hash,
        now: Minute,
    ) -> Result<Receipt> {
        let mut tip = to.tip(append.compartment).await?;
        let mut entries = Vec::with_capacity(append.entries.len());
        for entry in &append.entries {
            assert_next(to, append, entry, now).await?;
            let line = next_line(tip, entry);
            tip = Tip {
                position: line.position,
                head: line.extend(tip.head, append.compartment),
            };
            to.insert_entry(append, entry, line, tip.head).await?;
            entries.push(line);
        }
        Ok(Receipt {
            instance: self.notary.instance,
            append: append.id,
            digest,
            compartment: append.compartment,
            entries,
            head: tip.head,
            day: now.day(),
        })
    }
}

/// A member must be in the compartment; to anybody else it is as if it were not there.
async fn assert_member(to: &mut Transaction, append: &Append, author: Author) -> Result<()> {
    match author {
        Author::Member(account) if !to.is_member(append.compartment, account).await? => {
            Err(AppError::NotFound.into())
        }
        _ => Ok(()),
    }
}

/// What is sealed to an epoch that has passed is not taken: the client fetches the chain and seals again.
async fn assert_epoch(to: &mut Transaction, append: &Append) -> Result<()> {
    match to.current_epoch(append.compartment).await? {
        None => Err(AppError::NotFound.into()),
        Some(epoch) if epoch != append.epoch => Err(AppError::Conflict.into()),
        Some(_) => Ok(()),
    }
}

/// The entry must be the next of its log, which begins with it where it is the first. A log of another compartment or
/// kind answers as one that has moved on, so that it cannot be told from one that is not there.
async fn assert_next(to: &mut Transaction, append: &Append, entry: &NewEntry, now: Minute) -> Result<()> {
    match to.log(entry.log).await? {
        None if entry.sequence == 0 => to.insert_log(entry, append.compartment, now.day()).await,
        Some(log)
            if (log.kind, log.compartment, log.entries)
                == (entry.kind, append.compartment, entry.sequence) =>
        {
            Ok(())
        }
        _ => Err(AppError::Conflict.into()),
    }
}

fn next_line(tip: Tip, entry: &NewEntry) -> Commitment {
    Commitment {
        position: tip.position + 1,
        log: entry.log,
        sequence: entry.sequence,
        hash: Hash::of(&entry.ciphertext),
    }
}

/// A sender's line names nobody and holds a hash that only the append's own bytes give.
async fn record(
    to: &mut Transaction,
    append: &Append,
    digest: Hash,
    author: Author,
    now: Minute,
) -> Result<()> {
    match author {
        Author::Member(account) => {
            audit::record(to, Actor::Staff(account), "append", &append.id.0, now).await
        }
        Author::Sender => {
            let leaf = Hash::domain("sent", &[&append.id.0, &digest.0]);
            audit::record(to, Actor::Sender, "append", &leaf.0, now).await
        }
    }
}

/// The longest body that can hold an append.
pub const LONGEST: usize = Append::MOST * rule::LARGEST + 64 * 1024;
