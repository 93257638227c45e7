//! The audit: three chains of lines, each written in the transaction of the act that it tells of.

use crate::{
    database::{
        Transaction,
        audit::{Chain, Line},
    },
    error::Result,
};
use app::account::Role;
use protocol::id::{AccountId, Hash, Minute};
use std::collections::HashMap;

/// Stands for whoever runs the portal where a line names who acted. No account has it.
pub const OPERATOR: AccountId = AccountId([0xff; 16]);

/// Who acted, which decides the chain and how fine its times are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Whoever runs the portal, by a command on its machine: among staff, to the minute.
    Operator,
    /// A member of staff: named, to the minute.
    Staff(AccountId),
    /// A practitioner, with her own account: named, to the day.
    Practitioner(AccountId),
    /// Whoever sent something: not named, to the day. Apart from the others, so that the order of lines does not tell who
    /// was signed in when something was sent.
    Sender,
}

impl Actor {
    /// The actor that an account of `role` is.
    pub fn of(role: Role, account: AccountId) -> Self {
        match role {
            Role::Practitioner => Self::Practitioner(account),
            Role::Assessor | Role::Administrator => Self::Staff(account),
        }
    }

    fn chain(self) -> Chain {
        match self {
            Self::Operator | Self::Staff(_) => Chain::Staff,
            Self::Practitioner(_) => Chain::Practitioner,
            Self::Sender => Chain::Sent,
        }
    }

    fn account(self) -> Option<AccountId> {
        match self {
            Self::Operator => Some(OPERATOR),
            Self::Staff(account) | Self::Practitioner(account) => Some(account),
            Self::Sender => None,
        }
    }

    fn round(self, minute: Minute) -> Minute {
        match self {
            Self::Operator | Self::Staff(_) => minute,
            Self::Practitioner(_) | Self::Sender => Minute(minute.day().0 * 24 * 60),
        }
    }
}

/// Writes what `actor` did to `object`, at the end of its chain.
pub async fn record(to: &mut Transaction, actor: Actor, act: &str, object: &[u8], now: Minute) -> Result<()> {
    Pen::default().record(to, actor, act, object, now).await
}

/// Writes several lines in one transaction, and knows meanwhile where the chains stand.
#[derive(Debug, Default)]
pub struct Pen {
    tips: HashMap<Chain, (u64, Hash)>,
}

impl Pen {
    /// Writes what `actor` did to `object`, at the end of its chain.
    pub async fn record(
        &mut self,
        to: &mut Transaction,
        actor: Actor,
        act: &str,
        object: &[u8],
        now: Minute,
    ) -> Result<()> {
        let chain = actor.chain();
        let (sequence, previous) = match self.tips.get(&chain) {
            Some(tip) => *tip,
            None => to.audit_tip(chain).await?,
        };
        let mut line = Line {
            sequence: sequence + 1,
            at: actor.round(now),
            actor: actor.account(),
            act: act.into(),
            object: object.into(),
            previous,
            hash: Hash::ZERO,
        };
        line.hash = hash(chain, &line);
        to.insert_audit(chain, &line).await?;
        self.tips.insert(chain, (line.sequence, line.hash));
        Ok(())
    }
}

/// Checks that every line follows from the one before it; gives the place of the first that does not.
pub fn verify(chain: Chain, lines: &[Line]) -> Result<(), u64> {
    let mut previous = Hash::ZERO;
    for (sequence, line) in (1..).zip(lines) {
        if line.sequence != sequence || line.previous != previous || line.hash != hash(chain, line) {
            return Err(sequence);
        }
        previous = line.hash;
    }
    Ok(())
}

/// What makes a line follow from the one before it. Changing this breaks every chain that was ever written.
fn hash(chain: Chain, line: &Line) -> Hash {
    let actor = line.actor.map(|id| id.0.to_vec()).unwrap_or_default();
    Hash::domain(
        "audit",
        &[
            chain.name().as_bytes(),
            &line.sequence.to_be_bytes(),
            &line.at.0.to_be_bytes(),
            &actor,
            line.act.as_bytes(),
            &line.object,
            &line.previous.0,
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for sequence in 1..=20 {
            let previous = lines.last().map_or(Hash::ZERO, |line| line.hash);
            let actor = Some(AccountId([1; 16]));
            let mut line = Line {
                sequence,
                at: Minute(7),
                actor,
                act: "read".into(),
                object: vec![2; 16],
                previous,
                hash: Hash::ZERO,
            };
            line.hash = hash(Chain::Staff, &line);
            lines.push(line);
        }
        lines
    }

    #[test]
    fn a_changed_missing_or_moved_line_is_found_where_it_is() {
        assert_eq!(verify(Chain::Staff, &lines()), Ok(()));
        assert_eq!(verify(Chain::Sent, &lines()), Err(1), "another chain's lines");
        let changed = |change: fn(&mut Vec<Line>)| {
            let mut lines = lines();
            change(&mut lines);
            verify(Chain::Staff, &lines)
        };
        assert_eq!(changed(|lines| lines[4].act = "write".into()), Err(5));
        assert_eq!(changed(|lines| lines[4].actor = None), Err(5));
        assert_eq!(changed(|lines| drop(lines.remove(4))), Err(5));
        assert_eq!(changed(|lines| lines.swap(4, 9)), Err(5));
    }

    #[test]
    fn what_practitioners_do_is_told_by_the_day() {
        let minute = Minute(20_000 * 1440 + 600);
        let someone = AccountId([1; 16]);
        assert_eq!(Actor::Sender.round(minute), Minute(20_000 * 1440));
        assert_eq!(
            Actor::of(Role::Practitioner, someone).round(minute),
            Minute(20_000 * 1440)
        );
        assert_eq!(Actor::of(Role::Assessor, someone).round(minute), minute);
    }
}
