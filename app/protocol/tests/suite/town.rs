//! A small town for stories: a deployment with one unit, its oversight body, one partner, and people; and a store that does what an
//! honest server does, until a test makes it lie.

use protocol::{
    append::{Append, Commitment, Fetched, Receipt, StoredEntry},
    approval::Approval,
    checkpoint::Checkpoint,
    codec,
    concern::{Concern, Language, Standing},
    directory::{self, Compartment, Directory, Force, Purpose, Unit},
    group::{Act, EpochSecret, Founders, Founding, Group, GroupKind, Member, Policy, RecoverySecret},
    id::{AccountId, Day, GroupId, Hash, LogId, Minute, VerifyingKey},
    keyring::Keyring,
    password::{self, Cost, Halves},
    refused::Refused,
    signed::{SigningKey, sign},
    slot::{KeyringKey, Opener, Slot},
    told::{Source, Subject, Told},
    vault::{Answer, Ask, Blob, Deployment, Draft, Password, Thread, Trusted, Vault},
    wrap::Wrap,
};
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{RngCore as _, SeedableRng},
};
use std::{collections::BTreeMap, sync::Mutex};

pub(crate) const TODAY: Day = Day(20_000);
pub(crate) const NOW: Minute = Minute(20_000 * 1440 + 600);

pub(crate) fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

pub(crate) fn key(n: u8) -> SigningKey {
    SigningKey::from_seed([n; 32])
}

/// Somebody with keys.
pub(crate) struct Person {
    pub(crate) name: &'static str,
    pub(crate) keyring: Keyring,
    /// Opens by the password, which takes its time.
    pub(crate) slot: Vec<u8>,
    /// Opens by a passkey, which takes none.
    pub(crate) quick: Vec<u8>,
    pub(crate) sealed: Vec<u8>,
}

impl Person {
    pub(crate) fn member(&self, lead: bool) -> Member {
        Member {
            account: self.keyring.account,
            signer: self.keyring.signer.verifying(),
            recipient: self.keyring.identity.recipient(),
            lead,
        }
    }
}

/// A group with its links and secrets.
#[derive(Clone)]
pub(crate) struct Chain {
    pub(crate) id: GroupId,
    pub(crate) links: Vec<Vec<u8>>,
    pub(crate) secrets: Vec<EpochSecret>,
    pub(crate) recovery: Option<RecoverySecret>,
    pub(crate) wraps: Vec<(AccountId, Vec<u8>)>,
}

pub(crate) struct Town {
    pub(crate) instance: Hash,
    pub(crate) amy: Person,
    pub(crate) ben: Person,
    pub(crate) cat: Person,
    pub(crate) dan: Person,
    pub(crate) eve: Person,
    pub(crate) fay: Person,
    pub(crate) directory: Directory,
    pub(crate) intake: Chain,
    pub(crate) sealed: Chain,
    pub(crate) oversight: Chain,
    pub(crate) partner: Chain,
    /// Groups that were founded since.
    pub(crate) founded: Vec<Chain>,
    pub(crate) checkpoint: Option<Checkpoint>,
}

pub(crate) fn roots() -> Vec<VerifyingKey> {
    (1..=3).map(|n| key(n).verifying()).collect()
}

pub(crate) fn deployment() -> Deployment {
    Deployment {
        name: "town".into(),
        roots: roots(),
        threshold: 2,
    }
}

pub(crate) fn administrators() -> Vec<VerifyingKey> {
    vec![key(11).verifying(), key(12).verifying()]
}

/// A first link that two of these signed.
pub(crate) fn approved_by(administrators: &[VerifyingKey]) -> Founders<'_> {
    Founders::Approved(Approval {
        administrators,
        standing: &[],
    })
}

pub(crate) fn receipt_key() -> SigningKey {
    key(21)
}

