//! Resets: two administrators together give up what somebody has lost, and nobody does it alone, for themselves, or unseen.

use crate::{
    portal::{Browser, Client, PARTNER, Person, TestPortal, UNIT, administrators, secret},
    story,
};
use app::{
    account::{
        Role, Session,
        reset::{Lost, Reset},
    },
    bytes::Bytes,
    error::AppError,
    group::Gone,
    invitation::InvitedTo,
};
use protocol::{id::AccountId, invitation::Place};
use serde_json::{Value, json};
use server::database::{audit::Chain, factor::StoredTotp};

fn asking(name: &str, lost: Lost) -> Value {
    json!({ "name": name, "lost": lost, "note": "Rang her at the office." })
}

async fn ask(browser: &mut Browser, name: &str, lost: Lost) -> u16 {
    browser.ask("ask_reset", asking(name, lost)).await.status
}

fn confirming(person: Person, lost: Lost, by: Person) -> Value {
    json!({ "account": person.id(), "lost": lost, "by": by.id() })
}

async fn confirm(browser: &mut Browser, person: Person, lost: Lost, by: Person) -> u16 {
    browser
        .ask("confirm_reset", confirming(person, lost, by))
        .await
        .status
}

async fn waiting(browser: &mut Browser) -> Vec<Reset> {
    browser.ask("resets", json!({})).await.json()
}

/// Dee asks, and Dan confirms.
async fn reset(portal: &TestPortal, person: Person, lost: Lost) {
    let mut dee = portal.signed_in(Person::Dee).await;
    let mut dan = portal.signed_in(Person::Dan).await;
    assert_eq!(ask(&mut dee, person.name(), lost).await, 200);
    assert_eq!(confirm(&mut dan, person, lost, Person::Dee).await, 200);
}

story!(lost_keys_are_given_up_by_two, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let mut dee = portal.signed_in(Person::Dee).await;
    let mut dan = portal.signed_in(Person::Dan).await;
    assert_eq!(ask(&mut dee, " Amy ", Lost::Keys).await, 200);
    let all = waiting(&mut dan).await;
    let [one] = &all[..] else { panic!("{all:?}") };
    assert_eq!(
        (one.account, one.name.as_str(), one.role),
        (Person::Amy.id(), "amy", Role::Practitioner)
    );
    assert_eq!((one.by, one.by_name.as_str()), (Person::Dee.id(), "dee"));
    assert!(amy.session().await.is_some(), "one alone changes nothing");
    assert_eq!(confirm(&mut dee, Person::Amy, Lost::Keys, Person::Dee).await, 409);
    assert!(amy.session().await.is_some());

    assert_eq!(confirm(&mut dan, Person::Amy, Lost::Keys, Person::Dee).await, 200);
    assert!(amy.session().await.is_none(), "she is signed out");
    let known = portal.browser().sign_in("amy").await;
    let unknown = portal.browser().at([192, 0, 2, 9]).sign_in("zoe").await;
    assert_eq!((known.status, known.body), (unknown.status, unknown.body));
    let database = &portal.portal.database;
    let keys = database.keys(Person::Amy.id()).await.unwrap().unwrap();
    assert!(keys.slots.is_empty() && keys.keyring.is_empty());
    assert!(database.wraps_of(Person::Amy.id()).await.unwrap().is_empty());
    assert!(waiting(&mut dan).await.is_empty());
    assert_eq!(
        confirm(&mut dan, Person::Amy, Lost::Keys, Person::Dee).await,
        404,
        "once"
    );
    assert_eq!(
        ask(&mut dee, "amy", Lost::Keys).await,
        404,
        "there is nobody any more"
    );
    let lines = database.audit(Chain::Staff).await.unwrap();
    for (act, actor) in [("ask to reset keys", Person::Dee), ("reset keys", Person::Dan)] {
        let object = Person::Amy.id().0;
        let found = lines
            .iter()
            .any(|line| line.act == act && line.actor == Some(actor.id()) && line.object == object);
        assert!(found, "{act}");
    }
});

