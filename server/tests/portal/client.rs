//! A browser with a vault in it, as the page has: it verifies what it is given, and its answers are real.

use super::{Answer as Reply, Browser, Person, TestPortal, instance, receipt_key, receipt_public};
use app::{
    account::{Keys, NewWay, Session, Way},
    bytes::Bytes,
    concern::Found,
    directory::Trust,
    invitation::{InvitedTo, NewAccount, Offer},
};
use protocol::{
    directory::{Directory, Force, Unit},
    id::{Day, Hash, Minute, VerifyingKey},
    invitation::Place,
    keyring::Keyring,
    signed::{self, sign},
    slot::{KeyringKey, Opener, Slot},
    vault::{Answer, Ask, Blob, Deployment, Draft, Password, Trusted, Vault},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use serde_json::json;

/// What somebody's passkey computes.
const COMPUTED: [u8; 32] = [6; 32];

/// Somebody at a page.
pub(crate) struct Client {
    pub(crate) browser: Browser,
    /// Six words to compare, of whoever has joined.
    pub(crate) words: Vec<String>,
    /// The signing key of somebody who was there before the story began.
    signer: Option<VerifyingKey>,
    vault: Vault,
    rng: ChaCha20Rng,
    now: Minute,
}

impl Client {
    fn new(browser: Browser, seed: u8, now: Minute) -> Self {
        let deployment = Deployment {
            name: "candour.test".into(),
            roots: vec![receipt_public()],
            threshold: 1,
        };
        Self::at(browser, deployment, seed, now)
    }

    fn at(browser: Browser, deployment: Deployment, seed: u8, now: Minute) -> Self {
        let mut client = Self {
            browser,
            words: Vec::new(),
            signer: None,
            vault: Vault::default(),
            rng: ChaCha20Rng::from_seed([seed; 32]),
            now,
        };
        let begun = client.ask(Ask::Begin(deployment));
        assert_eq!(begun, Answer::Done);
        client
    }

    /// A practitioner of any deployment, signed in by their password as a page does it, with what the server gives verified.
    pub(crate) async fn signed_in(
        browser: Browser,
        deployment: Deployment,
        (name, password): (&str, Password),
        now: Minute,
    ) -> Self {
        let mut client = Self::at(browser, deployment, 90, now);
        let name = name.to_owned();
        let Answer::Secret(secret) = client.ask(Ask::Derive {
            name: name.clone(),
            password,
        }) else {
            panic!("nothing derived")
        };
        let session: Session = client.browser.sign_in_with(&name, &secret).await.json();
        let keys: Keys = client.browser.ask("keys", json!({})).await.json();
        let unlocked = client.ask(Ask::Unlock {
            account: session.account,
            slots: keys.slots.into_iter().map(|slot| Blob(slot.0)).collect(),
            keyring: Blob(keys.keyring.0),
            seen: None,
        });
        assert!(matches!(unlocked, Answer::Unlocked { .. }), "{unlocked:?}");
        client.trusted().await;
        client.adopt().await;
        client
    }

    /// Has the vault know which of its threads there are.
    async fn adopt(&mut self) {
        let Answer::Tokens(tokens) = self.ask(Ask::Tokens) else {
            panic!("no tokens")
        };
        let found: Vec<Found> = self.browser.ask("find", json!({ "tokens": tokens })).await.json();
        let adopted = self.ask(Ask::Adopt(found.into_iter().map(|one| one.log).collect()));
        assert_eq!(adopted, Answer::Adopted(vec![]));
    }

    /// Somebody of the portal's, signed in, with a keyring of their own; and their signing key.
    async fn of(portal: &TestPortal, person: Person) -> (Self, VerifyingKey) {
        let now = portal.portal.clock.minute();
        let mut client = Self::new(portal.signed_in(person).await, 70 + person as u8, now);
        let rng = &mut client.rng;
        let mut keyring = Keyring::new(instance(), person.id(), rng);
        keyring.openers = vec![Opener::of_passkey(&COMPUTED).unwrap()];
        let key = KeyringKey::random(rng);
        let slot = Slot::seal(instance(), person.id(), &keyring.openers[0], &key, rng);
        let sealed = keyring.seal(1, &key, rng);
        client.ask(Ask::UsePasskey(Password(COMPUTED.to_vec())));
        let unlocked = client.ask(Ask::Unlock {
            account: person.id(),
            slots: vec![Blob(slot)],
            keyring: Blob(sealed),
            seen: None,
        });
        assert!(matches!(unlocked, Answer::Unlocked { .. }), "{unlocked:?}");
        client.signer = Some(keyring.signer.verifying());
        (client, keyring.signer.verifying())
    }

    /// Asks the vault.
    #[expect(
        clippy::disallowed_methods,
        reason = "the client's vault, which is never the server's"
    )]
    pub(crate) fn ask(&mut self, ask: Ask) -> Answer {
        self.vault.answer(ask, &mut self.rng, &mut |_| ())
    }

    /// Asks the vault for a link.
    pub(crate) fn drafted(&mut self, ask: Ask) -> Draft {
        match self.ask(ask) {
            Answer::Drafted(draft) => draft,
            other => panic!("{other:?}"),
        }
    }

    /// Has the vault verify what the server gives.
    pub(crate) async fn verify(&mut self) -> Answer {
        let trust: Option<Trust> = self.browser.ask("trust", json!({})).await.json();
        let Some(trust) = trust else {
            return self.ask(Ask::NoDirectory);
        };
        let blobs = |all: Vec<Bytes>| all.into_iter().map(|bytes| Blob(bytes.0)).collect();
        let chains = trust.chains.into_iter();
        self.ask(Ask::Trust {
            directory: Blob(trust.directory.0),
            chains: chains.map(|one| (one.group, blobs(one.links))).collect(),
            wraps: blobs(trust.wraps),
            checkpoint: trust.checkpoint.map(|bytes| Blob(bytes.0)),
            now: self.now,
        })
    }

    /// What the vault verified of it.
    pub(crate) async fn trusted(&mut self) -> Trusted {
        match self.verify().await {
            Answer::Trusted(trusted) => trusted,
            other => panic!("{other:?}"),
        }
    }

    /// Invites somebody; gives what the server says, and the end of the link.
    pub(crate) async fn invite(&mut self, place: Place, to: &InvitedTo) -> (Reply, String) {
        let whom = "somebody".to_owned();
        let now = self.now;
        let Answer::Invited { lookup, link } = self.ask(Ask::Invite { place, whom, now }) else {
            panic!("no invitation")
        };
        let reply = self
            .browser
            .ask("invite", json!({ "lookup": lookup, "to": to }))
            .await;
        (reply, link)
    }

    /// What time it is at the page.
    pub(crate) fn now(&self) -> Minute {
        self.now
    }

    /// Opens a link, and has a vault make an account of it, with the first link of what it is to lead.
    pub(crate) async fn answer(portal: &TestPortal, link: &str, name: &str, seed: u8) -> (Self, NewAccount) {
        let browser = portal.browser().at([198, 51, 100, seed]);
        let mut client = Self::new(browser, seed, portal.portal.clock.minute());
        let (lookup, fragment) = link.split_once('#').unwrap();
        let offer = client.browser.ask("look_up", json!({ "lookup": lookup })).await;
        let offer: Offer = offer.json();
        let password = Password(b"a long enough password".to_vec());
        let name = name.to_owned();
        let derived = client.ask(Ask::Derive {
            name: name.clone(),
            password,
        });
        let Answer::Secret(secret) = derived else {
            panic!("{derived:?}")
        };
        let joined = client.ask(Ask::Join {
            lookup: lookup.into(),
            fragment: Password(fragment.into()),
            name: name.clone(),
        });
        let Answer::Joined {
            account,
            slots,
            joining,
            words,
        } = joined
        else {
            panic!("{joined:?}")
        };
        client.words = words;
        let founding = offer.organisation.map(|name| {
            let now = client.now;
            client.drafted(Ask::FoundPartner { name, now }).into()
        });
        let secrets = [secret, slots.code.unwrap().secret];
        let way = |((_, sealed), (way, secret)): ((_, Blob), (Way, [u8; 32]))| NewWay {
            way,
            sealed: Bytes(sealed.0),
            secret: Some(Bytes(secret.to_vec())),
        };
        let kinds = [Way::Password, Way::RecoveryCode].into_iter().zip(secrets);
        let new = NewAccount {
            lookup: lookup.into(),
            account,
            name,
            keyring: Bytes(slots.keyring.0),
            ways: slots.slots.into_iter().zip(kinds).map(way).collect(),
            joining: Bytes(joining.0),
            founding,
        };
        (client, new)
    }

    /// A later directory lists this administrator and nobody else.
    pub(crate) async fn alone_in_the_directory(&mut self, portal: &TestPortal) {
        let own = self.signer.expect("a person of the portal's");
        self.publish(portal, |next| next.administrators = vec![own]).await;
    }

    /// The roots sign a later directory.
    pub(crate) async fn publish(&mut self, portal: &TestPortal, change: impl FnOnce(&mut Directory)) {
        let trust: Trust = self.browser.ask("trust", json!({})).await.json();
        let mut next = signed::verify::<Directory>(&trust.directory.0).unwrap().payload;
        next.previous = next.hash();
        next.version += 1;
        change(&mut next);
        let signed = sign(&next, &[&receipt_key()]);
        let mut to = portal.portal.database.begin().await.unwrap();
        to.publish_directory(next.version, next.expires, &signed)
            .await
            .unwrap();
        to.commit().await.unwrap();
    }

    /// Hands the account in.
    pub(crate) async fn join(&mut self, new: &NewAccount) -> Reply {
        self.browser.ask("join", json!({ "new": new })).await
    }
}

