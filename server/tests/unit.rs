//! How a unit comes on board: whoever an administrator invites, those they invite, the roots, and a test; and what each of them alone, or
//! the server, cannot do.

use crate::{
    portal::{Client, Person, TestPortal, administrators, directory, receipt_key, receipt_public},
    story,
};
use app::{
    bytes::Bytes,
    error::AppError,
    group::Change,
    invitation::InvitedTo,
    unit::{Compartment as Which, Progress, SetUp, set_up::OwnSetUp},
};
use protocol::{
    concern::{Concern, Language, Standing},
    directory::{Compartment, Directory, Purpose},
    group::{GroupKind, Link, RecoverySecret},
    id::{GroupId, Hash, LogId},
    invitation::Place,
    refused::Refused,
    signed::{self, SigningKey, sign},
    told::Told,
    vault::{self, Answer, Ask, Blob, NewRules, Origin, Password},
};
use serde_json::json;
use server::database::{audit::Chain, directory::GroupKind as Shown};
use zeroize::Zeroizing;

fn which(sealed: bool) -> Which {
    Which {
        unit: "far-psd".into(),
        sealed,
    }
}

fn place() -> Place {
    Place::Unit {
        unit: "far-psd".into(),
    }
}

/// Somebody takes up an invitation of `inviter`.
async fn invited(portal: &TestPortal, inviter: &mut Client, to: InvitedTo, name: &str, seed: u8) -> Client {
    let (reply, link) = inviter.invite(place(), &to).await;
    assert_eq!(reply.status, 200, "{name}");
    let (mut client, new) = Client::answer(portal, &link, name, seed).await;
    assert_eq!(client.join(&new).await.status, 200, "{name}");
    client.trusted().await;
    client
}

/// Ned sets the compartment up, and Ola holds it with him.
async fn both(portal: &TestPortal, dee: &mut Client, sealed: bool) -> [Client; 2] {
    let mut ned = invited(portal, dee, InvitedTo::Unit(which(sealed)), "ned", 1).await;
    let ola = invited(portal, &mut ned, InvitedTo::Holder(which(sealed)), "ola", 2).await;
    [ned, ola]
}

async fn own(client: &mut Client) -> Option<OwnSetUp> {
    client.browser.ask("own_set_up", json!({})).await.json()
}

async fn set_ups(client: &mut Client) -> Vec<SetUp> {
    client.browser.ask("set_ups", json!({})).await.json()
}

/// The founder's vault makes the first link, with everybody who answered.
async fn found(founder: &mut Client, sealed: bool) -> Change {
    let all = own(founder).await.unwrap().joinings;
    let now = founder.now();
    let proven = |client: &mut Client, joining: &Bytes| {
        let check = Ask::CheckJoining(Blob(joining.0.clone()));
        matches!(client.ask(check), Answer::Joiner(_))
    };
    let members = all.into_iter().filter(|one| proven(founder, one));
    let members = members.map(|one| Blob(one.0)).collect();
    let recovery = RecoverySecret::from_bytes(&Zeroizing::new([42 + u8::from(sealed); 32]));
    let rules = NewRules {
        signers: if sealed { 2 } else { 1 },
        recovery: Some(recovery.public().to_string()),
        custodians: ["A", "B", "C"].map(String::from).to_vec(),
    };
    let (kind, name) = (which(sealed).kind(), which(sealed).to_string());
    founder
        .drafted(Ask::Found {
            unit: "far-psd".into(),
            kind,
            name,
            members,
            rules,
            now,
        })
        .into()
}

async fn leave(founder: &mut Client, change: &Change) -> u16 {
    let ask = json!({ "change": change });
    founder.browser.ask("draft_compartment", ask).await.status
}

/// What the directory lists of a first link.
fn listed(change: &Change, purpose: Purpose) -> Compartment {
    let link = signed::verify::<Link>(&change.link.0).unwrap().payload;
    Compartment {
        group: link.group,
        purpose,
        genesis: link.hash(),
    }
}