impl Town {
    /// Practitioners Amy and Ben; assessors Cat and Dan of the intake; Eve and Fay of the sealed compartment.
    pub(crate) fn new() -> Self {
        let instance = directory::instance("town", &roots(), 2);
        let [amy, ben, cat, dan, eve, fay] =
            ["amy", "ben", "cat", "dan", "eve", "fay"].map(|name| person(instance, name));
        let intake = found(instance, GroupKind::Intake, &[&cat, &dan], &[&cat]);
        let sealed = found(instance, GroupKind::Sealed, &[&eve, &fay], &[&eve, &fay]);
        let oversight = found(instance, GroupKind::Intake, &[&eve], &[&eve]);
        let partner = found(instance, GroupKind::Partner, &[&amy, &ben], &[]);
        let directory = directory(instance, &intake, &sealed, &oversight);
        let mut town = Self {
            instance,
            amy,
            ben,
            cat,
            dan,
            eve,
            fay,
            directory,
            intake,
            sealed,
            oversight,
            partner,
            founded: vec![],
            checkpoint: None,
        };
        town.checkpoint = Some(town.current_checkpoint(1, Hash::ZERO));
        town
    }

    pub(crate) fn current_checkpoint(&self, sequence: u32, previous: Hash) -> Checkpoint {
        let chains = [&self.intake, &self.sealed, &self.oversight, &self.partner];
        let chains = chains.map(|chain| {
            let group = self.group(chain);
            (group.id, group.sequence(), group.now().head)
        });
        Checkpoint {
            instance: self.instance,
            sequence,
            previous,
            day: TODAY,
            chains: chains.to_vec(),
            commitments: vec![],
        }
    }

    pub(crate) fn group(&self, chain: &Chain) -> Group {
        let founders = self.directory.founders(chain.id);
        Group::verify(chain.id, &chain.links, self.instance, founders, TODAY).unwrap()
    }

    pub(crate) fn signed_directory(&self) -> Vec<u8> {
        sign(&self.directory, &[&key(1), &key(3)])
    }

    /// What an honest server gives `person`.
    pub(crate) fn trust(&self, person: &Person) -> Ask {
        let signer = person.keyring.signer.verifying();
        let all = self.directory.administrators.contains(&signer);
        self.trust_of(person.keyring.account, all)
    }

    /// What an honest server gives an account: the compartments' chains and its own partner's, or all where it administers.
    pub(crate) fn trust_of(&self, account: AccountId, all: bool) -> Ask {
        let blobs = |links: &[Vec<u8>]| links.iter().cloned().map(Blob).collect();
        let is_mine = |chain: &Chain| chain.wraps.iter().any(|(whom, _)| *whom == account);
        let is_listed = |chain: &Chain| self.directory.compartment(chain.id).is_some();
        let shown = self
            .chains()
            .filter(|chain| all || is_listed(chain) || is_mine(chain));
        let wraps = self.chains().flat_map(|chain| &chain.wraps);
        Ask::Trust {
            directory: Blob(self.signed_directory()),
            chains: shown.map(|chain| (chain.id, blobs(&chain.links))).collect(),
            wraps: wraps
                .filter(|(whom, _)| *whom == account)
                .map(|(_, wrap)| Blob(wrap.clone()))
                .collect(),
            checkpoint: self
                .checkpoint
                .as_ref()
                .map(|one| Blob(sign(one, &[&key(11), &key(12)]))),
            now: NOW,
        }
    }

    fn chains(&self) -> impl Iterator<Item = &Chain> {
        [&self.intake, &self.sealed, &self.oversight, &self.partner]
            .into_iter()
            .chain(&self.founded)
    }

