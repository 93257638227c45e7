//! Invitations: who may make one, who may take one up, and what everybody else finds.

use crate::{
    portal::{Answer, Browser, Person, TestPortal, UNIT, administrators, instance, secret},
    story,
};
use app::{
    account::{NewWay, Role, Session, Way},
    bytes::Bytes,
    error::AppError,
    invitation::{InvitedTo, NewAccount, Offer, Stored},
    unit::Compartment,
};
use protocol::{
    id::{AccountId, Minute},
    invitation::{Invitation, Joining, Lookup, Place, Proven, read_fragment},
    recipient::Identity,
    signed::SigningKey,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use serde_json::json;
use server::{audit::OPERATOR, database::audit::Chain};

/// An invitation as its inviter's vault makes it, and what the link brings.
fn make(seed: u8) -> (Invitation, Lookup) {
    let mut rng = ChaCha20Rng::from_seed([seed; 32]);
    Invitation::new(Place::Administrator, "somebody".into(), Minute(0), &mut rng)
}

async fn invite(browser: &mut Browser, seed: u8, to: &InvitedTo) -> Answer {
    let (invitation, _) = make(seed);
    browser
        .ask("invite", json!({ "lookup": invitation.lookup, "to": to }))
        .await
}

async fn look_up(portal: &TestPortal, seed: u8) -> Answer {
    let (_, lookup) = make(seed);
    portal
        .browser()
        .at([198, 51, 100, seed])
        .ask("look_up", json!({ "lookup": lookup.text() }))
        .await
}

/// What the invitee's vault makes of a link.
fn account(seed: u8, name: &str) -> NewAccount {
    let (invitation, lookup) = make(seed);
    let link = read_fragment(&invitation.fragment(instance()), instance()).unwrap();
    let signer = SigningKey::from_seed([seed; 32]);
    let proven = Proven {
        instance: instance(),
        lookup: invitation.lookup,
        account: AccountId([0x40 + seed; 16]),
        name: name.into(),
        signer: signer.verifying(),
        recipient: Identity::from_secret([seed; 32]).recipient(),
    };
    let way = |way| NewWay {
        way,
        sealed: Bytes(vec![1]),
        secret: Some(Bytes(secret(name).to_vec())),
    };
    NewAccount {
        lookup: lookup.text(),
        account: proven.account,
        name: name.into(),
        keyring: Bytes(vec![2]),
        ways: vec![way(Way::Password), way(Way::RecoveryCode)],
        joining: Bytes(Joining::sign(proven, &link, &signer)),
        founding: None,
    }
}

/// The same with an identifier that stands for somebody else.
fn reserved(account_id: AccountId) -> NewAccount {
    let good = account(1, "gil");
    let (invitation, _) = make(1);
    let link = read_fragment(&invitation.fragment(instance()), instance()).unwrap();
    let proven = Proven {
        account: account_id,
        ..Joining::read(&good.joining.0).unwrap().proven
    };
    NewAccount {
        account: account_id,
        joining: Bytes(Joining::sign(proven, &link, &SigningKey::from_seed([1; 32]))),
        ..good
    }
}

async fn join(browser: &mut Browser, new: &NewAccount) -> Answer {
    browser.ask("join", json!({ "new": new })).await
}

story!(who_leads_a_group_invites_to_it_and_nobody_else_does, |portal| {
    let to = InvitedTo::Member(UNIT);
    for (person, status) in [
        (Person::Ben, 200),
        (Person::Bea, 404),
        (Person::Cat, 404),
        (Person::Amy, 404),
        (Person::Dee, 404),
    ] {
        let mut browser = portal.signed_in(person).await;
        let seed = 10 + person as u8;
        assert_eq!(invite(&mut browser, seed, &to).await.status, status, "{person:?}");
    }
    assert_eq!(invite(&mut portal.browser(), 9, &to).await.status, 401);
    let mut again = portal.signed_in(Person::Ben).await;
    let doubled = invite(&mut again, 10 + Person::Ben as u8, &to).await;
    assert_eq!(doubled.status, 409, "the same lookup again");
    let unknown = InvitedTo::Member(protocol::id::GroupId([0; 16]));
    let mut ben = portal.signed_in(Person::Ben).await;
    assert_eq!(invite(&mut ben, 8, &unknown).await.status, 404);
    assert_eq!(portal.count("invitation").await, 1);
});

story!(administrators_invite_to_what_is_not_there_yet, |portal| {
    let [mut dee, _] = administrators(&portal).await;
    let unit = |id: &str| {
        InvitedTo::Unit(Compartment {
            unit: id.into(),
            sealed: true,
        })
    };
    let all = [unit("far-psd"), InvitedTo::Administrator];
    let mut ben = portal.signed_in(Person::Ben).await;
    for (to, seed) in all.iter().zip(20..) {
        assert_eq!(invite(&mut ben, seed, to).await.status, 403, "{to:?}");
        assert_eq!(invite(&mut dee.browser, seed, to).await.status, 200, "{to:?}");
    }
    let unknown = invite(&mut dee.browser, 30, &unit("near-psd")).await;
    assert_eq!(unknown.status, 404, "no unit of the directory");
    let again = invite(&mut dee.browser, 31, &all[0]).await;
    assert_eq!(again.status, 409, "one founder at a time");
    let roles = [Role::Assessor, Role::Administrator];
    for (role, seed) in roles.into_iter().zip(20..) {
        let offer: Offer = look_up(&portal, seed).await.json();
        assert_eq!((offer.role, offer.organisation), (role, None));
    }
});

story!(an_invitation_is_taken_up_once, |portal| {
    let mut ben = portal.signed_in(Person::Ben).await;
    invite(&mut ben, 1, &InvitedTo::Member(UNIT)).await;
    let new = account(1, "gil");
    let mut gil = portal.browser();
    let session: Session = join(&mut gil, &new).await.json();
    assert_eq!((session.account, session.role), (new.account, Role::Assessor));
    assert!(gil.session().await.is_some());
    assert_eq!(
        portal.browser().sign_in_with("gil", &secret("gil")).await.status,
        200
    );

    assert_eq!(
        join(&mut portal.browser(), &account(1, "hal")).await.status,
        404,
        "again"
    );
    let list: Vec<Stored> = ben.ask("invitations", json!({})).await.json();
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].joining, Some(new.joining));
    let mut bea = portal.signed_in(Person::Bea).await;
    assert_eq!(bea.ask("invitations", json!({})).await.json::<Vec<Stored>>(), []);
    let lines = portal.portal.database.audit(Chain::Staff).await.unwrap();
    let acts: Vec<_> = lines.iter().map(|line| line.act.as_str()).collect();
    assert!(acts.contains(&"invite") && acts.contains(&"join"), "{acts:?}");
});

