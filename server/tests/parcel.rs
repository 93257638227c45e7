//! Parcels: given once, taken with the token alone, naming nobody, and deleted in time.

use crate::{
    portal::{Answer, Browser, Person, TestPortal, token},
    story,
};
use app::{concern::parcels::Waiting, error::AppError};
use axum::{
    body::Body,
    http::{Method, Request},
};
use protocol::{
    id::{Day, Hash, Token},
    parcel::{LARGEST, SMALLEST},
};
use serde_json::json;
use server::database::audit::Chain;

const DAY: u64 = 24 * 60;

/// Bytes that stand for a sealed parcel: the server cannot tell.
fn parcel(n: u8) -> Vec<u8> {
    vec![n; SMALLEST + 200]
}

async fn ask(
    browser: &mut Browser,
    method: Method,
    path: &str,
    token: Option<&Token>,
    body: Vec<u8>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(token) = token {
        request = request.header("candour-token", hex::encode(token.0));
    }
    browser.send(request.body(Body::from(body)).unwrap()).await
}

async fn give(browser: &mut Browser, token: &Token, body: Vec<u8>) -> u16 {
    ask(browser, Method::PUT, "/api/parcel", Some(token), body)
        .await
        .status
}

async fn fetch(browser: &mut Browser, token: &Token) -> Answer {
    ask(browser, Method::GET, "/api/parcel", Some(token), vec![]).await
}

async fn delete(browser: &mut Browser, token: &Token, parcel: &[u8]) -> u16 {
    let path = format!("/api/parcel?hash={}", Hash::of(parcel));
    ask(browser, Method::DELETE, &path, Some(token), vec![])
        .await
        .status
}

async fn look(browser: &mut Browser, tokens: &[Token]) -> Vec<Waiting> {
    browser.ask("parcels", json!({ "tokens": tokens })).await.json()
}

async fn acts(portal: &TestPortal) -> Vec<String> {
    let lines = portal.portal.database.audit(Chain::Sent).await.unwrap();
    assert_eq!(server::audit::verify(Chain::Sent, &lines), Ok(()));
    for line in &lines {
        assert_eq!(
            (line.actor, line.at.0 % 1440),
            (None, 0),
            "nobody, and no time of day"
        );
    }
    lines.into_iter().map(|line| line.act).collect()
}

story!(a_parcel_goes_from_one_to_the_other_and_names_neither, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(give(&mut amy, &token(1), parcel(1)).await, 204);
    let mut ann = portal.signed_in(Person::Ann).await;
    let waiting = look(&mut ann, &[token(0), token(1), token(2)]).await;
    let expected = Waiting {
        place: 1,
        given_on: Day(20_600),
    };
    assert_eq!(waiting, [expected]);
    assert_eq!(fetch(&mut ann, &token(1)).await.body, parcel(1));
    assert_eq!(delete(&mut ann, &token(1), &parcel(1)).await, 204);
    assert_eq!(look(&mut ann, &[token(1)]).await, []);
    assert_eq!(portal.count("parcel").await, 0);
    assert_eq!(acts(&portal).await, ["give parcel", "delete parcel"]);
});

story!(a_parcel_lies_only_where_nothing_lay, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(give(&mut amy, &token(1), parcel(1)).await, 204);
    assert_eq!(
        give(&mut amy, &token(1), parcel(1)).await,
        204,
        "the same, where no answer came"
    );
    let mut ann = portal.signed_in(Person::Ann).await;
    let another = ask(&mut ann, Method::PUT, "/api/parcel", Some(&token(1)), parcel(2)).await;
    assert_eq!(
        (another.status, another.json::<AppError>()),
        (409, AppError::Conflict)
    );
    assert_eq!(fetch(&mut ann, &token(1)).await.body, parcel(1));
    assert_eq!(acts(&portal).await, ["give parcel"]);
});

story!(of_many_at_once_one_is_given, |portal| {
    let amy = portal.signed_in(Person::Amy).await;
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let mut amy = amy.clone();
            tokio::spawn(async move { give(&mut amy, &token(1), parcel(n)).await })
        })
        .collect();
    let mut given = 0;
    for task in tasks {
        given += usize::from(task.await.unwrap() == 204);
    }
    assert_eq!((given, portal.count("parcel").await), (1, 1));
});

