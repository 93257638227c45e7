//! A vault for trying whether this browser can have one. It holds nothing, and the page's own, if there is one, goes on beside it.

use super::{ask::deployment, line::Aside};
use crate::{site::Site, trouble::Trouble};
use protocol::vault::{Answer, Ask, Password};

/// A vault that was started for a trial.
pub(crate) struct Trial(Aside);

impl Trial {
    /// Starts one: its worker, and its module in there.
    pub(crate) async fn start(site: &Site) -> Result<Self, Trouble> {
        let trial = Self(Aside::open(&site.assets.worker)?);
        trial.done(Ask::Begin(deployment(site))).await?;
        Ok(trial)
    }

    /// Turns a made-up password into keys, as signing in does.
    pub(crate) async fn derive(&self) -> Result<(), Trouble> {
        let ask = Ask::Derive {
            name: "trial".into(),
            password: Password(b"trial".to_vec()),
        };
        self.done(ask).await
    }

    async fn done(&self, ask: Ask) -> Result<(), Trouble> {
        match self.0.ask(ask).await? {
            Answer::Done | Answer::Secret(_) => Ok(()),
            _ => Err(Trouble::Broken),
        }
    }
}
