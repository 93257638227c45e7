//! Mail: the same for everybody who asked for it, once a day, whatever happens to the mail server or to the portal; and a unit's duty officer
//! who is told to sign in.

use crate::{
    portal::{Browser, Mailbox, Manner, Person, SEALED, TestPortal, UNIT},
    story,
};
use app::{
    error::AppError,
    notice::{Duty, Notice},
};
use protocol::id::GroupId;
use serde_json::json;
use server::{
    config::mail::Tls,
    database::{Database, audit::Chain},
    notice::{Lane, Paged, Postman},
};
use std::collections::BTreeSet;
use tokio::sync::watch;

const DAY: u64 = 24 * 60;
const HOUR: u64 = 60;
/// The longest that a notice waits once the day's are begun.
const SPREAD: u64 = 10;

async fn with_mailbox(portal: TestPortal) -> (TestPortal, Mailbox) {
    let mailbox = Mailbox::open().await;
    let portal = portal.with_mail(&mailbox.config(Tls::None));
    (portal, mailbox)
}

fn address(person: Person) -> String {
    format!("{}-at-home@mail.test", person.name())
}

async fn ask(browser: &mut Browser, address: Option<&str>) -> u16 {
    let answer = browser.ask("set_notice", json!({ "address": address })).await;
    answer.status
}

async fn notice(browser: &mut Browser) -> Notice {
    browser.ask("notice", json!({})).await.json()
}

async fn everybody_asks(portal: &TestPortal) {
    for person in Person::ALL {
        let mut browser = portal.signed_in(person).await;
        assert_eq!(ask(&mut browser, Some(&address(person))).await, 200);
    }
}

/// One pass of what carries mail, by a server that was just started.
async fn carry(portal: &TestPortal, lane: Lane) -> bool {
    let (_, stopped) = watch::channel(false);
    let postman = Postman::of(&portal.portal, lane, stopped).unwrap();
    postman.pass().await.unwrap()
}

/// Begins the day's notices, and waits until all of them are due.
async fn begin(portal: &TestPortal) {
    assert!(portal.portal.begin_round().await.unwrap());
    portal.wait(SPREAD);
}

/// Who was handed a mail since it was last looked, each in an envelope of their own.
fn handed_to(mailbox: &Mailbox) -> Vec<String> {
    let mut all: Vec<String> = mailbox
        .empty()
        .into_iter()
        .map(|mail| {
            assert_eq!(mail.to.len(), 1, "{:?}", mail.to);
            mail.to.concat()
        })
        .collect();
    all.sort();
    all
}

fn everybody() -> Vec<String> {
    let mut all: Vec<_> = Person::ALL.into_iter().map(address).collect();
    all.sort();
    all
}

async fn acts(portal: &TestPortal, chain: Chain) -> Vec<String> {
    let lines = portal.portal.database.audit(chain).await.unwrap();
    assert_eq!(server::audit::verify(chain, &lines), Ok(()));
    lines.into_iter().map(|line| line.act).collect()
}

story!(everybody_who_asked_is_sent_the_same_bytes_once_a_day, |portal| {
    let (portal, mailbox) = with_mailbox(portal).await;
    everybody_asks(&portal).await;
    begin(&portal).await;
    assert!(carry(&portal, Lane::Notices).await);
    let first = mailbox.empty();
    let texts: BTreeSet<_> = first.iter().map(|mail| mail.text.clone()).collect();
    assert_eq!((first.len(), texts.len()), (7, 1), "{texts:?}");
    for hours in [0, 1, 10] {
        portal.wait(hours * HOUR);
        assert!(carry(&portal, Lane::Notices).await);
        assert_eq!(mailbox.empty(), [], "{hours} hours later");
    }
    portal.wait(DAY - 11 * HOUR);
    begin(&portal).await;
    assert!(carry(&portal, Lane::Notices).await);
    let second = mailbox.empty();
    assert_eq!(second.len(), 7);
    let lasting = |text: &str| {
        let lines = text.lines();
        let lasting = lines.filter(|line| !line.starts_with("Date: ") && !line.starts_with("Message-ID: "));
        lasting.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lasting(&first[0].text), lasting(&second[0].text));
    assert_ne!(first[0].text, second[0].text, "two days are two mails");
});

