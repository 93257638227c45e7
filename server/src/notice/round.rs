//! The day's notices: begun once, and drawn in an order that tells nothing.

use super::mail::{Letter, Mail};
use crate::{
    Portal,
    audit::{self, Actor},
    error::Result,
};
use app::{calendar, notice};
use protocol::id::{Day, Minute};
use std::time::Duration;

/// Minutes over which the day's notices leave.
const SPREAD: u16 = 10;
const DAY: u32 = 24 * 60;

impl Portal {
    /// Begins the day's notices, where it is time and nobody has; says whether it did. What of an earlier day was not sent by now is not sent
    /// any more: today's says the same.
    pub async fn begin_round(&self) -> Result<bool> {
        let Some(mail) = &self.deployment.mail else {
            return Ok(false);
        };
        let now = self.clock.minute();
        let (day, hour, _) = calendar::london(now);
        let begun = self.database.last_round().await?;
        if hour < u32::from(mail.hour()) || begun.is_some_and(|last| last >= day) {
            return Ok(false);
        }
        let mut transaction = self.database.begin().await?;
        if !transaction.begin_round(day).await? {
            return Ok(false);
        }
        for account in transaction.noticed().await? {
            let after = u32::from(u16::from_be_bytes(self.random.bytes()) % SPREAD);
            transaction
                .insert_notice(self.random.bytes(), account, Minute(now.0 + after))
                .await?;
        }
        // In the chain that tells minutes anyway. Among lines that tell only the day, this one's hour, which everybody knows, would tell which
        // of them came before it.
        let object = day.0.to_be_bytes();
        audit::record(&mut transaction, Actor::Operator, "begin notices", &object, now).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// The notice of the day: the same bytes whenever and wherever it is made.
pub(super) fn letter(mail: &Mail, day: Day) -> Result<Letter> {
    let id = format!("notice-{}", day.0);
    mail.letter(notice::daily(), &id, moment(day, mail.hour()))
}

/// When it is that hour in London on that day.
fn moment(day: Day, hour: u8) -> Duration {
    let winter = Minute(day.0 * DAY + u32::from(hour) * 60);
    let (there, at, _) = calendar::london(winter);
    let is_summer = (there, at) != (day, u32::from(hour));
    let minute = winter.0 - if is_summer { 60 } else { 0 };
    Duration::from_mins(minute.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_is_that_of_london_in_winter_and_summer() {
        let minute = |day: u32, hour| moment(Day(day), hour).as_secs() / 60 - u64::from(day * DAY);
        // 21 November 2026, 1 June 2026.
        assert_eq!(minute(20_778, 7), 7 * 60);
        assert_eq!(minute(20_605, 7), 6 * 60);
        assert_eq!(minute(20_605, 23), 22 * 60);
    }
}