    /// Publishes what a vault drafted: a link of a group that there is, or the first of another.
    pub(crate) fn publish(&mut self, draft: &Draft) {
        assert!(draft.signed >= draft.needed, "not signed by enough");
        if self.chains().all(|chain| chain.id != draft.group) {
            self.founded.push(Chain {
                id: draft.group,
                links: vec![],
                secrets: vec![],
                recovery: None,
                wraps: vec![],
            });
        }
        let fixed = [
            &mut self.intake,
            &mut self.sealed,
            &mut self.oversight,
            &mut self.partner,
        ];
        let mut all = fixed.into_iter().chain(&mut self.founded);
        let chain = all.find(|chain| chain.id == draft.group).unwrap();
        assert_eq!(draft.sequence as usize, chain.links.len());
        chain.links.push(draft.link.0.clone());
        let wraps = draft.wraps.iter();
        chain
            .wraps
            .extend(wraps.map(|(account, _, wrap)| (*account, wrap.0.clone())));
    }

    /// A vault that `person` has unlocked, and that has seen nothing yet.
    pub(crate) fn unlocked(&self, person: &Person) -> Desk {
        assert_eq!(person.keyring.instance, self.instance);
        // None of the seeds that keys were made with: what it draws is fresh.
        let mut desk = Desk::new(person.name.as_bytes()[0].wrapping_add(30));
        assert_eq!(desk.ask(Ask::Begin(deployment())), Answer::Done);
        let answer = desk.ask(passkey(person));
        assert_eq!(answer, Answer::Done);
        let answer = desk.ask(unlock(person));
        assert!(matches!(answer, Answer::Unlocked { .. }), "{answer:?}");
        desk
    }

    /// A vault that `person` has unlocked and that trusts what the honest server gives.
    pub(crate) fn desk(&self, person: &Person) -> Desk {
        let mut desk = self.unlocked(person);
        let answer = desk.ask(self.trust(person));
        assert!(matches!(answer, Answer::Trusted(_)), "{answer:?}");
        desk
    }
}

pub(crate) fn derive(person: &Person) -> Ask {
    Ask::Derive {
        name: person.name.into(),
        password: Password(password_of(person.name)),
    }
}

pub(crate) fn unlock(person: &Person) -> Ask {
    Ask::Unlock {
        account: person.keyring.account,
        slots: vec![Blob(person.slot.clone()), Blob(person.quick.clone())],
        keyring: Blob(person.sealed.clone()),
        seen: None,
    }
}

pub(crate) fn passkey(person: &Person) -> Ask {
    Ask::UsePasskey(Password(computed(person.name)))
}

/// What somebody's passkey computes.
fn computed(name: &str) -> Vec<u8> {
    Hash::of(name.as_bytes()).0.to_vec()
}

pub(crate) fn password_of(name: &str) -> Vec<u8> {
    format!("{name}'s long password").into_bytes()
}

/// A vault and its randomness.
pub(crate) struct Desk {
    pub(crate) vault: Vault,
    rng: ChaCha20Rng,
}

impl Desk {
    pub(crate) fn new(seed: u8) -> Self {
        Self {
            vault: Vault::default(),
            rng: rng(seed),
        }
    }

    pub(crate) fn ask(&mut self, ask: Ask) -> Answer {
        self.vault.answer(ask, &mut self.rng, &mut |_| ())
    }

    /// Seals a concern and gives its thread and the bytes to send.
    pub(crate) fn send(&mut self, concern: Concern) -> (LogId, Vec<u8>) {
        self.sealed(Ask::SealConcern {
            concern,
            files: vec![],
            named: true,
            now: NOW,
        })
    }