story!(a_mail_names_nobody_and_nothing, |portal| {
    let (portal, mailbox) = with_mailbox(portal).await;
    everybody_asks(&portal).await;
    begin(&portal).await;
    assert!(carry(&portal, Lane::Notices).await);
    let text = mailbox.empty().remove(0).text;
    assert!(
        text.contains("Sign in to see whether there is anything for you."),
        "{text}"
    );
    assert!(text.contains("To: undisclosed-recipients:;"), "{text}");
    let lower = text.to_lowercase();
    let names = Person::ALL.map(|person| format!("{}-at-home", person.name()));
    let told = [
        "http", "href", "police", "concern", "unit", "gwent", "case", "officer",
    ];
    for word in names.iter().map(String::as_str).chain(told) {
        assert!(!lower.contains(word), "{word}: {text}");
    }
});

story!(
    an_address_is_sealed_and_beside_nothing_but_its_account,
    |portal| {
        let (portal, _mailbox) = with_mailbox(portal).await;
        let mut amy = portal.signed_in(Person::Amy).await;
        assert_eq!(ask(&mut amy, Some(&address(Person::Amy))).await, 200);
        let asked = Notice {
            hour: Some(7),
            address: Some(address(Person::Amy)),
        };
        assert_eq!(notice(&mut amy).await, asked);
        let hex = hex::encode(address(Person::Amy));
        for (table, rows) in portal.snapshot().await {
            for row in rows {
                let row = row.to_lowercase();
                assert!(!row.contains("mail.test") && !row.contains(&hex), "{table}");
            }
        }
        for bad in [
            "",
            "amy",
            "amy@",
            "a@b, c@d",
            "amy@mail.test\r\nRCPT TO:<eve@mail.test>",
        ] {
            assert_eq!(ask(&mut amy, Some(bad)).await, 400, "{bad:?}");
        }
        let long = format!("{}@mail.test", "a".repeat(300));
        assert_eq!(ask(&mut amy, Some(&long)).await, 400);
        assert_eq!(notice(&mut amy).await, asked);
    }
);

story!(whoever_stops_it_is_sent_no_more_and_forgotten, |portal| {
    let (portal, mailbox) = with_mailbox(portal).await;
    everybody_asks(&portal).await;
    begin(&portal).await;
    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(ask(&mut amy, None).await, 200);
    assert_eq!(ask(&mut amy, None).await, 200, "again");
    assert_eq!(notice(&mut amy).await.address, None);
    // Somebody's account is closed, somebody else's is suspended only after the day's notices were begun.
    let mut to = portal.portal.database.begin().await.unwrap();
    let today = portal.portal.clock.today();
    to.close_account(Person::Ben.id(), today).await.unwrap();
    to.suspend_account(Person::Cat.id(), today).await.unwrap();
    to.commit().await.unwrap();
    assert!(carry(&portal, Lane::Notices).await);
    let gone = [Person::Amy, Person::Ben].map(address);
    let left: Vec<_> = everybody()
        .into_iter()
        .filter(|one| !gone.contains(one))
        .collect();
    assert_eq!(handed_to(&mailbox), left);
    assert_eq!(portal.count("notice_address").await, 5);
    portal.wait(DAY);
    begin(&portal).await;
    assert!(carry(&portal, Lane::Notices).await);
    assert!(!handed_to(&mailbox).contains(&address(Person::Cat)));
    assert_eq!(
        acts(&portal, Chain::Practitioner)
            .await
            .iter()
            .filter(|act| *act == "stop notices")
            .count(),
        1
    );
});

