//! Groups: what a lead may not do to the others.

use crate::{
    portal::{Browser, Person, UNIT, secret},
    story,
};
use app::{
    bytes::Bytes,
    error::AppError,
    group::{Change, cover::Cover},
};
use protocol::id::{Day, Hash};
use serde_json::json;

story!(
    no_wrap_takes_the_place_of_another_and_none_outlives_its_member,
    |portal| {
        let mut to = portal.portal.database.begin().await.unwrap();
        let bea = Person::Bea.id();
        assert!(!to.insert_wrap(UNIT, 1, bea, b"worse").await.unwrap());
        let (key, next) = (Hash([1; 32]), Hash([2; 32]));
        for (recovery, bytes, stored) in [
            (key, b"first", true),
            (key, b"worse", false),
            (next, b"newer", true),
        ] {
            let made = to.insert_recovery_wrap(UNIT, 1, recovery, bytes).await.unwrap();
            assert_eq!(made, stored);
        }
        to.commit().await.unwrap();
        assert_eq!(portal.count("recovery_wrap").await, 2);
        assert_eq!(
            portal.portal.database.wraps_of(bea).await.unwrap(),
            [b"wrap for bea"]
        );
        let mut to = portal.portal.database.begin().await.unwrap();
        to.delete_wraps(UNIT, bea).await.unwrap();
        to.commit().await.unwrap();
        let of = |person: Person| portal.portal.database.wraps_of(person.id());
        assert_eq!(of(Person::Bea).await.unwrap().len(), 0);
        assert_eq!(of(Person::Ben).await.unwrap().len(), 1, "the others keep theirs");
    }
);

story!(groups_are_changed_only_just_after_confirming, |portal| {
    let mut ben = portal.signed_in(Person::Ben).await;
    let mut bea = portal.signed_in(Person::Bea).await;
    portal.wait(8);
    let change = Change {
        group: UNIT,
        link: Bytes(vec![1]),
        wraps: Vec::new(),
        invitations: Vec::new(),
    };
    let change = json!({ "change": change });
    for act in ["propose", "publish"] {
        let answer = ben.ask(act, change.clone()).await;
        assert_eq!(
            (answer.status, answer.json()),
            (403, AppError::Unconfirmed),
            "{act}"
        );
        // Whoever does not lead the group is not even told that.
        assert_eq!(bea.ask(act, change.clone()).await.status, 404, "{act}");
    }
    assert_eq!(portal.count("draft").await, 0);
    let confirm = json!({ "secret": Bytes(secret("ben").to_vec()) });
    assert_eq!(ben.ask("confirm", confirm).await.status, 200);
    assert_eq!(ben.ask("propose", change).await.status, 200);
});

story!(no_more_than_twenty_drafts_wait, |portal| {
    let mut ben = portal.signed_in(Person::Ben).await;
    let change = Change {
        group: UNIT,
        link: Bytes(vec![1]),
        wraps: Vec::new(),
        invitations: Vec::new(),
    };
    for _ in 0..20 {
        assert_eq!(ben.ask("propose", json!({ "change": change })).await.status, 200);
    }
    assert_eq!(ben.ask("propose", json!({ "change": change })).await.status, 409);
    assert_eq!(portal.count("draft").await, 20);
});

async fn cover(browser: &mut Browser) -> Vec<Cover> {
    browser.ask("cover", json!({})).await.json()
}

story!(a_unit_sees_whether_two_who_are_there_can_open, |portal| {
    let mut ben = portal.signed_in(Person::Ben).await;
    let mut bea = portal.signed_in(Person::Bea).await;
    let both = Cover {
        group: UNIT,
        present: 2,
        away: vec![],
    };
    assert_eq!(cover(&mut ben).await, std::slice::from_ref(&both));
    let until = Day(portal.portal.clock.today().0 + 7);
    let away = json!({ "until": until });
    assert_eq!(bea.ask("set_away", away.clone()).await.status, 200);
    let one = Cover {
        present: 1,
        away: vec![(Person::Bea.id(), until)],
        ..both.clone()
    };
    assert_eq!(cover(&mut ben).await, [one]);
    portal.wait(8 * 24 * 60);
    let (mut ben, mut bea) = (
        portal.signed_in(Person::Ben).await,
        portal.signed_in(Person::Bea).await,
    );
    assert_eq!(
        cover(&mut ben).await,
        std::slice::from_ref(&both),
        "the day is over"
    );
    assert_eq!(bea.ask("set_away", json!({ "until": null })).await.status, 200);

    // Who was not given the newest key opens nothing that comes.
    let mut to = portal.portal.database.begin().await.unwrap();
    to.insert_wrap(UNIT, 2, Person::Ben.id(), b"newer").await.unwrap();
    to.commit().await.unwrap();
    assert_eq!(cover(&mut ben).await[0].present, 1);
    // Nor who may not sign in.
    portal
        .tamper("UPDATE account SET suspended_on = 20600 WHERE name = 'ben'")
        .await;
    assert_eq!(cover(&mut bea).await[0].present, 0);

    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(cover(&mut amy).await, [], "an organisation is no compartment");
    assert_eq!(amy.ask("set_away", away).await.status, 403);
    let mut dee = portal.signed_in(Person::Dee).await;
    assert_eq!(dee.ask("cover", json!({})).await.status, 403);
    let today = portal.portal.clock.today().0;
    for day in [today - 1, today + 367] {
        let ask = json!({ "until": Day(day) });
        assert_eq!(bea.ask("set_away", ask).await.status, 400);
    }
});
