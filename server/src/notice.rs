//! Mail. Once a day the same to everybody who asked for it, whether or not there is anything for them; and at once to the duty officer of a
//! unit who is to sign in. No mail names anybody or anything, and nothing that a person waits for waits for mail: what is to be sent is
//! a row, which goes when the mail server has taken it.

mod address;
mod duty;
mod mail;
mod postman;
mod round;

pub use address::Addresses;
pub use duty::Paged;
pub use mail::{Mail, Unsent};
pub use postman::{Lane, Postman};

use crate::{
    account::Holder,
    audit::{self, Actor},
    error::Result,
};
use app::{
    error::AppError,
    notice::{Notice, Notices},
};
use async_trait::async_trait;
use lettre::Address;

#[async_trait]
impl Notices for Holder {
    async fn notice(&self) -> Result<Notice, AppError> {
        Ok(self.own_notice().await?)
    }

    async fn set_notice(&self, address: Option<String>) -> Result<(), AppError> {
        match address {
            Some(address) => Ok(self.ask_for_notices(&address).await?),
            None => Ok(self.stop_notices().await?),
        }
    }
}

impl Holder {
    async fn own_notice(&self) -> Result<Notice> {
        let portal = &self.portal;
        let account = self.held.account;
        let sealed = portal.database.notice_address(account).await?;
        let address = sealed.and_then(|sealed| portal.addresses.open(&account.0, &sealed));
        Ok(Notice {
            hour: portal.deployment.mail.as_ref().map(|mail| mail.hour()),
            address: address.map(|address| address.to_string()),
        })
    }

    async fn ask_for_notices(&self, address: &str) -> Result<()> {
        let (portal, account) = (&self.portal, self.held.account);
        let mail = portal.deployment.mail.as_ref().ok_or(AppError::Conflict)?;
        let sealed = portal.seal_address(&account.0, address)?;
        let mut transaction = portal.database.begin().await?;
        transaction.set_notice_address(account, &sealed).await?;
        if mail.is_shown_at_once() {
            transaction
                .insert_notice(portal.random.bytes(), account, portal.clock.minute())
                .await?;
        }
        self.note(&mut transaction, "ask for notices").await?;
        transaction.commit().await
    }

    async fn stop_notices(&self) -> Result<()> {
        let mut transaction = self.portal.database.begin().await?;
        if transaction.delete_notice_address(self.held.account).await? {
            self.note(&mut transaction, "stop notices").await?;
        }
        transaction.commit().await
    }

    async fn note(&self, to: &mut crate::database::Transaction, act: &str) -> Result<()> {
        let actor = Actor::of(self.held.role, self.held.account);
        audit::record(to, actor, act, &[], self.portal.clock.minute()).await
    }
}

impl crate::Portal {
    /// Reads a mail address, and seals it to what it is kept beside.
    fn seal_address(&self, beside: &[u8; 16], address: &str) -> Result<Vec<u8>> {
        let address: Address = address.trim().parse().map_err(|_| AppError::Invalid)?;
        let sealed = self.addresses.seal(beside, &address, self.random.bytes());
        sealed.ok_or_else(|| AppError::Invalid.into())
    }
}
