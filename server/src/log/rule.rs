//! What an append must be before the database is asked.

use super::Author;
use crate::error::Result;
use app::error::AppError;
use protocol::append::{Append, LogKind};

/// Bytes of the smallest sealed entry that a client makes.
pub(super) const SMALLEST: usize = 4 * 1024;
/// Bytes of the largest; what is larger is an attachment and travels in parts.
pub(super) const LARGEST: usize = 512 * 1024;

/// Refuses an append with no entry or too many, or an entry too small or too large to be one.
pub(super) fn assert_shape(append: &Append) -> Result<()> {
    if append.entries.is_empty() || append.entries.len() > Append::MOST || append.tokens.len() > Append::MOST
    {
        return Err(AppError::Invalid.into());
    }
    for entry in &append.entries {
        match entry.ciphertext.len() {
            SMALLEST..=LARGEST => {}
            0..SMALLEST => return Err(AppError::Invalid.into()),
            _ => return Err(AppError::TooLarge.into()),
        }
    }
    Ok(())
}

/// Refuses a sender who writes to anything but threads, each with its token, and a member who shows tokens. A member begins a thread to
/// try the compartment: in an append of its own, and marked in what is sealed, where every reader checks it.
pub(super) fn assert_author(append: &Append, author: Author) -> Result<()> {
    match author {
        Author::Sender => assert_sender(append),
        Author::Member(_) if !append.tokens.is_empty() => Err(AppError::Invalid.into()),
        Author::Member(_) if append.entries.len() > 1 && append.entries.iter().any(begins_thread) => {
            Err(AppError::Forbidden.into())
        }
        Author::Member(_) => Ok(()),
    }
}

fn assert_sender(append: &Append) -> Result<()> {
    let opened: Vec<_> = append.tokens.iter().map(protocol::id::Token::log).collect();
    if append
        .entries
        .iter()
        .any(|entry| entry.kind != LogKind::Thread || !opened.contains(&entry.log))
    {
        return Err(AppError::Forbidden.into());
    }
    if opened
        .iter()
        .any(|log| !append.entries.iter().any(|entry| entry.log == *log))
    {
        return Err(AppError::Invalid.into());
    }
    Ok(())
}

fn begins_thread(entry: &protocol::append::NewEntry) -> bool {
    entry.kind == LogKind::Thread && entry.sequence == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use protocol::{
        append::NewEntry,
        id::{AccountId, AppendId, GroupId, LogId, Token},
    };

    fn append(tokens: &[[u8; 32]], entries: &[(LogKind, LogId, u32, usize)]) -> Append {
        let entry = |&(kind, log, sequence, size)| NewEntry {
            log,
            kind,
            sequence,
            ciphertext: vec![1; size],
        };
        Append {
            id: AppendId([1; 16]),
            compartment: GroupId([2; 16]),
            epoch: 1,
            entries: entries.iter().map(entry).collect(),
            tokens: tokens.iter().map(|token| Token(*token)).collect(),
        }
    }

    fn answer(result: Result<()>) -> Option<AppError> {
        match result {
            Ok(()) => None,
            Err(Error::Refused(error)) => Some(error),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn sizes_and_numbers_are_limited() {
        let log = LogId([3; 16]);
        let of_size = |size| answer(assert_shape(&append(&[], &[(LogKind::Journal, log, 0, size)])));
        assert_eq!(of_size(SMALLEST - 1), Some(AppError::Invalid));
        assert_eq!(of_size(SMALLEST), None);
        assert_eq!(of_size(LARGEST), None);
        assert_eq!(of_size(LARGEST + 1), Some(AppError::TooLarge));
        let many = |count| {
            answer(assert_shape(&append(
                &[],
                &vec![(LogKind::Journal, log, 0, SMALLEST); count],
            )))
        };
        assert_eq!(
            (many(0), many(16), many(17)),
            (Some(AppError::Invalid), None, Some(AppError::Invalid))
        );
    }

    #[test]
    fn a_sender_needs_the_token_of_each_thread_and_no_other() {
        let mine = Token([5; 32]).log();
        let check = |tokens: &[[u8; 32]], kind, log| {
            answer(assert_author(
                &append(tokens, &[(kind, log, 0, SMALLEST)]),
                Author::Sender,
            ))
        };
        assert_eq!(check(&[[5; 32]], LogKind::Thread, mine), None);
        assert_eq!(check(&[], LogKind::Thread, mine), Some(AppError::Forbidden));
        assert_eq!(
            check(&[[6; 32]], LogKind::Thread, mine),
            Some(AppError::Forbidden)
        );
        assert_eq!(
            check(&[[5; 32]], LogKind::Journal, mine),
            Some(AppError::Forbidden)
        );
        assert_eq!(
            check(&[[5; 32], [6; 32]], LogKind::Thread, mine),
            Some(AppError::Invalid)
        );
    }

    #[test]
    fn a_member_shows_no_token_and_begins_a_thread_alone() {
        let member = Author::Member(AccountId([1; 16]));
        let log = Token([5; 32]).log();
        let check = |tokens: &[[u8; 32]], kind, sequence| {
            answer(assert_author(
                &append(tokens, &[(kind, log, sequence, SMALLEST)]),
                member,
            ))
        };
        assert_eq!(check(&[], LogKind::Journal, 0), None);
        assert_eq!(check(&[], LogKind::Thread, 1), None);
        assert_eq!(check(&[], LogKind::Thread, 0), None);
        let two = [
            (LogKind::Thread, log, 0, SMALLEST),
            (LogKind::Thread, log, 1, SMALLEST),
        ];
        assert_eq!(
            answer(assert_author(&append(&[], &two), member)),
            Some(AppError::Forbidden)
        );
        assert_eq!(check(&[[5; 32]], LogKind::Thread, 1), Some(AppError::Invalid));
    }
}
