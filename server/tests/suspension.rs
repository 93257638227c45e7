//! Suspension: of a member by a lead, of an organisation by an administrator; and the quarterly word on who is still there.

use crate::{
    portal::{Browser, PARTNER, Person, SEALED, TestPortal, UNIT, concern, token},
    story,
};
use app::{
    error::AppError,
    invitation::InvitedTo,
    partner::{keeping::Kept, on_board::Partner},
};
use protocol::id::{AccountId, Day, GroupId};
use serde_json::{Value, json};
use server::database::audit::Chain;

/// Ann leads the organisation that Amy is in.
async fn ann_leads(portal: &TestPortal) -> Browser {
    let mut to = portal.portal.database.begin().await.unwrap();
    to.insert_member(PARTNER, Person::Ann.id(), true).await.unwrap();
    to.commit().await.unwrap();
    portal.signed_in(Person::Ann).await
}

fn member(group: GroupId, person: Person) -> Value {
    json!({ "group": group, "account": person.id() })
}

async fn partner(browser: &mut Browser) -> Partner {
    let mut all: Vec<Partner> = browser.ask("partners", json!({})).await.json();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

story!(a_member_who_is_suspended_is_out_until_it_is_lifted, |portal| {
    let mut ann = ann_leads(&portal).await;
    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(amy.append(&concern(1)).await.status, 200);
    let ask = member(PARTNER, Person::Amy);
    assert_eq!(ann.ask("suspend_member", ask.clone()).await.status, 200);
    assert_eq!(ann.ask("suspend_member", ask.clone()).await.status, 409, "again");
    assert!(amy.session().await.is_none());
    assert_eq!(amy.append(&concern(2)).await.status, 401);
    let answer = portal.browser().sign_in("amy").await;
    assert_eq!(
        (answer.status, answer.json::<AppError>()),
        (403, AppError::Suspended)
    );
    let guess = portal.browser().sign_in_with("amy", &[0; 32]).await;
    let unknown = portal.browser().sign_in_with("zoe", &[0; 32]).await;
    assert_eq!(
        (guess.status, guess.body),
        (unknown.status, unknown.body),
        "who guesses is not told"
    );
    let kept: Vec<Kept> = ann.ask("kept", json!({})).await.json();
    assert_eq!(kept[0].suspended, [Person::Amy.id()]);

    // What she told before stays with the unit.
    let mut ben = portal.signed_in(Person::Ben).await;
    assert_eq!(ben.log(token(1).log(), None).await.status, 200);
    assert_eq!(ann.ask("lift_member", ask.clone()).await.status, 200);
    assert_eq!(ann.ask("lift_member", ask).await.status, 409, "again");
    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(amy.append(&concern(2)).await.status, 200);
    let lines = portal.portal.database.audit(Chain::Practitioner).await.unwrap();
    for act in ["suspend", "lift suspension"] {
        assert!(lines.iter().any(|line| line.act == act), "{act}");
    }
});

story!(a_session_that_begins_with_the_suspension_is_none, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    portal
        .tamper("UPDATE account SET suspended_on = 20600 WHERE name = 'amy'")
        .await;
    assert_eq!(portal.count("session").await, 1);
    assert!(amy.session().await.is_none());
    assert_eq!(amy.append(&concern(1)).await.status, 401);
});

story!(
    an_organisation_that_is_suspended_is_out_and_what_it_told_stays,
    |portal| {
        let mut ann = ann_leads(&portal).await;
        let mut amy = portal.signed_in(Person::Amy).await;
        assert_eq!(amy.append(&concern(1)).await.status, 200);
        let link = protocol::invitation::Lookup::from_text(&"07".repeat(16)).unwrap();
        let to = InvitedTo::Member(PARTNER);
        let invite = json!({ "lookup": link.hash(), "to": to });
        assert_eq!(ann.ask("invite", invite).await.status, 200);

        let mut dee = portal.signed_in(Person::Dee).await;
        let ask = json!({ "group": PARTNER });
        assert_eq!(dee.ask("suspend_partner", ask.clone()).await.status, 200);
        assert_eq!(dee.ask("suspend_partner", ask.clone()).await.status, 409, "again");
        assert_eq!(partner(&mut dee).await.suspended, Some(Day(20_600)));
        for (browser, name) in [(&mut amy, "amy"), (&mut ann, "ann")] {
            assert!(browser.session().await.is_none(), "{name}");
            assert_eq!(portal.browser().sign_in(name).await.status, 403, "{name}");
        }
        let look_up = json!({ "lookup": link.text() });
        assert_eq!(portal.browser().ask("look_up", look_up.clone()).await.status, 404);
        let mut ben = portal.signed_in(Person::Ben).await;
        assert_eq!(
            ben.log(token(1).log(), None).await.status,
            200,
            "the unit reads on"
        );

        assert_eq!(dee.ask("lift_partner", ask.clone()).await.status, 200);
        assert_eq!(dee.ask("lift_partner", ask).await.status, 409, "again");
        let mut amy = portal.signed_in(Person::Amy).await;
        assert_eq!(amy.append(&concern(2)).await.status, 200);
        assert_eq!(portal.browser().ask("look_up", look_up).await.status, 200);
        let lines = portal.portal.database.audit(Chain::Staff).await.unwrap();
        let done = |act: &str| {
            lines
                .iter()
                .any(|line| line.act == act && line.actor == Some(Person::Dee.id()))
        };
        assert!(done("suspend partner") && done("lift suspension of partner"));
    }
);

