//! Every server function, asked by everybody for something that is not theirs: refused, nothing changed, and noted.

use crate::{
    portal::{Browser, PARTNER, Person, SEALED, TestPortal, administrators, token},
    story,
};
use app::{
    account::Role, bytes::Bytes, error::AppError, group::Change, invitation::InvitedTo, unit::Compartment,
};
use leptos::server_fn::axum::server_fn_paths;
use protocol::id::{AccountId, AppendId, GroupId, Hash};
use serde_json::{Value, json};
use server::database::audit::Chain;
use std::collections::BTreeSet;

/// What anybody may ask.
const OPEN: [&str; 8] = [
    "sign_in",
    "sign_out",
    "session",
    "passkey_sign_in_challenge",
    "passkey_sign_in",
    "look_up",
    "join",
    "apply",
];

/// What is about the caller's own account, and names nothing of anybody else's.
const OWN: [&str; 21] = [
    "keys",
    "store_keyring",
    "confirm",
    "store_ways",
    "sessions",
    "notice",
    "set_notice",
    "second_step",
    "begin_totp",
    "finish_totp",
    "factors",
    "confirm_by_code",
    "renew_codes",
    "remove_totp",
    "passkey_challenge",
    "passkey_answer",
    "passkeys",
    "begin_passkey",
    "add_passkey",
    "trust",
    "invitations",
];

/// Nobody knows of it.
const UNKNOWN: GroupId = GroupId([0xee; 16]);
const HASH: Hash = Hash([0xee; 32]);
const APPLICATION: AppendId = AppendId([0xee; 16]);

/// A practitioner, the lead of a compartment, a member of another, and an administrator.
const PEOPLE: [Person; 4] = [Person::Amy, Person::Ben, Person::Cat, Person::Dee];

