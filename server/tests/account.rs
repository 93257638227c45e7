//! Signing in, staying signed in, signing out; and what those who guess find.

use crate::{
    portal::{Browser, EXIT, Person, secret},
    story,
};
use app::{
    account::{Elsewhere, Keys, NewWay, Role, Session, Way},
    bytes::Bytes,
    error::AppError,
};
use protocol::id::Day;
use serde_json::json;
use server::database::audit::Chain;

const COOKIE: &str = "__Host-session";

story!(somebody_signs_in_and_out, |portal| {
    let mut amy = portal.browser();
    let answer = amy.sign_in_with(" AMY ", &secret("amy")).await;
    let session: Session = answer.json();
    assert_eq!(
        (session.account, session.role, session.name.as_str()),
        (Person::Amy.id(), Role::Practitioner, "amy")
    );
    assert_eq!(
        (session.idle_seconds, session.remaining_seconds),
        (30 * 60, 12 * 60 * 60)
    );
    let cookies: Vec<_> = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|line| line.to_str().unwrap())
        .collect();
    assert_eq!(cookies.len(), 2);
    for cookie in cookies {
        assert!(cookie.starts_with("__Host-"), "{cookie}");
        for attribute in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert_eq!(
            cookie.contains("Max-Age"),
            !cookie.starts_with(COOKIE),
            "only the session goes with the browser"
        );
    }
    assert!(amy.session().await.is_some());

    let copy = amy.cookies.clone();
    let answer = amy.ask("sign_out", json!({})).await;
    assert_eq!(
        (answer.status, answer.header("clear-site-data")),
        (200, Some("\"cache\""))
    );
    assert!(!amy.cookies.contains_key(COOKIE));
    amy.cookies = copy;
    assert!(
        amy.session().await.is_none(),
        "a copy of the cookie is worth nothing afterwards"
    );
    assert_eq!(portal.count("session").await, 0);
});

story!(a_wrong_secret_and_an_unknown_name_answer_alike, |portal| {
    let wrong = portal.browser().sign_in_with("amy", &[0; 32]).await;
    let unknown = portal.browser().sign_in_with("nobody", &[0; 32]).await;
    assert_eq!(
        (wrong.status, wrong.json::<AppError>()),
        (401, AppError::WrongSignIn)
    );
    assert_eq!((unknown.status, &unknown.body), (wrong.status, &wrong.body));
    let names =
        |answer: &crate::portal::Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&unknown), names(&wrong));
    assert_eq!(portal.count("session").await, 0);
});

story!(a_stolen_copy_of_the_sessions_signs_nobody_in, |portal| {
    let amy = portal.signed_in(Person::Amy).await;
    let id = amy.cookies[COOKIE].clone();
    assert!(!dump(&portal, "SELECT data FROM session").await.contains(&id));
    let hashes = dump(&portal, "SELECT lower(hex(hash)) FROM session").await;
    let mut thief = portal.browser();
    for guess in [hashes.clone(), base64_of(&hashes)] {
        thief.cookies.insert(COOKIE.into(), guess);
        assert!(thief.session().await.is_none());
    }
});

async fn dump(portal: &crate::portal::TestPortal, sql: &'static str) -> String {
    match &portal.portal.database {
        server::database::Database::Sqlite { read, .. } => {
            sqlx::query_scalar(sql).fetch_one(read).await.unwrap()
        }
        server::database::Database::Postgres(pool) => {
            let sql = if sql.contains("hex") {
                "SELECT encode(hash, 'hex') FROM session"
            } else {
                sql
            };
            sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
        }
    }
}

/// The first half of a hash, in the form of an id.
fn base64_of(hash: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(&hex::decode(hash).unwrap()[..16])
}

story!(signing_in_takes_a_new_id_and_ends_the_session_before, |portal| {
    let mut browser = portal.signed_in(Person::Amy).await;
    let before = browser.clone();
    browser.sign_in("ann").await;
    assert_ne!(browser.cookies[COOKIE], before.cookies[COOKIE]);
    assert_eq!(browser.session().await.unwrap().name, "ann");
    assert!(before.clone().session().await.is_none());
    assert_eq!(portal.count("session").await, 1);

    let mut planted = portal.browser();
    planted
        .cookies
        .insert(COOKIE.into(), "AAAAAAAAAAAAAAAAAAAAAA".into());
    planted.sign_in("ben").await;
    assert_ne!(
        planted.cookies[COOKIE], "AAAAAAAAAAAAAAAAAAAAAA",
        "an id that somebody planted is not taken"
    );
});