/// The next directory, with these compartments of the unit.
async fn publish(portal: &TestPortal, version: u32, compartments: Vec<Compartment>) -> Result<(), String> {
    let before = portal
        .portal
        .database
        .newest_directory()
        .await
        .unwrap()
        .unwrap()
        .1;
    let before = signed::verify::<Directory>(&before).unwrap().payload;
    let mut next = Directory {
        version,
        previous: before.hash(),
        ..directory(before.administrators, portal.portal.clock.today())
    };
    next.units[0].compartments = compartments;
    let bytes = sign(&next, &[&receipt_key()]);
    let published = portal.operator().publish(&bytes, receipt_public()).await;
    published.map(drop).map_err(|error| error.to_string())
}

fn test() -> Concern {
    let told = Told {
        happened: "This is a test.".into(),
        ..Told::default()
    };
    Concern {
        force: "far".into(),
        standing: Standing::Usual,
        language: Language::English,
        told: told.to_bytes(),
    }
}

/// Sends what the vault sealed; gives the thread.
async fn send(client: &mut Client, ask: Ask) -> LogId {
    let sealed = client.ask(ask);
    let Answer::Sealed { append, log, bytes } = sealed else {
        panic!("{sealed:?}")
    };
    let receipt = client.browser.post("/api/append", bytes.0).await;
    assert_eq!(receipt.status, 200);
    let receipt = Blob(receipt.body);
    let stored = client.ask(Ask::CheckReceipt { append, receipt });
    assert!(matches!(stored, Answer::Stored(_)), "{stored:?}");
    log
}

async fn open(client: &mut Client, log: LogId) -> Box<vault::Thread> {
    let fetched = Blob(client.browser.log(log, None).await.body);
    let now = client.now();
    let ask = Ask::OpenCase {
        log,
        fetched,
        journal: None,
        reached: 0,
        now,
    };
    match client.ask(ask) {
        Answer::Case(thread, _) => thread,
        other => panic!("{other:?}"),
    }
}

story!(a_unit_is_set_up_listed_by_the_roots_and_tried, |portal| {
    let [mut dee, _] = administrators(&portal).await;
    let [mut ned, mut ola] = both(&portal, &mut dee, false).await;
    let change = found(&mut ned, false).await;
    assert_eq!(leave(&mut ned, &change).await, 200);
    assert_eq!(leave(&mut ned, &change).await, 409, "one at a time");
    assert_eq!(set_ups(&mut dee).await[0].progress, Progress::Drafted);
    assert_eq!(own(&mut ola).await.unwrap().link, Some(change.link.clone()));
    assert!(ned.trusted().await.mine.is_empty(), "not yet");
    assert_eq!(portal.count("wrap").await, 0, "what goes with it is kept back");

    publish(&portal, 4, vec![listed(&change, Purpose::Intake)])
        .await
        .unwrap();
    for client in [&mut ned, &mut ola] {
        let mine = client.trusted().await.mine;
        assert_eq!((mine.len(), mine[0].members), (1, 2));
        assert_eq!(mine[0].custodians, ["A", "B", "C"]);
    }
    assert_eq!(
        (portal.count("draft").await, portal.count("recovery_wrap").await),
        (0, 1)
    );
    let (group, now) = (change.group, ned.now());
    let sealed = Ask::SealTest {
        group,
        concern: test(),
        now,
    };
    let log = send(&mut ned, sealed).await;
    let thread = open(&mut ola, log).await;
    assert!(matches!(thread.origin, Origin::Test { .. }) && thread.closed.is_none());
    send(&mut ola, Ask::SealOpened { log, now }).await;
    open(&mut ola, log).await;
    send(&mut ola, Ask::SealClosed { log, now }).await;
    let finish = json!({ "group": group });
    assert_eq!(ola.browser.ask("finish_compartment", finish).await.status, 200);
    assert!(open(&mut ned, log).await.closed.is_some());
    let today = portal.portal.clock.today();
    assert_eq!(own(&mut ned).await.unwrap().listed, Some((group, Some(today))));
    let done = Progress::Listed {
        day: today,
        tested: Some(today),
    };
    assert_eq!(set_ups(&mut dee).await[0].progress, done);
    let lines = portal.portal.database.audit(Chain::Staff).await.unwrap();
    for act in ["draft compartment", "publish directory", "test compartment"] {
        assert!(lines.iter().any(|line| line.act == act), "{act}");
    }
    let finish = json!({ "group": group });
    assert_eq!(
        ola.browser.ask("finish_compartment", finish).await.status,
        200,
        "its answer was lost"
    );
    let again = InvitedTo::Unit(which(false));
    assert_eq!(dee.invite(place(), &again).await.0.status, 409, "it is listed");
    let said = publish(&portal, 5, vec![]).await.unwrap_err();
    assert!(said.contains("to which something was told"), "{said}");
    open(&mut ned, log).await;
});

