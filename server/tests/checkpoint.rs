//! Checkpoints: two administrators' vaults make them, nobody else does, and a server that goes back on one is refused.

use crate::{
    portal::{Client, Person, TestPortal, administrators, secret},
    story,
};
use app::{bytes::Bytes, casework::Head, directory::checkpoint::Standing, error::AppError};
use protocol::{
    checkpoint::Checkpoint,
    id::{GroupId, Hash, Minute},
    refused::Refused,
    signed::{self, SigningKey},
    vault::{Answer, Ask, Blob, CheckpointView, Warning},
};
use serde_json::json;
use server::database::audit::Chain;

async fn standing(client: &mut Client) -> Standing {
    client.browser.ask("standing", json!({})).await.json()
}

fn places(heads: Vec<Head>) -> Vec<(GroupId, u64, Hash)> {
    let place = |head: Head| (head.compartment, head.position, head.head);
    heads.into_iter().map(place).collect()
}

fn bytes_of(answer: Answer) -> Bytes {
    match answer {
        Answer::Checkpoint(draft) => Bytes(draft.bytes.0),
        other => panic!("{other:?}"),
    }
}

async fn draft(client: &mut Client, now: Minute) -> Bytes {
    client.trusted().await;
    let heads = places(standing(client).await.heads);
    bytes_of(client.ask(Ask::DraftCheckpoint { heads, now }))
}

/// Looks at what waits.
async fn read(client: &mut Client, now: Minute) -> Answer {
    client.trusted().await;
    let Standing { heads, waiting } = standing(client).await;
    client.ask(Ask::ReadCheckpoint {
        checkpoint: Blob(waiting.unwrap().checkpoint.0),
        heads: places(heads),
        now,
    })
}

/// Looks at what waits, and signs it.
async fn countersign(client: &mut Client, now: Minute) -> Bytes {
    let seen = read(client, now).await;
    assert!(matches!(seen, Answer::CheckpointView(_)), "{seen:?}");
    let Standing { heads, waiting } = standing(client).await;
    bytes_of(client.ask(Ask::CountersignCheckpoint {
        checkpoint: Blob(waiting.unwrap().checkpoint.0),
        heads: places(heads),
        now,
    }))
}

async fn hand_in(client: &mut Client, checkpoint: &Bytes) -> u16 {
    let ask = json!({ "checkpoint": checkpoint });
    client.browser.ask("sign_checkpoint", ask).await.status
}

/// The next checkpoint, by both.
async fn made(dee: &mut Client, dan: &mut Client, now: Minute) {
    let first = draft(dee, now).await;
    assert_eq!(hand_in(dee, &first).await, 200);
    let second = countersign(dan, now).await;
    assert_eq!(hand_in(dan, &second).await, 200);
}

fn now(portal: &TestPortal) -> Minute {
    portal.portal.clock.minute()
}

story!(two_administrators_make_one_and_everybody_follows_it, |portal| {
    let [mut dee, mut dan] = administrators(&portal).await;
    let before = dee.trusted().await;
    assert!(before.checkpoint_due && before.warnings.contains(&Warning::NoFreshCheckpoint));

    let first = draft(&mut dee, now(&portal)).await;
    assert_eq!(hand_in(&mut dee, &first).await, 200);
    assert_eq!(portal.count("checkpoint").await, 0, "one is not enough");
    let waiting = standing(&mut dan).await.waiting.unwrap();
    assert_eq!((waiting.by, waiting.name.as_str()), (Person::Dee.id(), "dee"));
    let Answer::CheckpointView(view) = read(&mut dan, now(&portal)).await else {
        panic!("it can be read")
    };
    let CheckpointView {
        sequence,
        last,
        signed,
        signed_by_me,
        ..
    } = *view;
    assert_eq!((sequence, last, signed, signed_by_me), (1, None, 1, false));

    let second = countersign(&mut dan, now(&portal)).await;
    assert_eq!(hand_in(&mut dan, &second).await, 200);
    assert_eq!(portal.count("checkpoint_draft").await, 0);
    for client in [&mut dee, &mut dan] {
        let trusted = client.trusted().await;
        assert!(!trusted.checkpoint_due && trusted.warnings.is_empty());
        assert_eq!(trusted.checkpoint, Some(portal.portal.clock.today()));
    }
    let lines = portal.portal.database.audit(Chain::Staff).await.unwrap();
    for (act, actor) in [
        ("draft checkpoint", Person::Dee),
        ("sign checkpoint", Person::Dan),
    ] {
        let found = lines
            .iter()
            .any(|line| line.act == act && line.actor == Some(actor.id()));
        assert!(found, "{act}");
    }
    // The next one follows it.
    made(&mut dan, &mut dee, now(&portal)).await;
    assert_eq!(portal.count("checkpoint").await, 2);
});

story!(a_server_that_offers_the_one_before_is_refused, |portal| {
    let [mut dee, mut dan] = administrators(&portal).await;
    made(&mut dee, &mut dan, now(&portal)).await;
    made(&mut dee, &mut dan, now(&portal)).await;
    dee.trusted().await;
    dan.trusted().await;
    portal.tamper("DELETE FROM checkpoint WHERE sequence = 2").await;
    for client in [&mut dee, &mut dan] {
        let refused = Answer::Refused(Refused::AlteredCheckpoint);
        assert_eq!(client.verify().await, refused);
    }
    portal.tamper("DELETE FROM checkpoint").await;
    let refused = Answer::Refused(Refused::AlteredCheckpoint);
    assert_eq!(dee.verify().await, refused);
});