story!(a_session_ends_when_nothing_is_asked, |portal| {
    for (person, minutes) in [(Person::Amy, 30), (Person::Ben, 15), (Person::Dee, 15)] {
        let mut browser = portal.signed_in(person).await;
        for _ in 0..3 {
            portal.wait(minutes - 6);
            assert!(browser.session().await.is_some(), "{person:?} is at work");
        }
        portal.wait(minutes);
        assert_eq!(browser.session().await, None);
        let answer = browser.ask("keys", json!({})).await;
        assert_eq!(
            (answer.status, answer.json::<AppError>()),
            (401, AppError::SignedOut)
        );
    }
    portal.portal.forget_sessions().await.unwrap();
    assert_eq!(portal.count("session").await, 0);
});

story!(a_session_ends_after_its_day_however_busy, |portal| {
    for (person, hours) in [(Person::Amy, 12), (Person::Ben, 8)] {
        let mut browser = portal.signed_in(person).await;
        for _ in 0..hours * 6 - 1 {
            portal.wait(10);
            assert!(browser.session().await.is_some());
        }
        assert!(browser.session().await.unwrap().remaining_seconds <= 600);
        portal.wait(10);
        assert!(browser.session().await.is_none(), "{person:?}");
    }
});

story!(
    a_request_under_way_does_not_bring_back_a_session_that_has_ended,
    |portal| {
        let mut amy = portal.signed_in(Person::Amy).await;
        let mut other_tab = amy.clone();
        portal.wait(10);
        amy.ask("sign_out", json!({})).await;
        other_tab.ask("session", json!({})).await;
        assert_eq!(portal.count("session").await, 0);
    }
);

story!(closing_an_account_ends_its_sessions, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let mut transaction = portal.portal.database.begin().await.unwrap();
    transaction
        .close_account(Person::Amy.id(), Day(20_600))
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    assert!(amy.session().await.is_none());
    assert_eq!(portal.browser().sign_in("amy").await.status, 401);
});

story!(leaving_ends_the_session_and_clears_the_browser, |portal| {
    let amy = portal.signed_in(Person::Amy).await;
    let mut sent_by_another_site = amy.clone();
    sent_by_another_site
        .headers
        .insert("sec-fetch-site", "cross-site".parse().unwrap());
    let answer = sent_by_another_site.get("/exit").await;
    assert_eq!(
        (
            answer.status,
            answer.header("location"),
            answer.header("clear-site-data")
        ),
        (303, Some(EXIT), None)
    );
    assert!(
        amy.clone().session().await.is_some(),
        "another site cannot end a session"
    );

    let answer = amy.clone().get("/exit").await;
    assert_eq!((answer.status, answer.header("location")), (303, Some(EXIT)));
    assert_eq!(answer.header("clear-site-data"), Some("\"cache\", \"cookies\""));
    // It ends in the background: whoever leaves does not wait for it.
    while amy.clone().session().await.is_some() {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        portal.browser().get("/exit").await.status,
        303,
        "signed in or not"
    );
});

story!(strangers_who_guess_lock_out_each_other_and_not_her, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    amy.ask("sign_out", json!({})).await;
    for n in 0..9 {
        assert_eq!(
            portal
                .browser()
                .at([203, 0, 113, n])
                .sign_in_with("amy", &[n; 32])
                .await
                .status,
            401
        );
    }
    let mut stranger = portal.browser().at([203, 0, 113, 99]);
    let answer = stranger.sign_in("amy").await;
    let AppError::TooOften { seconds } = answer.json() else {
        panic!("{answer:?}")
    };
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (429, Some(seconds.to_string().as_str()))
    );
    assert_eq!(amy.sign_in("amy").await.status, 200, "her own browser is known");
    let mut ben = portal.browser();
    ben.cookies
        .insert("__Host-device".into(), amy.cookies["__Host-device"].clone());
    for _ in 0..10 {
        ben.sign_in_with("ben", &[0; 32]).await;
    }
    assert_eq!(
        ben.sign_in("ben").await.status,
        429,
        "a cookie for one account is none for another"
    );
    portal.wait(seconds.div_ceil(60).into());
    assert_eq!(stranger.sign_in("amy").await.status, 200);
});

story!(a_name_that_nobody_has_is_limited_like_any_other, |portal| {
    let mut answers = Vec::new();
    for _ in 0..11 {
        answers.push(portal.browser().sign_in_with("nobody", &[0; 32]).await.status);
    }
    assert_eq!(answers, [vec![401; 10], vec![429]].concat());
});

story!(one_address_cannot_try_many_names, |portal| {
    let mut guesser = portal.browser();
    for n in 0..60 {
        assert_eq!(
            guesser.sign_in_with(&format!("name{n}"), &[0; 32]).await.status,
            401
        );
    }
    assert_eq!(guesser.sign_in("amy").await.status, 429);
    assert_eq!(guesser.at([198, 51, 100, 1]).sign_in("amy").await.status, 200);
});

