//! Sending a concern, once and for good, and reading it back.

use crate::{
    portal::{Person, SEALED, TestPortal, UNIT, concern, entry, instance, receipt_public, token},
    story,
};
use app::{concern::Found, error::AppError};
use protocol::{
    append::{Append, LogKind, Receipt},
    codec,
    id::{AppendId, Day, GroupId, Hash, LogId},
};
use serde_json::json;
use server::database::audit::Chain;

fn verified(receipt: &[u8]) -> Receipt {
    Receipt::verify(receipt, instance(), receipt_public()).unwrap()
}

story!(a_concern_is_sent_and_read_back_with_its_receipt, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let append = concern(7);
    let answer = amy.append(&append).await;
    assert_eq!(answer.status, 200);
    let receipt = verified(&answer.body);
    assert!(receipt.answers(append.id, &codec::encode(&append)));
    let hash = Hash::of(&append.entries[0].ciphertext);
    assert!(receipt.covers(token(7).log(), 0, hash));
    assert_eq!((receipt.entries[0].position, receipt.day), (1, Day(20_600)));
    assert_eq!(receipt.head, receipt.entries[0].extend(Hash::ZERO, UNIT));

    let found: Vec<Found> = amy
        .ask("find", json!({ "tokens": [token(6), token(7)] }))
        .await
        .json();
    assert_eq!(
        found,
        [Found {
            log: token(7).log(),
            entries: 1
        }]
    );
    let thread = amy.thread(&token(7)).await;
    assert_eq!(
        (thread.kind, thread.compartment, thread.entries.len()),
        (LogKind::Thread, UNIT, 1)
    );
    let stored = &thread.entries[0];
    assert_eq!(stored.ciphertext.as_ref(), Some(&append.entries[0].ciphertext));
    assert_eq!((stored.hash, &stored.receipt), (hash, &answer.body));
});

story!(
    whoever_holds_the_token_may_write_and_read_and_nobody_else,
    |portal| {
        let (mut amy, mut ann) = (
            portal.signed_in(Person::Amy).await,
            portal.signed_in(Person::Ann).await,
        );
        amy.append(&concern(7)).await;
        let foreign = ann.log(token(7).log(), Some(&token(8))).await;
        let unknown = ann.log(token(9).log(), Some(&token(9))).await;
        let nothing = ann.log(token(7).log(), None).await;
        assert_eq!((foreign.status, unknown.status, nothing.status), (404, 404, 404));
        assert_eq!((&foreign.body, &nothing.body), (&unknown.body, &unknown.body));
        assert_eq!(ann.get("/api/log/not-a-log").await.status, 404);

        let mut forged = concern(7);
        forged.id = AppendId([1; 16]);
        forged.entries[0].sequence = 1;
        forged.tokens = vec![token(8)];
        assert_eq!(ann.append(&forged).await.status, 403);
        forged.tokens = Vec::new();
        assert_eq!(ann.append(&forged).await.status, 403);
        assert_eq!(portal.browser().append(&concern(9)).await.status, 401);
        assert_eq!(
            portal
                .signed_in(Person::Dee)
                .await
                .append(&concern(9))
                .await
                .status,
            403
        );
        assert_eq!(portal.count("entry").await, 1);
    }
);

story!(a_lost_answer_is_asked_for_again, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let first = amy.append(&concern(7)).await;
    amy.append(&concern(8)).await;
    portal.wait(3 * 24 * 60);
    let mut amy = portal.signed_in(Person::Amy).await;
    let again = amy.append(&concern(7)).await;
    assert_eq!(
        (again.status, &again.body),
        (200, &first.body),
        "the same bytes, days later"
    );

    let mut other = concern(7);
    other.entries[0].ciphertext[0] ^= 1;
    let answer = amy.append(&other).await;
    assert_eq!(
        (answer.status, answer.json::<AppError>()),
        (409, AppError::Conflict),
        "the same id, other bytes"
    );
    assert_eq!(
        (portal.count("entry").await, portal.count("append").await),
        (2, 2)
    );
});

story!(an_answer_is_the_same_though_the_key_has_changed_since, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let first = amy.append(&concern(7)).await;
    next_epoch(&portal).await;
    assert_eq!(amy.append(&concern(7)).await.body, first.body);
    assert_eq!(
        amy.append(&concern(8)).await.status,
        409,
        "sealed to an epoch that has passed"
    );
    let sealed_anew = Append {
        epoch: 2,
        ..concern(8)
    };
    assert_eq!(amy.append(&sealed_anew).await.status, 200);
});

async fn next_epoch(portal: &TestPortal) {
    let mut transaction = portal.portal.database.begin().await.unwrap();
    transaction
        .insert_wrap(UNIT, 2, Person::Ben.id(), b"a wrap")
        .await
        .unwrap();
    transaction.commit().await.unwrap();
}