story!(whoever_leads_hears_of_it_and_nobody_else, |portal| {
    reset(&portal, Person::Bea, Lost::Keys).await;
    let mut ben = portal.signed_in(Person::Ben).await;
    let gone: Vec<Gone> = ben.ask("gone", json!({})).await.json();
    let since = portal.portal.clock.today();
    let group = UNIT;
    let account = Person::Bea.id();
    assert_eq!(
        gone,
        [Gone {
            group,
            account,
            since
        }]
    );
    for person in [Person::Cat, Person::Amy] {
        let mut other = portal.signed_in(person).await;
        let none: Vec<Gone> = other.ask("gone", json!({})).await.json();
        assert!(none.is_empty());
    }
});

story!(
    nobody_resets_themselves_and_nobody_else_resets_anybody,
    |portal| {
        let mut dee = portal.signed_in(Person::Dee).await;
        let mut dan = portal.signed_in(Person::Dan).await;
        for lost in [Lost::Keys, Lost::SecondStep] {
            assert_eq!(ask(&mut dee, "dee", lost).await, 403, "for herself");
            assert_eq!(ask(&mut dan, "dee", lost).await, 200);
            assert_eq!(confirm(&mut dee, Person::Dee, lost, Person::Dan).await, 403);
            let object = json!({ "account": Person::Dee.id() });
            assert_eq!(dan.ask("drop_reset", object).await.status, 200);
        }
        assert_eq!(ask(&mut dee, "amy", Lost::Keys).await, 200);
        let asks = [
            ("resets", json!({})),
            ("ask_reset", asking("ben", Lost::Keys)),
            ("confirm_reset", confirming(Person::Amy, Lost::Keys, Person::Dee)),
            ("drop_reset", json!({ "account": Person::Amy.id() })),
        ];
        for (function, ask) in asks {
            for person in [Person::Amy, Person::Ben] {
                let mut browser = portal.signed_in(person).await;
                assert_eq!(browser.ask(function, ask.clone()).await.status, 403, "{function}");
            }
            let stranger = portal.browser().ask(function, ask).await;
            assert_eq!(stranger.status, 401, "{function}");
        }
        assert_eq!(portal.count("reset").await, 1);
    }
);

story!(what_is_confirmed_is_what_was_shown, |portal| {
    let mut dee = portal.signed_in(Person::Dee).await;
    let mut dan = portal.signed_in(Person::Dan).await;
    assert_eq!(ask(&mut dee, "nobody", Lost::Keys).await, 404);
    let blank = json!({ "name": "amy", "lost": Lost::Keys, "note": " " });
    assert_eq!(dee.ask("ask_reset", blank).await.status, 400);
    assert_eq!(ask(&mut dee, "amy", Lost::SecondStep).await, 200);
    assert_eq!(ask(&mut dan, "amy", Lost::Keys).await, 409, "one at a time");
    assert_eq!(
        confirm(&mut dan, Person::Amy, Lost::Keys, Person::Dee).await,
        409,
        "that was not asked"
    );
    assert_eq!(
        confirm(&mut dan, Person::Amy, Lost::SecondStep, Person::Dan).await,
        409
    );
    assert_eq!(confirm(&mut dan, Person::Ben, Lost::Keys, Person::Dee).await, 404);
    // Whoever is suspended meanwhile has asked for nothing.
    portal
        .tamper("UPDATE account SET suspended_on = 20600 WHERE name = 'dee'")
        .await;
    assert!(waiting(&mut dan).await.is_empty());
    assert_eq!(
        confirm(&mut dan, Person::Amy, Lost::SecondStep, Person::Dee).await,
        404
    );
    assert_eq!(
        ask(&mut dan, "amy", Lost::Keys).await,
        200,
        "it is out of the way"
    );
    assert!(portal.signed_in(Person::Amy).await.session().await.is_some());
});

