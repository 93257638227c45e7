//! How an organisation comes on board: its lead and two administrators, each with a vault, and what one of them alone cannot do.

use crate::{
    portal::{Answer, Client, Person, TestPortal, administrators},
    story,
};
use app::{
    bytes::Bytes,
    error::AppError,
    group::Change,
    invitation::{InvitedTo, NewAccount},
    partner::{Application, Lead, Organisation, founding::FirstLink, on_board::Partner},
};
use protocol::{
    id::{AppendId, GroupId},
    invitation::Place,
    refused::Refused,
    signed::{self, SigningKey},
    vault::{self, Ask, Blob},
};
use serde_json::json;
use server::database::{audit::Chain, directory::GroupKind};

const NAME: &str = "Harbour House Refuge";

/// An organisation applies, and each of these administrators approves.
async fn approved(portal: &TestPortal, by: &mut [Client]) -> AppendId {
    let organisation = Organisation {
        name: NAME.into(),
        number: "1234567".into(),
        purpose: "A refuge.".into(),
        lead: "Ivy".into(),
        reach: "01632 960000".into(),
    };
    let apply = json!({ "organisation": organisation, "agreed": true });
    assert_eq!(portal.browser().ask("apply", apply).await.status, 200);
    let mut dan = portal.signed_in(Person::Dan).await;
    let all: Vec<Application> = dan.ask("applications", json!({})).await.json();
    for client in by {
        let finding = json!({ "id": all[0].id, "approved": true, "note": "Rang them." });
        assert_eq!(client.browser.ask("finding", finding).await.status, 200);
    }
    all[0].id
}

async fn invite(client: &mut Client, id: AppendId) -> (Answer, String) {
    let place = Place::Partner { name: NAME.into() };
    client.invite(place, &InvitedTo::Partner(id)).await
}

async fn lead_of(client: &mut Client, id: AppendId) -> Lead {
    let all: Vec<Application> = client.browser.ask("applications", json!({})).await.json();
    all.into_iter().find(|one| one.id == id).unwrap().lead
}

/// The lead has answered the invitation of the first of the two administrators.
struct Answered {
    dee: Client,
    dan: Client,
    ivy: Client,
    new: NewAccount,
    id: AppendId,
}

async fn answered(portal: &TestPortal) -> Answered {
    let mut both = administrators(portal).await;
    let id = approved(portal, &mut both).await;
    let [mut dee, dan] = both;
    let (reply, link) = invite(&mut dee, id).await;
    assert_eq!(reply.status, 200);
    let (mut ivy, new) = Client::answer(portal, &link, "ivy", 1).await;
    assert_eq!(ivy.join(&new).await.status, 200);
    Answered {
        dee,
        dan,
        ivy,
        new,
        id,
    }
}

async fn founding(client: &mut Client, id: AppendId) -> FirstLink {
    let answer = client.browser.ask("founding", json!({ "application": id })).await;
    assert_eq!(answer.status, 200);
    answer.json()
}

/// Looks at what waits, and signs it.
async fn signed(client: &mut Client, id: AppendId, now: protocol::id::Minute) -> Bytes {
    let founding = founding(client, id).await;
    let (link, joining) = (Blob(founding.link.0), Blob(founding.joining.0));
    let read = client.ask(Ask::ReadGenesis {
        link: link.clone(),
        joinings: vec![joining.clone()],
        now,
    });
    let vault::Answer::GenesisView(view) = read else {
        panic!("{read:?}")
    };
    assert_eq!((view.name.as_str(), view.members.len()), (NAME, 1));
    Bytes(client.drafted(Ask::SignGenesis { link, joining, now }).link.0)
}

async fn hand_in(client: &mut Client, id: AppendId, link: &Bytes) -> u16 {
    let ask = json!({ "application": id, "link": link });
    client.browser.ask("sign_founding", ask).await.status
}

async fn partners(client: &mut Client) -> Vec<Partner> {
    client.browser.ask("partners", json!({})).await.json()
}

