//! A group's chain: links as they are, and links that somebody who may sign was brought to sign.

use super::keys::{INSTANCE, key};
use protocol::{
    approval::Approval,
    codec,
    group::{Act, Founders, Group, GroupKind, Link, RecoverySecret},
    id::{Day, GroupId, Hash, VerifyingKey},
    signed::{self, SigningKey},
};
use zeroize::Zeroizing;

/// Late enough for any link to be in the past.
const TODAY: Day = Day(u32::MAX - 1);

/// # Panics
/// Where a chain is accepted that drafting its links would not have made, or the other way round.
pub fn check(bytes: &[u8]) {
    if let Ok(signed) = signed::verify::<Link>(bytes) {
        let head = 1 + 2 + 4 + codec::encode(&signed.payload).len();
        assert_eq!(head + 1 + signed.signers.len() * 96, bytes.len());
    }
    length(bytes);
}

/// How many of these links a chain takes, each once whoever may has signed it.
///
/// # Panics
/// As [`check`].
pub fn length(bytes: &[u8]) -> usize {
    let Ok(links) = codec::decode::<Vec<Link>>(bytes) else {
        return 0;
    };
    assert_eq!(codec::encode(&links), bytes);
    let mut chain = Drafted::default();
    for link in links {
        chain.draft(link);
    }
    chain.links.len()
}

/// A chain, and what its signed links must be read as.
#[derive(Default)]
struct Drafted {
    group: Option<Group>,
    links: Vec<Vec<u8>>,
}

impl Drafted {
    /// Puts a link at its place; it stays there if the group could be so, and enough sign it.
    fn draft(&mut self, link: Link) {
        let link = self.placed(link);
        let next = match &self.group {
            None => Group::proposed(&link, INSTANCE),
            Some(group) => group.after(&link, INSTANCE),
        };
        let Ok(next) = next else { return };
        let now = self.group.as_ref().unwrap_or(&next).now();
        let (signers, enough) = match (&link.act, next.kind) {
            (Act::Recover { .. }, _) => (
                vec![recovery().signer()],
                now.policy.recovery.as_ref().map(|known| known.signer)
                    == Some(recovery().signer().verifying()),
            ),
            (Act::Genesis { .. }, GroupKind::Partner) => (vec![key(1), key(2)], true),
            (act, _) => {
                let signers = known()
                    .filter(|key| now.may_sign(act, key.verifying()))
                    .collect::<Vec<_>>();
                let keys = verifying(&signers);
                let enough = now.is_enough(act, &keys) && !keys.is_empty();
                (signers, enough)
            }
        };
        let mut links = self.links.clone();
        links.push(signed::sign(&link, &signers.iter().collect::<Vec<_>>()));
        let first = self.group.as_ref().and_then(|group| group.head_at(0));
        let read = read(&next, first.unwrap_or(link.hash()), &links);
        assert_eq!(read.is_some(), enough);
        if let Some(read) = read {
            check_sound(&read);
            assert_eq!(read, next);
            (self.group, self.links) = (read.into(), links);
        }
    }

    /// Else hardly any would follow another.
    fn placed(&self, link: Link) -> Link {
        let Some(group) = &self.group else {
            return Link {
                instance: INSTANCE,
                sequence: 0,
                previous: Hash::ZERO,
                ..link
            };
        };
        Link {
            instance: INSTANCE,
            group: group.id,
            sequence: group.sequence() + 1,
            previous: group.now().head,
            ..link
        }
    }
}

fn read(next: &Group, first: Hash, links: &[Vec<u8>]) -> Option<Group> {
    let administrators = [key(1).verifying(), key(2).verifying()];
    let founders = if next.kind == GroupKind::Partner {
        Founders::Approved(Approval {
            administrators: &administrators,
            standing: &[],
        })
    } else {
        Founders::Directory(first)
    };
    assert!(
        Group::verify(GroupId([0xee; 16]), links, INSTANCE, founders, TODAY).is_err()
            || next.id.0 == [0xee; 16]
    );
    Group::verify(next.id, links, INSTANCE, founders, TODAY).ok()
}

/// What holds of every group, whatever its links say.
fn check_sound(group: &Group) {
    let now = group.now();
    let leads = now.members.iter().filter(|member| member.lead).count();
    assert!(leads >= usize::from(now.policy.signers) && now.policy.signers > 0);
    assert!(group.kind != GroupKind::Sealed || now.policy.signers >= 2);
    assert_eq!(now.policy.recovery.is_some(), group.kind != GroupKind::Partner);
    for (n, one) in now.members.iter().enumerate() {
        assert!(now.members[..n].iter().all(|other| !other.is_like(one)));
    }
}

fn known() -> impl Iterator<Item = SigningKey> {
    (1..=8).map(key)
}

fn verifying(keys: &[SigningKey]) -> Vec<VerifyingKey> {
    let mut keys: Vec<_> = keys.iter().map(SigningKey::verifying).collect();
    keys.sort_unstable();
    keys
}

fn recovery() -> RecoverySecret {
    RecoverySecret::from_bytes(&Zeroizing::new([8; 32]))
}
