//! Every history that a server can tell: sequences of directories, chains, wraps and checkpoints, honest, old, forked, cut and foreign,
//! against a model of what a client may believe. No sequence makes a client accept somebody whom the chain did not take in, or lose a
//! member unnoticed.
//!
//! `CANDOUR_SEQUENCES` says how many sequences are tried; without it, as many as take some seconds.

use crate::town::{
    Desk, NOW, Person, TODAY, Town, administrators, approved_by, deployment, key, passkey, person, rng,
    unlock,
};
use proptest::prelude::*;
use protocol::{
    checkpoint::Checkpoint,
    directory::{Compartment, Directory, Purpose},
    group::{Act, Epoch, EpochSecret, Founders, Founding, Group, GroupKind, Member, Policy, RecoverySecret},
    id::{AccountId, Day, GroupId, Hash},
    refused::Refused,
    signed::{SigningKey, sign},
    vault::{Answer, Ask, Blob, KeyringSeen, Trusted},
    wrap::Wrap,
};
use std::{collections::BTreeSet, sync::LazyLock};

/// The intake, the oversight body and the partner, by their places in [`World::trees`].
const GROUPS: usize = 3;

/// A link, honest or not, and what the group is after it.
struct Node {
    parent: Option<usize>,
    bytes: Vec<u8>,
    hash: Hash,
    /// Whether those signed it who may, and it does what it may. Whether it is the truth is another matter.
    valid: bool,
    members: BTreeSet<AccountId>,
    epoch: u32,
}

/// All links of one group that are ever shown.
struct Tree {
    id: GroupId,
    listed: Option<Hash>,
    nodes: Vec<Node>,
    secrets: Vec<(usize, EpochSecret)>,
}

impl Tree {
    /// The links from the first to this one.
    fn path(&self, node: usize) -> Vec<usize> {
        let mut path: Vec<_> = std::iter::successors(Some(node), |node| self.nodes[*node].parent).collect();
        path.reverse();
        path
    }

    fn verify(&self, path: &[usize]) -> Result<Group, Refused> {
        let administrators = administrators();
        let founders = self
            .listed
            .map_or_else(|| approved_by(&administrators), Founders::Directory);
        let links: Vec<_> = path.iter().map(|node| &self.nodes[*node].bytes).collect();
        Group::verify(self.id, &links, TOWN.instance, founders, TODAY)
    }

    fn begin(kind: GroupKind, members: &[Member], signers: u8, keys: &[&SigningKey], seed: u8) -> Self {
        let partner = kind == GroupKind::Partner;
        let policy = Policy {
            signers,
            recovery: (!partner).then(|| recovery().public()),
            custodians: vec![],
            aims: None,
        };
        let founding = Founding {
            kind,
            name: "Group".into(),
            members: members.to_vec(),
            policy,
        };
        let (link, secret) = founding.draft(TOWN.instance, TODAY, &mut rng(seed));
        let mut tree = Self {
            id: link.group,
            listed: (!partner).then(|| link.hash()),
            nodes: vec![],
            secrets: vec![(0, secret)],
        };
        tree.push(None, sign(&link, keys), link.hash(), true);
        tree
    }

    fn push(&mut self, parent: Option<usize>, bytes: Vec<u8>, hash: Hash, valid: bool) -> usize {
        let place = self.nodes.len();
        self.nodes.push(Node {
            parent,
            bytes,
            hash,
            valid,
            members: BTreeSet::new(),
            epoch: 0,
        });
        let group = self.verify(&self.path(place));
        assert_eq!(group.is_ok(), valid, "node {place}: {group:?}");
        if let Ok(group) = group {
            let members = group.now().members.iter();
            self.nodes[place].members = members.map(|member| member.account).collect();
            self.nodes[place].epoch = group.now().epoch.number;
        }
        place
    }

    /// A link after `parent`, signed by `keys`.
    fn grow(&mut self, parent: usize, keys: &[&SigningKey], valid: bool, act: Act) -> usize {
        let group = self.verify(&self.path(parent)).unwrap();
        let link = group.draft(TOWN.instance, TODAY, act);
        self.push(Some(parent), sign(&link, keys), link.hash(), valid)
    }