story!(only_what_was_meant_is_deleted, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    give(&mut amy, &token(1), parcel(1)).await;
    let before = portal.snapshot().await;
    // Somebody has taken what lay there, and somebody else has given another since.
    assert_eq!(delete(&mut amy, &token(1), &parcel(2)).await, 204);
    assert_eq!(delete(&mut amy, &token(2), &parcel(1)).await, 204);
    let path = "/api/parcel";
    let unsaid = ask(&mut amy, Method::DELETE, path, Some(&token(1)), vec![]).await;
    assert_eq!(unsaid.status, 400);
    assert_eq!(portal.snapshot().await, before);
});

story!(a_parcel_opens_to_its_token_alone, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    give(&mut amy, &token(1), parcel(1)).await;
    let before = portal.snapshot().await;
    let foreign = fetch(&mut amy, &token(2)).await;
    let nothing = ask(&mut amy, Method::GET, "/api/parcel", None, vec![]).await;
    assert_eq!((foreign.status, &foreign.body), (404, &nothing.body));
    for person in [Person::Ben, Person::Dee] {
        let mut other = portal.signed_in(person).await;
        assert_eq!(give(&mut other, &token(2), parcel(2)).await, 403);
        assert_eq!(fetch(&mut other, &token(1)).await.status, 403);
        assert_eq!(delete(&mut other, &token(1), &parcel(1)).await, 403);
    }
    let mut stranger = portal.browser();
    assert_eq!(give(&mut stranger, &token(2), parcel(2)).await, 401);
    assert_eq!(fetch(&mut stranger, &token(1)).await.status, 401);
    assert_eq!(delete(&mut stranger, &token(1), &parcel(1)).await, 401);
    assert_eq!(portal.snapshot().await, before);
});

story!(what_nobody_takes_for_four_weeks_is_deleted, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    give(&mut amy, &token(1), parcel(1)).await;
    portal.wait(27 * DAY);
    portal.portal.expire_parcels().await.unwrap();
    assert_eq!(portal.count("parcel").await, 1);
    portal.wait(DAY);
    portal.portal.expire_parcels().await.unwrap();
    assert_eq!(portal.count("parcel").await, 0);
    assert_eq!(acts(&portal).await, ["give parcel", "expire parcel"]);
});

story!(what_is_no_sealed_parcel_is_refused, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    for size in [0, 1, SMALLEST - 1] {
        assert_eq!(give(&mut amy, &token(1), vec![1; size]).await, 400, "{size}");
    }
    assert_eq!(give(&mut amy, &token(1), vec![1; LARGEST + 1]).await, 413);
    let thirteen: Vec<_> = (0..13).map(token).collect();
    assert_eq!(
        amy.ask("parcels", json!({ "tokens": thirteen })).await.status,
        400
    );
    assert_eq!(portal.count("parcel").await, 0);
    assert_eq!(give(&mut amy, &token(1), vec![1; LARGEST]).await, 204);
});

story!(nobody_fills_the_disk_with_parcels, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    for n in 0..40 {
        assert_eq!(give(&mut amy, &token(n), parcel(n)).await, 204, "{n}");
    }
    assert_eq!(give(&mut amy, &token(40), parcel(1)).await, 429);
    assert_eq!(
        give(&mut amy, &token(1), parcel(1)).await,
        204,
        "what lies there is no new one"
    );
    assert_eq!(delete(&mut amy, &token(1), &parcel(1)).await, 204);
    let mut ann = portal.signed_in(Person::Ann).await;
    assert_eq!(give(&mut ann, &token(41), parcel(1)).await, 204);
});

story!(nothing_is_given_or_taken_without_a_line_in_the_audit, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    give(&mut amy, &token(1), parcel(1)).await;
    portal.tamper("ALTER TABLE audit_sent RENAME TO gone").await;
    assert_eq!(give(&mut amy, &token(2), parcel(2)).await, 500);
    assert_eq!(delete(&mut amy, &token(1), &parcel(1)).await, 500);
    assert_eq!(portal.count("parcel").await, 1);
    portal.tamper("ALTER TABLE gone RENAME TO audit_sent").await;
    assert_eq!(give(&mut amy, &token(2), parcel(2)).await, 204);
});