story!(unknown_used_ended_and_revoked_answer_alike, |portal| {
    let mut ben = portal.signed_in(Person::Ben).await;
    let to = InvitedTo::Member(UNIT);
    for seed in 1..=3 {
        invite(&mut ben, seed, &to).await;
    }
    join(&mut portal.browser(), &account(1, "gil")).await;
    let revoked = make(2).0.lookup;
    assert_eq!(ben.ask("revoke", json!({ "lookup": revoked })).await.status, 200);
    assert_eq!(ben.ask("revoke", json!({ "lookup": revoked })).await.status, 404);
    assert_eq!(look_up(&portal, 3).await.status, 200);
    portal.wait(72 * 60);
    for seed in 1..=4 {
        let answer = look_up(&portal, seed).await;
        assert_eq!(
            (answer.status, answer.json::<AppError>()),
            (404, AppError::NotFound)
        );
        let taken = join(&mut portal.browser(), &account(seed, "hal")).await;
        assert_eq!(
            (taken.status, taken.json::<AppError>()),
            (404, AppError::NotFound)
        );
    }
});

story!(a_stranger_who_was_turned_away_is_nobody, |portal| {
    let mut ben = portal.signed_in(Person::Ben).await;
    invite(&mut ben, 1, &InvitedTo::Member(UNIT)).await;
    let mut gil = portal.browser();
    join(&mut gil, &account(1, "gil")).await;
    let mut bea = portal.signed_in(Person::Bea).await;
    let lookup = json!({ "lookup": make(1).0.lookup });
    assert_eq!(bea.ask("revoke", lookup.clone()).await.status, 404, "not hers");
    portal.wait(11);
    let late = ben.ask("revoke", lookup.clone()).await;
    assert_eq!((late.status, late.json()), (403, AppError::Unconfirmed));
    assert!(gil.session().await.is_some());
    let mut ben = portal.signed_in(Person::Ben).await;
    assert_eq!(ben.ask("revoke", lookup).await.status, 200);
    assert!(gil.session().await.is_none());
    assert_eq!(
        portal.browser().sign_in_with("gil", &secret("gil")).await.status,
        401
    );
});

