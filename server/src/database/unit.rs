//! Compartments of units as they are set up, and those that the directory lists.

use super::{Database, Transaction, execute, fixed, number, reading, unreadable, within};
use crate::error::Result;
use app::unit::Compartment;
use protocol::id::{AccountId, Day, GroupId, Hash, Minute};

/// Somebody who was invited to set a compartment up.
#[derive(Clone, Debug)]
pub struct Founder {
    /// Which.
    pub compartment: Compartment,
    /// Hash of the lookup in the link.
    pub lookup: Hash,
    /// Who invited them.
    pub by: AccountId,
    /// When the invitation ends, where nobody has answered it.
    pub expires: Minute,
    /// Their account, once they have one.
    pub account: Option<AccountId>,
}

/// A compartment that the directory lists, or did.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub compartment: Compartment,
    /// Its group.
    pub group: GroupId,
    /// The day on which the directory first listed it.
    pub day: Day,
    /// The day on which a test was opened and closed.
    pub tested: Option<Day>,
}

/// Unit, lookup, inviter, expires, account.
type FounderRow = (String, Vec<u8>, Vec<u8>, i64, Option<Vec<u8>>);
/// Unit, group, listed, tested.
type ListedRow = (String, Vec<u8>, i64, Option<i64>);

impl Database {
    /// Those who were invited to set a compartment up that the directory does not list yet.
    pub async fn founders(&self) -> Result<Vec<Founder>> {
        const SQL: &str = "SELECT subject, lookup, inviter, expires_at, account FROM invitation \
             WHERE place = 'unit' AND closed_on IS NULL ORDER BY subject";
        let rows: Vec<FounderRow> = reading!(self, |pool| sqlx::query_as(SQL).fetch_all(pool).await)?;
        rows.into_iter().map(read_founder).collect()
    }

    /// The compartment that an account sets up, or was invited to hold, and whether it sets it up itself.
    pub async fn set_up_by(&self, account: AccountId) -> Result<Option<(Compartment, bool)>> {
        const SQL: &str = "SELECT subject, place = 'unit' FROM invitation \
             WHERE account = $1 AND place IN ('unit', 'holder') AND closed_on IS NULL";
        let row: Option<(String, bool)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&account.0[..])
            .fetch_optional(pool)
            .await)?;
        row.map(|(subject, founder)| Ok((read_compartment(&subject)?, founder)))
            .transpose()
    }

    /// The answers of those who set a compartment up, the founder's first.
    pub async fn joinings_to(&self, compartment: &Compartment) -> Result<Vec<Vec<u8>>> {
        const SQL: &str = "SELECT joining FROM invitation WHERE place IN ('unit', 'holder') AND subject = $1 \
             AND joining IS NOT NULL AND closed_on IS NULL ORDER BY place DESC, lookup";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(compartment.to_string())
            .fetch_all(pool)
            .await)?)
    }

    /// The compartments that the directory lists.
    pub async fn listed_compartments(&self) -> Result<Vec<Listed>> {
        const SQL: &str = "SELECT unit, group_id, listed_on, tested_on FROM compartment \
             WHERE closed_on IS NULL ORDER BY unit";
        let rows: Vec<ListedRow> = reading!(self, |pool| sqlx::query_as(SQL).fetch_all(pool).await)?;
        rows.into_iter().map(read_listed).collect()
    }
}