story!(
    an_organisation_comes_on_board_by_its_lead_and_two_administrators,
    |portal| {
        let Answered {
            mut dee,
            mut dan,
            mut ivy,
            new,
            id,
        } = answered(&portal).await;
        let now = portal.portal.clock.minute();
        assert_eq!(ivy.trusted().await.partner, None, "not yet");
        let answered = Lead::Answered {
            by: Person::Dee.id(),
            signed: vec![],
        };
        assert_eq!(lead_of(&mut dan, id).await, answered);

        let first = signed(&mut dee, id, now).await;
        assert_eq!(hand_in(&mut dee, id, &first).await, 200);
        assert_eq!(hand_in(&mut dee, id, &first).await, 400, "with no new signature");
        assert_eq!(partners(&mut dee).await, [], "one is not enough");
        assert_eq!(portal.count("wrap").await, 0, "what goes with it is kept back");
        assert_eq!(ivy.trusted().await.partner, None);

        let second = signed(&mut dan, id, now).await;
        assert_eq!(hand_in(&mut dan, id, &second).await, 200);
        let on_board = partners(&mut dan).await;
        assert_eq!((on_board.len(), on_board[0].name.as_str()), (1, NAME));
        assert_eq!(on_board[0].accounts, 1);
        assert_eq!(lead_of(&mut dan, id).await, Lead::Leads);
        assert_eq!(portal.count("draft").await, 0);

        let trusted = ivy.trusted().await;
        assert_eq!(trusted.partner.as_deref(), Some(NAME));
        assert!(
            trusted.groups[0].lead
                && trusted.groups[0]
                    .waiting
                    .iter()
                    .all(|due| *due != vault::Due::Secret)
        );
        let group = on_board[0].group;
        let place = Place::Member { group, lead: false };
        let (reply, _) = ivy.invite(place, &InvitedTo::Member(group)).await;
        assert_eq!(reply.status, 200, "the lead invites practitioners");
        // Administrators follow the chain, and hold no key of it.
        for client in [&mut dee, &mut dan] {
            assert!(client.trusted().await.groups.is_empty());
        }
        let lines = portal.portal.database.audit(Chain::Staff).await.unwrap();
        for (act, actor) in [("sign founding", Person::Dee), ("found partner", Person::Dan)] {
            assert!(
                lines
                    .iter()
                    .any(|line| line.act == act && line.actor == Some(actor.id())),
                "{act}"
            );
        }
        let again = json!({ "id": id, "approved": false, "note": "Too late." });
        assert_eq!(dan.browser.ask("finding", again).await.status, 409);
        assert_eq!(invite(&mut dee, id).await.0.status, 409, "it is on board");
        assert_eq!(ivy.join(&new).await.status, 404);
    }
);

story!(nobody_but_administrators_sees_signs_or_turns_away, |portal| {
    let Answered { mut dee, id, .. } = answered(&portal).await;
    let link = signed(&mut dee, id, portal.portal.clock.minute()).await;
    let asks = [
        ("founding", json!({ "application": id })),
        ("sign_founding", json!({ "application": id, "link": link })),
        ("turn_away_lead", json!({ "application": id })),
        ("partners", json!({})),
    ];
    for (function, ask) in asks {
        for person in [Person::Amy, Person::Ben] {
            let mut browser = portal.signed_in(person).await;
            assert_eq!(browser.ask(function, ask.clone()).await.status, 403, "{function}");
        }
        assert_eq!(
            portal.browser().ask(function, ask).await.status,
            401,
            "{function}"
        );
    }
    let unknown = json!({ "application": AppendId([9; 16]), "link": link });
    for function in ["founding", "sign_founding", "turn_away_lead"] {
        assert_eq!(
            dee.browser.ask(function, unknown.clone()).await.status,
            404,
            "{function}"
        );
    }
    assert_eq!(portal.count("partner").await, 0);
    assert_eq!(portal.count("draft").await, 1);
});

story!(
    nothing_but_the_same_link_with_one_listed_signature_more_is_taken,
    |portal| {
        let Answered {
            mut dee, mut dan, id, ..
        } = answered(&portal).await;
        let now = portal.portal.clock.minute();
        let waiting = founding(&mut dee, id).await.link;
        let stranger = SigningKey::from_seed([77; 32]);
        let by_stranger = signed::add::<protocol::group::Link>(&waiting.0, &stranger).unwrap();
        let mut other = signed::verify::<protocol::group::Link>(&waiting.0)
            .unwrap()
            .payload;
        other.group = GroupId([7; 16]);
        let first = signed(&mut dee, id, now).await;
        for bad in [
            waiting.0.clone(),
            by_stranger,
            signed::sign(&other, &[&stranger]),
            vec![1; 100],
            vec![],
        ] {
            assert_eq!(hand_in(&mut dan, id, &Bytes(bad)).await, 400);
        }
        assert_eq!(founding(&mut dee, id).await.link, waiting, "unchanged");

        // A lone administrator has a second session, and whoever runs the server helps: one signature is not two.
        assert_eq!(hand_in(&mut dan, id, &first).await, 200);
        assert_eq!(hand_in(&mut dee, id, &first).await, 400);
        assert_eq!(portal.count("partner").await, 0);
    }
);