    pub(crate) fn sealed(&mut self, ask: Ask) -> (LogId, Vec<u8>) {
        match self.ask(ask) {
            Answer::Sealed { log, bytes, .. } => (log, bytes.0),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn open_case(&mut self, log: LogId, fetched: &Fetched) -> Answer {
        match self.open_work(log, fetched, None, 0) {
            Answer::Case(thread, _) => Answer::Thread(thread),
            other => other,
        }
    }

    /// With its journal, where there is one, and how far the record was followed.
    pub(crate) fn open_work(
        &mut self,
        log: LogId,
        fetched: &Fetched,
        journal: Option<&Fetched>,
        reached: u64,
    ) -> Answer {
        self.ask(Ask::OpenCase {
            log,
            fetched: Blob(codec::encode(fetched)),
            journal: journal.map(|journal| Blob(codec::encode(journal))),
            reached,
            now: NOW,
        })
    }

    pub(crate) fn open_thread(&mut self, log: LogId, fetched: &Fetched) -> Answer {
        self.ask(Ask::OpenThread {
            log,
            fetched: Blob(codec::encode(fetched)),
            now: NOW,
        })
    }
}

/// A town, a store, and one concern that Amy sent.
pub(crate) fn sent() -> (Town, Store, LogId) {
    let town = Town::new();
    let mut store = Store::new(&town);
    let (log, bytes) = town.desk(&town.amy).send(concern());
    store.append(&bytes);
    (town, store, log)
}

pub(crate) fn refused(answer: Answer) -> Refused {
    match answer {
        Answer::Refused(refused) => refused,
        other => panic!("accepted: {other:?}"),
    }
}

pub(crate) fn thread(answer: Answer) -> Thread {
    match answer {
        Answer::Thread(thread) => *thread,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn trusted(answer: Answer) -> Trusted {
    match answer {
        Answer::Trusted(trusted) => trusted,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn drafted(answer: Answer) -> Draft {
    match answer {
        Answer::Drafted(draft) => draft,
        other => panic!("{other:?}"),
    }
}

pub(crate) fn concern() -> Concern {
    Concern {
        force: "townshire".into(),
        standing: Standing::Usual,
        language: Language::English,
        told: told("He came to the refuge in uniform."),
    }
}

/// What is told, where this happened.
pub(crate) fn told(happened: &str) -> Vec<u8> {
    let subject = Subject {
        looks: "Tall, drives a marked van".into(),
        ..Subject::default()
    };
    let told = Told {
        subjects: vec![subject],
        happened: happened.into(),
        sources: vec![Source::ToldByThem],
        reach: "Ring the office and ask for Amy".into(),
        ..Told::default()
    };
    told.to_bytes()
}

/// What an honest server does with appends.
#[derive(Clone)]
pub(crate) struct Store {
    pub(crate) instance: Hash,
    pub(crate) day: Day,
    pub(crate) logs: Vec<Fetched>,
    pub(crate) chains: Vec<(GroupId, Vec<Commitment>, Hash)>,
}

impl Store {
    pub(crate) fn new(town: &Town) -> Self {
        Self {
            instance: town.instance,
            day: TODAY,
            logs: vec![],
            chains: vec![],
        }
    }

    /// Stores an append and gives its receipt.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Vec<u8> {
        let append: Append = codec::decode(bytes).unwrap();
        let compartment = append.compartment;
        let place = self
            .chains
            .iter()
            .position(|(group, ..)| *group == compartment)
            .unwrap_or_else(|| {
                self.chains.push((compartment, vec![], Hash::ZERO));
                self.chains.len() - 1
            });
        let (_, chain, head) = &mut self.chains[place];
        let lines: Vec<_> = append
            .entries
            .iter()
            .zip(chain.len() as u64 + 1..)
            .map(|(entry, position)| Commitment {
                position,
                log: entry.log,
                sequence: entry.sequence,
                hash: Hash::of(&entry.ciphertext),
            })
            .collect();
        *head = lines
            .iter()
            .fold(*head, |head, line| line.extend(head, compartment));
        chain.extend(&lines);
        let receipt = Receipt {
            instance: self.instance,
            append: append.id,
            digest: Hash::of(bytes),
            compartment,
            entries: lines,
            head: *head,
            day: self.day,
        };
        let receipt = sign(&receipt, &[&receipt_key()]);
        for entry in append.entries {
            let hash = Hash::of(&entry.ciphertext);
            let stored = StoredEntry {
                sequence: entry.sequence,
                hash,
                ciphertext: Some(entry.ciphertext),
                receipt: receipt.clone(),
            };
            match self.logs.iter_mut().find(|log| log.log == entry.log) {
                Some(log) => log.entries.push(stored),
                None => self.logs.push(Fetched {
                    log: entry.log,
                    kind: entry.kind,
                    compartment,
                    entries: vec![stored],
                }),
            }
        }
        receipt
    }

    pub(crate) fn fetch(&self, log: LogId) -> Fetched {
        self.logs.iter().find(|one| one.log == log).unwrap().clone()
    }
}

pub(crate) fn person(instance: Hash, name: &'static str) -> Person {
    let mut rng = rng(name.as_bytes()[0].wrapping_add(100));
    let mut keyring = Keyring::new(instance, AccountId::random(&mut rng), &mut rng);
    keyring.openers = vec![
        Opener::of_password(&halves(instance, name)),
        Opener::of_passkey(&computed(name)).unwrap(),
    ];
    let key = KeyringKey::random(&mut rng);
    let [slot, quick] =
        [0, 1].map(|n| Slot::seal(instance, keyring.account, &keyring.openers[n], &key, &mut rng));
    let sealed = keyring.seal(1, &key, &mut rng);
    Person {
        name,
        keyring,
        slot,
        quick,
        sealed,
    }
}

/// What a password derives to takes half a second: once for each name.
fn halves(instance: Hash, name: &'static str) -> Halves {
    static DERIVED: Mutex<BTreeMap<&str, Halves>> = Mutex::new(BTreeMap::new());
    let derive = || password::derive(instance, name, &password_of(name), Cost::USUAL).unwrap();
    DERIVED.lock().unwrap().entry(name).or_insert_with(derive).clone()
}

fn found(instance: Hash, kind: GroupKind, members: &[&Person], signers: &[&Person]) -> Chain {
    let mut rng = rng(members[0].name.as_bytes()[0].wrapping_add(kind as u8));
    let partner = kind == GroupKind::Partner;
    let recovery = (!partner).then(|| {
        let mut secret = [0; 32];
        rng.fill_bytes(&mut secret);
        RecoverySecret::from_bytes(&secret.into())
    });
    let policy = Policy {
        signers: if kind == GroupKind::Sealed { 2 } else { 1 },
        recovery: recovery.as_ref().map(RecoverySecret::public),
        custodians: if partner {
            vec![]
        } else {
            vec!["A. Judge".into(), "B. Clerk".into(), "C. Bishop".into()]
        },
        aims: None,
    };
    let name = if partner { "Town Refuge" } else { "Unit" }.to_owned();
    let members: Vec<_> = members
        .iter()
        .map(|one| one.member(partner || signers.iter().any(|signer| signer.name == one.name)))
        .collect();
    let founding = Founding {
        kind,
        name,
        members: members.clone(),
        policy,
    };
    let (link, secret) = founding.draft(instance, TODAY, &mut rng);
    let (eleven, twelve) = (key(11), key(12));
    let keys: Vec<&SigningKey> = if partner {
        vec![&eleven, &twelve]
    } else {
        signers.iter().map(|one| &one.keyring.signer).collect()
    };
    let administrators = administrators();
    let founders = if partner {
        approved_by(&administrators)
    } else {
        Founders::Directory(link.hash())
    };
    let links = vec![sign(&link, &keys)];
    let group = Group::verify(link.group, &links, instance, founders, TODAY).unwrap();
    // Amy leads the partner, which administrators founded; elsewhere the first signer wraps.
    let wrapper = signers
        .first()
        .map_or_else(|| person(instance, "amy").keyring, |one| one.keyring.clone())
        .signer;
    let wrap = |member: &Member| group.wrap(instance, member, 1, &secret, &wrapper).unwrap();
    let mut wraps: Vec<_> = members
        .iter()
        .map(|member| (member.account, wrap(member)))
        .collect();
    if recovery.is_some() {
        let wrap = group.wrap_for_recovery(instance, 1, &secret, &wrapper).unwrap();
        wraps.push((AccountId::RECOVERY, wrap));
    }
    Chain {
        id: link.group,
        links,
        secrets: vec![secret],
        recovery,
        wraps,
    }
}

/// Adds a link to `chain`, signed by `signers`, which must hold.
pub(crate) fn extend(town: &Town, chain: &Chain, act: Act, signers: &[&Person]) -> Chain {
    let chain = extend_unchecked(town, chain, act, signers);
    town.group(&chain);
    chain
}

/// Adds a link to `chain`, whether or not it holds.
pub(crate) fn extend_unchecked(town: &Town, chain: &Chain, act: Act, signers: &[&Person]) -> Chain {
    let group = town.group(chain);
    let link = group.draft(town.instance, TODAY, act);
    let keys: Vec<_> = signers.iter().map(|one| &one.keyring.signer).collect();
    let mut chain = chain.clone();
    chain.links.push(sign(&link, &keys));
    chain
}

/// What the custodians of `chain` do together: other members in the place of all, and every epoch wrapped to them.
pub(crate) fn recover(town: &Town, chain: &Chain, members: &[Member]) -> Chain {
    let (recovery, before) = (chain.recovery.as_ref().unwrap(), town.group(chain));
    let (epoch, secret) = before.draft_epoch(TODAY, &mut rng(90));
    let act = Act::Recover {
        members: members.to_vec(),
        epoch,
    };
    let mut chain = chain.clone();
    let link = before.draft(town.instance, TODAY, act);
    chain.links.push(sign(&link, &[&recovery.signer()]));
    let group = town.group(&chain);
    let kept = chain
        .wraps
        .iter()
        .filter(|(account, _)| *account == AccountId::RECOVERY);
    chain.secrets = kept
        .map(|(_, wrap)| {
            let wrap = Wrap::open(wrap, recovery.identity()).unwrap();
            wrap.check(&group, town.instance, AccountId::RECOVERY)
                .unwrap()
                .secret
        })
        .collect();
    chain.secrets.push(secret);
    for member in members {
        for (secret, epoch) in chain.secrets.iter().zip(1..) {
            let wrap = group.wrap(town.instance, member, epoch, secret, &recovery.signer());
            chain.wraps.push((member.account, wrap.unwrap()));
        }
    }
    chain
}

fn directory(instance: Hash, intake: &Chain, sealed: &Chain, oversight: &Chain) -> Directory {
    let listed = |chain: &Chain, purpose| Compartment {
        group: chain.id,
        purpose,
        genesis: genesis(&chain.links[0]),
    };
    Directory {
        instance,
        version: 1,
        previous: Hash::ZERO,
        issued: TODAY,
        expires: Day(TODAY.0 + 90),
        vintage: "made up".into(),
        forces: vec![
            Force {
                id: "townshire".into(),
                name: "Townshire Police".into(),
                unit: "psd".into(),
                oversight: "pcc".into(),
            },
            Force {
                id: "far".into(),
                name: "Far Police".into(),
                unit: "far".into(),
                oversight: "far".into(),
            },
        ],
        units: vec![
            Unit {
                id: "psd".into(),
                name: "Townshire PSD".into(),
                compartments: vec![listed(intake, Purpose::Intake), listed(sealed, Purpose::Sealed)],
            },
            Unit {
                id: "pcc".into(),
                name: "Townshire Commissioner".into(),
                compartments: vec![listed(oversight, Purpose::Intake)],
            },
            Unit {
                id: "far".into(),
                name: "Far PSD".into(),
                compartments: vec![],
            },
        ],
        administrators: administrators(),
        receipt_key: receipt_key().verifying(),
        successions: vec![],
        standing: vec![],
    }
}

/// The hash of a first link, which the directory lists.
pub(crate) fn genesis(link: &[u8]) -> Hash {
    protocol::signed::verify::<protocol::group::Link>(link)
        .unwrap()
        .payload
        .hash()
}