story!(a_mail_server_that_is_down_loses_nothing, |portal| {
    let (portal, mut mailbox) = with_mailbox(portal).await;
    everybody_asks(&portal).await;
    mailbox.shut().await;
    begin(&portal).await;
    assert!(!carry(&portal, Lane::Notices).await);
    assert!(!carry(&portal, Lane::Notices).await);
    mailbox.reopen().await;
    assert!(carry(&portal, Lane::Notices).await);
    assert_eq!(handed_to(&mailbox), everybody());
    assert!(carry(&portal, Lane::Notices).await);
    assert_eq!(handed_to(&mailbox), [""; 0]);
});

story!(what_was_not_sent_by_the_next_day_is_sent_once, |portal| {
    let (portal, mut mailbox) = with_mailbox(portal).await;
    everybody_asks(&portal).await;
    mailbox.shut().await;
    for _ in 0..3 {
        begin(&portal).await;
        assert!(!carry(&portal, Lane::Notices).await);
        portal.wait(DAY);
    }
    mailbox.reopen().await;
    assert!(carry(&portal, Lane::Notices).await);
    portal.wait(SPREAD);
    assert!(carry(&portal, Lane::Notices).await);
    assert_eq!(handed_to(&mailbox), everybody());
});

story!(nobody_waits_for_a_mail_server_that_says_nothing, |portal| {
    let (portal, mut mailbox) = with_mailbox(portal).await;
    everybody_asks(&portal).await;
    mailbox.behave(Manner::Silent);
    begin(&portal).await;
    let (_, stopped) = watch::channel(false);
    let postman = Postman::of(&portal.portal, Lane::Notices, stopped).unwrap();
    let carrying = tokio::spawn(async move { postman.pass().await.unwrap() });
    // Everything is answered while the mail server is waited for, what writes too.
    let mut amy = portal.signed_in(Person::Amy).await;
    assert_eq!(ask(&mut amy, None).await, 200);
    assert_eq!(ask(&mut amy, Some(&address(Person::Amy))).await, 200);
    assert!(!carrying.is_finished());
    mailbox.shut().await;
    assert!(!carrying.await.unwrap());
});

story!(
    a_restart_in_the_middle_forgets_nobody_and_doubles_nobody,
    |portal| {
        let (portal, mailbox) = with_mailbox(portal).await;
        everybody_asks(&portal).await;
        begin(&portal).await;
        mailbox.behave(Manner::Only(3));
        assert!(!carry(&portal, Lane::Notices).await);
        let mut before = handed_to(&mailbox);
        assert_eq!(before.len(), 3);
        // A server that was just started knows only what is in the database.
        let portal = portal.with_mail(&mailbox.config(Tls::None));
        mailbox.behave(Manner::Takes);
        assert!(carry(&portal, Lane::Notices).await);
        before.extend(handed_to(&mailbox));
        before.sort();
        assert_eq!(before, everybody());
        assert!(!portal.portal.begin_round().await.unwrap());
    }
);

story!(a_server_that_is_told_to_stop_ends_what_is_under_way, |portal| {
    let (portal, mailbox) = with_mailbox(portal).await;
    everybody_asks(&portal).await;
    begin(&portal).await;
    let (stop, stopped) = watch::channel(true);
    let postman = Postman::of(&portal.portal, Lane::Notices, stopped).unwrap();
    postman.run().await;
    assert_eq!(handed_to(&mailbox), [""; 0]);
    drop(stop);
    assert_eq!(portal.count("outbox").await, 7);
});

story!(an_address_that_is_refused_holds_up_nobody, |portal| {
    let (portal, mailbox) = with_mailbox(portal).await;
    everybody_asks(&portal).await;
    begin(&portal).await;
    let refused = address(Person::Dee);
    mailbox.behave(Manner::Refuses(refused.clone()));
    assert!(!carry(&portal, Lane::Notices).await);
    let others: Vec<_> = everybody().into_iter().filter(|one| *one != refused).collect();
    assert_eq!(handed_to(&mailbox), others);
    mailbox.behave(Manner::Takes);
    assert!(carry(&portal, Lane::Notices).await);
    assert_eq!(handed_to(&mailbox), [refused]);
});

