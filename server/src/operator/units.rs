//! The compartments of a directory that is being published: those that it lists for the first time begin, with what whoever set them up
//! left; those that it lists no more are taken off.

use super::Operator;
use crate::{
    database::{Transaction, directory::GroupKind, group::StoredDraft, unit::Listed},
    error::{Error, Result},
    group::{Kept, store_wrap},
    unit::end_invitations,
};
use app::unit::Compartment as Place;
use protocol::{
    directory::{Compartment, Directory, Purpose, Unit},
    group::{Founders, Group},
};

impl Operator {
    pub(super) async fn settle_units(&self, to: &mut Transaction, directory: &Directory) -> Result<()> {
        for unit in &directory.units {
            for one in &unit.compartments {
                if to.was_closed(one.group).await? {
                    return Err(Error::Cannot(format!(
                        "it lists group {} again, which was taken off: a compartment that is needed again begins anew",
                        one.group
                    )));
                }
                if !to.has_chain(one.group).await? {
                    self.begin(to, unit, one).await?;
                }
            }
        }
        for one in self.database.listed_compartments().await? {
            if directory.compartment(one.group).is_none() {
                self.take_off(to, &one).await?;
            }
        }
        Ok(())
    }

    /// Only where nothing was ever told to it: nobody could open that any more.
    async fn take_off(&self, to: &mut Transaction, one: &Listed) -> Result<()> {
        if to.holds_threads(one.group).await? {
            return Err(Error::Cannot(format!(
                "it takes off {}, to which something was told that nobody could open any more",
                one.compartment
            )));
        }
        to.close_compartment(one.group, self.clock.today()).await
    }

    async fn begin(&self, to: &mut Transaction, unit: &Unit, one: &Compartment) -> Result<()> {
        let place = Place {
            unit: unit.id.clone(),
            sealed: one.purpose == Purpose::Sealed,
        };
        let missing = || {
            Error::Cannot(format!(
                "it lists a compartment, {place}, whose first link is not the one that was made here"
            ))
        };
        let draft = self.database.founding_of(one.group).await?;
        let draft = draft.filter(|draft| draft.founding.as_deref() == Some(&place.to_string()));
        let draft = draft.ok_or_else(missing)?;
        let kept = Kept::read(&draft.bytes)?;
        let group = self.verify(&kept, one).ok_or_else(missing)?;
        self.put_on_board(to, &draft, &kept, &group, &place).await
    }

    /// The group, as browsers will verify it.
    fn verify(&self, kept: &Kept, one: &Compartment) -> Option<Group> {
        let (links, founders) = ([&kept.change.link.0], Founders::Directory(one.genesis));
        Group::verify(one.group, &links, self.instance, founders, self.clock.today()).ok()
    }

    async fn put_on_board(
        &self,
        to: &mut Transaction,
        draft: &StoredDraft,
        kept: &Kept,
        group: &Group,
        place: &Place,
    ) -> Result<()> {
        let day = self.clock.today();
        let changed = || Error::Cannot(format!("{place} has changed meanwhile: try again"));
        if !to.take_draft(draft.id, &draft.bytes).await? {
            return Err(changed());
        }
        let answered = to.hold_answers(place).await?;
        let members = &group.now().members;
        if !members.iter().all(|member| answered.contains(&member.account)) {
            return Err(changed());
        }
        to.insert_group(group.id, GroupKind::Compartment).await?;
        to.insert_link(group.id, 0, &kept.change.link.0).await?;
        for member in members {
            to.insert_member(group.id, member.account, member.lead).await?;
        }
        for wrap in &kept.change.wraps {
            store_wrap(to, group, wrap).await?;
        }
        to.insert_compartment(group.id, place, day).await?;
        end_invitations(to, place, day).await.map(drop)
    }
}