    /// The epoch that would follow `parent`.
    fn epoch(&mut self, parent: usize, seed: u8) -> Epoch {
        let group = self.verify(&self.path(parent)).unwrap();
        let (epoch, secret) = group.draft_epoch(TODAY, &mut rng(seed));
        self.secrets.push((self.nodes.len(), secret));
        epoch
    }
}

fn recovery() -> RecoverySecret {
    RecoverySecret::from_bytes(&[60; 32].into())
}

/// A wrap for Cat of the epoch that a link began, and whether it is what it says.
struct Given {
    group: usize,
    node: usize,
    bytes: Vec<u8>,
    valid: bool,
}

/// Something of which there are versions.
struct Version {
    bytes: Vec<u8>,
    number: u32,
    parent: Option<usize>,
    valid: bool,
    /// Of a checkpoint: the link of each group that it saw.
    saw: [usize; GROUPS],
}

struct World {
    trees: [Tree; GROUPS],
    directories: Vec<Version>,
    checkpoints: Vec<Version>,
    wraps: Vec<Given>,
}

static TOWN: LazyLock<Town> = LazyLock::new(Town::new);
static WORLD: LazyLock<World> = LazyLock::new(World::new);

/// The ghost: no honest link takes them in.
fn ghost() -> Person {
    person(TOWN.instance, "gil")
}

/// Honest links of the intake in order; a fork that Dan signs while he may; and lies.
fn intake() -> Tree {
    let (town, gil) = (&*TOWN, ghost());
    let [cat, dan, eve] = [&town.cat, &town.dan, &town.eve].map(|one| &one.keyring.signer);
    let founders = [town.cat.member(true), town.dan.member(true)];
    let mut tree = Tree::begin(GroupKind::Intake, &founders, 1, &[cat], 61);
    let first = Act::Rotate(tree.verify(&[0]).unwrap().now().epoch.clone());
    tree.grow(0, &[cat], true, Act::Add(town.eve.member(false)));
    let epoch = tree.epoch(1, 62);
    tree.grow(1, &[dan], true, Act::Rotate(epoch));
    let epoch = tree.epoch(2, 63);
    let account = town.dan.keyring.account;
    let remove = Act::Remove { account, epoch };
    tree.grow(2, &[cat], true, remove.clone());
    tree.grow(3, &[cat], true, Act::Add(town.fay.member(false)));
    let policy = Policy {
        custodians: vec!["A".into()],
        aims: None,
        ..tree.verify(&tree.path(4)).unwrap().now().policy.clone()
    };
    tree.grow(4, &[cat], true, Act::Policy(policy));
    let epoch = tree.epoch(5, 64);
    let members = vec![town.cat.member(true), town.amy.member(false)];
    let recover = Act::Recover { members, epoch };
    tree.grow(5, &[&recovery().signer()], true, recover.clone());
    // Dan leads at 2: what he signs there holds, unless the client has seen that he went.
    let add = || Act::Add(gil.member(false));
    tree.grow(2, &[dan], true, add());
    let epoch = tree.epoch(7, 65);
    tree.grow(7, &[dan], true, Act::Rotate(epoch));
    tree.grow(3, &[dan], false, add());
    tree.grow(2, &[eve], false, add());
    tree.grow(5, &[&gil.keyring.signer], false, add());
    tree.grow(5, &[&key(11), &key(12)], false, add());
    tree.grow(2, &[dan], false, remove);
    tree.grow(2, &[cat], false, first);
    tree.grow(5, &[cat], false, recover);
    let own = Tree::begin(
        GroupKind::Intake,
        &[town.cat.member(false), gil.member(true)],
        1,
        &[&gil.keyring.signer],
        66,
    );
    let stranger = own.nodes[0].bytes.clone();
    tree.push(None, stranger, own.nodes[0].hash, false);
    tree
}