story!(
    whoever_asks_or_confirms_has_just_shown_that_it_is_them,
    |portal| {
        let mut dee = portal.signed_in(Person::Dee).await;
        let mut dan = portal.signed_in(Person::Dan).await;
        assert_eq!(ask(&mut dee, "amy", Lost::Keys).await, 200);
        portal.wait(6);
        let asks = [
            ("ask_reset", asking("ben", Lost::Keys)),
            ("confirm_reset", confirming(Person::Amy, Lost::Keys, Person::Dee)),
        ];
        for (function, ask) in asks {
            let answer = dan.ask(function, ask).await;
            assert_eq!(
                (answer.status, answer.json()),
                (403, AppError::Unconfirmed),
                "{function}"
            );
        }
        let again = json!({ "secret": Bytes(secret("dan").to_vec()) });
        assert_eq!(dan.ask("confirm", again).await.status, 200);
        assert_eq!(confirm(&mut dan, Person::Amy, Lost::Keys, Person::Dee).await, 200);
    }
);

async fn has_steps(portal: &TestPortal, id: AccountId) -> bool {
    let shown = portal.portal.database.shown(id).await.unwrap();
    shown.unwrap().steps.any()
}

story!(a_second_step_is_removed_by_two_and_the_keys_stay, |portal| {
    let id = Person::Bea.id();
    let mut to = portal.portal.database.begin().await.unwrap();
    let totp = StoredTotp {
        sealed: vec![1],
        spent: vec![2],
    };
    to.store_totp(id, &totp).await.unwrap();
    to.replace_backup_codes(id, &[protocol::id::Hash([1; 32])])
        .await
        .unwrap();
    to.commit().await.unwrap();
    assert!(has_steps(&portal, id).await);
    let mut half = portal.signed_in(Person::Bea).await;
    assert!(half.session().await.is_some());

    reset(&portal, Person::Bea, Lost::SecondStep).await;
    assert!(!has_steps(&portal, id).await);
    assert_eq!(portal.count("backup_code").await, 0);
    assert!(half.session().await.is_none(), "she is signed out");
    let keys = portal.portal.database.keys(id).await.unwrap().unwrap();
    assert_eq!((keys.slots.len(), keys.keyring), (2, b"a keyring".to_vec()));
    let mut bea = portal.signed_in(Person::Bea).await;
    let gone: Vec<Gone> = bea.ask("gone", json!({})).await.json();
    assert!(gone.is_empty());
});

story!(the_name_is_free_for_new_keys_that_nobody_trusts, |portal| {
    let [mut dee, _] = administrators(&portal).await;
    reset(&portal, Person::Ann, Lost::Keys).await;
    // She comes again by an invitation, with the same name.
    let (reply, link) = dee.invite(Place::Administrator, &InvitedTo::Administrator).await;
    assert_eq!(reply.status, 200);
    let (mut ann, new) = Client::answer(&portal, &link, "ann", 1).await;
    assert_ne!(new.account, Person::Ann.id());
    let session: Session = ann.join(&new).await.json();
    assert_eq!(session.reset, Some(portal.portal.clock.today()));
    let trusted = ann.trusted().await;
    assert!(trusted.groups.is_empty() && !trusted.is_administrator);
    assert_eq!(
        portal.portal.database.wraps_of(new.account).await.unwrap().len(),
        0
    );

    // A name that nobody lost stays taken, and whoever has lost nothing is told nothing.
    let (_, link) = dee.invite(Place::Administrator, &InvitedTo::Administrator).await;
    let (mut other, new) = Client::answer(&portal, &link, "ann", 2).await;
    assert_eq!(other.join(&new).await.json::<AppError>(), AppError::NameTaken);
    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(amy.session().await.unwrap().reset, None);
});

story!(what_a_lost_account_left_behind_counts_for_nothing, |portal| {
    let mut to = portal.portal.database.begin().await.unwrap();
    to.insert_member(PARTNER, Person::Ann.id(), true).await.unwrap();
    to.commit().await.unwrap();
    let mut ann = portal.signed_in(Person::Ann).await;
    let lookup = protocol::id::Hash([3; 32]);
    let to = InvitedTo::Member(PARTNER);
    let invite = json!({ "lookup": lookup, "to": to });
    assert_eq!(ann.ask("invite", invite).await.status, 200);
    reset(&portal, Person::Ann, Lost::Keys).await;
    let open = portal
        .portal
        .database
        .open_invitation(lookup, portal.portal.clock.minute());
    assert!(open.await.unwrap().is_none(), "nobody could check who answers it");
    assert_eq!(portal.count("draft").await, 0);
});