story!(two_sign_a_sealed_compartment_before_it_is_listed, |portal| {
    let [mut dee, _] = administrators(&portal).await;
    let [mut ned, mut ola] = both(&portal, &mut dee, true).await;
    let change = found(&mut ned, true).await;
    assert_eq!(leave(&mut ned, &change).await, 200);
    let one = vec![listed(&change, Purpose::Sealed)];
    let refused = publish(&portal, 4, one.clone()).await.unwrap_err();
    assert!(refused.contains("far-psd/sealed"), "{refused}");

    let (link, now) = (Blob(change.link.0.clone()), ola.now());
    let joinings = own(&mut ola).await.unwrap().joinings;
    let joinings = joinings.into_iter().map(|one| Blob(one.0)).collect();
    let seen = ola.ask(Ask::ReadGenesis {
        link: link.clone(),
        joinings,
        now,
    });
    let Answer::GenesisView(seen) = seen else {
        panic!("{seen:?}")
    };
    let names: Vec<_> = seen.members.iter().filter_map(|one| one.name.clone()).collect();
    assert_eq!(
        (seen.kind, names),
        (GroupKind::Sealed, vec!["ned".into(), "ola".into()])
    );
    let stranger = SigningKey::from_seed([77; 32]);
    let by_stranger = Bytes(signed::add::<Link>(&link.0, &stranger).unwrap());
    let signed = Bytes(ola.drafted(Ask::CountersignGenesis { link, now }).link.0);
    for (bad, status) in [
        (&by_stranger, 400),
        (&change.link, 400),
        (&signed, 200),
        (&signed, 400),
    ] {
        let ask = json!({ "link": bad });
        assert_eq!(ola.browser.ask("sign_compartment", ask).await.status, status);
    }
    publish(&portal, 4, one).await.unwrap();
    assert!(ola.trusted().await.mine[0].sealed && ned.trusted().await.mine[0].sealed);
});

story!(
    a_first_link_is_discarded_by_those_who_may_sign_it_as_they_saw_it,
    |portal| {
        let [mut dee, _] = administrators(&portal).await;
        let [mut ned, mut ola] = both(&portal, &mut dee, false).await;
        let change = found(&mut ned, false).await;
        assert_eq!(leave(&mut ned, &change).await, 200);
        let seen = json!({ "link": change.link });
        let discard = "discard_compartment";
        assert_eq!(
            ola.browser.ask(discard, seen.clone()).await.status,
            403,
            "she does not sign"
        );
        let other = json!({ "link": Bytes(vec![1; 50]) });
        assert_eq!(
            ned.browser.ask(discard, other).await.status,
            409,
            "not what is there"
        );
        portal.wait(11);
        let late = ned.browser.ask(discard, seen.clone()).await;
        assert_eq!((late.status, late.json()), (403, AppError::Unconfirmed));
        assert_eq!(portal.count("draft").await, 1);
        let password = Password(b"a long enough password".to_vec());
        let name = "ned".to_owned();
        let Answer::Secret(secret) = ned.ask(Ask::Derive { name, password }) else {
            panic!("no secret")
        };
        let confirm = json!({ "secret": Bytes(secret.to_vec()) });
        assert_eq!(ned.browser.ask("confirm", confirm).await.status, 200);
        assert_eq!(ned.browser.ask(discard, seen.clone()).await.status, 200);
        assert_eq!(ned.browser.ask(discard, seen).await.status, 404);
        assert_eq!(portal.count("draft").await, 0);
    }
);