/// Two sign each change of the oversight body, until they change that.
fn oversight() -> Tree {
    let (town, gil) = (&*TOWN, ghost());
    let [eve, fay, cat] = [&town.eve, &town.fay, &town.cat].map(|one| &one.keyring.signer);
    let founders = [
        town.eve.member(true),
        town.fay.member(true),
        town.cat.member(false),
    ];
    let mut tree = Tree::begin(GroupKind::Intake, &founders, 2, &[eve, fay], 67);
    tree.grow(0, &[eve, fay], true, Act::Add(town.dan.member(false)));
    let policy = Policy {
        signers: 1,
        ..tree.verify(&[0, 1]).unwrap().now().policy.clone()
    };
    tree.grow(1, &[eve, fay], true, Act::Policy(policy.clone()));
    let epoch = tree.epoch(2, 68);
    tree.grow(2, &[eve], true, Act::Rotate(epoch));
    let add = || Act::Add(gil.member(false));
    tree.grow(0, &[eve], false, add());
    tree.grow(1, &[eve, cat], false, add());
    tree.grow(0, &[fay], false, Act::Policy(policy));
    tree
}

fn partner() -> Tree {
    let (town, gil) = (&*TOWN, ghost());
    let (ben, eleven, twelve) = (&town.ben.keyring.signer, &key(11), &key(12));
    let founders = [town.ben.member(true), town.cat.member(false)];
    let mut tree = Tree::begin(GroupKind::Partner, &founders, 1, &[eleven, twelve, ben], 69);
    tree.grow(0, &[ben], true, Act::Add(town.amy.member(false)));
    let epoch = tree.epoch(1, 70);
    let account = town.amy.keyring.account;
    tree.grow(1, &[ben], true, Act::Remove { account, epoch });
    let add = || Act::Add(gil.member(false));
    tree.grow(0, &[eleven, twelve], false, add());
    tree.grow(1, &[&gil.keyring.signer], false, add());
    // Of another organisation, though honest there; and of this one, but approved by one.
    let other = Tree::begin(GroupKind::Partner, &founders, 1, &[eleven, twelve], 71);
    tree.push(None, other.nodes[0].bytes.clone(), other.nodes[0].hash, false);
    let link = protocol::signed::verify::<protocol::group::Link>(&tree.nodes[0].bytes).unwrap();
    let one = sign(&link.payload, &[eleven, ben]);
    tree.push(None, one, link.payload.hash(), false);
    tree
}

impl World {
    fn new() -> Self {
        let trees = [intake(), oversight(), partner()];
        Self {
            directories: directories(&trees),
            checkpoints: checkpoints(&trees),
            wraps: wraps(&trees),
            trees,
        }
    }
}

fn directories(trees: &[Tree; GROUPS]) -> Vec<Version> {
    let listed = |tree: &Tree| Compartment {
        group: tree.id,
        purpose: Purpose::Intake,
        genesis: tree.listed.unwrap(),
    };
    let mut first = TOWN.directory.clone();
    first.units[0].compartments = vec![listed(&trees[0])];
    first.units[1].compartments = vec![listed(&trees[1])];
    let after = |before: &Directory, vintage: &str| Directory {
        version: before.version + 1,
        previous: before.hash(),
        vintage: vintage.into(),
        ..before.clone()
    };
    let second = after(&first, "second");
    let forked = after(&first, "forked");
    let third = after(&second, "third");
    let expired = Directory {
        issued: Day(TODAY.0 - 80),
        expires: Day(TODAY.0 - 1),
        ..after(&third, "expired")
    };
    let (both, one) = ([&key(1), &key(2)], [&key(1), &key(11)]);
    let version = |directory: &Directory, keys: &[&SigningKey], parent, valid| Version {
        bytes: sign(directory, keys),
        number: directory.version,
        parent,
        valid,
        saw: [0; GROUPS],
    };
    vec![
        version(&first, &both, None, true),
        version(&second, &both, Some(0), true),
        version(&third, &both, Some(1), true),
        version(&forked, &both, Some(0), true),
        version(&after(&third, "unsigned"), &one, Some(2), false),
        version(&expired, &both, Some(2), false),
    ]
}