story!(a_sign_in_that_is_not_one_is_refused_without_work, |portal| {
    for (name, secret) in [
        ("amy", vec![1; 31]),
        ("amy", vec![]),
        ("", vec![1; 32]),
        (&*"a".repeat(101), vec![1; 32]),
    ] {
        assert_eq!(portal.browser().sign_in_with(name, &secret).await.status, 400);
    }
});

story!(a_keyring_is_replaced_by_its_next_version_only, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let keys: Keys = amy.ask("keys", json!({})).await.json();
    assert_eq!(
        (keys.version, keys.keyring.0.as_slice(), keys.slots.len()),
        (1, &b"a keyring"[..], 2)
    );
    let store = |version: u32, bytes: &[u8]| json!({ "version": version, "keyring": Bytes(bytes.to_vec()) });
    assert_eq!(amy.ask("store_keyring", store(2, b"newer")).await.status, 200);
    for (version, bytes, status) in [(2, &b"again"[..], 409), (4, b"too far", 409), (3, b"", 400)] {
        assert_eq!(
            amy.ask("store_keyring", store(version, bytes)).await.status,
            status
        );
    }
    let keys: Keys = amy.ask("keys", json!({})).await.json();
    assert_eq!((keys.version, keys.keyring.0.as_slice()), (2, &b"newer"[..]));
});

story!(nobody_can_ask_what_is_not_theirs, |portal| {
    let functions = ["keys", "trust", "queue"];
    for function in functions {
        let answer = portal.browser().ask(function, json!({})).await;
        assert_eq!(
            (answer.status, answer.json::<AppError>()),
            (401, AppError::SignedOut),
            "{function}"
        );
    }
    let may = |person: Person, function: &str| match (person.role(), function) {
        (_, "session" | "keys" | "trust") | (Role::Assessor, "queue") | (Role::Practitioner, "find") => 200,
        _ => 403,
    };
    for person in Person::ALL {
        let mut browser = portal.signed_in(person).await;
        for function in ["session", "keys", "trust", "queue", "find"] {
            let answer = browser.ask(function, json!({ "tokens": [] })).await;
            assert_eq!(answer.status, may(person, function), "{person:?} {function}");
        }
    }
});

story!(signing_in_and_out_is_told_in_the_audit, |portal| {
    for person in [Person::Amy, Person::Ben] {
        let mut browser: Browser = portal.signed_in(person).await;
        portal.wait(1);
        browser.ask("sign_out", json!({})).await;
    }
    for (chain, person) in [(Chain::Practitioner, Person::Amy), (Chain::Staff, Person::Ben)] {
        let lines = portal.portal.database.audit(chain).await.unwrap();
        assert_eq!(server::audit::verify(chain, &lines), Ok(()));
        let acts: Vec<_> = lines.iter().map(|line| (line.act.as_str(), line.actor)).collect();
        assert_eq!(
            acts,
            [("sign in", Some(person.id())), ("sign out", Some(person.id()))]
        );
        assert_eq!(
            lines[0].at == lines[1].at,
            chain == Chain::Practitioner,
            "staff to the minute, practitioners to the day"
        );
    }
});

story!(nobody_signs_in_without_a_line_in_the_audit, |portal| {
    portal.tamper("DROP TABLE audit_practitioner").await;
    let answer = portal.browser().sign_in_with("amy", &secret("amy")).await;
    assert_eq!(answer.status, 500);
    assert_eq!(portal.count("session").await, 0);
});

/// Ways to store, each with a new secret where `secret` names one.
fn ways(ways: &[(Way, Option<&str>)]) -> Vec<NewWay> {
    ways.iter()
        .map(|(way, name)| NewWay {
            way: *way,
            sealed: Bytes(vec![1]),
            secret: name.map(|name| Bytes(secret(name).to_vec())),
        })
        .collect()
}

fn store(version: u32, ways: &[NewWay]) -> serde_json::Value {
    json!({ "version": version, "keyring": Bytes(vec![9]), "ways": ways })
}