story!(one_administrator_is_not_two, |portal| {
    let [mut dee, mut dan] = administrators(&portal).await;
    let first = draft(&mut dee, now(&portal)).await;
    assert_eq!(hand_in(&mut dee, &first).await, 200);
    // Her own signature again, in a second session or in somebody else's, is the one that is there.
    let again = countersign(&mut dee, now(&portal)).await;
    assert_eq!(again, first);
    assert_eq!(hand_in(&mut dan, &first).await, 409);
    let mut elsewhere = portal.signed_in(Person::Dee).await;
    let both = countersign(&mut dan, now(&portal)).await;
    let ask = json!({ "checkpoint": both });
    assert_eq!(
        elsewhere.ask("sign_checkpoint", ask).await.status,
        409,
        "by whoever drafted it"
    );
    assert_eq!(portal.count("checkpoint").await, 0);
    assert_eq!(hand_in(&mut dan, &both).await, 200);
    assert_eq!(hand_in(&mut dan, &both).await, 409, "it is there");
});

story!(nothing_is_taken_that_no_client_would_take, |portal| {
    let [mut dee, mut dan] = administrators(&portal).await;
    let good = draft(&mut dee, now(&portal)).await;
    let honest = signed::verify::<Checkpoint>(&good.0).unwrap().payload;
    let stranger = SigningKey::from_seed([77; 32]);
    let by_stranger = |change: &dyn Fn(&mut Checkpoint)| {
        let mut one = honest.clone();
        change(&mut one);
        signed::sign(&one, &[&stranger])
    };
    for bad in [
        by_stranger(&|_| ()),
        signed::add::<Checkpoint>(&good.0, &stranger).unwrap(),
        vec![1; 100],
        vec![],
    ] {
        assert_eq!(hand_in(&mut dee, &Bytes(bad)).await, 400);
    }
    assert_eq!(portal.count("checkpoint_draft").await, 0);
    assert_eq!(hand_in(&mut dee, &good).await, 200);

    // Somebody who may not sign any more: what they left counts for nothing, and is out of the way.
    let both = countersign(&mut dan, now(&portal)).await;
    portal
        .tamper("UPDATE account SET suspended_on = 20600 WHERE name = 'dee'")
        .await;
    assert_eq!(standing(&mut dan).await.waiting, None);
    assert_eq!(hand_in(&mut dan, &both).await, 409);
    let own = draft(&mut dan, now(&portal)).await;
    assert_eq!(hand_in(&mut dan, &own).await, 200);
    assert_eq!(portal.count("checkpoint").await, 0);

    // The same, where the server keeps it and gives it on: the next directory no longer lists her key.
    portal
        .tamper("UPDATE account SET suspended_on = NULL WHERE name = 'dee'")
        .await;
    assert_eq!(dan.browser.ask("discard_checkpoint", json!({})).await.status, 200);
    assert_eq!(hand_in(&mut dee, &good).await, 200);
    dan.alone_in_the_directory(&portal).await;
    dan.trusted().await;
    let refused = Answer::Refused(Refused::NotAdministrator);
    assert_eq!(read(&mut dan, now(&portal)).await, refused);
    assert_eq!(hand_in(&mut dan, &both).await, 400);
    assert_eq!(portal.count("checkpoint").await, 0);
});

story!(nobody_but_administrators_sees_or_signs_them, |portal| {
    let [mut dee, _] = administrators(&portal).await;
    let first = draft(&mut dee, now(&portal)).await;
    let asks = [
        ("standing", json!({})),
        ("sign_checkpoint", json!({ "checkpoint": first })),
        ("discard_checkpoint", json!({})),
    ];
    assert_eq!(hand_in(&mut dee, &first).await, 200);
    for (function, ask) in asks {
        for person in [Person::Amy, Person::Ben] {
            let mut browser = portal.signed_in(person).await;
            assert_eq!(browser.ask(function, ask.clone()).await.status, 403, "{function}");
        }
        let stranger = portal.browser().ask(function, ask).await;
        assert_eq!(stranger.status, 401, "{function}");
    }
    assert_eq!(portal.count("checkpoint_draft").await, 1);
});

story!(whoever_signs_has_just_shown_that_it_is_them, |portal| {
    let [mut dee, _] = administrators(&portal).await;
    let first = draft(&mut dee, now(&portal)).await;
    portal.wait(6);
    let ask = json!({ "checkpoint": first });
    let answer = dee.browser.ask("sign_checkpoint", ask).await;
    assert_eq!((answer.status, answer.json()), (403, AppError::Unconfirmed));
    let confirm = json!({ "secret": Bytes(secret("dee").to_vec()) });
    assert_eq!(dee.browser.ask("confirm", confirm).await.status, 200);
    assert_eq!(hand_in(&mut dee, &first).await, 200);
    assert_eq!(dee.browser.ask("discard_checkpoint", json!({})).await.status, 200);
    assert_eq!(dee.browser.ask("discard_checkpoint", json!({})).await.status, 404);
    assert_eq!(portal.count("checkpoint_draft").await, 0);
});