fn checkpoints(trees: &[Tree; GROUPS]) -> Vec<Version> {
    let make = |sequence, previous, saw: [usize; GROUPS]| Checkpoint {
        instance: TOWN.instance,
        sequence,
        previous,
        day: TODAY,
        chains: trees
            .iter()
            .zip(saw)
            .map(|(tree, node)| {
                let place = u32::try_from(tree.path(node).len() - 1).unwrap();
                (tree.id, place, tree.nodes[node].hash)
            })
            .collect(),
        commitments: vec![],
    };
    let saw = [[0, 0, 0], [3, 1, 1], [5, 3, 2], [7, 1, 1]];
    let first = make(1, Hash::ZERO, saw[0]);
    let second = make(2, first.hash(), saw[1]);
    let third = make(3, second.hash(), saw[2]);
    let (both, one) = ([&key(11), &key(12)], [&key(11), &key(1)]);
    let version = |checkpoint: &Checkpoint, keys: &[&SigningKey], parent, saw, valid| Version {
        bytes: sign(checkpoint, keys),
        number: checkpoint.sequence,
        parent,
        valid,
        saw,
    };
    vec![
        version(&first, &both, None, saw[0], true),
        version(&second, &both, Some(0), saw[1], true),
        version(&third, &both, Some(1), saw[2], true),
        // One administrator alone, for the fork; and what takes the links back.
        version(&make(2, first.hash(), saw[3]), &one, Some(0), saw[3], false),
        version(&make(4, third.hash(), saw[0]), &one, Some(2), saw[0], false),
    ]
}

/// A wrap of every epoch for Cat; then lies: another secret, another maker, another's.
fn wraps(trees: &[Tree; GROUPS]) -> Vec<Given> {
    let town = &*TOWN;
    let makers = [&town.cat, &town.eve, &town.ben];
    let cat = town.cat.keyring.account;
    let mut all = Vec::new();
    for (group, tree) in trees.iter().enumerate() {
        for (node, secret) in &tree.secrets {
            let chain = tree.verify(&tree.path(*node)).unwrap();
            let mut make = |account, secret: &EpochSecret, maker: &Person, valid| {
                let wrap = Wrap {
                    instance: town.instance,
                    group: tree.id,
                    epoch: chain.now().epoch.number,
                    link: tree.nodes[*node].hash,
                    account,
                    secret: secret.clone(),
                };
                all.push(Given {
                    group,
                    node: *node,
                    bytes: seal(&wrap, maker),
                    valid,
                });
            };
            make(cat, secret, makers[group], true);
            if group == 0 {
                let own = EpochSecret(protocol::recipient::Identity::from_secret([66; 32]));
                make(cat, &own, &town.cat, false);
                make(cat, secret, &town.fay, false);
                make(town.dan.keyring.account, secret, &town.cat, false);
            }
        }
    }
    all
}

/// Sealed to Cat, whatever it says.
fn seal(wrap: &Wrap, maker: &Person) -> Vec<u8> {
    let padded = protocol::envelope::pad(sign(wrap, &[&maker.keyring.signer])).unwrap();
    protocol::envelope::seal(&padded, &[TOWN.cat.keyring.identity.recipient()]).unwrap()
}

// ---- What the server does.

/// What is shown of one group.
#[derive(Clone, Debug)]
enum Shown {
    Nothing,
    To(usize),
    Without(usize, usize),
    Twice(usize, usize),
    Swapped(usize, usize),
    Flipped(usize, usize),
    Foreign(usize, usize, usize),
}

#[derive(Clone, Debug)]
enum Lie {
    Directory(usize),
    Group(usize, Shown),
    Checkpoint(Option<usize>),
    Wrap(usize),
    NoWraps,
}

#[derive(Clone, Debug)]
enum Step {
    /// Answers as an honest server would have at one time, but for these lies.
    Offer(usize, Vec<Lie>),
    /// The person locks and unlocks; the server may try an older keyring first.
    Lock,
}

/// What was true when: intake, oversight, partner, directory, checkpoint.
const TIMES: [([usize; GROUPS], usize, Option<usize>); 7] = [
    ([0, 0, 0], 0, None),
    ([1, 0, 0], 0, Some(0)),
    ([2, 1, 1], 1, Some(0)),
    ([3, 1, 1], 1, Some(1)),
    ([4, 2, 1], 1, Some(1)),
    ([5, 3, 2], 2, Some(2)),
    ([6, 3, 2], 2, Some(2)),
];

