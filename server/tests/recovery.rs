//! Recovery: what leaves for the offline machine, what comes back, who may carry it, and the yearly drill.

use crate::{
    portal::{Client, Person, SEALED, TestPortal, UNIT, administrators, instance, secret},
    story,
};
use app::{bytes::Bytes, error::AppError, group::recovery::Drill, invitation::InvitedTo};
use protocol::{
    codec,
    directory::{Compartment, Purpose, Unit},
    export::{Export, Recovered},
    group::{Act, EpochSecret, Founders, Founding, Group, GroupKind, Member, Policy, RecoverySecret},
    id::{AccountId, GroupId, Hash},
    invitation::Place,
    recipient::{Identity, Recipient},
    refused::Refused,
    signed::{SigningKey, sign},
    vault::{Answer, Ask, Blob, Due, Myself, RecoveredView, Warning},
    wrap::Wrap,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use serde_json::json;
use server::database::directory::GroupKind as Shown;
use zeroize::Zeroizing;

fn key(byte: u8) -> RecoverySecret {
    RecoverySecret::from_bytes(&Zeroizing::new([byte; 32]))
}

fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

/// A unit whose only member, Cat, has lost her keys; its recovery key is number 7.
struct Lost {
    dee: Client,
    dan: Client,
    id: GroupId,
    genesis: Hash,
}

async fn lost(portal: &TestPortal) -> Lost {
    let [mut dee, dan] = administrators(portal).await;
    let today = portal.portal.clock.today();
    let own = SigningKey::from_seed([41; 32]);
    let cat = Member {
        account: Person::Cat.id(),
        signer: own.verifying(),
        recipient: Identity::from_secret([42; 32]).recipient(),
        lead: true,
    };
    let founding = Founding {
        kind: GroupKind::Intake,
        name: "psd".into(),
        members: vec![cat.clone()],
        policy: Policy {
            signers: 1,
            recovery: Some(key(7).public()),
            custodians: vec!["A. Judge".into(), "B. Clerk".into(), "C. Bishop".into()],
            aims: None,
        },
    };
    let (link, secret) = founding.draft(instance(), today, &mut rng(40));
    let group = Group::proposed(&link, instance()).unwrap();
    let (id, genesis) = (group.id, link.hash());
    let wrap = group.wrap_for_recovery(instance(), 1, &secret, &own).unwrap();
    let mut to = portal.portal.database.begin().await.unwrap();
    to.insert_group(id, Shown::Compartment).await.unwrap();
    to.insert_link(id, 0, &sign(&link, &[&own])).await.unwrap();
    to.insert_member(id, cat.account, true).await.unwrap();
    let recovery = key(7).public().hash();
    to.insert_recovery_wrap(id, 1, recovery, &wrap).await.unwrap();
    to.commit().await.unwrap();
    let listed = Compartment {
        group: id,
        purpose: Purpose::Intake,
        genesis,
    };
    let unit = Unit {
        id: "psd".into(),
        name: "A unit".into(),
        compartments: vec![listed],
    };
    dee.publish(portal, |next| next.units = vec![unit]).await;
    dee.trusted().await;
    Lost {
        dee,
        dan,
        id,
        genesis,
    }
}

/// Somebody who has answered an administrator's invitation to the unit, and is in no group.
async fn newcomer(portal: &TestPortal, dee: &mut Client, name: &str, seed: u8) -> (Client, Member) {
    let to = InvitedTo::Holder(app::unit::Compartment {
        unit: "psd".into(),
        sealed: false,
    });
    let (_, link) = dee.invite(Place::Unit { unit: "psd".into() }, &to).await;
    let (mut client, new) = Client::answer(portal, &link, name, seed).await;
    assert_eq!(client.join(&new).await.status, 200);
    let Answer::Myself(own) = client.ask(Ask::Myself) else {
        panic!("no keys")
    };
    let Myself {
        account,
        signer,
        recipient,
        words,
    } = own;
    assert_eq!((account, &words), (new.account, &client.words));
    let recipient = Recipient::parse(&recipient).unwrap();
    let member = Member {
        account,
        signer,
        recipient,
        lead: true,
    };
    (client, member)
}

async fn export(client: &mut Client, id: GroupId) -> Export {
    let reply = client.browser.ask("export", json!({ "group": id })).await;
    assert_eq!(reply.status, 200);
    codec::decode(&reply.json::<Bytes>().0).unwrap()
}

/// What the native tool makes of an export with two kits.
#[expect(
    clippy::disallowed_methods,
    reason = "what the offline machine does, and the server never"
)]
fn offline(
    export: &Export,
    genesis: Hash,
    id: GroupId,
    recovery: &RecoverySecret,
    members: &[Member],
) -> Recovered {
    let chain = export.chains.iter().find(|(group, _)| *group == id).unwrap();
    let mut links: Vec<&[u8]> = chain.1.iter().map(|link| link.as_slice()).collect();
    let today = protocol::id::Day(20_600);
    let founders = Founders::Directory(genesis);
    let group = Group::verify(id, &links, instance(), founders, today).unwrap();
    let opened = export.wraps.iter().filter_map(|wrap| {
        let wrap = Wrap::open(wrap, key(7).identity()).ok()?;
        wrap.check(&group, instance(), AccountId::RECOVERY).ok()
    });
    let mut secrets: Vec<(u32, EpochSecret)> = opened.map(|wrap| (wrap.epoch, wrap.secret)).collect();
    let (epoch, fresh) = group.draft_epoch(today, &mut rng(43));
    secrets.push((epoch.number, fresh));
    let members = members.to_vec();
    let act = Act::Recover {
        members: members.clone(),
        epoch,
    };
    let link = sign(&group.draft(instance(), today, act), &[&recovery.signer()]);
    links.push(&link);
    let Ok(after) = Group::verify(id, &links, instance(), founders, today) else {
        return Recovered {
            group: id,
            link: link.into(),
            wraps: vec![],
        };
    };
    let signer = recovery.signer();
    let mut wraps = Vec::new();
    for (number, secret) in &secrets {
        for member in &members {
            let wrap = after.wrap(instance(), member, *number, secret, &signer).unwrap();
            wraps.push((member.account, *number, wrap.into()));
        }
    }
    let (newest, secret) = secrets.last().unwrap();
    let wrap = after
        .wrap_for_recovery(instance(), *newest, secret, &signer)
        .unwrap();
    wraps.push((AccountId::RECOVERY, *newest, wrap.into()));
    Recovered {
        group: id,
        link: link.into(),
        wraps,
    }
}