story!(
    a_new_account_is_in_no_group_until_somebody_vouches_for_it,
    |portal| {
        let mut ben = portal.signed_in(Person::Ben).await;
        invite(&mut ben, 1, &InvitedTo::Member(UNIT)).await;
        portal
            .signed_in(Person::Amy)
            .await
            .append(&crate::portal::concern(7))
            .await;
        let mut gil = portal.browser();
        join(&mut gil, &account(1, "gil")).await;
        let queue: app::casework::Queue = gil.ask("queue", json!({})).await.json();
        assert_eq!(queue, app::casework::Queue::default());
        let thread = crate::portal::token(7).log();
        assert_eq!(gil.log(thread, None).await.status, 404);
    }
);

story!(what_does_not_fit_makes_no_account, |portal| {
    let mut ben = portal.signed_in(Person::Ben).await;
    for seed in 1..=2 {
        invite(&mut ben, seed, &InvitedTo::Member(UNIT)).await;
    }
    let good = || account(1, "gil");
    let taken = join(&mut portal.browser(), &account(1, "amy")).await;
    assert_eq!(
        (taken.status, taken.json::<AppError>()),
        (409, AppError::NameTaken)
    );
    let bad = [
        NewAccount {
            name: "hal".into(),
            ..good()
        },
        NewAccount {
            account: AccountId([9; 16]),
            ..good()
        },
        NewAccount {
            joining: account(2, "gil").joining,
            ..good()
        },
        NewAccount {
            joining: Bytes(vec![1; 200]),
            ..good()
        },
        NewAccount {
            keyring: Bytes(vec![]),
            ..good()
        },
        NewAccount {
            ways: vec![],
            ..good()
        },
        NewAccount {
            ways: good().ways[..1].to_vec(),
            ..good()
        },
        reserved(AccountId::RECOVERY),
        reserved(OPERATOR),
        account(1, "Gil"),
        account(1, "g"),
        account(1, "gil jones"),
    ];
    for (new, n) in bad.iter().zip(1..) {
        portal.wait(5);
        let mut browser = portal.browser().at([203, 0, 113, n]);
        assert_eq!(join(&mut browser, new).await.status, 400, "{n}");
    }
    assert_eq!(portal.count("account").await, 7);
    let mut browser = portal.browser().at([203, 0, 113, 99]);
    assert_eq!(
        join(&mut browser, &good()).await.status,
        200,
        "the invitation is still there"
    );
});

story!(guesses_at_invitations_are_counted, |portal| {
    let mut statuses = Vec::new();
    for _ in 0..12 {
        let mut browser = portal.browser();
        let ask = json!({ "lookup": make(1).1.text() });
        statuses.push(browser.ask("look_up", ask).await.status);
    }
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
});
