//! The second step: codes after the password, and before what cannot be taken back.

use crate::{
    portal::{Browser, Person, TestPortal, secret},
    story,
};
use app::{
    account::{
        Session,
        factor::{Factors, Lacks, NewTotp, SetUp, Steps},
    },
    bytes::Bytes,
    error::AppError,
};
use protocol::id::AccountId;
use serde_json::json;
use server::database::audit::Chain;
use totp_rs::{Builder, Secret, Totp};

/// Somebody's app.
pub(crate) struct App(Totp);

impl App {
    fn of(new: &NewTotp) -> Self {
        let secret = Secret::try_from_base32(new.secret.replace('-', "")).unwrap();
        Self(Builder::new().with_secret(secret).build().unwrap())
    }

    /// The code that it shows now.
    fn code(&self, portal: &TestPortal) -> serde_json::Value {
        let now = portal.portal.clock.seconds();
        json!({ "code": self.0.generate(u64::try_from(now).unwrap()).to_string() })
    }
}

/// Sets up an app in a session that may, and gives it and its backup codes. The next code is fresh.
pub(crate) async fn set_up(portal: &TestPortal, browser: &mut Browser) -> (App, Vec<String>) {
    let app = App::of(&browser.ask("begin_totp", json!({})).await.json());
    let done = browser.ask("finish_totp", app.code(portal)).await;
    assert_eq!(done.status, 200, "{done:?}");
    portal.wait(2);
    (app, done.json::<SetUp>().codes)
}

async fn with_app(portal: &TestPortal, person: Person) -> (Browser, App, Vec<String>) {
    let mut browser = portal.signed_in(person).await;
    let (app, codes) = set_up(portal, &mut browser).await;
    (browser, app, codes)
}

/// Everything that somebody may ask for who is signed in.
const INSIDE: [&str; 7] = [
    "keys",
    "sessions",
    "trust",
    "queue",
    "factors",
    "renew_codes",
    "remove_totp",
];

story!(the_password_alone_opens_nothing_where_there_is_an_app, |portal| {
    let (_, app, _) = with_app(&portal, Person::Amy).await;
    let mut browser = portal.browser();
    let session: Session = browser.sign_in("amy").await.json();
    assert_eq!(
        (session.lacks, session.steps),
        (
            Some(Lacks::SecondStep),
            Steps {
                code: true,
                passkey: false
            }
        )
    );
    assert!(
        !browser.cookies.contains_key("__Host-device"),
        "the browser is not known yet"
    );
    for function in INSIDE.iter().chain(&["begin_totp"]) {
        let answer = browser.ask(function, json!({})).await;
        assert_eq!(
            (answer.status, answer.json()),
            (401, AppError::SignedOut),
            "{function}"
        );
    }
    let half = browser.clone();
    let session: Session = browser.ask("second_step", app.code(&portal)).await.json();
    assert_eq!(session.lacks, None);
    assert!(browser.cookies.contains_key("__Host-device"));
    assert_eq!(browser.ask("keys", json!({})).await.status, 200);
    assert!(half.clone().session().await.is_none(), "under a new id");
    assert_eq!(browser.ask("second_step", app.code(&portal)).await.status, 403);
});

story!(what_is_wrong_with_a_code_is_not_told, |portal| {
    let (_, app, codes) = with_app(&portal, Person::Amy).await;
    let (_, other, others) = with_app(&portal, Person::Ann).await;
    let mut here = portal.browser();
    here.sign_in("amy").await;
    here.ask("second_step", app.code(&portal)).await;
    let used = app.code(&portal);
    let mut browser = portal.browser();
    browser.sign_in("amy").await;
    let wrong = [
        json!({ "code": "000000" }),
        used,
        other.code(&portal),
        json!({ "code": others[0] }),
    ];
    for code in wrong {
        let answer = browser.ask("second_step", code.clone()).await;
        assert_eq!(
            (answer.status, answer.json()),
            (401, AppError::WrongCode),
            "{code}"
        );
    }
    let answer = browser.ask("second_step", json!({ "code": codes[0] })).await;
    assert_eq!(
        (answer.status, answer.header("retry-after").is_some()),
        (429, true),
        "five were taken"
    );
    portal.wait(6);
    assert_eq!(
        browser
            .ask("second_step", json!({ "code": codes[0] }))
            .await
            .status,
        200
    );
});

