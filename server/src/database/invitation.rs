//! Invitations.

use super::{
    Database, Transaction,
    account::{read_role, role_word},
    execute, fixed, number, reading, unreadable, within,
};
use crate::error::Result;
use app::{
    account::Role,
    invitation::{InvitedTo, Stored},
};
use protocol::id::{AccountId, Day, Hash, Minute};

/// An invitation that can be taken up.
#[derive(Clone, Debug)]
pub struct Open {
    /// To what.
    pub to: InvitedTo,
    /// What the account will be for.
    pub role: Role,
}

/// Lookup, place, subject, expires, joining, account, closed.
type Row = (
    Vec<u8>,
    String,
    String,
    i64,
    Option<Vec<u8>>,
    Option<Vec<u8>>,
    Option<i64>,
);

impl Database {
    /// The invitation with this lookup, where it can still be taken up at `now`.
    pub async fn open_invitation(&self, lookup: Hash, now: Minute) -> Result<Option<Open>> {
        const SQL: &str = "SELECT place, subject, role FROM invitation \
             WHERE lookup = $1 AND expires_at > $2 AND joining IS NULL AND closed_on IS NULL";
        let row: Option<(String, String, String)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&lookup.0[..])
            .bind(i64::from(now.0))
            .fetch_optional(pool)
            .await)?;
        row.map(|(place, subject, role)| {
            Ok(Open {
                to: read_place(&place, subject)?,
                role: read_role(&role)?,
            })
        })
        .transpose()
    }

    /// The invitations that an account has made and that are not used up.
    pub async fn invitations_by(&self, inviter: AccountId) -> Result<Vec<Stored>> {
        const SQL: &str = "SELECT lookup, place, subject, expires_at, joining, account, closed_on FROM invitation \
             WHERE inviter = $1 AND closed_on IS NULL ORDER BY expires_at DESC, lookup";
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&inviter.0[..])
            .fetch_all(pool)
            .await)?;
        rows.into_iter().map(read_stored).collect()
    }

    /// When the invitations that whoever runs the portal made and that can be taken up at `now` end.
    pub async fn operators_invitations(&self, now: Minute) -> Result<Vec<Minute>> {
        const SQL: &str = "SELECT expires_at FROM invitation WHERE inviter IS NULL AND expires_at > $1 \
             AND joining IS NULL AND closed_on IS NULL ORDER BY expires_at";
        let rows: Vec<i64> = reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(i64::from(now.0))
            .fetch_all(pool)
            .await)?;
        rows.into_iter().map(|ends| Ok(Minute(number(ends)?))).collect()
    }
}

