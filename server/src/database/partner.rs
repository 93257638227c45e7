//! Applications of organisations, and what was found out about them.

use super::{Database, Transaction, fixed, number, reading, within};
use crate::error::Result;
use app::partner::{Application, Finding, Organisation};
use protocol::id::{AccountId, AppendId, Day};

/// Id, name, number, purpose, lead, reach, applied.
type Row = (Vec<u8>, String, String, String, String, String, i64);
/// Application, administrator, approved, note, found.
type FindingRow = (Vec<u8>, Vec<u8>, bool, String, i64);

impl Database {
    /// Every application with its findings, the newest first.
    pub async fn applications(&self) -> Result<Vec<Application>> {
        const APPLICATIONS: &str = "SELECT id, name, number, purpose, lead, reach, applied_on FROM application \
             ORDER BY applied_on DESC, id";
        const FINDINGS: &str = "SELECT application, administrator, approved, note, found_on FROM finding \
             ORDER BY found_on, administrator";
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(APPLICATIONS).fetch_all(pool).await)?;
        let findings: Vec<FindingRow> =
            reading!(self, |pool| sqlx::query_as(FINDINGS).fetch_all(pool).await)?;
        let mut all = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
        for row in findings {
            let id = fixed(&row.0, AppendId::from_slice)?;
            let finding = read_finding(row)?;
            if let Some(one) = all.iter_mut().find(|one| one.id == id) {
                one.findings.push(finding);
            }
        }
        Ok(all)
    }
}

impl Transaction {
    /// Stores an application.
    pub async fn insert_application(
        &mut self,
        id: AppendId,
        organisation: &Organisation,
        day: Day,
    ) -> Result<()> {
        const SQL: &str = "INSERT INTO application (id, name, number, purpose, lead, reach, applied_on) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        within!(self, |connection| {
            sqlx::query(SQL)
                .bind(&id.0[..])
                .bind(&organisation.name)
                .bind(&organisation.number)
                .bind(&organisation.purpose)
                .bind(&organisation.lead)
                .bind(&organisation.reach)
                .bind(i64::from(day.0))
                .execute(connection)
                .await
                .map(drop)
        })?;
        Ok(())
    }

    /// How many applications came on a day.
    pub async fn count_applications(&mut self, day: Day) -> Result<u32> {
        const SQL: &str = "SELECT count(*) FROM application WHERE applied_on = $1";
        let count: i64 = within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(i64::from(day.0))
            .fetch_one(connection)
            .await)?;
        number(count)
    }

    /// Whether there is such an application.
    pub async fn has_application(&mut self, id: AppendId) -> Result<bool> {
        const SQL: &str = "SELECT EXISTS (SELECT 1 FROM application WHERE id = $1)";
        Ok(within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(&id.0[..])
            .fetch_one(connection)
            .await)?)
    }

    /// Stores a finding, where this administrator has none yet; says whether it was.
    pub async fn insert_finding(&mut self, application: AppendId, finding: &Finding) -> Result<bool> {
        const SQL: &str = "INSERT INTO finding (application, administrator, approved, note, found_on) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (application, administrator) DO NOTHING";
        let rows = within!(self, |connection| {
            sqlx::query(SQL)
                .bind(&application.0[..])
                .bind(&finding.by.0[..])
                .bind(finding.approved)
                .bind(&finding.note)
                .bind(i64::from(finding.day.0))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(rows == 1)
    }
}

fn read((id, name, number_, purpose, lead, reach, applied): Row) -> Result<Application> {
    Ok(Application {
        id: fixed(&id, AppendId::from_slice)?,
        organisation: Organisation {
            name,
            number: number_,
            purpose,
            lead,
            reach,
        },
        applied: Day(number(applied)?),
        findings: Vec::new(),
    })
}

fn read_finding((_, by, approved, note, day): FindingRow) -> Result<Finding> {
    Ok(Finding {
        by: fixed(&by, AccountId::from_slice)?,
        approved,
        note,
        day: Day(number(day)?),
    })
}