story!(guesses_at_codes_do_not_lock_out_her_own_browser, |portal| {
    let (mut amy, app, _) = with_app(&portal, Person::Amy).await;
    amy.ask("sign_out", json!({})).await;
    let mut thief = portal.browser();
    thief.sign_in("amy").await;
    for _ in 0..5 {
        thief.ask("second_step", json!({ "code": "123456" })).await;
    }
    assert_eq!(thief.ask("second_step", app.code(&portal)).await.status, 429);
    amy.sign_in("amy").await;
    assert_eq!(amy.ask("second_step", app.code(&portal)).await.status, 200);
});

story!(each_code_is_taken_once_however_many_ask_at_once, |portal| {
    let (_, app, codes) = with_app(&portal, Person::Amy).await;
    for code in [app.code(&portal), json!({ "code": codes[7] })] {
        let mut browsers = [
            portal.browser(),
            portal.browser(),
            portal.browser(),
            portal.browser(),
        ];
        for browser in &mut browsers {
            browser.sign_in("amy").await;
        }
        let [one, two, three, four] = &mut browsers;
        let ask = |browser: &mut Browser| {
            let (mut browser, code) = (browser.clone(), code.clone());
            async move { browser.ask("second_step", code).await.status }
        };
        let (one, two, three, four) = tokio::join!(ask(one), ask(two), ask(three), ask(four));
        let mut all = [one, two, three, four];
        all.sort_unstable();
        assert_eq!(all, [200, 401, 401, 401]);
        portal.wait(30);
    }
});

story!(a_half_session_ends_soon_and_is_none_of_those_listed, |portal| {
    let (mut amy, app, _) = with_app(&portal, Person::Amy).await;
    let mut half = portal.browser();
    half.sign_in("amy").await;
    let listed: Vec<app::account::Elsewhere> = amy.ask("sessions", json!({})).await.json();
    assert_eq!(listed.len(), 1);
    portal.wait(21);
    assert_eq!(half.ask("second_step", app.code(&portal)).await.status, 401);
    assert!(half.session().await.is_none());
});

story!(staff_set_up_a_second_step_before_anything_else, |portal| {
    let portal = portal.with_second_steps();
    for person in [Person::Ben, Person::Dee] {
        let mut browser = portal.browser();
        let session: Session = browser.sign_in(person.name()).await.json();
        assert_eq!(session.lacks, Some(Lacks::SetUp));
        for function in INSIDE {
            assert_eq!(browser.ask(function, json!({})).await.status, 401, "{function}");
        }
        assert_eq!(
            browser
                .get("/api/log/00000000000000000000000000000000")
                .await
                .status,
            401
        );
        let (app, _) = set_up(&portal, &mut browser).await;
        assert_eq!(browser.session().await.unwrap().lacks, None);
        assert_eq!(browser.ask("keys", json!({})).await.status, 200);
        let factors: Factors = browser.ask("factors", json!({})).await.json();
        assert_eq!((factors.needed, factors.backup_codes), (true, 10));
        assert_eq!(
            browser.ask("remove_totp", json!({})).await.status,
            403,
            "it has to stay"
        );
        let mut again = portal.browser();
        let session: Session = again.sign_in(person.name()).await.json();
        assert_eq!(session.lacks, Some(Lacks::SecondStep));
        assert_eq!(again.ask("second_step", app.code(&portal)).await.status, 200);
    }
});

story!(practitioners_have_days_of_grace, |portal| {
    let portal = portal.with_second_steps();
    let session: Session = portal.browser().sign_in("amy").await.json();
    assert_eq!((session.lacks, session.due_days), (None, Some(30)));
    portal.wait(29 * 24 * 60);
    let session: Session = portal.browser().sign_in("amy").await.json();
    assert_eq!((session.lacks, session.due_days), (None, Some(1)));
    portal.wait(24 * 60);
    let mut browser = portal.browser();
    let session: Session = browser.sign_in("amy").await.json();
    assert_eq!(session.lacks, Some(Lacks::SetUp));
    set_up(&portal, &mut browser).await;
    assert_eq!(browser.session().await.unwrap().due_days, None);
});

story!(a_second_step_is_changed_only_just_after_confirming, |portal| {
    let (mut amy, app, codes) = with_app(&portal, Person::Amy).await;
    portal.wait(11);
    for function in ["begin_totp", "renew_codes", "remove_totp"] {
        let answer = amy.ask(function, json!({})).await;
        assert_eq!(
            (answer.status, answer.json()),
            (403, AppError::Unconfirmed),
            "{function}"
        );
    }
    let by_password = json!({ "secret": Bytes(secret("amy").to_vec()), "way": "password" });
    assert_eq!(amy.ask("confirm", by_password).await.status, 200);
    assert_eq!(
        amy.ask("renew_codes", json!({})).await.status,
        403,
        "the password is not enough"
    );
    assert_eq!(
        amy.ask("confirm_by_code", json!({ "code": "000000" }))
            .await
            .status,
        401
    );
    assert_eq!(amy.ask("confirm_by_code", app.code(&portal)).await.status, 200);
    let new: Vec<String> = amy.ask("renew_codes", json!({})).await.json();
    let mut browser = portal.browser();
    browser.sign_in("amy").await;
    assert_eq!(
        browser
            .ask("second_step", json!({ "code": codes[1] }))
            .await
            .status,
        401,
        "an old one"
    );
    assert_eq!(
        browser
            .ask("second_step", json!({ "code": new[1].to_lowercase() }))
            .await
            .status,
        200
    );
});

