//! Passkeys, with an authenticator in software.

use crate::{
    portal::{Answer, Browser, ORIGIN, Person, TestPortal},
    story,
};
use app::{
    account::{
        Session,
        factor::{Factors, Lacks, Steps},
        passkey::Stored,
    },
    error::AppError,
};
use passkey::{
    authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod},
    client::{Client, DefaultClientData},
    crypto::rust_crypto::RustCryptoBackend,
};
use passkey_types::{
    Passkey,
    ctap2::{Aaguid, Ctap2Error},
    webauthn::{CredentialCreationOptions, CredentialRequestOptions},
};
use protocol::id::Hash;
use serde_json::{Value, json};
use server::database::audit::Chain;
use webauthn_rs::prelude::Url;

/// Somebody who touches what blinks. Whether they also unlock it, is another thing.
struct Owner(bool);

#[async_trait::async_trait]
impl UserValidationMethod for Owner {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(
        &self,
        _hint: UiHint<'a, Passkey>,
        presence: bool,
        verification: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck {
            presence,
            verification: verification && self.0,
        })
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(self.0)
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }
}

/// A device that holds one passkey.
struct Device {
    unlocked: bool,
    passkey: Option<Passkey>,
}

impl Device {
    fn new() -> Self {
        Self {
            unlocked: true,
            passkey: None,
        }
    }

    fn authenticator(&self) -> Authenticator<Option<Passkey>, Owner, RustCryptoBackend> {
        let (owner, passkey) = (Owner(self.unlocked), self.passkey.clone());
        Authenticator::new(Aaguid::new_empty(), passkey, owner, RustCryptoBackend)
    }

    /// Makes a passkey for what the server asks, where it can.
    async fn try_make(&mut self, challenge: &Answer) -> Option<Value> {
        let options: CredentialCreationOptions = wrapped(challenge);
        let mut client = Client::new(self.authenticator());
        let origin = Url::parse(ORIGIN).unwrap();
        let made = client.register(&origin, options, DefaultClientData).await.ok()?;
        self.passkey.clone_from(client.authenticator().store());
        Some(json!(serde_json::to_string(&made).unwrap()))
    }

    async fn make(&mut self, challenge: &Answer) -> Value {
        self.try_make(challenge).await.unwrap()
    }

    /// Answers at `origin`, where a person believes to be.
    async fn answer_at(&mut self, origin: &str, challenge: &Answer) -> Option<Value> {
        let options: CredentialRequestOptions = wrapped(challenge);
        let mut client = Client::new(self.authenticator());
        let origin = Url::parse(origin).unwrap();
        let answered = client
            .authenticate(&origin, options, DefaultClientData)
            .await
            .ok()?;
        Some(json!({ "answer": serde_json::to_string(&answered).unwrap() }))
    }

    async fn answer(&mut self, challenge: &Answer) -> Value {
        self.answer_at(ORIGIN, challenge).await.unwrap()
    }
}

/// The options, as a page hands them to the browser.
fn wrapped<T: serde::de::DeserializeOwned>(challenge: &Answer) -> T {
    let options: Value = serde_json::from_str(&challenge.json::<String>()).unwrap();
    serde_json::from_value(json!({ "publicKey": options })).unwrap()
}

/// Adds a passkey in a session that may.
async fn add(browser: &mut Browser, name: &str) -> Device {
    let mut device = Device::new();
    let made = device.make(&browser.ask("begin_passkey", json!({})).await).await;
    let added = browser
        .ask("add_passkey", json!({ "name": name, "answer": made }))
        .await;
    assert_eq!(added.status, 200, "{added:?}");
    device
}

async fn with_passkey(portal: &TestPortal, person: Person) -> (Browser, Device) {
    let mut browser = portal.signed_in(person).await;
    let device = add(&mut browser, "a key").await;
    (browser, device)
}

/// Signs in by the passkey alone.
async fn sign_in(browser: &mut Browser, device: &mut Device) -> Answer {
    let challenge = browser.ask("passkey_sign_in_challenge", json!({})).await;
    let answer = device.answer(&challenge).await;
    browser.ask("passkey_sign_in", answer).await
}

story!(a_passkey_is_a_second_step_and_a_way_in, |portal| {
    let (_, mut device) = with_passkey(&portal, Person::Amy).await;
    let mut browser = portal.browser();
    let session: Session = browser.sign_in("amy").await.json();
    let steps = Steps {
        code: false,
        passkey: true,
    };
    assert_eq!((session.lacks, session.steps), (Some(Lacks::SecondStep), steps));
    assert_eq!(browser.ask("keys", json!({})).await.status, 401);
    let challenge = browser.ask("passkey_challenge", json!({})).await;
    let answer = device.answer(&challenge).await;
    let session: Session = browser.ask("passkey_answer", answer.clone()).await.json();
    assert_eq!(session.lacks, None);
    assert_eq!(browser.ask("keys", json!({})).await.status, 200);
    assert_eq!(
        browser.ask("passkey_answer", answer).await.status,
        404,
        "a challenge is answered once"
    );

    let mut another = portal.browser();
    let answer = sign_in(&mut another, &mut device).await;
    let session: Session = answer.json();
    assert_eq!((session.account, session.lacks), (Person::Amy.id(), None));
    assert!(another.cookies.contains_key("__Host-device"));
    assert_eq!(another.ask("keys", json!({})).await.status, 200);
});