fn shown() -> impl Strategy<Value = Shown> {
    let (node, place) = (0..17_usize, 0..7_usize);
    prop_oneof![
        1 => Just(Shown::Nothing),
        6 => node.clone().prop_map(Shown::To),
        1 => (node.clone(), place.clone()).prop_map(|(node, place)| Shown::Without(node, place)),
        1 => (node.clone(), place.clone()).prop_map(|(node, place)| Shown::Twice(node, place)),
        1 => (node.clone(), place).prop_map(|(node, place)| Shown::Swapped(node, place)),
        1 => (node.clone(), any::<usize>()).prop_map(|(node, bit)| Shown::Flipped(node, bit)),
        1 => (node.clone(), 0..GROUPS, node).prop_map(|(node, group, other)| Shown::Foreign(node, group, other)),
    ]
}

fn lie() -> impl Strategy<Value = Lie> {
    prop_oneof![
        1 => (0..6_usize).prop_map(Lie::Directory),
        4 => (0..GROUPS, shown()).prop_map(|(group, shown)| Lie::Group(group, shown)),
        2 => prop::option::weighted(0.8, 0..5_usize).prop_map(Lie::Checkpoint),
        1 => (0..40_usize).prop_map(Lie::Wrap),
        1 => Just(Lie::NoWraps),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0..TIMES.len(), prop::collection::vec(lie(), 0..3)).prop_map(|(time, lies)| Step::Offer(time, lies)),
        1 => Just(Step::Lock),
    ]
}

/// A link that is shown, by its group and node; nothing where its bytes are altered.
type Link = Option<(usize, usize)>;

/// One answer: the links of each group that is shown, and the rest by place.
struct Offer {
    chains: [Option<Vec<Link>>; GROUPS],
    /// The link whose bytes are altered, and where.
    flipped: Option<(usize, usize)>,
    directory: usize,
    checkpoint: Option<usize>,
    wraps: Vec<usize>,
}

impl Offer {
    fn new(world: &World, time: usize, lies: &[Lie]) -> Self {
        let (nodes, directory, checkpoint) = TIMES[time];
        let mut shown = nodes.map(Shown::To);
        let mut offer = Self {
            chains: [const { None }; GROUPS],
            flipped: None,
            directory,
            checkpoint,
            wraps: vec![],
        };
        let (mut more, mut silent) = (vec![], false);
        for lie in lies.iter().cloned() {
            match lie {
                Lie::Directory(one) => offer.directory = one,
                Lie::Group(group, one) => shown[group] = one,
                Lie::Checkpoint(one) => offer.checkpoint = one,
                Lie::Wrap(one) => more.push(one % world.wraps.len()),
                Lie::NoWraps => silent = true,
            }
        }
        for (group, shown) in shown.into_iter().enumerate() {
            offer.show(world, group, &shown);
        }
        // An honest server gives the wraps that go with what it shows.
        let fits = |wrap: &Given| wrap.valid && offer.shows(wrap.group, wrap.node);
        let honest = (0..world.wraps.len()).filter(|one| !silent && fits(&world.wraps[*one]));
        offer.wraps = honest.chain(more).collect();
        offer
    }

    fn show(&mut self, world: &World, group: usize, shown: &Shown) {
        let tree = &world.trees[group];
        let path = |node: usize| -> Vec<_> {
            let path = tree.path(node % tree.nodes.len());
            path.into_iter().map(|node| Some((group, node))).collect()
        };
        self.chains[group] = match *shown {
            Shown::Nothing => None,
            Shown::To(node) => Some(path(node)),
            Shown::Without(node, place) => Some(path(node)).map(|mut path| {
                path.remove(place % path.len());
                path
            }),
            Shown::Twice(node, place) => Some(path(node)).map(|mut path| {
                let place = place % path.len();
                path.insert(place, path[place]);
                path
            }),
            Shown::Swapped(node, place) => Some(path(node)).map(|mut path| {
                let last = path.len() - 1;
                path.swap(place % (last + 1), last);
                path
            }),
            Shown::Flipped(node, bit) => Some(path(node)).map(|mut path| {
                let place = bit % path.len();
                self.flipped = path[place].take().map(|(_, node)| (node, bit));
                path
            }),
            Shown::Foreign(node, other, one) => Some(path(node)).map(|mut path| {
                path.push(Some((other, one % world.trees[other].nodes.len())));
                path
            }),
        };
    }

    fn shows(&self, group: usize, node: usize) -> bool {
        self.chains[group]
            .as_ref()
            .is_some_and(|chain| chain.contains(&Some((group, node))))
    }