story!(changing_a_second_step_ends_every_other_session, |portal| {
    let mut other = portal.signed_in(Person::Amy).await;
    let (mut amy, app, _) = with_app(&portal, Person::Amy).await;
    assert!(other.session().await.is_none(), "setting it up");
    assert!(amy.session().await.is_some());
    for function in ["renew_codes", "remove_totp"] {
        let mut other = portal.browser();
        other.sign_in("amy").await;
        other.ask("second_step", app.code(&portal)).await;
        assert!(other.session().await.is_some());
        portal.wait(2);
        assert_eq!(amy.ask("confirm_by_code", app.code(&portal)).await.status, 200);
        assert_eq!(amy.ask(function, json!({})).await.status, 200);
        assert!(other.session().await.is_none(), "{function}");
        portal.wait(10);
    }
    let session: Session = portal.browser().sign_in("amy").await.json();
    assert_eq!((session.lacks, session.steps.code), (None, false));
});

story!(
    a_secret_that_no_app_has_proved_to_have_is_worth_nothing,
    |portal| {
        let mut amy = portal.signed_in(Person::Amy).await;
        let first = App::of(&amy.ask("begin_totp", json!({})).await.json());
        let second = App::of(&amy.ask("begin_totp", json!({})).await.json());
        assert_eq!(amy.ask("finish_totp", first.code(&portal)).await.status, 401);
        assert_eq!(portal.count("totp").await, 0);
        let mut ann = portal.signed_in(Person::Ann).await;
        assert_eq!(ann.ask("finish_totp", second.code(&portal)).await.status, 404);
        assert_eq!(amy.ask("finish_totp", second.code(&portal)).await.status, 200);
        assert_eq!(
            amy.ask("finish_totp", second.code(&portal)).await.status,
            404,
            "drawn once, stored once"
        );
    }
);

story!(
    a_copy_of_the_database_makes_no_codes_and_tells_no_times,
    |portal| {
        let (_, app, codes) = with_app(&portal, Person::Amy).await;
        let account = Person::Amy.id();
        let stored = portal.portal.database.totp(account).await.unwrap().unwrap();
        let secret = app.0.secret();
        assert!(
            !stored
                .sealed
                .windows(10)
                .any(|part| part == &secret.as_ref()[..10])
        );
        assert_eq!(stored.spent.len(), 32);
        // Moved to another account, it opens nothing.
        let mut transaction = portal.portal.database.begin().await.unwrap();
        transaction.store_totp(Person::Ann.id(), &stored).await.unwrap();
        transaction.commit().await.unwrap();
        let mut ann = portal.browser();
        ann.sign_in("ann").await;
        assert_eq!(ann.ask("second_step", app.code(&portal)).await.status, 500);
        assert_eq!(
            ann.ask("second_step", json!({ "code": codes[0] })).await.status,
            401
        );
    }
);

story!(second_steps_are_told_in_the_audit, |portal| {
    let (mut ben, app, codes) = with_app(&portal, Person::Ben).await;
    ben.ask("sign_out", json!({})).await;
    let mut again = portal.browser();
    again.sign_in("ben").await;
    again.ask("second_step", json!({ "code": codes[0] })).await;
    again.ask("renew_codes", json!({})).await;
    again.ask("remove_totp", json!({})).await;
    drop(app);
    let lines = portal.portal.database.audit(Chain::Staff).await.unwrap();
    assert_eq!(server::audit::verify(Chain::Staff, &lines), Ok(()));
    let acts: Vec<_> = lines.iter().map(|line| (line.act.as_str(), line.actor)).collect();
    let ben: Option<AccountId> = Some(Person::Ben.id());
    let told = [
        "sign in",
        "set up codes",
        "sign out",
        "sign in",
        "sign out",
        "first step",
        "use backup code",
        "sign in",
        "renew backup codes",
        "remove codes",
    ];
    assert_eq!(acts, told.map(|act| (act, ben)));
});
