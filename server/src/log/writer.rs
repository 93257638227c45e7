//! The one task that appends. It takes whatever is waiting, writes all of it, commits once, and only then signs and answers:
//! many appends share one wait for the disk, and none is acknowledged before it.
//!
//! Each append is looked at whole before any of it is written, so one that is refused leaves nothing behind. Where the
//! database fails in the middle, nothing of the batch is kept, and each of it is tried again by itself.

use super::{Author, Checked, Notary, rule};
use crate::{
    audit::{Actor, Pen},
    clock::Clock,
    database::{Database, Transaction, log::Tip},
    error::{Error, Result},
};
use app::error::AppError;
use protocol::{
    append::{Append, Commitment, LogKind, NewEntry, Receipt},
    id::{GroupId, Hash, LogId, Minute},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
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
            let answers = self.write_batch(&jobs).await;
            for (job, answer) in jobs.drain(..).zip(answers) {
                // Whoever asked may have gone; the append stands, and asking again gives its receipt.
                drop(job.answer.send(answer));
            }
        }
    }

    /// Writes all and commits once. Where that fails as a whole, nothing was written: if the cause may pass, everybody is
    /// told to come back; if not, each is tried by itself, and what is wrong with one is told to that one alone.
    async fn write_batch(&self, jobs: &[Job]) -> Vec<Result<Vec<u8>, AppError>> {
        match self.write_together(jobs).await {
            Ok(answers) => answers,
            Err(error) if error.is_passing() || jobs.len() == 1 => {
                let answer = AppError::from(error);
                jobs.iter().map(|_| Err(answer.clone())).collect()
            }
            Err(_) => self.write_apart(jobs).await,
        }
    }

    async fn write_apart(&self, jobs: &[Job]) -> Vec<Result<Vec<u8>, AppError>> {
        let mut answers = Vec::with_capacity(jobs.len());
        for job in jobs {
            match self.write_together(core::slice::from_ref(job)).await {
                Ok(one) => answers.extend(one),
                Err(error) => answers.push(Err(error.into())),
            }
        }
        answers
    }

    async fn write_together(&self, jobs: &[Job]) -> Result<Vec<Result<Vec<u8>, AppError>>> {
        let mut to = self.database.begin().await?;
        to.lock_logs().await?;
        let now = self.clock.minute();
        let mut page = Page {
            instance: self.notary.instance,
            now,
            tips: HashMap::new(),
            audit: Pen::default(),
        };
        let mut written = Vec::with_capacity(jobs.len());
        for job in jobs {
            written.push(match page.write(&mut to, &job.work).await {
                Ok(receipt) => Ok(receipt),
                Err(Error::Refused(answer)) => Err(answer),
                Err(error) => return Err(error),
            });
        }
        to.commit().await?;
        Ok(written
            .into_iter()
            .map(|receipt| receipt.map(|receipt| self.notary.sign(&receipt)))
            .collect())
    }
}

/// What is known while one commit is being written.
struct Page {
    instance: Hash,
    now: Minute,
    /// Where the commitment chains stand that were written to.
    tips: HashMap<GroupId, Tip>,
    audit: Pen,
}

impl Page {
    /// Writes one append and gives what its receipt says. A refusal comes before anything is written.
    async fn write(&mut self, to: &mut Transaction, work: &Checked) -> Result<Receipt> {
        let Checked {
            append,
            digest,
            author,
        } = work;
        let known = to.known_of(append, author.account()).await?;
        if author.account().is_some() && !known.is_member {
            // To anybody else it is as if the compartment were not there.
            return Err(AppError::NotFound.into());
        }
        if let Some(stored) = known.digest {
            return if stored == *digest {
                self.receipt_again(to, append).await
            } else {
                Err(AppError::Conflict.into())
            };
        }
        match known.epoch {
            None => return Err(AppError::NotFound.into()),
            // What is sealed to an epoch that has passed is not taken: the client fetches the chain and seals again.
            Some(epoch) if epoch != append.epoch => return Err(AppError::Conflict.into()),
            Some(_) => {}
        }
        let begun = assert_places(to, append).await?;
        self.write_all(to, work, &begun).await
    }

    async fn receipt_again(&self, to: &mut Transaction, append: &Append) -> Result<Receipt> {
        to.receipt(append.id, self.instance).await?.ok_or(Error::Stopped)
    }

    async fn write_all(
        &mut self,
        to: &mut Transaction,
        work: &Checked,
        begun: &HashSet<LogId>,
    ) -> Result<Receipt> {
        let Checked {
            append,
            digest,
            author,
        } = work;
        let day = self.now.day();
        let mut tip = self.tip(to, append.compartment).await?;
        let mut entries = Vec::with_capacity(append.entries.len());
        to.insert_append(append, *digest, day).await?;
        for entry in &append.entries {
            if entry.sequence == 0 && !begun.contains(&entry.log) {
                to.insert_log(entry, append.compartment, day).await?;
            }
            let line = next_line(tip, entry);
            tip = Tip {
                position: line.position,
                head: line.extend(tip.head, append.compartment),
            };
            to.insert_entry(append, entry, line, tip.head).await?;
            entries.push(line);
        }
        self.tips.insert(append.compartment, tip);
        self.record(to, append, *digest, *author).await?;
        let (instance, append, compartment) = (self.instance, append.id, append.compartment);
        Ok(Receipt {
            instance,
            append,
            digest: *digest,
            compartment,
            entries,
            head: tip.head,
            day,
        })
    }

    async fn tip(&self, to: &mut Transaction, compartment: GroupId) -> Result<Tip> {
        match self.tips.get(&compartment) {
            Some(tip) => Ok(*tip),
            None => to.tip(compartment).await,
        }
    }

    /// A sender's line names nobody and holds a hash that only the append's own bytes give.
    async fn record(
        &mut self,
        to: &mut Transaction,
        append: &Append,
        digest: Hash,
        author: Author,
    ) -> Result<()> {
        let leaf = Hash::domain("sent", &[&append.id.0, &digest.0]);
        let (actor, object) = match author {
            Author::Member(account) => (Actor::Staff(account), &append.id.0[..]),
            Author::Sender => (Actor::Sender, &leaf.0[..]),
        };
        self.audit.record(to, actor, "append", object, self.now).await
    }
}

/// Each entry must be the next of its log, which begins with it where it is the first. A log of another compartment or kind
/// answers as one that has moved on, so that it cannot be told from one that is not there. Gives the logs that are there.
async fn assert_places(to: &mut Transaction, append: &Append) -> Result<HashSet<LogId>> {
    let mut next: HashMap<LogId, (LogKind, GroupId, u32)> = HashMap::new();
    let mut begun = HashSet::new();
    for entry in &append.entries {
        let place = match next.get(&entry.log) {
            Some(place) => *place,
            None => match to.log(entry.log).await? {
                None => (entry.kind, append.compartment, 0),
                Some(log) => {
                    begun.insert(entry.log);
                    (log.kind, log.compartment, log.entries)
                }
            },
        };
        if place != (entry.kind, append.compartment, entry.sequence) {
            return Err(AppError::Conflict.into());
        }
        next.insert(entry.log, (entry.kind, append.compartment, entry.sequence + 1));
    }
    Ok(begun)
}

fn next_line(tip: Tip, entry: &NewEntry) -> Commitment {
    Commitment {
        position: tip.position + 1,
        log: entry.log,
        sequence: entry.sequence,
        hash: Hash::of(&entry.ciphertext),
    }
}

/// The longest body that can hold an append.
pub const LONGEST: usize = Append::MOST * rule::LARGEST + 64 * 1024;
