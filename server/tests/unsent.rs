//! Drafts: saved, opened on another device, kept apart, and deleted in time.

use crate::{
    portal::{Answer, Browser, Person, TestPortal, token},
    story,
};
use app::{concern::unsent::Lying, error::AppError};
use axum::{
    body::Body,
    http::{Method, Request},
};
use protocol::{
    id::{Day, Hash, Token},
    unsent::SIZES,
};
use serde_json::json;
use server::database::audit::Chain;

const DAY: u64 = 24 * 60;

/// Bytes that stand for a sealed draft: the server cannot tell.
fn draft(n: u8) -> Vec<u8> {
    vec![n; SIZES[0]]
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

/// Saves in the place of `draft(was)`, or where nothing lies with 0.
async fn save(browser: &mut Browser, token: &Token, was: u8, body: Vec<u8>) -> u16 {
    let path = match was {
        0 => "/api/drawer".to_owned(),
        was => format!("/api/drawer?was={}", Hash::of(&draft(was))),
    };
    ask(browser, Method::PUT, &path, Some(token), body).await.status
}

async fn fetch(browser: &mut Browser, token: &Token) -> Answer {
    ask(browser, Method::GET, "/api/drawer", Some(token), vec![]).await
}

/// Deletes `draft(what)`.
async fn delete(browser: &mut Browser, token: &Token, what: u8) -> u16 {
    let path = format!("/api/drawer?hash={}", Hash::of(&draft(what)));
    ask(browser, Method::DELETE, &path, Some(token), vec![])
        .await
        .status
}

async fn look(browser: &mut Browser, tokens: &[Token]) -> Vec<Lying> {
    browser.ask("unsent", json!({ "tokens": tokens })).await.json()
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

story!(a_draft_is_saved_and_comes_back_on_another_device, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(save(&mut amy, &token(1), 0, draft(1)).await, 204);
    assert_eq!(save(&mut amy, &token(1), 1, draft(2)).await, 204);
    let mut elsewhere = portal.signed_in(Person::Amy).await;
    let lying = look(&mut elsewhere, &[token(0), token(1), token(2)]).await;
    let expected = Lying {
        drawer: 1,
        version: 2,
        changed_on: Day(20_600),
    };
    assert_eq!(lying, [expected]);
    assert_eq!(fetch(&mut elsewhere, &token(1)).await.body, draft(2));
    assert_eq!(acts(&portal).await, ["save draft"], "once a day");
    portal.wait(DAY);
    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(save(&mut amy, &token(1), 2, draft(3)).await, 204);
    assert_eq!(acts(&portal).await, ["save draft", "save draft"]);
});

story!(of_two_windows_the_later_is_told, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    save(&mut amy, &token(1), 0, draft(1)).await;
    assert_eq!(save(&mut amy, &token(1), 0, draft(9)).await, 409, "it was empty");
    assert_eq!(save(&mut amy, &token(1), 1, draft(2)).await, 204);
    let mut other = portal.signed_in(Person::Amy).await;
    let path = format!("/api/drawer?was={}", Hash::of(&draft(1)));
    let answer = ask(&mut other, Method::PUT, &path, Some(&token(1)), draft(3)).await;
    assert_eq!(
        (answer.status, answer.json::<AppError>()),
        (409, AppError::Conflict)
    );
    assert_eq!(
        save(&mut other, &token(2), 1, draft(3)).await,
        409,
        "nothing is there"
    );
    assert_eq!(
        save(&mut amy, &token(1), 1, draft(2)).await,
        204,
        "the same, where no answer came"
    );
    assert_eq!(fetch(&mut amy, &token(1)).await.body, draft(2));
    assert_eq!(look(&mut amy, &[token(1)]).await[0].version, 2);
});

story!(of_many_at_once_each_version_is_saved_once, |portal| {
    let amy = portal.signed_in(Person::Amy).await;
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let mut amy = amy.clone();
            tokio::spawn(async move { save(&mut amy, &token(1), 0, draft(n)).await })
        })
        .collect();
    let mut saved = 0;
    for task in tasks {
        saved += usize::from(task.await.unwrap() == 204);
    }
    assert_eq!((saved, portal.count("unsent").await), (1, 1));
});

