//! Recovering a compartment: a link that names other members, and every epoch's key wrapped to them.

use super::{Kits, members, six};
use crate::{
    answer::Answer,
    deployment::Deployment,
    directory::check,
    file::{self, Readers},
    group,
};
use anyhow::{Context as _, Result, anyhow};
use clap::Args;
use protocol::{
    codec,
    export::{Export, Recovered},
    group::{Act, EpochSecret, Group, GroupKind, Member, RecoverySecret},
    id::{AccountId, Day, GroupId, Hash},
    signed::sign,
    wrap::Wrap,
};
use rand_core::{CryptoRng, RngCore};
use std::{collections::BTreeMap, path::PathBuf};

/// What is recovered, by whom, for whom.
#[derive(Args)]
pub(crate) struct Recover {
    /// The export
    export: PathBuf,
    #[command(flatten)]
    kits: Kits,
    /// The group, as `directory show` gives it
    #[arg(long, value_name = "GROUP")]
    group: GroupId,
    /// The new members' file: a `[[member]]` with `account`, `signer`, `recipient` and `lead` for each
    #[arg(long, value_name = "FILE")]
    members: PathBuf,
    /// roots.toml, or the portal's configuration
    #[arg(long, value_name = "FILE")]
    roots: PathBuf,
    /// The file to make
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// A group on its way from its old members to its new ones.
struct Handover<'a> {
    instance: Hash,
    group: Group,
    secret: &'a RecoverySecret,
    epochs: BTreeMap<u32, EpochSecret>,
}

impl Recover {
    /// Recovers.
    pub(super) fn run(&self, today: Day, rng: &mut (impl RngCore + CryptoRng)) -> Result<Answer> {
        let deployment = Deployment::read(&self.roots)?;
        let export = group::read(&self.export)?;
        let members = members::read(&self.members)?;
        let group = match self.group(&export, &deployment, today) {
            Ok(group) => group,
            Err(why) => return Ok(Answer::bad(format!("Not OK: {why}."))),
        };
        let secret = match self.kits.join()? {
            Ok(secret) => secret,
            Err(misfit) => return Ok(Answer::bad(format!("Not OK: {misfit}."))),
        };
        if group.now().policy.recovery.as_ref() != Some(&secret.public()) {
            return Ok(Answer::bad(format!(
                "Not OK: these kits make the key with the words {}, which is not this group's recovery key today.",
                six(&secret.public())
            )));
        }
        let handover = Handover::begin(deployment.hash(), group, &secret, &export);
        let (recovered, missing) = handover.finish(&export, &members, today, rng)?;
        file::create(&self.out, &codec::encode(&recovered), Readers::Anyone)?;
        Ok(Answer::good(self.said(&members, &recovered, &missing)))
    }

    fn group(&self, export: &Export, deployment: &Deployment, today: Day) -> Result<Group> {
        let directory = check(&export.directory, deployment, None, today).map_err(|why| anyhow!("{why}"))?;
        let links = links(export, self.group)?;
        Group::verify(
            self.group,
            &links,
            deployment.hash(),
            directory.founders(self.group),
            today,
        )
        .map_err(|refused| anyhow!("{refused}; `group verify` says where"))
    }

    fn said(&self, members: &[Member], recovered: &Recovered, missing: &[u32]) -> String {
        let lines: Vec<_> = members.iter().map(members::said).collect();
        let gap = |epoch: &u32| {
            format!(
                "Epoch {epoch} was never wrapped to recovery: the new members cannot open what was sent in it.\n"
            )
        };
        let gaps: Vec<_> = missing.iter().map(gap).collect();
        format!(
            "{} holds the link that names these members in the place of all, and {} wrapped keys for them:\n{}{}\n\
             Ring each of them and read out the words before you hand the file to the portal's administrators. Once it is in, \
             the new members\nmake a new recovery key: this one has been together on a machine.\n",
            self.out.display(),
            recovered.wraps.len(),
            lines.concat(),
            gaps.concat()
        )
    }
}

impl<'a> Handover<'a> {
    /// Opens what was wrapped to recovery.
    fn begin(instance: Hash, group: Group, secret: &'a RecoverySecret, export: &Export) -> Self {
        let opened = export.wraps.iter().filter_map(|file| {
            let wrap = Wrap::open(file, secret.identity()).ok()?;
            let wrap = wrap.check(&group, instance, AccountId::RECOVERY).ok()?;
            Some((wrap.epoch, wrap.secret))
        });
        let epochs = opened.collect();
        Self {
            instance,
            group,
            secret,
            epochs,
        }
    }

    /// Signs the link and wraps every epoch; gives the numbers of those that recovery was never given.
    fn finish(
        mut self,
        export: &Export,
        members: &[Member],
        today: Day,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<(Recovered, Vec<u32>)> {
        let (epoch, fresh) = self.group.draft_epoch(today, rng);
        let newest = epoch.number;
        let missing = (1..newest)
            .filter(|number| !self.epochs.contains_key(number))
            .collect();
        self.epochs.insert(newest, fresh);
        let act = Act::Recover {
            members: members.to_vec(),
            epoch,
        };
        let link = sign(
            &self.group.draft(self.instance, today, act),
            &[&self.secret.signer()],
        );
        self.extend(export, &link, today)?;
        let recovered = Recovered {
            group: self.group.id,
            link: link.into(),
            wraps: self.wraps(members, newest)?,
        };
        Ok((recovered, missing))
    }

    /// The group as it stands after `link`, checked as every browser will.
    fn extend(&mut self, export: &Export, link: &[u8], today: Day) -> Result<()> {
        let mut links = links(export, self.group.id)?;
        links.push(link);
        let first = self.group.head_at(0).unwrap_or(Hash::ZERO);
        let founders = protocol::group::Founders::Directory(first);
        let needed = match self.group.kind {
            GroupKind::Sealed => self.group.now().policy.signers.max(2),
            GroupKind::Intake | GroupKind::Partner => self.group.now().policy.signers,
        };
        self.group = Group::verify(self.group.id, &links, self.instance, founders, today)
            .ok()
            .with_context(|| format!("these members cannot hold this group: it needs {needed} with `lead = true`, and each account and key once"))?;
        Ok(())
    }

    fn wraps(
        &self,
        members: &[Member],
        newest: u32,
    ) -> Result<Vec<(AccountId, u32, minicbor::bytes::ByteVec)>> {
        let signer = self.secret.signer();
        let failed = "the keys of this group cannot be wrapped";
        let mut wraps = vec![];
        for (number, secret) in &self.epochs {
            for member in members {
                let wrap = self.group.wrap(self.instance, member, *number, secret, &signer);
                wraps.push((member.account, *number, wrap.context(failed)?.into()));
            }
        }
        let fresh = &self.epochs[&newest];
        let wrap = self
            .group
            .wrap_for_recovery(self.instance, newest, fresh, &signer);
        wraps.push((AccountId::RECOVERY, newest, wrap.context(failed)?.into()));
        Ok(wraps)
    }
}

fn links(export: &Export, group: GroupId) -> Result<Vec<&[u8]>> {
    let chain = export.chains.iter().find(|(id, _)| *id == group);
    let (_, links) = chain.with_context(|| format!("the group {group} is not in the export"))?;
    Ok(links.iter().map(|link| link.as_slice()).collect())
}