story!(sixty_four_of_the_same_at_once_are_one, |portal| {
    let amy = portal.signed_in(Person::Amy).await;
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let mut amy = amy.clone();
            tokio::spawn(async move { amy.append(&concern(7)).await })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        let answer = task.await.unwrap();
        answers.push((answer.status, answer.body));
    }
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "one receipt for all"
    );
    assert_eq!(answers[0].0, 200);
    assert_eq!(
        (portal.count("entry").await, portal.count("append").await),
        (1, 1)
    );
    assert_eq!(portal.portal.database.audit(Chain::Sent).await.unwrap().len(), 1);
});

story!(sixty_four_different_at_once_make_one_chain, |portal| {
    let amy = portal.signed_in(Person::Amy).await;
    let tasks: Vec<_> = (1..=64)
        .map(|n| {
            let mut amy = amy.clone();
            tokio::spawn(async move { amy.append(&concern(n)).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().status, 200);
    }
    let mut head = Hash::ZERO;
    let commitments = portal.signed_in(Person::Ben).await.commitments(UNIT, 0).await;
    for (line, position) in commitments.iter().zip(1..) {
        assert_eq!(line.position, position);
        head = line.extend(head, UNIT);
    }
    assert_eq!(commitments.len(), 64);
    assert_eq!(portal.portal.database.head_of(UNIT).await.unwrap().head, head);
    let lines = portal.portal.database.audit(Chain::Sent).await.unwrap();
    assert_eq!(
        (lines.len(), server::audit::verify(Chain::Sent, &lines)),
        (64, Ok(()))
    );
});

story!(entries_are_written_together_or_not_at_all, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let log = token(7).log();
    let mut append = concern(7);
    append.entries = (0..16).map(|n| entry(LogKind::Thread, log, n, 1)).collect();
    append.entries[15].sequence = 99;
    assert_eq!(amy.append(&append).await.status, 409);
    assert_eq!(
        (
            portal.count("entry").await,
            portal.count("log").await,
            portal.count("append").await
        ),
        (0, 0, 0)
    );

    append.entries[15].sequence = 15;
    let receipt = verified(&amy.append(&append).await.body);
    assert_eq!(receipt.entries.len(), 16);
    assert_eq!(amy.thread(&token(7)).await.entries.len(), 16);
});

story!(an_entry_out_of_its_place_is_a_conflict, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let write = |id: u8, sequence: u32| Append {
        id: AppendId([id; 16]),
        entries: vec![entry(LogKind::Thread, token(7).log(), sequence, id)],
        ..concern(7)
    };
    assert_eq!(amy.append(&write(1, 1)).await.status, 409, "a thread begins at 0");
    assert_eq!(amy.append(&write(2, 0)).await.status, 200);
    for (id, sequence, status) in [(3, 0, 409), (4, 2, 409), (5, 1, 200)] {
        assert_eq!(amy.append(&write(id, sequence)).await.status, status);
    }
    let elsewhere = Append {
        compartment: SEALED,
        ..write(6, 2)
    };
    assert_eq!(
        amy.append(&elsewhere).await.status,
        409,
        "a thread stays in its compartment"
    );
});

story!(nothing_is_sent_without_a_line_in_the_audit, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    amy.append(&concern(7)).await;
    portal.tamper("ALTER TABLE audit_sent RENAME TO gone").await;
    let answer = amy.append(&concern(8)).await;
    assert_eq!(
        (answer.status, answer.json::<AppError>()),
        (500, AppError::Internal)
    );
    assert_eq!(
        (
            portal.count("entry").await,
            portal.count("append").await,
            portal.count("log").await
        ),
        (1, 1, 1)
    );
    portal.tamper("ALTER TABLE gone RENAME TO audit_sent").await;
    assert_eq!(
        amy.append(&concern(8)).await.status,
        200,
        "and the same again when it can be written"
    );
});

story!(one_that_fails_does_not_take_others_with_it, |portal| {
    let amy = portal.signed_in(Person::Amy).await;
    let tasks: Vec<_> = (1..=20)
        .map(|n| {
            let mut amy = amy.clone();
            let mut append = concern(n);
            append.epoch += u32::from(n % 2);
            tokio::spawn(async move { (n, amy.append(&append).await.status) })
        })
        .collect();
    for task in tasks {
        let (n, status) = task.await.unwrap();
        assert_eq!(status, if n % 2 == 0 { 200 } else { 409 });
    }
    assert_eq!(portal.count("append").await, 10);
});

story!(the_database_does_not_know_who_sent, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    amy.append(&concern(7)).await;
    let lines = portal.portal.database.audit(Chain::Sent).await.unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (lines[0].actor, lines[0].at.0 % (24 * 60)),
        (None, 0),
        "nobody, and no time of day"
    );
    let expected = Hash::domain("sent", &[&[7; 16], &Hash::of(&codec::encode(&concern(7))).0]);
    assert_eq!(lines[0].object, expected.0);
});