story!(whoever_is_suspended_is_told_so_by_a_passkey_too, |portal| {
    let (mut amy, mut device) = with_passkey(&portal, Person::Amy).await;
    portal
        .tamper("UPDATE account SET suspended_on = 20600 WHERE name = 'amy'")
        .await;
    assert!(amy.session().await.is_none());
    let mut browser = portal.browser();
    let answer = sign_in(&mut browser, &mut device).await;
    assert_eq!((answer.status, answer.json()), (403, AppError::Suspended));
    assert!(browser.session().await.is_none());
});

story!(every_wrong_passkey_answers_alike, |portal| {
    let (mut amy, mut device) = with_passkey(&portal, Person::Amy).await;
    let (_, mut anns) = with_passkey(&portal, Person::Ann).await;
    let refused = |answer: Answer| {
        assert_eq!((answer.status, answer.json()), (401, AppError::WrongSignIn));
    };
    // An answer to another's challenge.
    let mut stranger = portal.browser();
    let challenge = stranger.ask("passkey_sign_in_challenge", json!({})).await;
    let answer = device.answer(&challenge).await;
    let mut thief = portal.browser();
    thief.ask("passkey_sign_in_challenge", json!({})).await;
    refused(thief.ask("passkey_sign_in", answer.clone()).await);
    // The same answer twice.
    assert_eq!(stranger.clone().ask("passkey_sign_in", answer).await.status, 200);
    // One whose signature was changed.
    let challenge = stranger.ask("passkey_sign_in_challenge", json!({})).await;
    let answer = device.answer(&challenge).await["answer"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut changed: Value = serde_json::from_str(&answer).unwrap();
    let anns_answer = anns.answer(&challenge).await["answer"]
        .as_str()
        .unwrap()
        .to_owned();
    let other: Value = serde_json::from_str(&anns_answer).unwrap();
    changed["response"]["signature"] = other["response"]["signature"].clone();
    refused(
        stranger
            .ask("passkey_sign_in", json!({ "answer": changed.to_string() }))
            .await,
    );
    // One that was removed.
    let all: Vec<Stored> = amy.ask("passkeys", json!({})).await.json();
    assert_eq!(
        amy.ask("remove_passkey", json!({ "id": all[0].id })).await.status,
        200
    );
    refused(sign_in(&mut portal.browser(), &mut device).await);
});

story!(a_passkey_answers_at_its_own_address_alone, |portal| {
    let (_, mut device) = with_passkey(&portal, Person::Amy).await;
    let challenge = portal.browser().ask("passkey_sign_in_challenge", json!({})).await;
    assert!(
        device
            .answer_at("https://candour.example", &challenge)
            .await
            .is_none()
    );
});

story!(a_challenge_ends_and_is_none_of_another_kind, |portal| {
    let (mut amy, mut device) = with_passkey(&portal, Person::Amy).await;
    let mut browser = portal.browser();
    let challenge = browser.ask("passkey_sign_in_challenge", json!({})).await;
    portal.wait(6);
    let answer = device.answer(&challenge).await;
    assert_eq!(browser.ask("passkey_sign_in", answer).await.status, 404);
    portal.portal.forget_sessions().await.unwrap();
    assert_eq!(portal.count("session").await, 1, "nothing is kept of it");
    // What was asked to make a passkey does not sign in, nor the other way.
    let challenge = amy.ask("passkey_challenge", json!({})).await;
    let answer = device.answer(&challenge).await;
    assert_eq!(amy.ask("passkey_sign_in", answer).await.status, 401);
});

story!(anothers_passkey_is_no_second_step, |portal| {
    with_passkey(&portal, Person::Amy).await;
    let (_, mut anns) = with_passkey(&portal, Person::Ann).await;
    let mut browser = portal.browser();
    browser.sign_in("amy").await;
    let challenge = browser.ask("passkey_challenge", json!({})).await;
    assert!(
        anns.answer_at(ORIGIN, &challenge).await.is_none(),
        "it is not asked"
    );
    let challenge = browser.ask("passkey_sign_in_challenge", json!({})).await;
    let answer = anns.answer(&challenge).await;
    assert_eq!(browser.ask("passkey_answer", answer).await.status, 404);
    assert_eq!(browser.ask("keys", json!({})).await.status, 401);
});

story!(a_key_that_is_only_touched_is_no_passkey, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let challenge = amy.ask("begin_passkey", json!({})).await;
    let mut device = Device {
        unlocked: false,
        passkey: None,
    };
    assert!(
        device.try_make(&challenge).await.is_none(),
        "it cannot do what is asked"
    );
    assert_eq!(portal.count("passkey").await, 0);
});

