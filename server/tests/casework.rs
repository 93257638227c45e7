//! What a unit's people may fetch and write, and what they may not.

use crate::{
    portal::{Person, SEALED, UNIT, concern, entry, token},
    story,
};
use app::casework::{Queue, Waiting};
use protocol::{
    append::{Append, Fetched, LogKind},
    id::{AppendId, Day, LogId},
};
use serde_json::json;
use server::database::audit::Chain;

/// The journal of the thread of token 7.
fn journal() -> LogId {
    token(7).log().journal()
}

/// A journal's entry and a word to the practitioner, together.
fn acknowledge(id: u8, sequence: u32) -> Append {
    Append {
        id: AppendId([id; 16]),
        entries: vec![
            entry(LogKind::Journal, journal(), sequence, id),
            entry(LogKind::Thread, token(7).log(), sequence + 1, id),
        ],
        tokens: Vec::new(),
        ..concern(7)
    }
}

story!(an_assessor_finds_opens_and_answers_a_concern, |portal| {
    portal.signed_in(Person::Amy).await.append(&concern(7)).await;
    let mut ben = portal.signed_in(Person::Ben).await;
    let queue: Queue = ben.ask("queue", json!({})).await.json();
    let waiting = Waiting {
        log: token(7).log(),
        compartment: UNIT,
        received: Day(20_600),
        entries: 1,
        journal: 0,
        connected: false,
    };
    assert_eq!(queue.threads, [waiting]);
    assert_eq!(
        (
            queue.heads.len(),
            queue.heads[0].compartment,
            queue.heads[0].position
        ),
        (1, UNIT, 1)
    );
    let thread: Fetched = ben.log(token(7).log(), None).await.cbor();
    assert_eq!(
        thread.entries[0].ciphertext,
        Some(concern(7).entries[0].ciphertext.clone())
    );

    assert_eq!(ben.append(&acknowledge(1, 0)).await.status, 200);
    assert_eq!(
        portal
            .signed_in(Person::Amy)
            .await
            .thread(&token(7))
            .await
            .entries
            .len(),
        2
    );
    let journal: Fetched = ben.log(journal(), None).await.cbor();
    assert_eq!((journal.kind, journal.entries.len()), (LogKind::Journal, 1));
    let queue: Queue = ben.ask("queue", json!({})).await.json();
    assert_eq!(
        (
            queue.threads[0].entries,
            queue.heads[0].position,
            queue.threads.len()
        ),
        (2, 3, 1)
    );
});

story!(two_assessors_at_once_see_each_other, |portal| {
    portal.signed_in(Person::Amy).await.append(&concern(7)).await;
    let (mut ben, mut bea) = (
        portal.signed_in(Person::Ben).await,
        portal.signed_in(Person::Bea).await,
    );
    assert_eq!(ben.append(&acknowledge(1, 0)).await.status, 200);
    assert_eq!(bea.append(&acknowledge(2, 0)).await.status, 409);
    assert_eq!(
        portal.count("entry").await,
        3,
        "nothing of the second was written"
    );
    assert_eq!(bea.append(&acknowledge(3, 1)).await.status, 200);
});

story!(
    who_has_a_connection_is_handed_nothing_more_and_the_leads_see_that_somebody_said_so,
    |portal| {
        portal.signed_in(Person::Amy).await.append(&concern(7)).await;
        let (mut ben, mut bea) = (
            portal.signed_in(Person::Ben).await,
            portal.signed_in(Person::Bea).await,
        );
        bea.append(&acknowledge(1, 0)).await;
        let log = token(7).log();
        let foreign = portal
            .signed_in(Person::Cat)
            .await
            .ask("connect", json!({ "log": log }))
            .await;
        assert_eq!(foreign.status, 404);
        assert_eq!(bea.ask("connect", json!({ "log": log })).await.status, 200);
        assert_eq!(
            bea.ask("connect", json!({ "log": log })).await.status,
            200,
            "again"
        );
        for log in [log, journal()] {
            assert_eq!(bea.log(log, None).await.status, 403);
            assert_eq!(ben.log(log, None).await.status, 200);
        }
        assert_eq!(bea.append(&acknowledge(2, 1)).await.status, 403);
        let hers: Queue = bea.ask("queue", json!({})).await.json();
        assert!(
            hers.threads[0].connected,
            "in the list, so that nothing seems left out"
        );
        assert_eq!(hers.connections, [], "she does not lead");
        let his: Queue = ben.ask("queue", json!({})).await.json();
        assert!(!his.threads[0].connected);
        assert_eq!(his.connections, [(log, Person::Bea.id())]);
        assert_eq!(ben.append(&acknowledge(3, 1)).await.status, 200);
    }
);

