//! What carries mail to the mail server, in the background: what waits is sent, and what is not taken is tried again, less and less often.

use super::{
    mail::{Letter, Mail, Unsent},
    round,
};
use crate::{
    Portal,
    database::notice::Waiting,
    error::{Result, causes},
};
use app::{calendar, notice};
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;

/// How often it is looked whether anything waits.
const TICK: Duration = Duration::from_secs(15);
/// How long to wait after the first pass in which something was not taken; twice as long after each further one.
const FIRST: Duration = Duration::from_mins(1);

/// What is carried apart, so that neither waits for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The day's notices.
    Notices,
    /// What tells duty officers to sign in.
    Pages,
}

impl Lane {
    /// Under what servers that share a database take turns.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Notices => "notices",
            Self::Pages => "pages",
        }
    }

    /// The longest to wait before what was not taken is tried again.
    fn longest(self) -> Duration {
        match self {
            Self::Notices => Duration::from_hours(1),
            Self::Pages => Duration::from_mins(4),
        }
    }
}

/// Carries the mail of one lane.
pub struct Postman {
    portal: Portal,
    mail: Arc<Mail>,
    lane: Lane,
    stopped: watch::Receiver<bool>,
}

impl Postman {
    /// For a portal that sends mail, until `stopped`.
    pub fn of(portal: &Portal, lane: Lane, stopped: watch::Receiver<bool>) -> Option<Self> {
        Some(Self {
            mail: Arc::clone(portal.deployment.mail.as_ref()?),
            portal: portal.clone(),
            lane,
            stopped,
        })
    }

    /// Carries until it is told to stop: then what is under way is ended, so that no mail is sent again for that.
    pub async fn run(mut self) {
        let mut failed = 0;
        loop {
            let is_well = self.pass().await.unwrap_or_else(|error| {
                tracing::error!(error = causes(&error), "mail");
                false
            });
            failed = if is_well { 0 } else { failed + 1 };
            let wait = wait(self.lane, failed);
            tokio::select! {
                _ = self.stopped.wait_for(|stopped| *stopped) => return,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Begins the day's notices where it is time, and tries once to send everything that is due; says whether all of it was taken. While
    /// another server carries the same, there is nothing to do.
    pub async fn pass(&self) -> Result<bool> {
        if self.lane == Lane::Notices {
            self.portal.begin_round().await?;
        }
        let database = &self.portal.database;
        let Some(turn) = database.mail_turn(self.lane.name()).await? else {
            return Ok(true);
        };
        let is_well = self.carry().await?;
        turn.end().await?;
        Ok(is_well)
    }

    /// One after the other: who has stopped it meanwhile is not sent it. Nobody can be if the mail server cannot be reached.
    async fn carry(&self) -> Result<bool> {
        let (mut is_well, mut last) = (true, None);
        while !*self.stopped.borrow() {
            let Some(waiting) = self.next(last).await? else {
                break;
            };
            last = Some(waiting.id);
            if let Err(unsent) = self.hand_over(&waiting).await? {
                tracing::warn!(error = causes(&unsent), "mail");
                is_well = false;
                if unsent == Unsent::Unreached {
                    break;
                }
            }
        }
        Ok(is_well)
    }

    async fn next(&self, last: Option<[u8; 16]>) -> Result<Option<Waiting>> {
        let now = self.portal.clock.minute();
        self.portal.database.next_mail(self.lane, now, last).await
    }

    async fn hand_over(&self, waiting: &Waiting) -> Result<Result<(), Unsent>> {
        // An address that does not open is one of before the server's key was changed: nobody can be sent anything there.
        if let Some(address) = self.portal.addresses.open(&waiting.beside, &waiting.address)
            && let Err(unsent) = self.mail.send(&self.letter().await?, address).await
        {
            return Ok(Err(unsent));
        }
        let mut transaction = self.portal.database.begin().await?;
        transaction.delete_mail(waiting.id).await?;
        transaction.commit().await?;
        Ok(Ok(()))
    }

    async fn letter(&self) -> Result<Letter> {
        let portal = &self.portal;
        match self.lane {
            Lane::Notices => {
                let begun = portal.database.last_round().await?;
                let today = || calendar::london(portal.clock.minute()).0;
                round::letter(&self.mail, begun.unwrap_or_else(today))
            }
            Lane::Pages => {
                let id = hex::encode(portal.random.bytes::<16>());
                self.mail.letter(notice::urgent(), &id, portal.clock.now())
            }
        }
    }
}

fn wait(lane: Lane, failed: u32) -> Duration {
    match failed {
        0 => TICK,
        _ => FIRST
            .saturating_mul(1 << (failed - 1).min(16))
            .min(lane.longest()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_is_tried_less_and_less_often_and_never_given_up() {
        let minutes = |lane, failed| wait(lane, failed).as_secs() / 60;
        let notices = [1, 2, 3, 7, 8, 1000].map(|failed| minutes(Lane::Notices, failed));
        assert_eq!(notices, [1, 2, 4, 60, 60, 60]);
        let pages = [1, 2, 3, 1000].map(|failed| minutes(Lane::Pages, failed));
        assert_eq!(pages, [1, 2, 4, 4]);
        assert_eq!(wait(Lane::Pages, 0), TICK);
    }
}