impl Transaction {
    /// Closes the invitations that whoever runs the portal made and that nobody has taken up; gives their lookups.
    pub async fn close_operators_invitations(&mut self, day: Day) -> Result<Vec<Hash>> {
        const SQL: &str = "UPDATE invitation SET closed_on = $1 \
             WHERE inviter IS NULL AND joining IS NULL AND closed_on IS NULL RETURNING lookup";
        let rows: Vec<Vec<u8>> = within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(i64::from(day.0))
            .fetch_all(connection)
            .await)?;
        rows.iter()
            .map(|lookup| fixed(lookup, Hash::from_slice))
            .collect()
    }

    /// Those who have answered an invitation to administer, and whom no directory lists yet: lookup and answer.
    pub async fn administrators_to_list(&mut self) -> Result<Vec<(Hash, Vec<u8>)>> {
        const SQL: &str = "SELECT lookup, joining FROM invitation \
             WHERE place = 'administrator' AND joining IS NOT NULL AND closed_on IS NULL";
        let rows: Vec<(Vec<u8>, Vec<u8>)> =
            within!(self, |connection| sqlx::query_as(SQL).fetch_all(connection).await)?;
        rows.into_iter()
            .map(|(lookup, joining)| Ok((fixed(&lookup, Hash::from_slice)?, joining)))
            .collect()
    }

    /// Closes an invitation that was answered, because somebody has vouched for whoever did.
    pub async fn close_answered(&mut self, lookup: Hash, day: Day) -> Result<()> {
        const SQL: &str = "UPDATE invitation SET closed_on = $2 WHERE lookup = $1 AND closed_on IS NULL";
        execute!(self, sqlx::query(SQL).bind(&lookup.0[..]).bind(i64::from(day.0)))?;
        Ok(())
    }

    /// Stores an invitation of an account, or of whoever runs the portal, where there is none with this lookup yet, nor another for the
    /// same application; says whether it was.
    pub async fn insert_invitation(
        &mut self,
        lookup: Hash,
        inviter: Option<AccountId>,
        open: &Open,
        expires: Minute,
    ) -> Result<bool> {
        const SQL: &str = "INSERT INTO invitation (lookup, inviter, place, subject, role, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let (place, subject) = place_words(&open.to);
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&lookup.0[..])
                .bind(inviter.as_ref().map(|id| &id.0[..]))
                .bind(place)
                .bind(&subject)
                .bind(role_word(open.role))
                .bind(i64::from(expires.0))
        )?;
        Ok(rows == 1)
    }

    /// Stores the answer to an invitation that is open at `now`; says whether it was.
    pub async fn answer_invitation(
        &mut self,
        lookup: Hash,
        account: AccountId,
        joining: &[u8],
        now: Minute,
    ) -> Result<bool> {
        const SQL: &str = "UPDATE invitation SET joining = $2, account = $3 \
             WHERE lookup = $1 AND expires_at > $4 AND joining IS NULL AND closed_on IS NULL";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&lookup.0[..])
                .bind(joining)
                .bind(&account.0[..])
                .bind(i64::from(now.0))
        )?;
        Ok(rows == 1)
    }

    /// Closes the invitations to the same that ended before `now` unanswered.
    pub async fn close_ended(&mut self, to: &InvitedTo, now: Minute) -> Result<()> {
        const SQL: &str = "UPDATE invitation SET closed_on = $2 WHERE subject = $1 AND place = $4 AND expires_at <= $3 \
             AND joining IS NULL AND closed_on IS NULL";
        let (place, subject) = place_words(to);
        execute!(
            self,
            sqlx::query(SQL)
                .bind(subject)
                .bind(i64::from(now.day().0))
                .bind(i64::from(now.0))
                .bind(place)
        )?;
        Ok(())
    }

    /// Closes the account that was made for an invitation and that nobody has vouched for, with what it drafted.
    pub async fn dismiss_stranger(&mut self, lookup: Hash, day: Day) -> Result<()> {
        let Some(stranger) = self.stranger_of(lookup).await? else {
            return Ok(());
        };
        self.delete_drafts_of(stranger).await?;
        self.delete_foundings_with(lookup).await?;
        self.close_account(stranger, day).await
    }

    /// Removes what was made for the compartment that somebody was invited to hold: it would take them in.
    async fn delete_foundings_with(&mut self, lookup: Hash) -> Result<()> {
        const SQL: &str = "DELETE FROM draft WHERE founding IN \
             (SELECT subject FROM invitation WHERE lookup = $1 AND place IN ('unit', 'holder'))";
        execute!(self, sqlx::query(SQL).bind(&lookup.0[..]))?;
        Ok(())
    }

    /// Closes an invitation of `inviter`; says whether it was open.
    pub async fn close_invitation(&mut self, lookup: Hash, inviter: AccountId, day: Day) -> Result<bool> {
        const CLOSE: &str = "UPDATE invitation SET closed_on = $3 \
             WHERE lookup = $1 AND inviter = $2 AND closed_on IS NULL";
        let rows = execute!(
            self,
            sqlx::query(CLOSE)
                .bind(&lookup.0[..])
                .bind(&inviter.0[..])
                .bind(i64::from(day.0))
        )?;
        Ok(rows == 1)
    }

    /// Closes an invitation whose account is in a group by now, whoever of its leads signed last.
    pub async fn settle_invitation(&mut self, lookup: Hash, day: Day) -> Result<()> {
        const SQL: &str = "UPDATE invitation SET closed_on = $2 WHERE lookup = $1 AND closed_on IS NULL \
             AND EXISTS (SELECT 1 FROM member WHERE member.account = invitation.account)";
        execute!(self, sqlx::query(SQL).bind(&lookup.0[..]).bind(i64::from(day.0)))?;
        Ok(())
    }

    /// The account that was made for an invitation and that nobody has vouched for.
    async fn stranger_of(&mut self, lookup: Hash) -> Result<Option<AccountId>> {
        const SQL: &str = "SELECT account FROM invitation WHERE lookup = $1 AND account IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM member WHERE member.account = invitation.account)";
        let row: Option<Vec<u8>> = within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(&lookup.0[..])
            .fetch_optional(connection)
            .await)?;
        row.map(|account| fixed(&account, AccountId::from_slice))
            .transpose()
    }
}

fn place_words(to: &InvitedTo) -> (&'static str, String) {
    match to {
        InvitedTo::Member(group) => ("member", group.to_string()),
        InvitedTo::Partner(application) => ("partner", application.to_string()),
        InvitedTo::Unit(compartment) => ("unit", compartment.to_string()),
        InvitedTo::Holder(compartment) => ("holder", compartment.to_string()),
        InvitedTo::Administrator => ("administrator", String::new()),
    }
}

fn read_place(place: &str, subject: String) -> Result<InvitedTo> {
    let unknown = || unreadable("an invitation to something unknown");
    Ok(match place {
        "member" => InvitedTo::Member(subject.parse().map_err(|_| unknown())?),
        "partner" => InvitedTo::Partner(subject.parse().map_err(|_| unknown())?),
        "unit" => InvitedTo::Unit(subject.parse().map_err(|_| unknown())?),
        "holder" => InvitedTo::Holder(subject.parse().map_err(|_| unknown())?),
        "administrator" => InvitedTo::Administrator,
        _ => return Err(unknown()),
    })
}

fn read_stored((lookup, place, subject, expires, joining, account, closed): Row) -> Result<Stored> {
    Ok(Stored {
        lookup: fixed(&lookup, Hash::from_slice)?,
        to: read_place(&place, subject)?,
        expires: Minute(number(expires)?),
        joining: joining.map(app::bytes::Bytes),
        account: account
            .map(|account| fixed(&account, AccountId::from_slice))
            .transpose()?,
        closed: closed.is_some(),
    })
}