async fn hand_in(client: &mut Client, recovered: &Recovered) -> u16 {
    let bytes = Bytes(codec::encode(recovered));
    client
        .browser
        .ask("recover", json!({ "recovered": bytes }))
        .await
        .status
}

fn read(client: &mut Client, recovered: &Recovered, now: protocol::id::Minute) -> Answer {
    client.ask(Ask::ReadRecovered {
        recovered: Blob(codec::encode(recovered)),
        now,
    })
}

story!(custodians_name_new_members_and_everybody_hears_of_it, |portal| {
    let Lost {
        mut dee,
        mut dan,
        id,
        genesis,
    } = lost(&portal).await;
    let now = portal.portal.clock.minute();
    let mut cat = portal.signed_in(Person::Cat).await;
    let (mut nell, member) = newcomer(&portal, &mut dee, "nell", 1).await;
    assert!(nell.trusted().await.groups.is_empty());
    dan.trusted().await;

    let exported = export(&mut dee, id).await;
    assert_eq!((exported.chains.len(), exported.wraps.len()), (1, 1));
    let recovered = offline(&exported, genesis, id, &key(7), &[member]);
    let Answer::RecoveredView(view) = read(&mut dee, &recovered, now) else {
        panic!("it can be read")
    };
    let RecoveredView {
        name,
        gone,
        members,
        epochs,
        all,
        ..
    } = *view;
    assert_eq!((name.as_str(), gone.len(), members.len()), ("A unit", 1, 1));
    assert_eq!((epochs, all), (2, 2));
    assert_eq!(members[0].words, nell.words);

    assert_eq!(hand_in(&mut dee, &recovered).await, 200);
    let trusted = nell.trusted().await;
    assert_eq!((trusted.mine.len(), trusted.groups.len()), (1, 1));
    assert!(trusted.groups[0].lead);
    assert!(
        !trusted.groups[0].waiting.contains(&Due::Secret),
        "she holds the keys"
    );
    assert!(cat.session().await.is_none(), "the old member is out");
    assert!(dan.trusted().await.warnings.contains(&Warning::Recovered));
    assert!(matches!(
        read(&mut dan, &recovered, now),
        Answer::Refused(Refused::StaleDraft)
    ));
    assert_eq!(hand_in(&mut dee, &recovered).await, 400, "once");
});