/// Both administrators, in a portal whose signed directory lists them, with nothing on board yet.
pub(crate) async fn administrators(portal: &TestPortal) -> [Client; 2] {
    for sql in [
        "DELETE FROM partner",
        "DELETE FROM member",
        "DELETE FROM wrap",
        "DELETE FROM link",
        "DELETE FROM checkpoint",
    ] {
        portal.tamper(sql).await;
    }
    let (mut dee, dee_key) = Client::of(portal, Person::Dee).await;
    let (mut dan, dan_key) = Client::of(portal, Person::Dan).await;
    let today = portal.portal.clock.today();
    let directory = directory(vec![dee_key, dan_key], today);
    let signed = sign(&directory, &[&receipt_key()]);
    let mut to = portal.portal.database.begin().await.unwrap();
    to.publish_directory(3, directory.expires, &signed).await.unwrap();
    to.commit().await.unwrap();
    for client in [&mut dee, &mut dan] {
        assert!(client.trusted().await.is_administrator);
    }
    [dee, dan]
}

pub(crate) fn directory(administrators: Vec<VerifyingKey>, today: Day) -> Directory {
    let unit = |id: &str| Unit {
        id: id.into(),
        name: format!("{id}, made up"),
        compartments: vec![],
    };
    let force = Force {
        id: "far".into(),
        name: "Far Police".into(),
        unit: "far-psd".into(),
        oversight: "far-oversight".into(),
    };
    Directory {
        instance: instance(),
        version: 3,
        previous: Hash::ZERO,
        issued: today,
        expires: Day(today.0 + 80),
        vintage: "made up".into(),
        forces: vec![force],
        units: ["far-psd", "far-oversight"].map(unit).to_vec(),
        administrators,
        receipt_key: receipt_public(),
        successions: vec![],
        standing: vec![],
    }
}
