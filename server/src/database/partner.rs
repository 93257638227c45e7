//! Applications of organisations, and what was found out about them.

mod on_board;

use super::{Database, Transaction, execute, fixed, number, reading, unreadable, within};
use crate::error::Result;
use app::partner::{Application, Finding, Lead, Organisation};
use protocol::id::{AccountId, AppendId, Day, Hash, Minute};

/// Id, name, number, purpose, lead, reach, applied.
type Row = (Vec<u8>, String, String, String, String, String, i64);
/// Application, administrator, their name, approved, note, found.
type FindingRow = (Vec<u8>, Vec<u8>, String, bool, String, i64);

/// A lead who was invited, and whose organisation is not on board yet.
#[derive(Clone, Copy, Debug)]
pub struct Invited {
    /// The application.
    pub application: AppendId,
    /// Hash of the lookup in the link.
    pub lookup: Hash,
    /// Who invited them.
    pub by: AccountId,
    /// When the invitation ends, where nobody has answered it.
    pub expires: Minute,
}

impl Database {
    /// Every application with its findings, the newest first; of each as if nobody had invited its lead.
    pub async fn applications(&self) -> Result<Vec<Application>> {
        const APPLICATIONS: &str = "SELECT id, name, number, purpose, lead, reach, applied_on FROM application \
             ORDER BY applied_on DESC, id";
        const FINDINGS: &str = "SELECT finding.application, finding.administrator, account.name, finding.approved, \
             finding.note, finding.found_on FROM finding JOIN account ON account.id = finding.administrator \
             ORDER BY finding.found_on, finding.administrator";
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

    /// The leads who were invited.
    pub async fn invited_leads(&self) -> Result<Vec<Invited>> {
        const SQL: &str = "SELECT subject, lookup, inviter, expires_at FROM invitation \
             WHERE place = 'partner' AND closed_on IS NULL";
        let rows: Vec<(String, Vec<u8>, Vec<u8>, i64)> =
            reading!(self, |pool| sqlx::query_as(SQL).fetch_all(pool).await)?;
        let invited = |(subject, lookup, by, expires): (String, Vec<u8>, Vec<u8>, i64)| {
            Ok(Invited {
                application: subject
                    .parse()
                    .map_err(|_| unreadable("an invitation to no application"))?,
                lookup: fixed(&lookup, Hash::from_slice)?,
                by: fixed(&by, AccountId::from_slice)?,
                expires: Minute(number(expires)?),
            })
        };
        rows.into_iter().map(invited).collect()
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
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&id.0[..])
                .bind(&organisation.name)
                .bind(&organisation.number)
                .bind(&organisation.purpose)
                .bind(&organisation.lead)
                .bind(&organisation.reach)
                .bind(i64::from(day.0))
        )?;
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

    /// Stores a finding, where this administrator has none yet; says whether it was.
    pub async fn insert_finding(&mut self, application: AppendId, finding: &Finding) -> Result<bool> {
        const SQL: &str = "INSERT INTO finding (application, administrator, approved, note, found_on) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (application, administrator) DO NOTHING";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&application.0[..])
                .bind(&finding.by.0[..])
                .bind(finding.approved)
                .bind(&finding.note)
                .bind(i64::from(finding.day.0))
        )?;
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
        lead: Lead::Uninvited,
    })
}

fn read_finding((_, by, name, approved, note, day): FindingRow) -> Result<Finding> {
    Ok(Finding {
        by: fixed(&by, AccountId::from_slice)?,
        name,
        approved,
        note,
        day: Day(number(day)?),
    })
}