story!(
    a_server_that_puts_an_organisation_on_board_by_itself_is_refused,
    |portal| {
        let Answered {
            mut dee,
            mut dan,
            mut ivy,
            new,
            id,
        } = answered(&portal).await;
        let first = signed(&mut dee, id, portal.portal.clock.minute()).await;
        let group = new.founding.as_ref().unwrap().group;
        let mut to = portal.portal.database.begin().await.unwrap();
        to.insert_group(group, GroupKind::Partner).await.unwrap();
        to.insert_link(group, 0, &first.0).await.unwrap();
        to.insert_member(group, new.account, true).await.unwrap();
        to.commit().await.unwrap();
        for client in [&mut ivy, &mut dee, &mut dan] {
            assert_eq!(
                client.verify().await,
                vault::Answer::Refused(Refused::AlteredChain)
            );
        }
    }
);

story!(
    a_lead_who_is_turned_away_is_nobody_and_another_can_be_invited,
    |portal| {
        let Answered {
            mut dee,
            mut dan,
            mut ivy,
            id,
            ..
        } = answered(&portal).await;
        assert_eq!(invite(&mut dan, id).await.0.status, 409, "one at a time");
        let ask = json!({ "application": id });
        assert_eq!(dan.browser.ask("turn_away_lead", ask.clone()).await.status, 200);
        assert_eq!(dan.browser.ask("turn_away_lead", ask).await.status, 404);
        assert!(ivy.browser.session().await.is_none());
        assert_eq!(portal.count("draft").await, 0);
        assert_eq!(lead_of(&mut dee, id).await, Lead::Uninvited);
        let (reply, link) = invite(&mut dan, id).await;
        assert_eq!(reply.status, 200);
        portal.wait(72 * 60 + 1);
        let mut dee = portal.signed_in(Person::Dee).await;
        let all: Vec<Application> = dee.ask("applications", json!({})).await.json();
        assert_eq!(all[0].lead, Lead::Uninvited, "it has ended");
        let lookup = json!({ "lookup": link.split_once('#').unwrap().0 });
        assert_eq!(portal.browser().ask("look_up", lookup).await.status, 404);
    }
);

story!(a_refusal_stops_a_founding_under_way, |portal| {
    let Answered { mut dee, id, .. } = answered(&portal).await;
    let link = signed(&mut dee, id, portal.portal.clock.minute()).await;
    portal
        .tamper("UPDATE finding SET approved = NOT approved, note = 'They are not who they say.'")
        .await;
    assert_eq!(hand_in(&mut dee, id, &link).await, 404);
    assert_eq!(portal.count("partner").await, 0);
});

story!(
    who_joins_to_lead_brings_the_organisation_and_nothing_else,
    |portal| {
        let mut both = administrators(&portal).await;
        let id = approved(&portal, &mut both).await;
        let [mut dee, _] = both;
        let (_, link) = invite(&mut dee, id).await;
        let (mut ivy, new) = Client::answer(&portal, &link, "ivy", 1).await;
        let change = new.founding.clone().unwrap();
        let now = portal.portal.clock.minute();
        let shelter: Change = ivy
            .drafted(Ask::FoundPartner {
                name: "Another Shelter".into(),
                now,
            })
            .into();
        let with = |change: Option<Change>| NewAccount {
            founding: change,
            ..new.clone()
        };
        let bad = [
            with(None),
            with(Some(shelter)),
            with(Some(Change {
                group: GroupId([7; 16]),
                ..change.clone()
            })),
            with(Some(Change {
                wraps: vec![],
                ..change.clone()
            })),
            with(Some(Change {
                invitations: vec![protocol::id::Hash([1; 32])],
                ..change.clone()
            })),
            with(Some(Change {
                link: Bytes(vec![1; 50]),
                ..change.clone()
            })),
        ];
        for (one, n) in bad.iter().zip(1..) {
            ivy.browser = portal.browser().at([203, 0, 113, n]);
            portal.wait(5);
            assert_eq!(ivy.join(one).await.status, 400, "{n}");
        }
        assert_eq!(
            (portal.count("draft").await, portal.count("account").await),
            (0, 7)
        );
        ivy.browser = portal.browser().at([203, 0, 113, 99]);
        assert_eq!(ivy.join(&new).await.status, 200);
    }
);

story!(
    whoever_finds_signs_or_turns_away_has_just_shown_that_it_is_them,
    |portal| {
        let Answered { mut dee, id, .. } = answered(&portal).await;
        let link = signed(&mut dee, id, portal.portal.clock.minute()).await;
        portal.wait(11);
        for (function, ask) in [
            ("sign_founding", json!({ "application": id, "link": link })),
            ("turn_away_lead", json!({ "application": id })),
            ("finding", json!({ "id": id, "approved": true, "note": "Again." })),
        ] {
            let answer = dee.browser.ask(function, ask).await;
            assert_eq!(
                (answer.status, answer.json()),
                (403, AppError::Unconfirmed),
                "{function}"
            );
        }
        assert_eq!(portal.count("draft").await, 1);
    }
);
