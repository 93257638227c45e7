//! Whoever runs the portal: from an empty database to administrators whom the directory lists, and what its commands refuse.

use crate::{
    portal::{Client, Person, TestPortal, directory, instance, receipt_key, receipt_public},
    story,
};
use app::{account::Role, account::Session, error::AppError};
use protocol::{
    checkpoint::Checkpoint,
    directory::Directory,
    group::{Founding, GroupKind, Member, Policy},
    id::{AccountId, Day, GroupId, Hash, VerifyingKey},
    keyring::Keyring,
    refused::Refused,
    signed::{SigningKey, sign},
    vault::{Answer, Ask},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use serde_json::json;
use server::{
    audit::OPERATOR,
    database::{
        audit::{Chain, Line},
        directory::GroupKind as Shown,
    },
    operator::Published,
};

/// Has a link made; gives its end.
async fn link(portal: &TestPortal, seed: u8) -> String {
    let mut rng = ChaCha20Rng::from_seed([seed; 32]);
    let link = portal.operator().invite(&mut rng).await.unwrap();
    link.split_once("/join/").unwrap().1.to_owned()
}

/// Somebody takes a link up; gives them and their signing key.
async fn administrator(portal: &TestPortal, name: &str, seed: u8) -> (Client, VerifyingKey) {
    let link = link(portal, seed).await;
    let (mut client, new) = Client::answer(portal, &link, name, seed).await;
    let session: Session = client.join(&new).await.json();
    assert_eq!(session.role, Role::Administrator);
    let Answer::Signer { key, words } = client.ask(Ask::Signer) else {
        panic!("no key")
    };
    assert_eq!(words.len(), 6);
    (client, key)
}

pub(crate) fn first(portal: &TestPortal, administrators: Vec<VerifyingKey>) -> Directory {
    Directory {
        version: 1,
        ..directory(administrators, portal.portal.clock.today())
    }
}

pub(crate) async fn publish(portal: &TestPortal, directory: &Directory) -> Result<Published, String> {
    let bytes = sign(directory, &[&receipt_key()]);
    let published = portal.operator().publish(&bytes, receipt_public()).await;
    published.map_err(|error| error.to_string())
}

async fn lines(portal: &TestPortal) -> Vec<Line> {
    portal.portal.database.audit(Chain::Staff).await.unwrap()
}

story!(
    from_an_empty_database_to_administrators_whom_the_directory_lists,
    |portal| {
        portal.empty().await;
        assert_eq!(portal.browser().get("/readyz").await.status, 200);
        let (mut nadia, nadias) = administrator(&portal, "nadia", 1).await;
        assert_eq!(nadia.verify().await, Answer::Done, "there is no directory yet");
        let (mut omar, omars) = administrator(&portal, "omar", 2).await;
        let published = publish(&portal, &first(&portal, vec![nadias, omars]))
            .await
            .unwrap();
        assert_eq!(
            (published.version, published.days, published.before),
            (1, 80, false)
        );
        for client in [&mut nadia, &mut omar] {
            let trusted = client.trusted().await;
            assert!(trusted.is_administrator);
            assert_eq!(
                (trusted.hash, trusted.words),
                (published.hash, published.words.clone())
            );
        }
        let listed = portal.operator().administrators().await.unwrap();
        let told: Vec<_> = listed
            .iter()
            .map(|one| {
                (
                    one.name.as_str(),
                    one.listed,
                    one.key.as_ref().map(|(key, _)| *key),
                )
            })
            .collect();
        assert_eq!(told, [("nadia", true, Some(nadias)), ("omar", true, Some(omars))]);
        let lines = lines(&portal).await;
        let operators = lines.iter().filter(|line| line.actor == Some(OPERATOR));
        let acts: Vec<_> = operators.map(|line| line.act.as_str()).collect();
        assert_eq!(acts, ["invite", "invite", "publish directory"]);
        assert_eq!(server::audit::verify(Chain::Staff, &lines), Ok(()));
    }
);

story!(
    a_directory_that_browsers_would_refuse_is_not_published,
    |portal| {
        portal.empty().await;
        let good = first(&portal, vec![]);
        publish(&portal, &good).await.unwrap();
        let next = Directory {
            version: 2,
            previous: good.hash(),
            ..good.clone()
        };
        publish(&portal, &next).await.unwrap();
        let today = portal.portal.clock.today();
        let third = Directory {
            version: 3,
            previous: next.hash(),
            ..good.clone()
        };
        let written = lines(&portal).await.len();
        for (bad, why) in [
            (
                good.clone(),
                "older than the one seen before; version 2 is published",
            ),
            (
                Directory {
                    vintage: "other".into(),
                    ..next.clone()
                },
                "does not follow",
            ),
            (
                Directory {
                    previous: good.hash(),
                    ..third.clone()
                },
                "does not follow",
            ),
            (
                Directory {
                    issued: Day(today.0 - 90),
                    expires: Day(today.0 - 1),
                    ..third.clone()
                },
                "has expired",
            ),
            (
                Directory {
                    expires: Day(today.0 + 91),
                    ..third.clone()
                },
                "has expired",
            ),
            (
                Directory {
                    instance: Hash::ZERO,
                    ..third.clone()
                },
                "another deployment",
            ),
            (
                Directory {
                    receipt_key: VerifyingKey([7; 32]),
                    ..third.clone()
                },
                "another key for receipts",
            ),
        ] {
            let said = publish(&portal, &bad).await.unwrap_err();
            assert!(said.contains(why), "{why}: {said}");
        }
        let stranger = SigningKey::from_seed([9; 32]);
        for bytes in [
            sign(&third, &[&stranger]),
            sign(&third, &[&stranger, &receipt_key()]),
            vec![1; 40],
        ] {
            let said = portal
                .operator()
                .publish(&bytes, receipt_public())
                .await
                .unwrap_err();
            assert!(said.to_string().contains("not signed by the root keys"), "{said}");
        }
        assert_eq!(portal.count("directory").await, 2);
        assert!(publish(&portal, &next).await.unwrap().before, "again is no error");
        assert_eq!(
            (portal.count("directory").await, lines(&portal).await.len()),
            (2, written)
        );
        publish(&portal, &third).await.unwrap();
        assert_eq!(third.instance, instance());
    }
);

/// A partner of one lead, whom these administrators approved.
fn partner(administrators: &[&SigningKey], today: Day) -> (GroupId, Hash, Vec<u8>) {
    let mut rng = ChaCha20Rng::from_seed([9; 32]);
    let lead = Keyring::new(instance(), AccountId([9; 16]), &mut rng);
    let founding = Founding {
        kind: GroupKind::Partner,
        name: "Refuge".into(),
        members: vec![Member {
            account: lead.account,
            signer: lead.signer.verifying(),
            recipient: lead.identity.recipient(),
            lead: true,
        }],
        policy: Policy {
            signers: 1,
            recovery: None,
            custodians: vec![],
            aims: None,
        },
    };
    let (link, _) = founding.draft(instance(), today, &mut rng);
    (link.group, link.hash(), sign(&link, administrators))
}

story!(
    a_directory_by_which_what_is_there_would_not_hold_is_not_published,
    |portal| {
        portal.empty().await;
        let today = portal.portal.clock.today();
        let [one, two, three] = [11, 12, 13].map(|seed| SigningKey::from_seed([seed; 32]));
        let keys = |both: [&SigningKey; 2]| both.map(SigningKey::verifying).to_vec();
        let before = first(&portal, keys([&one, &two]));
        publish(&portal, &before).await.unwrap();
        let (group, link, bytes) = partner(&[&one, &two], today);
        let checkpoint = Checkpoint {
            instance: instance(),
            sequence: 1,
            previous: Hash::ZERO,
            day: today,
            chains: vec![(group, 0, link)],
            commitments: vec![],
        };
        let mut to = portal.portal.database.begin().await.unwrap();
        to.insert_group(group, Shown::Partner).await.unwrap();
        to.insert_link(group, 0, &bytes).await.unwrap();
        to.insert_checkpoint(1, &sign(&checkpoint, &[&one, &two]))
            .await
            .unwrap();
        to.commit().await.unwrap();

        let without = |standing: &[Hash]| Directory {
            version: 2,
            previous: before.hash(),
            administrators: keys([&two, &three]),
            standing: standing.to_vec(),
            ..before.clone()
        };
        for (standing, broken) in [
            (&[][..], format!("group {group}")),
            (&[checkpoint.hash()], format!("group {group}")),
            (&[link], "the newest checkpoint".into()),
        ] {
            let said = publish(&portal, &without(standing)).await.unwrap_err();
            assert!(said.contains(&broken), "{said}");
            assert_eq!(portal.count("directory").await, 1);
        }
        publish(&portal, &without(&[link, checkpoint.hash()]))
            .await
            .unwrap();
    }
);

story!(
    whoever_has_seen_a_directory_is_not_told_that_there_is_none,
    |portal| {
        portal.empty().await;
        let (mut nadia, key) = administrator(&portal, "nadia", 1).await;
        publish(&portal, &first(&portal, vec![key])).await.unwrap();
        nadia.trusted().await;
        portal.tamper("DELETE FROM directory").await;
        assert_eq!(nadia.verify().await, Answer::Refused(Refused::OlderDirectory));
    }
);

story!(
    an_administrators_link_works_once_and_can_be_taken_back,
    |portal| {
        let (used, unused) = (link(&portal, 1).await, link(&portal, 2).await);
        let (mut nadia, new) = Client::answer(&portal, &used, "nadia", 1).await;
        assert_eq!(nadia.join(&new).await.status, 200);
        assert_eq!(nadia.join(&new).await.status, 404, "again");
        assert_eq!(portal.operator().waiting().await.unwrap(), [72 * 60]);
        assert_eq!(portal.operator().revoke().await.unwrap(), 1);
        assert_eq!(portal.operator().revoke().await.unwrap(), 0);
        let lines = portal.portal.database.audit(Chain::Staff).await.unwrap();
        let revoked: Vec<_> = lines.iter().filter(|line| line.act == "revoke").collect();
        let lookup = unused.split_once('#').unwrap().0;
        let object = protocol::invitation::Lookup::from_text(lookup).unwrap().hash();
        assert_eq!(revoked.len(), 1);
        assert_eq!(revoked[0].object, object.0);
        let lookup = json!({ "lookup": unused.split_once('#').unwrap().0 });
        let answer = portal.browser().ask("look_up", lookup).await;
        assert_eq!((answer.status, answer.json()), (404, AppError::NotFound));
        assert!(nadia.browser.session().await.is_some(), "what was taken up stays");
        // Nobody but whoever runs the portal ends such a link.
        let third = link(&portal, 3).await;
        let hash = protocol::invitation::Lookup::from_text(third.split_once('#').unwrap().0);
        let revoke = json!({ "lookup": hash.unwrap().hash() });
        let mut dee = portal.signed_in(Person::Dee).await;
        assert_eq!(dee.ask("revoke", revoke).await.status, 404);
        assert_eq!(portal.operator().waiting().await.unwrap().len(), 1);
    }
);

story!(in_an_emergency_anybody_is_suspended_and_signed_out, |portal| {
    let operator = portal.operator();
    for person in [Person::Amy, Person::Ben, Person::Dee] {
        let mut browser = portal.signed_in(person).await;
        operator.suspend(person.name()).await.unwrap();
        assert!(browser.session().await.is_none());
        assert_eq!(portal.browser().sign_in(person.name()).await.status, 403);
        let again = operator.suspend(person.name()).await.unwrap_err().to_string();
        assert!(again.contains("suspended already"), "{again}");
        operator.lift(&person.name().to_uppercase()).await.unwrap();
        assert_eq!(portal.browser().sign_in(person.name()).await.status, 200);
    }
    assert!(operator.suspend("nobody").await.is_err() && operator.lift("amy").await.is_err());
    let lines = lines(&portal).await;
    let objects: Vec<_> = lines
        .iter()
        .filter(|line| line.actor == Some(OPERATOR))
        .map(|line| (line.act.as_str(), line.object.clone()))
        .collect();
    assert_eq!(objects.len(), 6);
    assert!(objects.contains(&("suspend", Person::Ben.id().0.to_vec())));
});