story!(passkeys_are_changed_only_just_after_confirming, |portal| {
    let (mut amy, mut device) = with_passkey(&portal, Person::Amy).await;
    let all: Vec<Stored> = amy.ask("passkeys", json!({})).await.json();
    portal.wait(11);
    let remove = json!({ "id": all[0].id });
    for (function, arguments) in [("begin_passkey", json!({})), ("remove_passkey", remove.clone())] {
        let answer = amy.ask(function, arguments).await;
        assert_eq!(
            (answer.status, answer.json()),
            (403, AppError::Unconfirmed),
            "{function}"
        );
    }
    let challenge = amy.ask("passkey_challenge", json!({})).await;
    let answer = device.answer(&challenge).await;
    assert_eq!(amy.ask("passkey_answer", answer).await.status, 200);
    let mut other = portal.browser();
    sign_in(&mut other, &mut device).await;
    let mut ann = portal.signed_in(Person::Ann).await;
    assert_eq!(
        ann.ask("remove_passkey", remove.clone()).await.status,
        404,
        "another's"
    );
    assert_eq!(amy.ask("remove_passkey", remove).await.status, 200);
    assert!(other.session().await.is_none(), "every other session ends");
    assert!(amy.session().await.is_some());
});

story!(a_passkey_is_the_second_step_that_staff_set_up_first, |portal| {
    let portal = portal.with_second_steps();
    let mut ben = portal.browser();
    let session: Session = ben.sign_in("ben").await.json();
    assert_eq!(session.lacks, Some(Lacks::SetUp));
    for function in ["passkeys", "queue", "remove_passkey"] {
        let ask = json!({ "id": Hash::ZERO });
        assert_eq!(ben.ask(function, ask).await.status, 401, "{function} comes after");
    }
    let mut device = Device::new();
    let challenge = ben.ask("begin_passkey", json!({})).await;
    let made = json!({ "name": "a key", "answer": device.make(&challenge).await });
    let session: Session = ben.ask("add_passkey", made).await.json();
    assert_eq!(session.lacks, None);
    assert_eq!(ben.ask("queue", json!({})).await.status, 200);

    // From then on the password alone is not enough, and adds no other passkey.
    let mut again = portal.browser();
    let session: Session = again.sign_in("ben").await.json();
    assert_eq!(session.lacks, Some(Lacks::SecondStep));
    assert_eq!(again.ask("begin_passkey", json!({})).await.status, 401);
    let challenge = again.ask("passkey_challenge", json!({})).await;
    let answer = device.answer(&challenge).await;
    let session: Session = again.ask("passkey_answer", answer).await.json();
    assert_eq!(session.lacks, None);
});

story!(the_last_second_step_of_staff_stays, |portal| {
    let portal = portal.with_second_steps();
    let mut ben = portal.browser();
    ben.sign_in("ben").await;
    crate::two_step::set_up(&portal, &mut ben).await;
    add(&mut ben, "a key").await;
    let all: Vec<Stored> = ben.ask("passkeys", json!({})).await.json();
    assert_eq!(
        ben.ask("remove_totp", json!({})).await.status,
        200,
        "there is another"
    );
    let factors: Factors = ben.ask("factors", json!({})).await.json();
    assert!(factors.needed && factors.steps.passkey && !factors.steps.code);
    assert_eq!(
        ben.ask("remove_passkey", json!({ "id": all[0].id })).await.status,
        403
    );
    add(&mut ben, "another key").await;
    assert_eq!(
        ben.ask("remove_passkey", json!({ "id": all[0].id })).await.status,
        200
    );
    let acts: Vec<_> = portal.portal.database.audit(Chain::Staff).await.unwrap();
    let acts: Vec<_> = acts.iter().map(|line| line.act.as_str()).collect();
    let told = [
        "add passkey",
        "remove codes",
        "refused",
        "add passkey",
        "remove passkey",
    ];
    assert_eq!(acts[acts.len() - 5..], told);
});

story!(a_passkey_is_nobodys_else_and_has_a_name, |portal| {
    let (mut amy, mut device) = with_passkey(&portal, Person::Amy).await;
    let challenge = amy.ask("begin_passkey", json!({})).await;
    let made = device.make(&challenge).await;
    for name in ["", " ", &"a".repeat(61)] {
        let new = json!({ "name": name, "answer": made });
        assert_eq!(amy.ask("add_passkey", new).await.status, 400);
    }
    let new = json!({ "name": "x", "answer": "{}" });
    assert_eq!(amy.ask("add_passkey", new).await.status, 400);
    let unknown = json!({ "id": Hash([9; 32]) });
    assert_eq!(amy.ask("remove_passkey", unknown).await.status, 404);
});