story!(nobody_suspends_lifts_or_confirms_what_is_not_theirs, |portal| {
    let mut ann = ann_leads(&portal).await;
    let foreign = [
        ("suspend_member", member(PARTNER, Person::Amy)),
        ("lift_member", member(PARTNER, Person::Amy)),
        ("confirm_people", json!({ "group": PARTNER })),
    ];
    for (function, ask) in foreign {
        for (person, status) in [(Person::Amy, 404), (Person::Ben, 404), (Person::Dee, 403)] {
            let mut browser = portal.signed_in(person).await;
            assert_eq!(
                browser.ask(function, ask.clone()).await.status,
                status,
                "{function}, {person:?}"
            );
        }
        assert_eq!(
            portal.browser().ask(function, ask).await.status,
            401,
            "{function}"
        );
    }
    for (ask, status) in [
        (member(PARTNER, Person::Ann), 400),
        (member(PARTNER, Person::Ben), 404),
        (member(UNIT, Person::Bea), 404),
        (json!({ "group": PARTNER, "account": AccountId([9; 16]) }), 404),
    ] {
        assert_eq!(ann.ask("suspend_member", ask).await.status, status);
    }
    // Ben leads a unit's compartment, which is no organisation.
    let mut ben = portal.signed_in(Person::Ben).await;
    assert_eq!(
        ben.ask("suspend_member", member(UNIT, Person::Bea)).await.status,
        404
    );
    assert_eq!(ben.ask("kept", json!({})).await.json::<Vec<Kept>>(), []);
    let mut dee = portal.signed_in(Person::Dee).await;
    for function in ["suspend_partner", "lift_partner"] {
        for group in [UNIT, SEALED, GroupId([9; 16])] {
            assert_eq!(dee.ask(function, json!({ "group": group })).await.status, 404);
        }
        for person in [Person::Amy, Person::Ann, Person::Ben] {
            let mut browser = portal.signed_in(person).await;
            assert_eq!(
                browser.ask(function, json!({ "group": PARTNER })).await.status,
                403
            );
        }
    }
    assert_eq!(portal.count("suspended").await, 0);
    assert_eq!(partner(&mut dee).await.confirmed, Day(20_600));
});

story!(
    a_lead_confirms_every_quarter_and_administrators_see_the_day,
    |portal| {
        ann_leads(&portal).await;
        portal.wait(90 * 24 * 60);
        let mut ann = portal.signed_in(Person::Ann).await;
        let kept: Vec<Kept> = ann.ask("kept", json!({})).await.json();
        assert_eq!((kept[0].group, kept[0].confirmed), (PARTNER, Day(20_600)));
        assert_eq!(
            ann.ask("confirm_people", json!({ "group": PARTNER }))
                .await
                .status,
            200
        );
        let mut dee = portal.signed_in(Person::Dee).await;
        let one = partner(&mut dee).await;
        assert_eq!(
            (one.confirmed, one.founded, one.accounts),
            (Day(20_690), Day(20_600), 2)
        );
        let lines = portal.portal.database.audit(Chain::Practitioner).await.unwrap();
        assert!(lines.iter().any(|line| line.act == "confirm people"));
    }
);

story!(whoever_suspends_has_just_shown_that_it_is_them, |portal| {
    let mut ann = ann_leads(&portal).await;
    let mut dee = portal.signed_in(Person::Dee).await;
    portal.wait(11);
    let unconfirmed = |answer: crate::portal::Answer| (answer.status, answer.json::<AppError>());
    let asks = [
        ("suspend_partner", json!({ "group": PARTNER })),
        ("lift_partner", json!({ "group": PARTNER })),
    ];
    for (function, ask) in asks {
        let answer = dee.ask(function, ask).await;
        assert_eq!(unconfirmed(answer), (403, AppError::Unconfirmed), "{function}");
    }
    portal.wait(10);
    for function in ["suspend_member", "lift_member"] {
        let answer = ann.ask(function, member(PARTNER, Person::Amy)).await;
        assert_eq!(unconfirmed(answer), (403, AppError::Unconfirmed), "{function}");
    }
    assert_eq!(portal.count("suspended").await, 0);
});