story!(nothing_comes_back_but_what_the_recovery_key_signed, |portal| {
    let Lost {
        mut dee, id, genesis, ..
    } = lost(&portal).await;
    let now = portal.portal.clock.minute();
    let (_, member) = newcomer(&portal, &mut dee, "nell", 1).await;
    let exported = export(&mut dee, id).await;
    let one = std::slice::from_ref(&member);
    let by_another = offline(&exported, genesis, id, &key(8), one);
    let ghost = Member {
        account: AccountId([9; 16]),
        ..member.clone()
    };
    let to_nobody = offline(&exported, genesis, id, &key(7), &[ghost]);
    let practitioner = Member {
        account: Person::Amy.id(),
        ..member.clone()
    };
    let to_another_role = offline(&exported, genesis, id, &key(7), &[practitioner]);
    let good = offline(&exported, genesis, id, &key(7), one);
    let elsewhere = Recovered {
        group: UNIT,
        ..good.clone()
    };
    for (bad, status) in [
        (&by_another, 400),
        (&to_nobody, 400),
        (&to_another_role, 400),
        (&elsewhere, 404),
    ] {
        assert_eq!(hand_in(&mut dee, bad).await, status);
    }
    assert_eq!(
        read(&mut dee, &by_another, now),
        Answer::Refused(Refused::WrongRecovery)
    );
    assert_eq!(
        read(&mut dee, &elsewhere, now),
        Answer::Refused(Refused::WrongPlace)
    );
    let noise = json!({ "recovered": Bytes(vec![1; 50]) });
    assert_eq!(dee.browser.ask("recover", noise).await.status, 400);
    assert_eq!(portal.count("link").await, 1, "unchanged");
    assert_eq!(hand_in(&mut dee, &good).await, 200);
});

story!(who_exports_recovers_and_records_a_drill, |portal| {
    let Lost { mut dee, id, .. } = lost(&portal).await;
    let group = json!({ "group": id });
    let mut cat = portal.signed_in(Person::Cat).await;
    let own: Export = codec::decode(&cat.ask("export_own", group.clone()).await.json::<Bytes>().0).unwrap();
    assert_eq!(own.wraps.len(), 1);
    let before: Vec<Drill> = cat.ask("drills", json!({})).await.json();
    let mine: Vec<_> = before.iter().filter(|one| one.group == id).collect();
    assert_eq!(mine[0].last, None);
    assert_eq!(cat.ask("record_drill", group.clone()).await.status, 200);
    assert_eq!(
        cat.ask("record_drill", group.clone()).await.status,
        409,
        "once a day"
    );
    let after: Vec<Drill> = cat.ask("drills", json!({})).await.json();
    let done = after.iter().find(|one| one.group == id).unwrap();
    assert_eq!(done.last, Some(portal.portal.clock.today()));

    // Bea is in another unit, and leads nothing; administrators have their own way.
    for function in ["export_own", "record_drill"] {
        for person in [Person::Ben, Person::Bea, Person::Amy] {
            let mut browser = portal.signed_in(person).await;
            assert_eq!(
                browser.ask(function, group.clone()).await.status,
                404,
                "{function}"
            );
        }
        assert_eq!(
            dee.browser.ask(function, group.clone()).await.status,
            403,
            "{function}"
        );
    }
    let mut bea = portal.signed_in(Person::Bea).await;
    let hers = json!({ "group": UNIT });
    assert_eq!(
        bea.ask("record_drill", hers).await.status,
        404,
        "who does not lead"
    );
    for person in [Person::Amy, Person::Cat] {
        let mut browser = portal.signed_in(person).await;
        assert_eq!(browser.ask("export", group.clone()).await.status, 403);
        let recovered = json!({ "recovered": Bytes(vec![1]) });
        assert_eq!(browser.ask("recover", recovered).await.status, 403);
    }
    let unknown = json!({ "group": GroupId([3; 16]) });
    assert_eq!(dee.browser.ask("export", unknown).await.status, 404);
    assert_eq!(
        dee.browser.ask("export", json!({ "group": SEALED })).await.status,
        200
    );
    assert_eq!(portal.count("drill").await, 1);
});

story!(whoever_carries_files_has_just_shown_that_it_is_them, |portal| {
    let Lost { mut dee, id, .. } = lost(&portal).await;
    let mut cat = portal.signed_in(Person::Cat).await;
    portal.wait(6);
    let group = json!({ "group": id });
    let recovered = json!({ "recovered": Bytes(vec![1]) });
    let unconfirmed = (403, AppError::Unconfirmed);
    let answer = cat.ask("export_own", group.clone()).await;
    assert_eq!((answer.status, answer.json()), unconfirmed);
    for (function, ask) in [("export", group.clone()), ("recover", recovered)] {
        let answer = dee.browser.ask(function, ask).await;
        assert_eq!((answer.status, answer.json()), unconfirmed, "{function}");
    }
    let again = json!({ "secret": Bytes(secret("cat").to_vec()) });
    assert_eq!(cat.ask("confirm", again).await.status, 200);
    assert_eq!(cat.ask("export_own", group).await.status, 200);
});
