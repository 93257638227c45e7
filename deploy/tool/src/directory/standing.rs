//! What administrators signed who are taken off the directory, and what of it stays good.

use super::known::Known;
use anyhow::{Result, anyhow};
use minicbor::bytes::ByteVec;
use protocol::{
    approval::Approval,
    checkpoint::Checkpoint,
    directory::Directory,
    export::Export,
    group::{Founders, Group},
    id::{Day, GroupId, Hash},
};

/// Lists, in `next`, what the `last` directory approves of and `next` alone would not: browsers would refuse it, and with it
/// everything that hangs on it.
pub(super) fn keep(next: &mut Directory, last: &Directory, export: &Export, today: Day) -> Result<()> {
    let reader = Reader { next, last, today };
    let mut standing = vec![];
    for (group, links) in &export.chains {
        if last.compartment(*group).is_none() {
            standing.extend(reader.partner(*group, links)?);
        }
    }
    if let Some(bytes) = &export.checkpoint {
        standing.extend(reader.checkpoint(bytes)?);
    }
    next.standing = standing;
    Ok(())
}

/// What stands, in words.
pub(super) fn said(directory: &Directory, known: &Known) -> String {
    let line = |hash: &Hash| format!("  {}\n", known.says(*hash));
    let lines: String = directory.standing.iter().map(line).collect();
    let all = directory.standing.len();
    format!(
        "First links and checkpoints that stand, though signed by administrators who are listed no longer: {all}\n{lines}"
    )
}

struct Reader<'a> {
    next: &'a Directory,
    last: &'a Directory,
    today: Day,
}

impl Reader<'_> {
    /// The administrators of the next directory, and nothing that stands without them.
    fn next(&self) -> Approval<'_> {
        Approval {
            administrators: &self.next.administrators,
            standing: &[],
        }
    }

    fn partner(&self, id: GroupId, links: &[ByteVec]) -> Result<Option<Hash>> {
        let first: Vec<&[u8]> = links.iter().take(1).map(|link| link.as_slice()).collect();
        let verify = |approval| {
            let founders = Founders::Approved(approval);
            Group::verify(id, &first, self.last.instance, founders, self.today)
        };
        let group = verify(self.last.approval())
            .map_err(|_| anyhow!("the export's group {id} does not hold; `group verify` says why"))?;
        Ok(verify(self.next()).is_err().then(|| group.now().head))
    }

    fn checkpoint(&self, bytes: &[u8]) -> Result<Option<Hash>> {
        let verify = |approval| Checkpoint::verify(bytes, approval, self.last.instance, None, self.today);
        let checkpoint = verify(self.last.approval())
            .map_err(|_| anyhow!("the export's checkpoint does not hold; `group verify` says why"))?;
        Ok(verify(self.next()).is_err().then(|| checkpoint.hash()))
    }
}
