//! Concerns, from the side of whoever sends them: what the token opens, and nothing by account.

use crate::{
    Portal,
    error::{Error, Result},
    log::{self, Author, Checked},
};
use app::{
    concern::{Concerns, Found},
    error::AppError,
};
use async_trait::async_trait;
use protocol::{
    append::{Fetched, LogKind},
    id::{LogId, Token},
};

/// The most tokens in one question.
const MOST_TOKENS: usize = 40;

/// A practitioner, before her threads. Which one it is does not come this far.
pub struct Sender {
    /// The portal.
    pub portal: Portal,
}

#[async_trait]
impl Concerns for Sender {
    async fn find(&self, tokens: Vec<Token>) -> Result<Vec<Found>, AppError> {
        Ok(self.find_threads(&tokens).await?)
    }
}

impl Sender {
    async fn find_threads(&self, tokens: &[Token]) -> Result<Vec<Found>> {
        let logs: Vec<_> = tokens.iter().map(Token::log).collect();
        match logs.len() {
            0 => Ok(Vec::new()),
            1..=MOST_TOKENS => self.portal.database.find_threads(&logs).await,
            _ => Err(AppError::Invalid.into()),
        }
    }

    /// Appends to the threads whose tokens are in the bytes; gives the receipt.
    pub async fn append(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        self.portal
            .writer
            .append(Checked::read(bytes, Author::Sender)?)
            .await
    }

    /// The thread that the token opens. A thread that is not there and a token that does not fit answer alike.
    pub async fn thread(&self, id: LogId, token: &Token) -> Result<Fetched> {
        let missing = || Error::Refused(AppError::NotFound);
        let found = if token.log() == id {
            self.portal.database.log(id).await?
        } else {
            None
        };
        let log = found
            .filter(|log| log.kind == LogKind::Thread)
            .ok_or_else(missing)?;
        log::fetch(&self.portal.database, &self.portal.notary, id, log).await
    }
}
