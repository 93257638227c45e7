//! Organisations that ask to come on board.

use crate::{
    portal::{Answer, Browser, Person},
    story,
};
use app::{
    error::AppError,
    partner::{Application, Organisation, Standing},
};
use serde_json::json;
use server::database::audit::Chain;

fn organisation() -> Organisation {
    Organisation {
        name: "Harbour House Refuge".into(),
        number: "1234567".into(),
        purpose: "A refuge for women and children.\nTwelve rooms.".into(),
        lead: "Amina".into(),
        reach: "01632 960000, mornings".into(),
    }
}

async fn apply(browser: &mut Browser, organisation: &Organisation) -> Answer {
    browser
        .ask("apply", json!({ "organisation": organisation, "agreed": true }))
        .await
}

async fn applications(browser: &mut Browser) -> Vec<Application> {
    browser.ask("applications", json!({})).await.json()
}

async fn find(browser: &mut Browser, one: &Application, approved: bool, note: &str) -> u16 {
    let ask = json!({ "id": one.id, "approved": approved, "note": note });
    browser.ask("finding", ask).await.status
}

story!(an_organisation_is_approved_by_two_and_by_nobody_twice, |portal| {
    assert_eq!(apply(&mut portal.browser(), &organisation()).await.status, 200);
    let mut dee = portal.signed_in(Person::Dee).await;
    let one = applications(&mut dee).await.remove(0);
    assert_eq!(
        (&one.organisation, one.standing()),
        (&organisation(), Standing::Open)
    );
    assert_eq!(
        find(&mut dee, &one, true, "Rang the number in the register.").await,
        200
    );
    assert_eq!(find(&mut dee, &one, true, "And again.").await, 409);
    let one = applications(&mut dee).await.remove(0);
    assert_eq!(one.standing(), Standing::Open, "one is not enough");
    let to = json!({ "lookup": protocol::id::Hash([1; 32]), "to": { "partner": one.id } });
    assert_eq!(dee.ask("invite", to.clone()).await.status, 404, "not yet");

    let mut dan = portal.signed_in(Person::Dan).await;
    assert_eq!(find(&mut dan, &one, true, "Met them.").await, 200);
    assert_eq!(
        applications(&mut dan).await.remove(0).standing(),
        Standing::Approved
    );
    assert_eq!(dee.ask("invite", to).await.status, 200);
    let lines = portal.portal.database.audit(Chain::Staff).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.act == "approve").count(), 2);
});

story!(one_refusal_is_enough, |portal| {
    apply(&mut portal.browser(), &organisation()).await;
    let mut dee = portal.signed_in(Person::Dee).await;
    let one = applications(&mut dee).await.remove(0);
    assert_eq!(find(&mut dee, &one, false, " ").await, 400, "with a reason");
    assert_eq!(find(&mut dee, &one, false, "Nobody in the register.").await, 200);
    let mut dan = portal.signed_in(Person::Dan).await;
    assert_eq!(find(&mut dan, &one, true, "Met them.").await, 200);
    assert_eq!(
        applications(&mut dan).await.remove(0).standing(),
        Standing::Refused
    );
});

story!(nobody_but_an_administrator_sees_applications, |portal| {
    apply(&mut portal.browser(), &organisation()).await;
    let mut dee = portal.signed_in(Person::Dee).await;
    let one = applications(&mut dee).await.remove(0);
    for person in [Person::Amy, Person::Ben] {
        let mut browser = portal.signed_in(person).await;
        assert_eq!(browser.ask("applications", json!({})).await.status, 403);
        assert_eq!(find(&mut browser, &one, true, "Mine.").await, 403);
    }
    assert_eq!(portal.browser().ask("applications", json!({})).await.status, 401);
    let unknown = Application {
        id: protocol::id::AppendId([0; 16]),
        ..one
    };
    assert_eq!(find(&mut dee, &unknown, true, "Who?").await, 404);
    assert_eq!(portal.count("finding").await, 0);
});

story!(what_is_not_an_application_is_refused, |portal| {
    let long = |n| "x".repeat(n);
    let bad = [
        Organisation {
            name: " ".into(),
            ..organisation()
        },
        Organisation {
            name: long(201),
            ..organisation()
        },
        Organisation {
            purpose: String::new(),
            ..organisation()
        },
        Organisation {
            purpose: long(2_001),
            ..organisation()
        },
        Organisation {
            lead: String::new(),
            ..organisation()
        },
        Organisation {
            reach: "\u{7}".into(),
            ..organisation()
        },
        Organisation {
            name: "a\u{202e}b".into(),
            ..organisation()
        },
    ];
    for (one, n) in bad.iter().zip(1..) {
        let answer = apply(&mut portal.browser().at([192, 0, 2, n]), one).await;
        assert_eq!(
            (answer.status, answer.json::<AppError>()),
            (400, AppError::Invalid),
            "{n}"
        );
    }
    let mut stranger = portal.browser().at([192, 0, 2, 99]);
    let disagrees = json!({ "organisation": organisation(), "agreed": false });
    assert_eq!(
        stranger.ask("apply", disagrees).await.status,
        400,
        "without the terms"
    );
    assert_eq!(portal.count("application").await, 0);
    let without_number = Organisation {
        number: String::new(),
        ..organisation()
    };
    assert_eq!(apply(&mut portal.browser(), &without_number).await.status, 200);
    let mut statuses = Vec::new();
    for _ in 0..12 {
        statuses.push(apply(&mut portal.browser(), &organisation()).await.status);
    }
    assert_eq!(statuses.last(), Some(&429), "a flood");
});