story!(another_compartment_is_not_there, |portal| {
    portal.signed_in(Person::Amy).await.append(&concern(7)).await;
    let mut cat = portal.signed_in(Person::Cat).await;
    let queue: Queue = cat.ask("queue", json!({})).await.json();
    assert_eq!((queue.threads.len(), queue.heads[0].compartment), (0, SEALED));
    let foreign = cat.log(token(7).log(), None).await;
    let unknown = cat.log(token(8).log(), None).await;
    assert_eq!((foreign.status, unknown.status), (404, 404));
    assert_eq!(foreign.body, unknown.body);
    let foreign = cat.get(&format!("/api/commitments/{UNIT}")).await;
    let unknown = cat.get(&format!("/api/commitments/{}", "ee".repeat(16))).await;
    assert_eq!((foreign.status, unknown.status), (404, 404));

    assert_eq!(cat.append(&acknowledge(1, 0)).await.status, 404);
    let in_her_own = Append {
        compartment: SEALED,
        ..acknowledge(1, 0)
    };
    let of_nothing = Append {
        compartment: SEALED,
        id: AppendId([2; 16]),
        entries: vec![entry(LogKind::Thread, token(9).log(), 1, 1)],
        tokens: Vec::new(),
        ..concern(7)
    };
    assert_eq!(cat.append(&in_her_own).await.status, 409);
    assert_eq!(
        cat.append(&of_nothing).await.status,
        409,
        "as if the other's thread were not there"
    );
    assert_eq!(portal.count("entry").await, 1);
});

story!(a_member_who_was_removed_fetches_and_writes_nothing, |portal| {
    portal.signed_in(Person::Amy).await.append(&concern(7)).await;
    let mut ben = portal.signed_in(Person::Ben).await;
    assert_eq!(ben.log(token(7).log(), None).await.status, 200);
    let mut transaction = portal.portal.database.begin().await.unwrap();
    transaction.delete_member(UNIT, Person::Ben.id()).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(ben.log(token(7).log(), None).await.status, 404);
    assert_eq!(ben.append(&acknowledge(1, 0)).await.status, 404);
    assert_eq!(ben.get(&format!("/api/commitments/{UNIT}")).await.status, 404);
});

story!(a_member_begins_a_thread_without_a_token_and_alone, |portal| {
    let mut ben = portal.signed_in(Person::Ben).await;
    assert_eq!(ben.append(&concern(7)).await.status, 400, "with a token");
    let log = token(7).log();
    let began = Append {
        tokens: Vec::new(),
        ..concern(7)
    };
    let with_another = Append {
        entries: vec![
            entry(LogKind::Thread, log, 0, 1),
            entry(LogKind::Thread, token(8).log(), 0, 1),
        ],
        ..began.clone()
    };
    assert_eq!(ben.append(&with_another).await.status, 403, "with another");
    assert_eq!(portal.count("entry").await, 0);
    assert_eq!(ben.append(&began).await.status, 200, "to try the compartment");
    let mut cat = portal.signed_in(Person::Cat).await;
    assert_eq!(cat.append(&began).await.status, 404, "in her own only");
});

story!(
    what_an_assessor_fetches_and_writes_is_told_in_the_audit,
    |portal| {
        portal.signed_in(Person::Amy).await.append(&concern(7)).await;
        let mut ben = portal.signed_in(Person::Ben).await;
        ben.log(token(7).log(), None).await;
        ben.append(&acknowledge(1, 0)).await;
        let lines = portal.portal.database.audit(Chain::Staff).await.unwrap();
        let told: Vec<_> = lines
            .iter()
            .map(|line| (line.act.as_str(), line.object.clone()))
            .collect();
        let thread = token(7).log().0.to_vec();
        assert_eq!(
            told,
            [("sign in", vec![]), ("fetch", thread), ("append", vec![1; 16])]
        );
        assert!(lines.iter().all(|line| line.actor == Some(Person::Ben.id())));
        assert_eq!(server::audit::verify(Chain::Staff, &lines), Ok(()));

        portal.tamper("ALTER TABLE audit_staff RENAME TO gone").await;
        assert_eq!(
            ben.log(token(7).log(), None).await.status,
            500,
            "nothing is fetched without its line"
        );
    }
);

story!(the_audit_is_neither_changed_nor_shortened_by_mistake, |portal| {
    portal.signed_in(Person::Ben).await;
    for sql in [
        "UPDATE audit_staff SET act = 'nothing'",
        "DELETE FROM audit_staff",
    ] {
        let result = match &portal.portal.database {
            server::database::Database::Sqlite { write, .. } => {
                sqlx::query(sql).execute(write).await.map(drop)
            }
            server::database::Database::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(drop),
        };
        assert!(result.is_err(), "{sql}");
    }
    assert_eq!(portal.count("audit_staff").await, 1);
});

story!(commitments_go_on_from_a_position, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    for n in 1..=5 {
        amy.append(&concern(n)).await;
    }
    let mut ben = portal.signed_in(Person::Ben).await;
    let all = ben.commitments(UNIT, 0).await;
    assert_eq!(all.len(), 5);
    assert_eq!(ben.commitments(UNIT, 3).await, all[3..]);
    assert_eq!(ben.commitments(UNIT, 99).await, []);
    assert_eq!(
        ben.get(&format!("/api/commitments/{UNIT}?after=x")).await.status,
        400
    );
});