story!(nobody_is_put_on_board_who_was_turned_away_meanwhile, |portal| {
    let [mut dee, _] = administrators(&portal).await;
    let [mut ned, _] = both(&portal, &mut dee, false).await;
    let change = found(&mut ned, false).await;
    assert_eq!(leave(&mut ned, &change).await, 200);
    // As whoever closes it in the database does, past what goes with it.
    let mut to = portal.portal.database.begin().await.unwrap();
    let day = portal.portal.clock.today();
    to.close_answered(change.invitations[0], day).await.unwrap();
    to.commit().await.unwrap();
    let said = publish(&portal, 4, vec![listed(&change, Purpose::Intake)])
        .await
        .unwrap_err();
    assert!(said.contains("has changed meanwhile"), "{said}");
    assert_eq!(portal.count("compartment").await, 0);
});

story!(
    nobody_else_sees_makes_signs_or_takes_a_compartment_back,
    |portal| {
        let [mut dee, mut dan] = administrators(&portal).await;
        let mut ned = invited(&portal, &mut dee, InvitedTo::Unit(which(false)), "ned", 1).await;
        let change = found(&mut ned, false).await;
        assert_eq!(leave(&mut ned, &change).await, 200);
        let asks = [
            ("draft_compartment", json!({ "change": change })),
            ("sign_compartment", json!({ "link": change.link })),
            ("discard_compartment", json!({ "link": change.link })),
            ("finish_compartment", json!({ "group": change.group })),
        ];
        for (function, ask) in &asks {
            for (person, status) in [(Person::Amy, 403), (Person::Dee, 403), (Person::Ben, 404)] {
                let mut browser = portal.signed_in(person).await;
                assert_eq!(
                    browser.ask(function, ask.clone()).await.status,
                    status,
                    "{function}"
                );
            }
            assert_eq!(portal.browser().ask(function, ask.clone()).await.status, 401);
        }
        let mut ben = portal.signed_in(Person::Ben).await;
        assert_eq!(
            ben.ask("own_set_up", json!({})).await.json::<Option<OwnSetUp>>(),
            None
        );
        let away = json!({ "compartment": which(false) });
        for (function, ask) in [("set_ups", json!({})), ("turn_away_founder", away.clone())] {
            assert_eq!(ben.ask(function, ask).await.status, 403, "{function}");
        }
        // The founder invites to that compartment alone, and not after its first link is made.
        let other = ned.invite(place(), &InvitedTo::Holder(which(true))).await.0;
        assert_eq!((other.status, other.json()), (404, AppError::NotFound));
        assert_eq!(
            ned.invite(place(), &InvitedTo::Holder(which(false)))
                .await
                .0
                .status,
            409
        );
        assert_eq!(
            ned.invite(place(), &InvitedTo::Unit(which(true))).await.0.status,
            403
        );
        assert_eq!(
            dan.invite(place(), &InvitedTo::Holder(which(false)))
                .await
                .0
                .status,
            404
        );
        assert_eq!(portal.count("draft").await, 1);

        // Another administrator takes the invitation back: the founder is nobody, and what they made is gone.
        portal.wait(11);
        let late = dan.browser.ask("turn_away_founder", away.clone()).await;
        assert_eq!((late.status, late.json()), (403, AppError::Unconfirmed));
        let mut dan = portal.signed_in(Person::Dan).await;
        assert_eq!(dan.ask("turn_away_founder", away.clone()).await.status, 200);
        assert_eq!(dan.ask("turn_away_founder", away).await.status, 404);
        assert!(ned.browser.session().await.is_none());
        assert_eq!(portal.count("draft").await, 0);
    }
);