    fn ask(&self, world: &World) -> Ask {
        let mut chains = Vec::new();
        for (tree, chain) in world.trees.iter().zip(&self.chains) {
            let Some(chain) = chain else { continue };
            let bytes = chain.iter().map(|link| match link {
                Some((group, node)) => Blob(world.trees[*group].nodes[*node].bytes.clone()),
                None => self.flip(tree),
            });
            chains.push((tree.id, bytes.collect()));
        }
        Ask::Trust {
            directory: Blob(world.directories[self.directory].bytes.clone()),
            chains,
            wraps: self
                .wraps
                .iter()
                .map(|one| Blob(world.wraps[*one].bytes.clone()))
                .collect(),
            checkpoint: self
                .checkpoint
                .map(|one| Blob(world.checkpoints[one].bytes.clone())),
            now: NOW,
        }
    }

    fn flip(&self, tree: &Tree) -> Blob {
        let (node, bit) = self.flipped.unwrap_or_default();
        // Where several groups have one altered, the place is that of the last.
        let mut bytes = tree.nodes[node % tree.nodes.len()].bytes.clone();
        let bit = bit % (bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        Blob(bytes)
    }
}

// ---- What a client may believe.

/// The model: what was accepted last, by node and place.
#[derive(Clone, Debug, Default)]
struct Model {
    directory: Option<usize>,
    chains: [Option<usize>; GROUPS],
    checkpoint: Option<usize>,
}

impl Model {
    /// The model after an offer that a client may accept.
    fn after(&self, world: &World, offer: &Offer) -> Option<Self> {
        let mut next = self.clone();
        follows(&world.directories, self.directory, offer.directory).then_some(())?;
        next.directory = Some(offer.directory);
        for group in 0..GROUPS {
            let Some(chain) = &offer.chains[group] else {
                // A listed group that was seen cannot be gone; a partner's chain need not be shown.
                (self.chains[group].is_none() || group == 2).then_some(())?;
                continue;
            };
            let last = honest(&world.trees[group], group, chain)?;
            let pinned = self.chains[group].is_none_or(|pin| offer.shows(group, pin));
            pinned.then_some(())?;
            next.chains[group] = Some(last);
        }
        next.checkpoint = match offer.checkpoint {
            None => self.checkpoint.is_none().then_some(None)?,
            Some(one) => {
                follows(&world.checkpoints, self.checkpoint, one).then_some(())?;
                let saw = world.checkpoints[one].saw;
                let shown = |group: usize| offer.chains[group].is_none() || offer.shows(group, saw[group]);
                (0..GROUPS).all(shown).then_some(Some(one))?
            }
        };
        let wrap = |one: &usize| {
            let wrap = &world.wraps[*one];
            wrap.valid && offer.shows(wrap.group, wrap.node)
        };
        offer.wraps.iter().all(wrap).then_some(next)
    }

    /// Whether a client tells what the model says: of each group shown that Cat is in, exactly its members.
    fn check(&self, world: &World, offer: &Offer, trusted: &Trusted) -> Result<(), TestCaseError> {
        let shown = offer.chains.iter().filter(|chain| chain.is_some()).count();
        prop_assert_eq!(trusted.groups.len(), shown);
        for (group, tree) in world.trees.iter().enumerate() {
            let Some(view) = trusted.groups.iter().find(|view| view.id == tree.id) else {
                continue;
            };
            let node = &tree.nodes[self.chains[group].unwrap()];
            let members: BTreeSet<_> = view.members.iter().map(|member| member.account).collect();
            prop_assert_eq!(&members, &node.members);
            prop_assert_eq!(view.epoch, node.epoch);
            prop_assert_eq!(trusted.partner.is_some(), offer.chains[2].is_some());
        }
        Ok(())
    }
}

/// The same, the next, or a later one that need not be shown to follow.
fn follows(all: &[Version], seen: Option<usize>, one: usize) -> bool {
    let new = &all[one];
    new.valid
        && seen.is_none_or(|seen| {
            let next = all[seen].number + 1;
            one == seen || (new.number == next && new.parent == Some(seen)) || new.number > next
        })
}

/// The last link of a chain in which each is signed as it must be and follows the one before, from the first.
fn honest(tree: &Tree, group: usize, chain: &[Link]) -> Option<usize> {
    let mut last = None;
    for link in chain {
        let (of, node) = (*link)?;
        let follows = of == group && tree.nodes[node].valid && tree.nodes[node].parent == last;
        last = follows.then_some(Some(node))?;
    }
    last
}

/// Cat, what her keyrings were, and what this device remembers of the newest.
struct Client {
    desk: Desk,
    stored: Vec<Blob>,
    seen: Option<KeyringSeen>,
}

impl Client {
    fn new() -> Self {
        Self {
            desk: TOWN.unlocked(&TOWN.cat),
            stored: vec![Blob(TOWN.cat.sealed.clone())],
            seen: None,
        }
    }