story!(what_is_not_an_append_is_refused, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let good = codec::encode(&concern(7));
    for bad in [
        vec![],
        vec![0xff; 100],
        good[..good.len() - 1].to_vec(),
        [good.clone(), vec![0]].concat(),
    ] {
        assert_eq!(amy.post("/api/append", bad).await.status, 400);
    }
    let sized = |size| {
        let mut append = concern(7);
        append.entries[0].ciphertext = vec![1; size];
        append
    };
    assert_eq!(amy.append(&sized(4095)).await.status, 400);
    assert_eq!(amy.append(&sized(512 * 1024 + 1)).await.status, 413);
    assert_eq!(amy.append(&sized(512 * 1024)).await.status, 200);
    let answer = amy.post("/api/append", vec![0; 30_000_000]).await;
    assert_eq!(
        (answer.status, answer.json::<AppError>()),
        (413, AppError::TooLarge)
    );
    let nowhere = Append {
        compartment: GroupId([0xee; 16]),
        ..concern(8)
    };
    assert_eq!(amy.append(&nowhere).await.status, 404);
    let to_an_organisation = Append {
        compartment: GroupId([0xc; 16]),
        ..concern(8)
    };
    assert_eq!(amy.append(&to_an_organisation).await.status, 404);
});

story!(a_question_for_too_many_threads_is_refused, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let ask = |count: u8| json!({ "tokens": (0..count).map(token).collect::<Vec<_>>() });
    assert_eq!(amy.ask("find", ask(40)).await.status, 200);
    assert_eq!(amy.ask("find", ask(41)).await.status, 400);
});

story!(parts_of_attachments_are_named_by_their_hash, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let bytes = vec![7; 5 * 1024 * 1024];
    let path = format!("/api/blob/{}", Hash::of(&bytes));
    assert_eq!(amy.get(&path).await.status, 404);
    assert_eq!(
        amy.request(axum::http::Method::PUT, &path, bytes.clone())
            .await
            .status,
        201
    );
    assert_eq!(
        amy.request(axum::http::Method::PUT, &path, bytes.clone())
            .await
            .status,
        200,
        "again changes nothing"
    );
    assert_eq!(
        amy.request(axum::http::Method::PUT, &path, vec![8; 9])
            .await
            .status,
        400,
        "other bytes"
    );
    let lines = portal.portal.database.audit(Chain::Sent).await.unwrap();
    assert_eq!(lines.len(), 1, "one line for what was new, and it names nobody");
    assert_eq!((lines[0].act.as_str(), lines[0].actor), ("part", None));
    assert_eq!(portal.signed_in(Person::Ben).await.get(&path).await.body, bytes);
    assert_eq!(portal.browser().get(&path).await.status, 401);
    let longer = vec![7; 5 * 1024 * 1024 + 1];
    let path = format!("/api/blob/{}", Hash::of(&longer));
    assert_eq!(
        amy.request(axum::http::Method::PUT, &path, longer).await.status,
        413
    );
    assert_eq!(portal.count("blob").await, 1);
});

story!(nobody_fills_the_disk_with_parts, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let part = |n: u8| {
        let bytes = vec![n; 5 * 1024 * 1024];
        (format!("/api/blob/{}", Hash::of(&bytes)), bytes)
    };
    let mut statuses = Vec::new();
    for n in 0..=80 {
        let (path, bytes) = part(n);
        statuses.push(amy.request(axum::http::Method::PUT, &path, bytes).await.status);
    }
    let (last, stored) = statuses.split_last().unwrap();
    assert!(stored.iter().all(|status| *status == 201), "{stored:?}");
    assert_eq!(*last, 429, "400 MiB a day");
    let mut ann = portal.signed_in(Person::Ann).await;
    let (path, bytes) = part(81);
    let other = ann.request(axum::http::Method::PUT, &path, bytes).await;
    assert_eq!(other.status, 201, "each account has its own");
});

story!(small_parts_count_for_little, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    for n in 0..200_u8 {
        let bytes = vec![n; 1000];
        let path = format!("/api/blob/{}", Hash::of(&bytes));
        let stored = amy.request(axum::http::Method::PUT, &path, bytes).await;
        assert_eq!(stored.status, 201, "{n}");
    }
});

story!(nothing_is_read_of_a_stranger, |portal| {
    let mut stranger = portal.browser();
    for path in ["/api/append", "/api/blob/00"] {
        let method = if path == "/api/append" { "POST" } else { "PUT" };
        let request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .body(axum::body::Body::from_stream(Unread));
        assert_eq!(stranger.send(request.unwrap()).await.status, 401, "{path}");
    }
});

/// A body that nobody may ask for.
struct Unread;

impl futures_core::Stream for Unread {
    type Item = Result<Vec<u8>, std::io::Error>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        panic!("the body was read")
    }
}

story!(an_unknown_log_of_any_name_is_not_found, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    for name in [
        "00",
        "..",
        &LogId([1; 16]).to_string().to_uppercase(),
        "a'--",
        "%00",
    ] {
        assert_eq!(amy.get(&format!("/api/log/{name}")).await.status, 404, "{name}");
    }
});