story!(changed_keys_end_every_other_session_and_old_secrets, |portal| {
    let mut here = portal.signed_in(Person::Amy).await;
    let mut elsewhere = portal.signed_in(Person::Amy).await;
    let new = ways(&[
        (Way::Password, Some("new")),
        (Way::Passkey, None),
        (Way::RecoveryCode, Some("code")),
    ]);
    assert_eq!(here.ask("store_ways", store(2, &new)).await.status, 200);
    assert!(here.session().await.is_some());
    assert!(elsewhere.session().await.is_none());

    let mut browser = portal.browser();
    assert_eq!(browser.sign_in("amy").await.status, 401, "the old password");
    assert_eq!(browser.sign_in_with("amy", &secret("new")).await.status, 200);
    let by_code = json!({ "name": "amy", "secret": Bytes(secret("code").to_vec()), "way": "recovery_code" });
    assert_eq!(portal.browser().ask("sign_in", by_code).await.status, 200);
    let wrong_way = json!({ "name": "amy", "secret": Bytes(secret("new").to_vec()), "way": "recovery_code" });
    assert_eq!(portal.browser().ask("sign_in", wrong_way).await.status, 401);
    let by_passkey = json!({ "name": "amy", "secret": Bytes(secret("new").to_vec()), "way": "passkey" });
    assert_eq!(portal.browser().ask("sign_in", by_passkey).await.status, 401);

    let kept = ways(&[(Way::Password, None)]);
    assert_eq!(browser.ask("store_ways", store(3, &kept)).await.status, 200);
    assert!(here.session().await.is_none());
    assert_eq!(
        portal.browser().sign_in_with("amy", &secret("new")).await.status,
        200,
        "what is not changed stays"
    );
    let lines = portal.portal.database.audit(Chain::Practitioner).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.act == "change keys").count(), 2);
});

story!(keys_that_would_lock_somebody_out_are_refused, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let short = NewWay {
        secret: Some(Bytes(vec![1; 31])),
        ..ways(&[(Way::Password, None)]).remove(0)
    };
    let bad = [
        ways(&[]),
        ways(&[(Way::RecoveryCode, None)]),
        ways(&[(Way::Passkey, Some("amy"))]),
        ways(&[(Way::Password, None), (Way::Password, None)]),
        vec![short],
        ways(&[(Way::Passkey, None); 11]),
    ];
    for ways in bad {
        assert_eq!(
            amy.ask("store_ways", store(2, &ways)).await.status,
            400,
            "{ways:?}"
        );
    }
    let again = ways(&[(Way::Password, None)]);
    for version in [1, 3] {
        assert_eq!(amy.ask("store_ways", store(version, &again)).await.status, 409);
    }
    assert_eq!(
        portal.browser().sign_in("amy").await.status,
        200,
        "nothing has changed"
    );
    assert_eq!(
        portal.browser().ask("store_ways", store(2, &again)).await.status,
        401
    );
});

story!(
    sessions_are_listed_and_ended_by_their_own_account_alone,
    |portal| {
        let mut here = portal.signed_in(Person::Amy).await;
        portal.wait(10);
        let mut there = portal.signed_in(Person::Amy).await;
        let mut ben = portal.signed_in(Person::Ben).await;
        let list: Vec<Elsewhere> = there.ask("sessions", json!({})).await.json();
        assert_eq!(list.len(), 2);
        let (first, this) = (
            list.iter().find(|one| !one.here).unwrap(),
            list.iter().find(|one| one.here).unwrap(),
        );
        assert_eq!((first.age_seconds, this.age_seconds), (600, 0));
        let end = json!({ "id": first.id });
        let answer = here.ask("end_session", json!({ "id": this.id })).await;
        assert_eq!(
            (answer.status, answer.json()),
            (403, AppError::Unconfirmed),
            "ten minutes after signing in"
        );
        assert_eq!(ben.ask("end_session", end.clone()).await.status, 404);
        assert!(here.session().await.is_some());
        assert_eq!(there.ask("end_session", end.clone()).await.status, 200);
        assert!(here.session().await.is_none());
        assert_eq!(there.ask("end_session", end).await.status, 404, "again");
    }
);

story!(
    keys_are_changed_only_by_whoever_has_just_shown_who_they_are,
    |portal| {
        let mut amy = portal.signed_in(Person::Amy).await;
        portal.wait(20);
        let new = ways(&[(Way::Password, Some("new"))]);
        let answer = amy.ask("store_ways", store(2, &new)).await;
        assert_eq!(
            (answer.status, answer.json::<AppError>()),
            (403, AppError::Unconfirmed)
        );
        let confirm = |name: &str| json!({ "secret": Bytes(secret(name).to_vec()) });
        assert_eq!(amy.ask("confirm", confirm("ben")).await.status, 401);
        assert_eq!(amy.ask("store_ways", store(2, &new)).await.status, 403);
        assert_eq!(amy.ask("confirm", confirm("amy")).await.status, 200);
        assert_eq!(amy.ask("store_ways", store(2, &new)).await.status, 200);
        let mut statuses = Vec::new();
        for _ in 0..12 {
            statuses.push(amy.ask("confirm", confirm("ben")).await.status);
        }
        assert_eq!(statuses.last(), Some(&429), "guesses are counted");
    }
);