story!(a_drawer_opens_to_its_token_alone, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    save(&mut amy, &token(1), 0, draft(1)).await;
    let before = portal.snapshot().await;
    let mut ann = portal.signed_in(Person::Ann).await;
    let foreign = fetch(&mut ann, &token(2)).await;
    let nothing = ask(&mut ann, Method::GET, "/api/drawer", None, vec![]).await;
    assert_eq!((foreign.status, &foreign.body), (404, &nothing.body));
    assert_eq!(
        delete(&mut ann, &token(2), 1).await,
        204,
        "as where something was"
    );
    let path = format!("/api/drawer?hash={}", Hash::of(&draft(1)));
    let missing = ask(&mut ann, Method::DELETE, &path, None, vec![]).await;
    assert_eq!(missing.status, 404);
    assert_eq!(delete(&mut amy, &token(1), 2).await, 204, "another lies there");
    for person in [Person::Ben, Person::Dee] {
        let mut other = portal.signed_in(person).await;
        assert_eq!(save(&mut other, &token(1), 1, draft(2)).await, 403);
        assert_eq!(fetch(&mut other, &token(1)).await.status, 403);
        assert_eq!(delete(&mut other, &token(1), 1).await, 403);
    }
    let mut stranger = portal.browser();
    assert_eq!(save(&mut stranger, &token(1), 1, draft(2)).await, 401);
    assert_eq!(fetch(&mut stranger, &token(1)).await.status, 401);
    assert_eq!(delete(&mut stranger, &token(1), 1).await, 401);
    assert_eq!(portal.snapshot().await, before);
});

story!(
    what_came_into_an_emptied_drawer_is_not_taken_for_what_lay_there,
    |portal| {
        let mut amy = portal.signed_in(Person::Amy).await;
        save(&mut amy, &token(1), 0, draft(1)).await;
        let mut other = portal.signed_in(Person::Amy).await;
        assert_eq!(delete(&mut other, &token(1), 1).await, 204);
        assert_eq!(save(&mut other, &token(1), 0, draft(2)).await, 204);
        assert_eq!(save(&mut amy, &token(1), 1, draft(3)).await, 409);
        assert_eq!(delete(&mut amy, &token(1), 1).await, 204);
        assert_eq!(fetch(&mut amy, &token(1)).await.body, draft(2));
    }
);

story!(a_deleted_draft_is_gone, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    save(&mut amy, &token(1), 0, draft(1)).await;
    assert_eq!(delete(&mut amy, &token(1), 1).await, 204);
    assert_eq!(delete(&mut amy, &token(1), 1).await, 204);
    assert_eq!(fetch(&mut amy, &token(1)).await.status, 404);
    assert_eq!(look(&mut amy, &[token(1)]).await, []);
    assert_eq!(portal.count("unsent").await, 0);
    assert_eq!(acts(&portal).await, ["save draft", "delete draft"]);
});

story!(what_nobody_changes_for_four_weeks_is_deleted, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    save(&mut amy, &token(1), 0, draft(1)).await;
    save(&mut amy, &token(2), 0, draft(2)).await;
    portal.wait(27 * DAY);
    portal.portal.expire_unsent().await.unwrap();
    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(look(&mut amy, &[token(1), token(2)]).await.len(), 2);
    save(&mut amy, &token(2), 2, draft(3)).await;
    portal.wait(DAY);
    portal.portal.expire_unsent().await.unwrap();
    let mut amy = portal.signed_in(Person::Amy).await;
    let lying = look(&mut amy, &[token(1), token(2)]).await;
    assert_eq!(lying.iter().map(|one| one.drawer).collect::<Vec<_>>(), [1]);
    let expected = ["save draft", "save draft", "save draft", "expire draft"];
    assert_eq!(acts(&portal).await, expected);
});

story!(what_is_no_sealed_draft_is_refused, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    for size in [0, 1, SIZES[0] - 1, SIZES[0] + 1, SIZES[1] - 1] {
        assert_eq!(save(&mut amy, &token(1), 0, vec![1; size]).await, 400, "{size}");
    }
    assert_eq!(save(&mut amy, &token(1), 0, vec![1; SIZES[2] + 1]).await, 413);
    let path = "/api/drawer?was=x";
    let unread = ask(&mut amy, Method::PUT, path, Some(&token(1)), draft(1)).await;
    assert_eq!(unread.status, 400);
    let eleven: Vec<_> = (0..11).map(token).collect();
    assert_eq!(amy.ask("unsent", json!({ "tokens": eleven })).await.status, 400);
    assert_eq!(portal.count("unsent").await, 0);
    assert_eq!(save(&mut amy, &token(1), 0, vec![1; SIZES[2]]).await, 204);
});

story!(nobody_fills_the_disk_with_drafts, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    for n in 0..40 {
        assert_eq!(save(&mut amy, &token(n), 0, draft(n)).await, 204, "{n}");
    }
    assert_eq!(save(&mut amy, &token(40), 0, draft(1)).await, 429);
    assert_eq!(
        save(&mut amy, &token(1), 1, draft(2)).await,
        204,
        "changing one is no new one"
    );
    let mut ann = portal.signed_in(Person::Ann).await;
    assert_eq!(save(&mut ann, &token(41), 0, draft(1)).await, 204);
});

story!(nothing_is_saved_without_a_line_in_the_audit, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    portal.tamper("ALTER TABLE audit_sent RENAME TO gone").await;
    assert_eq!(save(&mut amy, &token(1), 0, draft(1)).await, 500);
    assert_eq!(portal.count("unsent").await, 0);
    portal.tamper("ALTER TABLE gone RENAME TO audit_sent").await;
    assert_eq!(save(&mut amy, &token(1), 0, draft(1)).await, 204);
});
