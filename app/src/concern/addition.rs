//! What somebody adds to a concern that they sent, while they write it. It lies on no server before it is sent.

use super::draft::Outgoing;
use crate::{ui::Bound, vault::Sealed};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use leptos::prelude::*;
use minicbor::bytes::ByteVec;
use protocol::{
    codec,
    id::{AppendId, LogId},
    told::{MayContact, More},
    vault::Blob,
};

/// Which addition: to which thread, and whether it withdraws the concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Which {
    pub(super) log: LogId,
    pub(super) withdraws: bool,
}

/// An addition, unfinished. While it is on its way it does not change: it may have arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Addition {
    which: Which,
    more: More,
    outgoing: Option<Outgoing>,
}

/// As it is sealed: the thread, what is written, and what is on its way, with the vault that sealed it.
type Packed = (LogId, More, Option<(AppendId, ByteVec, u32)>);

/// The additions of the person at work.
#[derive(Clone, Copy)]
pub(crate) struct Additions(RwSignal<Vec<Addition>>);

impl Additions {
    pub(super) fn new() -> Self {
        Self(RwSignal::default())
    }

    /// What is written, now.
    pub(super) fn more(self, which: Which) -> More {
        self.0
            .with_untracked(|all| find(all, which).map_or_else(|| which.nothing(), |one| one.more.clone()))
    }

    /// What is on its way.
    pub(super) fn outgoing(self, which: Which) -> Option<Outgoing> {
        self.0.with(|all| find(all, which)?.outgoing.clone())
    }

    /// It is on its way, or no longer.
    pub(super) fn send(self, which: Which, outgoing: Option<Outgoing>) {
        self.change(which, |one| one.outgoing = outgoing);
    }

    /// It has arrived.
    pub(super) fn has_arrived(self, which: Which) {
        self.0.update(|all| all.retain(|one| one.which != which));
    }

    /// The text, for its field.
    pub(super) fn text(self, which: Which) -> Bound<String> {
        let get = move |all: &Vec<Addition>| {
            find(all, which)
                .map(|one| one.more.text.clone())
                .unwrap_or_default()
        };
        Bound::part(self.0, get, move |all, text| {
            change(all, which, |one| one.more.text = text);
        })
    }

    /// Whether the person affected may still be contacted, for its field.
    pub(super) fn contact(self, which: Which) -> Bound<Option<MayContact>> {
        let get = move |all: &Vec<Addition>| {
            find(all, which)
                .map_or_else(|| which.nothing(), |one| one.more.clone())
                .withdrawn
        };
        Bound::part(self.0, get, move |all, may| {
            change(all, which, |one| one.more.withdrawn = may);
        })
    }

    /// Whether there are any.
    pub(crate) fn are_there(self) -> bool {
        self.0.with(|all| !all.is_empty())
    }

    /// None are here afterwards.
    pub(super) fn clear(self) {
        self.0.try_update(Vec::clear);
    }

    /// All of them, which stay.
    pub(super) fn all(self) -> Vec<Addition> {
        self.0.get_untracked()
    }

    /// Shows these.
    pub(super) fn show(self, all: Vec<Addition>) {
        self.0.set(all);
    }

    fn change(self, which: Which, how: impl FnOnce(&mut Addition)) {
        self.0.update(|all| change(all, which, how));
    }
}

fn find(all: &[Addition], which: Which) -> Option<&Addition> {
    all.iter().find(|one| one.which == which)
}

/// What is as it was before anything was written is not kept.
fn change(all: &mut Vec<Addition>, which: Which, how: impl FnOnce(&mut Addition)) {
    let mut one = find(all, which).cloned().unwrap_or_else(|| which.begin());
    how(&mut one);
    all.retain(|other| other.which != which);
    if one != which.begin() {
        all.push(one);
    }
}

impl Which {
    /// What is there before anything is written. Whoever withdraws a concern says so if contact is still wanted.
    fn nothing(self) -> More {
        More {
            text: String::new(),
            withdrawn: self.withdraws.then_some(MayContact::Never),
        }
    }

    fn begin(self) -> Addition {
        Addition {
            which: self,
            more: self.nothing(),
            outgoing: None,
        }
    }
}

/// As a text, to be sealed.
pub(super) fn to_text(all: &[Addition]) -> String {
    let pack = |one: &Addition| -> Packed {
        let outgoing = one.outgoing.as_ref().map(|outgoing| {
            let Sealed { append, bytes, .. } = &outgoing.sealed;
            (*append, ByteVec::from(bytes.0.clone()), outgoing.life)
        });
        (one.which.log, one.more.clone(), outgoing)
    };
    STANDARD.encode(codec::encode(&all.iter().map(pack).collect::<Vec<_>>()))
}

/// From that text.
pub(super) fn from_text(text: &str) -> Option<Vec<Addition>> {
    let packed: Vec<Packed> = codec::decode(&STANDARD.decode(text).ok()?).ok()?;
    Some(packed.into_iter().map(unpack).collect())
}

fn unpack((log, more, outgoing): Packed) -> Addition {
    let outgoing = outgoing.map(|(append, bytes, life)| {
        let bytes = Blob(bytes.into());
        Outgoing {
            sealed: Sealed { append, log, bytes },
            life,
        }
    });
    let withdraws = more.withdrawn.is_some();
    Addition {
        which: Which { log, withdraws },
        more,
        outgoing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn which(withdraws: bool) -> Which {
        let log = LogId([7; 16]);
        Which { log, withdraws }
    }

    fn written(withdraws: bool, text: &str) -> Addition {
        let mut one = which(withdraws).begin();
        one.more.text = text.into();
        one
    }

    #[test]
    fn what_is_unfinished_survives_being_put_away() {
        let mut sent = written(true, "She has moved.");
        sent.outgoing = Some(Outgoing {
            sealed: Sealed {
                append: AppendId([1; 16]),
                log: which(true).log,
                bytes: Blob(vec![1, 2, 3]),
            },
            life: 2,
        });
        let all = vec![written(false, "He came again."), sent];
        assert_eq!(from_text(&to_text(&all)), Some(all));
        assert_eq!(from_text("nothing"), None);
    }

    #[test]
    fn adding_and_withdrawing_are_apart_and_nothing_is_not_kept() {
        let mut all = Vec::new();
        change(&mut all, which(false), |one| one.more.text = "a".into());
        change(&mut all, which(true), |one| one.more.text = "b".into());
        assert_eq!(all, [written(false, "a"), written(true, "b")]);
        change(&mut all, which(false), |one| one.more.text.clear());
        assert_eq!(all, [written(true, "b")]);
        assert_eq!(which(true).nothing().withdrawn, Some(MayContact::Never));
    }
}