story!(what_does_not_found_the_compartment_is_not_kept, |portal| {
    let [mut dee, _] = administrators(&portal).await;
    let [mut ned, mut ola] = both(&portal, &mut dee, false).await;
    let change = found(&mut ned, false).await;
    let resigned = |alter: fn(&mut Link)| {
        let mut link = signed::verify::<Link>(&change.link.0).unwrap().payload;
        alter(&mut link);
        Bytes(sign(&link, &[&SigningKey::from_seed([8; 32])]))
    };
    let with = |link: Bytes| Change {
        link,
        ..change.clone()
    };
    let bad = [
        Change {
            group: GroupId([7; 16]),
            ..change.clone()
        },
        Change {
            wraps: change.wraps[1..].to_vec(),
            ..change.clone()
        },
        Change {
            wraps: [&change.wraps[..], &change.wraps[..1]].concat(),
            ..change.clone()
        },
        with(resigned(|_| ())),
        with(resigned(|link| link.instance = Hash([1; 32]))),
        with(Bytes(vec![1; 50])),
    ];
    for (one, n) in bad.iter().zip(1..) {
        assert_eq!(leave(&mut ned, one).await, 400, "{n}");
    }
    assert_eq!(leave(&mut ola, &change).await, 404, "only whoever sets it up");
    assert_eq!(portal.count("draft").await, 0);

    // Whoever is turned away after the link was made is not taken in by it.
    assert_eq!(leave(&mut ned, &change).await, 200);
    for lookup in &change.invitations {
        let ask = json!({ "lookup": lookup });
        assert_eq!(ned.browser.ask("revoke", ask).await.status, 200);
    }
    assert_eq!(portal.count("draft").await, 0);
    assert!(ola.browser.session().await.is_none());
    let gone = publish(&portal, 4, vec![listed(&change, Purpose::Intake)]).await;
    assert!(gone.is_err());
    assert_eq!(portal.count("compartment").await, 0);
});

story!(
    a_directory_lists_only_what_was_made_here_and_takes_off_without_harm,
    |portal| {
        let [mut dee, _] = administrators(&portal).await;
        let mut ned = invited(&portal, &mut dee, InvitedTo::Unit(which(false)), "ned", 1).await;
        let change = found(&mut ned, false).await;
        assert_eq!(leave(&mut ned, &change).await, 200);
        let good = listed(&change, Purpose::Intake);
        let strange = Compartment {
            group: GroupId([9; 16]),
            ..good
        };
        let other = Compartment {
            genesis: Hash([9; 32]),
            ..good
        };
        let elsewhere = Compartment {
            purpose: Purpose::Sealed,
            ..good
        };
        let before = portal.count("directory").await;
        for bad in [strange, other, elsewhere] {
            let said = publish(&portal, 4, vec![bad]).await.unwrap_err();
            assert!(said.contains("not the one that was made here"), "{said}");
        }
        assert_eq!(
            (portal.count("directory").await, portal.count("draft").await),
            (before, 1)
        );
        publish(&portal, 4, vec![good]).await.unwrap();
        assert_eq!(ned.trusted().await.mine.len(), 1);

        // Taken off, its members are not shut out of what is left.
        publish(&portal, 5, vec![]).await.unwrap();
        assert!(ned.trusted().await.mine.is_empty());
        assert!(dee.trusted().await.is_administrator);
        assert_eq!(set_ups(&mut dee).await, []);
        assert_eq!(own(&mut ned).await, None);
        let said = publish(&portal, 6, vec![good]).await.unwrap_err();
        assert!(said.contains("begins anew"), "{said}");
    }
);

story!(a_server_that_lists_a_compartment_by_itself_is_refused, |portal| {
    let [mut dee, _] = administrators(&portal).await;
    let mut ned = invited(&portal, &mut dee, InvitedTo::Unit(which(false)), "ned", 1).await;
    let change = found(&mut ned, false).await;
    let mut to = portal.portal.database.begin().await.unwrap();
    to.insert_group(change.group, Shown::Compartment).await.unwrap();
    to.insert_link(change.group, 0, &change.link.0).await.unwrap();
    to.commit().await.unwrap();
    for client in [&mut ned, &mut dee] {
        assert_eq!(client.verify().await, Answer::Refused(Refused::AlteredChain));
    }
});