story!(servers_that_share_a_database_take_turns, |portal| {
    let (portal, mailbox) = with_mailbox(portal).await;
    everybody_asks(&portal).await;
    begin(&portal).await;
    if matches!(portal.portal.database, Database::Sqlite { .. }) {
        return;
    }
    let passes: Vec<_> = (0..4)
        .map(|_| {
            let (_, stopped) = watch::channel(false);
            let postman = Postman::of(&portal.portal, Lane::Notices, stopped).unwrap();
            tokio::spawn(async move { postman.pass().await.unwrap() })
        })
        .collect();
    for pass in passes {
        assert!(pass.await.unwrap());
    }
    assert!(carry(&portal, Lane::Notices).await);
    assert_eq!(handed_to(&mailbox), everybody());
});

story!(nothing_is_sent_in_the_clear_where_it_should_not_be, |portal| {
    let mailbox = Mailbox::open().await;
    // This one knows no TLS, as somebody in the middle would have it seem.
    let portal = portal.with_mail(&mailbox.config(Tls::StartTls));
    everybody_asks(&portal).await;
    begin(&portal).await;
    assert!(!carry(&portal, Lane::Notices).await);
    assert_eq!(mailbox.empty(), []);
    let lines = mailbox.lines();
    assert!(
        lines
            .iter()
            .all(|line| line.starts_with("EHLO") || line == "QUIT"),
        "{lines:?}"
    );
});

story!(
    a_round_is_begun_at_its_hour_with_one_line_that_names_nobody,
    |portal| {
        let (portal, mailbox) = with_mailbox(portal).await;
        everybody_asks(&portal).await;
        portal.tamper("ALTER TABLE audit_staff RENAME TO gone").await;
        portal.portal.begin_round().await.unwrap_err();
        assert_eq!(
            (portal.count("mail_round").await, portal.count("outbox").await),
            (0, 0)
        );
        portal.tamper("ALTER TABLE gone RENAME TO audit_staff").await;
        begin(&portal).await;
        // It is ten past one in London; the next hour of seven is in eighteen hours less ten minutes.
        portal.wait(18 * HOUR - SPREAD - 1);
        assert!(!portal.portal.begin_round().await.unwrap());
        portal.wait(1);
        assert!(portal.portal.begin_round().await.unwrap());
        assert_eq!(portal.count("mail_round").await, 1);
        drop(mailbox);
        let lines = portal.portal.database.audit(Chain::Staff).await.unwrap();
        let rounds: Vec<_> = lines.iter().filter(|line| line.act == "begin notices").collect();
        assert_eq!(rounds.len(), 2);
        assert!(
            rounds
                .iter()
                .all(|line| line.actor == Some(server::audit::OPERATOR))
        );
        assert!(
            !acts(&portal, Chain::Sent)
                .await
                .contains(&"begin notices".to_owned())
        );
    }
);

story!(a_portal_without_mail_says_so, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let none = Notice {
        hour: None,
        address: None,
    };
    assert_eq!(notice(&mut amy).await, none);
    assert_eq!(ask(&mut amy, Some(&address(Person::Amy))).await, 409);
    assert!(!portal.portal.begin_round().await.unwrap());
    assert_eq!(page(&portal, UNIT).await, Paged::Nobody);
});

fn duty(opens: u8, closes: u8) -> Duty {
    Duty {
        address: "duty@mail.test".into(),
        opens,
        closes,
        weekends: false,
    }
}

async fn set(browser: &mut Browser, group: GroupId, duty: Option<Duty>) -> u16 {
    let answer = browser
        .ask("set_duty", json!({ "group": group, "duty": duty }))
        .await;
    answer.status
}

async fn page(portal: &TestPortal, group: GroupId) -> Paged {
    let mut to = portal.portal.database.begin().await.unwrap();
    let paged = portal.portal.page_duty(&mut to, group).await.unwrap();
    to.commit().await.unwrap();
    paged
}