/// A function, what it is asked for, and the status that each of [`PEOPLE`] is given; nobody who is not signed in is given anything but 401.
type Act = (&'static str, Value, [u16; 4]);

fn change(group: GroupId) -> Change {
    Change {
        group,
        link: Bytes(vec![1; 50]),
        wraps: vec![],
        invitations: vec![],
    }
}

fn compartment() -> Compartment {
    Compartment {
        unit: "nowhere".into(),
        sealed: false,
    }
}

/// What names somebody or something: never theirs.
fn acts() -> Vec<Act> {
    [accounts(), groups(), boarding()].concat()
}

fn accounts() -> Vec<Act> {
    let one = json!({ "id": HASH });
    let reset = json!({ "name": "zoe", "lost": "keys", "note": "x" });
    let confirm = json!({ "account": Person::Cat.id(), "lost": "keys", "by": Person::Dan.id() });
    let checkpoint = json!({ "checkpoint": Bytes(vec![1; 50]) });
    let drop = json!({ "account": Person::Cat.id() });
    vec![
        ("end_session", one.clone(), [404, 404, 404, 404]),
        ("remove_passkey", one, [404, 404, 404, 404]),
        ("ask_reset", reset, [403, 403, 403, 404]),
        ("confirm_reset", confirm, [403, 403, 403, 404]),
        ("drop_reset", drop, [403, 403, 403, 404]),
        ("sign_checkpoint", checkpoint, [403, 403, 403, 400]),
        ("discard_checkpoint", json!({}), [403, 403, 403, 404]),
    ]
}

fn groups() -> Vec<Act> {
    let member = json!({ "group": PARTNER, "account": AccountId([0xee; 16]) });
    let [unknown, sealed, partner] = [UNKNOWN, SEALED, PARTNER].map(|group| json!({ "group": group }));
    let [to_partner, to_sealed] = [PARTNER, SEALED].map(|group| json!({ "change": change(group) }));
    let recovered = json!({ "recovered": Bytes(vec![1; 50]) });
    vec![
        ("publish", to_partner.clone(), [404, 404, 404, 403]),
        ("publish", to_sealed.clone(), [404, 404, 404, 403]),
        ("propose", to_partner, [404, 404, 404, 403]),
        ("propose", to_sealed, [404, 404, 404, 403]),
        ("discard", json!({ "id": APPLICATION }), [404, 404, 404, 403]),
        ("record_drill", sealed, [404, 404, 404, 403]),
        (
            "set_duty",
            json!({ "group": SEALED, "duty": null }),
            [404, 404, 404, 403],
        ),
        ("export_own", unknown.clone(), [404, 404, 404, 403]),
        ("export", unknown.clone(), [403, 403, 403, 404]),
        ("recover", recovered, [403, 403, 403, 400]),
        ("confirm_people", partner, [404, 404, 404, 403]),
        ("suspend_member", member.clone(), [404, 404, 404, 403]),
        ("lift_member", member, [404, 404, 404, 403]),
        ("suspend_partner", unknown.clone(), [403, 403, 403, 404]),
        ("lift_partner", unknown, [403, 403, 403, 404]),
    ]
}

fn boarding() -> Vec<Act> {
    let invite = |to: InvitedTo| json!({ "lookup": HASH, "to": to });
    let [member, sealed] = [PARTNER, SEALED].map(|group| invite(InvitedTo::Member(group)));
    let application = json!({ "application": APPLICATION });
    let finding = json!({ "id": APPLICATION, "approved": true, "note": "x" });
    let sign = json!({ "application": APPLICATION, "link": Bytes(vec![1; 50]) });
    let link = json!({ "link": Bytes(vec![1; 50]) });
    let (founder, holder) = (InvitedTo::Unit(compartment()), InvitedTo::Holder(compartment()));
    let away = json!({ "compartment": compartment() });
    let draft = json!({ "change": change(UNKNOWN) });
    vec![
        ("invite", member, [404, 404, 404, 404]),
        ("invite", sealed, [404, 404, 404, 404]),
        (
            "invite",
            invite(InvitedTo::Partner(APPLICATION)),
            [403, 403, 403, 404],
        ),
        ("invite", invite(founder), [403, 403, 403, 404]),
        ("invite", invite(holder), [404, 404, 404, 404]),
        ("revoke", json!({ "lookup": HASH }), [404, 404, 404, 404]),
        ("finding", finding, [403, 403, 403, 404]),
        ("founding", application.clone(), [403, 403, 403, 404]),
        ("sign_founding", sign, [403, 403, 403, 404]),
        ("turn_away_lead", application, [403, 403, 403, 404]),
        ("turn_away_founder", away, [403, 403, 403, 404]),
        ("draft_compartment", draft, [403, 404, 404, 403]),
        ("sign_compartment", link.clone(), [403, 404, 404, 403]),
        ("discard_compartment", link, [403, 404, 404, 403]),
        ("connect", json!({ "log": token(9).log() }), [403, 404, 404, 403]),
        (
            "finish_compartment",
            json!({ "group": PARTNER }),
            [403, 404, 404, 403],
        ),
    ]
}

/// What is read by role, of what the caller has to do with.
fn reads() -> Vec<Act> {
    let everybody_but_administrators = [200, 200, 200, 403];
    let administrators = [403, 403, 403, 200];
    let assessors = [403, 200, 200, 403];
    let none = || json!({});
    vec![
        ("find", json!({ "tokens": [token(1)] }), [200, 403, 403, 403]),
        ("unsent", json!({ "tokens": [token(1)] }), [200, 403, 403, 403]),
        ("parcels", json!({ "tokens": [token(1)] }), [200, 403, 403, 403]),
        ("queue", none(), assessors),
        ("own_set_up", none(), assessors),
        ("set_away", json!({ "until": null }), assessors),
        ("drafts", none(), everybody_but_administrators),
        ("gone", none(), everybody_but_administrators),
        ("cover", none(), everybody_but_administrators),
        ("drills", none(), everybody_but_administrators),
        ("duties", none(), everybody_but_administrators),
        ("kept", none(), everybody_but_administrators),
        ("resets", none(), administrators),
        ("standing", none(), administrators),
        ("applications", none(), administrators),
        ("partners", none(), administrators),
        ("set_ups", none(), administrators),
    ]
}

async fn noted(portal: &TestPortal, person: Person) -> Vec<Vec<u8>> {
    let chain = match person.role() {
        Role::Practitioner => Chain::Practitioner,
        Role::Assessor | Role::Administrator => Chain::Staff,
    };
    let lines = portal.portal.database.audit(chain).await.unwrap();
    let theirs = lines.into_iter().filter(|line| line.actor == Some(person.id()));
    let refused = theirs.filter(|line| line.act == "refused");
    refused.map(|line| line.object).collect()
}

/// Asks as somebody, and says what came of it.
async fn refused(
    portal: &TestPortal,
    person: Person,
    browser: &mut Browser,
    (function, ask, _): &Act,
) -> u16 {
    let (before, lines) = (portal.snapshot().await, noted(portal, person).await.len());
    let answer = browser.ask(function, ask.clone()).await;
    if answer.status == 200 {
        return 200;
    }
    assert_eq!(
        portal.snapshot().await,
        before,
        "{person:?} {function} changed something"
    );
    let lines = noted(portal, person).await.split_off(lines);
    let error: AppError = answer.json();
    let told = matches!(error, AppError::Forbidden | AppError::NotFound);
    let expected = if told {
        vec![function.as_bytes().to_vec()]
    } else {
        vec![]
    };
    assert_eq!(lines, expected, "{person:?} {function}");
    answer.status
}

story!(
    whatever_is_not_theirs_is_refused_to_everybody_and_noted,
    |portal| {
        // A directory that can be read.
        administrators(&portal).await;
        let mut browsers = Vec::new();
        for person in PEOPLE {
            browsers.push((person, portal.signed_in(person).await));
        }
        for act in acts().iter().chain(&reads()) {
            let (function, ask, expected) = act;
            let nobody = portal.browser().ask(function, ask.clone()).await;
            assert_eq!(nobody.status, 401, "{function}");
            for ((person, browser), status) in browsers.iter_mut().zip(expected) {
                let given = refused(&portal, *person, browser, act).await;
                assert_eq!(given, *status, "{person:?} {function} {ask}");
            }
        }
        for function in OWN {
            let nobody = portal.browser().ask(function, json!({})).await;
            assert_ne!(nobody.status, 200, "{function}");
        }
    }
);

/// A function that is new is in none of the lists, until somebody has thought about who may ask it.
#[tokio::test]
async fn every_function_is_in_the_table() {
    let portal = TestPortal::on_sqlite().await;
    drop(portal.browser());
    let (acts, reads) = (acts(), reads());
    let rows = acts.iter().chain(&reads).map(|(function, ..)| *function);
    let known: BTreeSet<&str> = OPEN.into_iter().chain(OWN).chain(rows).collect();
    let all: BTreeSet<&str> = server_fn_paths()
        .filter_map(|(path, _)| path.rsplit('/').next())
        .collect();
    assert_eq!(known, all);
}