    fn unlock(&mut self, keyring: Blob) -> Answer {
        self.desk = Desk::new(200);
        self.desk.ask(Ask::Begin(deployment()));
        self.desk.ask(passkey(&TOWN.cat));
        let Ask::Unlock { account, slots, .. } = unlock(&TOWN.cat) else {
            unreachable!()
        };
        let seen = self.seen;
        self.desk.ask(Ask::Unlock {
            account,
            slots,
            keyring,
            seen,
        })
    }

    /// Locks and unlocks. An old keyring with old pins is refused.
    fn lock(&mut self) -> Result<(), TestCaseError> {
        let Answer::Keyring { keyring, seen, .. } = self.desk.ask(Ask::SealKeyring { now: NOW }) else {
            return Err(TestCaseError::fail("no keyring"));
        };
        self.seen = Some(seen);
        for old in self.stored.clone() {
            prop_assert_eq!(self.unlock(old), Answer::Refused(Refused::OlderKeyring));
        }
        self.stored.push(keyring.clone());
        let opened = matches!(self.unlock(keyring), Answer::Unlocked { .. });
        prop_assert!(opened);
        Ok(())
    }
}

fn run(steps: &[Step]) -> Result<(), TestCaseError> {
    let (world, mut client, mut model) = (&*WORLD, Client::new(), Model::default());
    for step in steps {
        let Step::Offer(time, lies) = step else {
            client.lock()?;
            continue;
        };
        let offer = Offer::new(world, *time, lies);
        match (model.after(world, &offer), client.desk.ask(offer.ask(world))) {
            (Some(next), Answer::Trusted(trusted)) => {
                next.check(world, &offer, &trusted)?;
                model = next;
            }
            (None, Answer::Refused(_)) => (),
            (may, answer) => {
                let text =
                    format!("the model says {may:?}, the client {answer:?}, at {step:?} after {model:?}");
                return Err(TestCaseError::fail(text));
            }
        }
    }
    Ok(())
}

fn sequences() -> u32 {
    let said = std::env::var("CANDOUR_SEQUENCES").ok();
    said.and_then(|text| text.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: sequences(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_history_makes_a_client_believe_what_is_not_so(steps in prop::collection::vec(step(), 1..8)) {
        run(&steps)?;
    }
}

/// The property is not empty: an honest server is believed at every step, and a fork only by those who saw nothing of the truth.
#[test]
fn honest_histories_are_believed_and_forks_noticed() {
    let honest: Vec<_> = (0..TIMES.len()).map(|time| Step::Offer(time, vec![])).collect();
    run(&honest).unwrap();
    let world = &*WORLD;
    let fork = Offer::new(world, 2, &[Lie::Group(0, Shown::To(8))]);
    let mut client = Client::new();
    let Answer::Trusted(trusted) = client.desk.ask(fork.ask(world)) else {
        panic!("nothing tells this client")
    };
    let gil = ghost().keyring.account;
    let view = trusted.groups.iter().find(|view| view.id == world.trees[0].id);
    assert!(view.unwrap().members.iter().any(|member| member.account == gil));
    for time in 3..TIMES.len() {
        let truth = client.desk.ask(Offer::new(world, time, &[]).ask(world));
        assert_eq!(truth, Answer::Refused(Refused::OlderChain), "noticed at once");
        let told = Client::new()
            .desk
            .ask(Offer::new(world, time, &[Lie::Group(0, Shown::To(8))]).ask(world));
        assert_eq!(told, Answer::Refused(Refused::OlderChain), "the checkpoint tells");
    }
}