story!(a_duty_officer_is_told_to_sign_in_and_not_why, |portal| {
    let (portal, mut mailbox) = with_mailbox(portal).await;
    assert_eq!(page(&portal, UNIT).await, Paged::Nobody);
    let mut ben = portal.signed_in(Person::Ben).await;
    assert_eq!(set(&mut ben, UNIT, Some(duty(8, 18))).await, 200);
    mailbox.shut().await;
    assert_eq!(page(&portal, UNIT).await, Paged::Yes);
    assert_eq!(page(&portal, UNIT).await, Paged::Yes);
    assert_eq!(page(&portal, SEALED).await, Paged::Nobody);
    assert!(!carry(&portal, Lane::Pages).await);
    mailbox.reopen().await;
    assert!(carry(&portal, Lane::Notices).await);
    assert_eq!(handed_to(&mailbox), [""; 0], "notices are another lane");
    assert!(carry(&portal, Lane::Pages).await);
    let mails = mailbox.empty();
    assert_eq!(mails.len(), 1, "while one waits there is no second");
    assert_eq!(mails[0].to, ["duty@mail.test"]);
    assert!(
        mails[0].text.contains("Sign in to the portal now."),
        "{}",
        mails[0].text
    );
    let told = ["http", "police", "concern", "unit", "urgent"];
    for word in told {
        assert!(!mails[0].text.to_lowercase().contains(word), "{word}");
    }
    assert!(carry(&portal, Lane::Pages).await);
    assert_eq!(mailbox.empty(), []);
    assert_eq!(page(&portal, UNIT).await, Paged::Yes);
    assert!(carry(&portal, Lane::Pages).await);
    assert_eq!(mailbox.empty().len(), 1, "another time it is sent again");
});

story!(
    a_duty_address_is_the_leads_to_set_and_watched_in_its_hours,
    |portal| {
        let (portal, _mailbox) = with_mailbox(portal).await;
        let mut ben = portal.signed_in(Person::Ben).await;
        for bad in [duty(18, 8), duty(8, 8), duty(0, 25)] {
            assert_eq!(set(&mut ben, UNIT, Some(bad)).await, 400);
        }
        let nowhere = Duty {
            address: "nowhere".into(),
            ..duty(0, 24)
        };
        assert_eq!(set(&mut ben, UNIT, Some(nowhere)).await, 400);
        assert_eq!(set(&mut ben, SEALED, Some(duty(0, 24))).await, 404);
        assert_eq!(set(&mut ben, UNIT, Some(duty(8, 13))).await, 200);
        let mut bea = portal.signed_in(Person::Bea).await;
        let answer = bea.ask("set_duty", json!({ "group": UNIT, "duty": null })).await;
        assert_eq!(
            (answer.status, answer.json::<AppError>()),
            (404, AppError::NotFound)
        );
        let seen: Vec<(GroupId, Option<Duty>)> = bea.ask("duties", json!({})).await.json();
        assert_eq!(seen, [(UNIT, Some(duty(8, 13)))]);
        let mut cat = portal.signed_in(Person::Cat).await;
        let others: Vec<(GroupId, Option<Duty>)> = cat.ask("duties", json!({})).await.json();
        assert_eq!(others, [(SEALED, None)]);
        // It is one o'clock in London.
        assert_eq!(page(&portal, UNIT).await, Paged::OutOfHours);
        assert_eq!(set(&mut ben, UNIT, Some(duty(8, 14))).await, 200);
        assert_eq!(page(&portal, UNIT).await, Paged::Yes);
        assert_eq!(set(&mut ben, UNIT, None).await, 200);
        assert_eq!(portal.count("outbox").await, 0);
        let acts = acts(&portal, Chain::Staff).await;
        for act in ["set duty address", "delete duty address"] {
            assert!(acts.iter().any(|one| one == act), "{act}");
        }
    }
);
