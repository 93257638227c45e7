//! Who the new members are: a file with a `[[member]]` for each.

use crate::{file, key};
use anyhow::{Context as _, Result, anyhow, bail};
use protocol::{
    group::Member,
    id::{AccountId, VerifyingKey},
    recipient::Recipient,
};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    member: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    account: AccountId,
    signer: VerifyingKey,
    recipient: String,
    #[serde(default)]
    lead: bool,
}

/// Reads them.
pub(super) fn read(path: &Path) -> Result<Vec<Member>> {
    let name = path.display();
    let file: File = toml::from_str(&file::read_text(path)?).map_err(|error| {
        anyhow!(
            "{name} needs a [[member]] with `account`, `signer`, `recipient` and `lead` for each: {}",
            error.message()
        )
    })?;
    if file.member.is_empty() {
        bail!("{name} names nobody");
    }
    let members = file.member.into_iter().map(Written::member);
    members
        .collect::<Result<_>>()
        .with_context(|| format!("{name} cannot be used"))
}

impl Written {
    fn member(self) -> Result<Member> {
        let recipient = Recipient::parse(&self.recipient);
        Ok(Member {
            account: self.account,
            signer: self.signer,
            recipient: recipient
                .with_context(|| format!("`{}` is not a recipient (age1…)", self.recipient))?,
            lead: self.lead,
        })
    }
}

/// A line that names a member by the words of the signing key.
pub(super) fn said(member: &Member) -> String {
    let lead = if member.lead { "lead  " } else { "      " };
    format!(
        "  {lead}account {}: {}\n",
        member.account,
        key::fingerprint(member.signer)
    )
}