impl Transaction {
    /// Lists a compartment.
    pub async fn insert_compartment(&mut self, group: GroupId, which: &Compartment, day: Day) -> Result<()> {
        const SQL: &str = "INSERT INTO compartment (group_id, unit, listed_on) VALUES ($1, $2, $3)";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&group.0[..])
                .bind(which.to_string())
                .bind(i64::from(day.0))
        )?;
        Ok(())
    }

    /// Takes a compartment off, which the directory lists no more.
    pub async fn close_compartment(&mut self, group: GroupId, day: Day) -> Result<()> {
        const SQL: &str = "UPDATE compartment SET closed_on = $2 WHERE group_id = $1 AND closed_on IS NULL";
        execute!(self, sqlx::query(SQL).bind(&group.0[..]).bind(i64::from(day.0)))?;
        Ok(())
    }

    /// Keeps the day on which a test was opened and closed, where there was none; says whether it did.
    pub async fn finish_compartment(&mut self, group: GroupId, day: Day) -> Result<bool> {
        const SQL: &str = "UPDATE compartment SET tested_on = $2 WHERE group_id = $1 AND tested_on IS NULL";
        let rows = execute!(self, sqlx::query(SQL).bind(&group.0[..]).bind(i64::from(day.0)))?;
        Ok(rows == 1)
    }

    /// Those who answered an invitation to set a compartment up, or to hold it. Their invitations are written as they are: whoever takes
    /// one back waits until this has ended, and then finds what was made of it.
    pub async fn hold_answers(&mut self, compartment: &Compartment) -> Result<Vec<AccountId>> {
        const SQL: &str = "UPDATE invitation SET closed_on = NULL WHERE place IN ('unit', 'holder') AND subject = $1 \
             AND account IS NOT NULL AND closed_on IS NULL RETURNING account";
        let rows: Vec<Vec<u8>> = within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(compartment.to_string())
            .fetch_all(connection)
            .await)?;
        rows.iter()
            .map(|account| fixed(account, AccountId::from_slice))
            .collect()
    }

    /// Whether a compartment was taken off.
    pub async fn was_closed(&mut self, group: GroupId) -> Result<bool> {
        const SQL: &str =
            "SELECT EXISTS (SELECT 1 FROM compartment WHERE group_id = $1 AND closed_on IS NOT NULL)";
        Ok(within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(&group.0[..])
            .fetch_one(connection)
            .await)?)
    }

    /// Whether anything was told to a compartment.
    pub async fn holds_threads(&mut self, group: GroupId) -> Result<bool> {
        const SQL: &str = "SELECT EXISTS (SELECT 1 FROM log WHERE compartment = $1)";
        Ok(within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(&group.0[..])
            .fetch_one(connection)
            .await)?)
    }

    /// Whether a group has a chain.
    pub async fn has_chain(&mut self, group: GroupId) -> Result<bool> {
        const SQL: &str = "SELECT EXISTS (SELECT 1 FROM chain WHERE group_id = $1)";
        Ok(within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(&group.0[..])
            .fetch_one(connection)
            .await)?)
    }

    /// The open invitations to set a compartment up, or to hold it.
    pub async fn invitations_to(&mut self, compartment: &Compartment) -> Result<Vec<Hash>> {
        const SQL: &str = "SELECT lookup FROM invitation WHERE place IN ('unit', 'holder') AND subject = $1 \
             AND closed_on IS NULL";
        let rows: Vec<Vec<u8>> = within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(compartment.to_string())
            .fetch_all(connection)
            .await)?;
        rows.iter()
            .map(|lookup| fixed(lookup, Hash::from_slice))
            .collect()
    }
}

fn read_founder((subject, lookup, by, expires, account): FounderRow) -> Result<Founder> {
    Ok(Founder {
        compartment: read_compartment(&subject)?,
        lookup: fixed(&lookup, Hash::from_slice)?,
        by: fixed(&by, AccountId::from_slice)?,
        expires: Minute(number(expires)?),
        account: account.map(|id| fixed(&id, AccountId::from_slice)).transpose()?,
    })
}

fn read_listed((unit, group, listed, tested): ListedRow) -> Result<Listed> {
    Ok(Listed {
        compartment: read_compartment(&unit)?,
        group: fixed(&group, GroupId::from_slice)?,
        day: Day(number(listed)?),
        tested: tested.map(number).transpose()?.map(Day),
    })
}

fn read_compartment(text: &str) -> Result<Compartment> {
    text.parse()
        .map_err(|_| unreadable("a compartment of another name"))
}
