//! A practitioner of the demonstration at a page: everything that a form takes is planted in a draft, in a file, in a concern and in what is
//! added to it, and goes through the real router; with everything that was sent, answered and logged.

use crate::portal::{self, Browser, Client};
use app::concern::unsent::Lying;
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::Method,
    middleware,
};
use protocol::{
    codec,
    concern::{Concern, Language, Standing},
    id::{AttachmentId, Hash, LogId, Token},
    told::{Affected, Consent, Contact, MayContact, More, Subject, Told, When},
    vault::{Answer, Ask, Blob, Password, UnsentText},
};
use serde_json::json;
use server::{clock::Clock, database::Database, demo::Demo};
use std::{
    io::Write,
    sync::{Arc, Mutex},
};
use tracing_subscriber::fmt::MakeWriter;

/// The sign-in name, and what nobody but the person knows.
const NAME: &str = "amina";

/// What every text that is planted begins with.
pub(super) const SECRET: &str = "zanzibar-quokka-planted";

/// The text with this number.
fn planted(n: usize) -> String {
    format!("{SECRET}-{n:02}")
}

/// Something that was heard, and where.
pub(super) type Piece = (String, Vec<u8>);

/// What went between the page and the portal, and what the portal logged.
#[derive(Clone, Default)]
pub(super) struct Heard(Arc<Mutex<Vec<Piece>>>);

impl Heard {
    fn add(&self, what: String, bytes: Vec<u8>) {
        self.0.lock().unwrap().push((what, bytes));
    }

    pub(super) fn all(&self) -> Vec<Piece> {
        self.0.lock().unwrap().clone()
    }
}

/// Lines of the log.
impl Write for Heard {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.add("log".into(), line.into());
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Heard {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Everything that a practitioner does, from the first letter to what is added afterwards.
pub(super) async fn tell(database: &Database, demo: &Demo, clock: Arc<dyn Clock>) -> Vec<Piece> {
    let heard = Heard::default();
    let lines = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(heard.clone());
    let _logged = tracing::subscriber::set_default(lines.finish());
    tracing::info!("{}", super::CONTROL);
    let to = heard.clone();
    let listen = middleware::from_fn(move |request, next| listened(to.clone(), request, next));
    let router = portal::router_of(database, demo, clock.clone()).layer(listen);
    let person = demo.sign_ins.iter().find(|one| one.name == NAME).unwrap();
    let password = Password(person.password.clone().into_bytes());
    let browser = Browser::new(router);
    let mut amina =
        Client::signed_in(browser, super::deployment(demo), (NAME, password), clock.minute()).await;
    let file = store_file(&mut amina).await;
    let (drawers, discarded) = save_drafts(&mut amina, file).await;
    let log = send(&mut amina, file).await;
    add(&mut amina, log).await;
    discard(&mut amina, &drawers[1], discarded).await;
    heard.all()
}

/// Notes a request and its answer, whole.
async fn listened(heard: Heard, request: Request, next: middleware::Next) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let what = format!("{} {}", parts.method, parts.uri);
    heard.add(
        format!("{what} head"),
        format!("{what} {:?}", parts.headers).into_bytes(),
    );
    heard.add(format!("{what} body"), body.to_vec());
    let answer = next.run(Request::from_parts(parts, Body::from(body))).await;
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    heard.add(format!("{what} answer"), body.to_vec());
    axum::response::Response::from_parts(parts, Body::from(body))
}

/// A file, its name, what it is taken for and what is said of it.
async fn store_file(amina: &mut Client) -> AttachmentId {
    let bytes = planted(0).repeat(200).into_bytes();
    let begun = amina.ask(Ask::BeginFile {
        name: format!("{}.txt", planted(1)),
        media: format!("text/{}", planted(2)),
        length: bytes.len() as u64,
        copy_of: None,
    });
    let Answer::File(file) = begun else {
        panic!("{begun:?}")
    };
    let (file, bytes) = (file.id, Blob(bytes));
    let part = amina.ask(Ask::SealPart {
        file,
        index: 0,
        bytes,
    });
    let Answer::Part {
        hash,
        sealed: Some(sealed),
    } = part
    else {
        panic!("{part:?}")
    };
    let path = format!("/api/blob/{hash}");
    let stored = amina.browser.request(Method::PUT, &path, sealed.0).await;
    assert_eq!(stored.status, 201);
    let whole = amina.ask(Ask::PartStored(file));
    assert!(matches!(&whole, Answer::File(view) if view.hash.is_some()));
    let note = planted(3);
    assert!(matches!(amina.ask(Ask::NoteFile { file, note }), Answer::File(_)));
    file
}

/// One draft in two versions, and another that is discarded afterwards; gives the drawers, and the hash of the latter.
async fn save_drafts(amina: &mut Client, file: AttachmentId) -> (Vec<Token>, Hash) {
    let Answer::Tokens(drawers) = amina.ask(Ask::UnsentTokens) else {
        panic!("no drawers")
    };
    // The answers as the page keeps them: what was typed to find a place is among them until the draft is sent.
    let typed = |n| json!({ "happened": planted(n), "place typed": planted(n + 1) }).to_string();
    let first = save(amina, &drawers[0], (0, 1, None), (planted(4), typed(5), vec![])).await;
    let was = Some(first);
    save(
        amina,
        &drawers[0],
        (0, 2, was),
        (planted(4), typed(5), vec![file]),
    )
    .await;
    let other = save(amina, &drawers[1], (1, 1, None), (planted(7), typed(8), vec![])).await;
    let lying: Vec<Lying> = amina
        .browser
        .ask("unsent", json!({ "tokens": drawers }))
        .await
        .json();
    assert_eq!(lying.len(), 2);
    // What lies there is what was written: else nothing would be proved.
    let sealed = Blob(drawer(amina, Method::GET, "", &drawers[0], vec![]).await);
    match amina.ask(Ask::OpenUnsent { drawer: 0, sealed }) {
        Answer::OpenUnsent(draft) => {
            assert_eq!(
                (draft.version, draft.label, draft.files.len()),
                (2, planted(4), 1)
            );
        }
        other => panic!("{other:?}"),
    }
    (drawers, other)
}

async fn save(
    amina: &mut Client,
    token: &Token,
    (number, version, was): (u8, u32, Option<Hash>),
    (label, text, files): (String, String, Vec<AttachmentId>),
) -> Hash {
    let unsent = UnsentText {
        id: None,
        label,
        text,
        files,
    };
    let sealed = amina.ask(Ask::SealUnsent {
        drawer: number,
        version,
        unsent,
    });
    let Answer::SealedUnsent { bytes, .. } = sealed else {
        panic!("{sealed:?}")
    };
    let was = was.map(|was| format!("?was={was}")).unwrap_or_default();
    let hash = Hash::of(&bytes.0);
    drawer(amina, Method::PUT, &was, token, bytes.0).await;
    hash
}

async fn discard(amina: &mut Client, token: &Token, hash: Hash) {
    drawer(amina, Method::DELETE, &format!("?hash={hash}"), token, vec![]).await;
}

async fn drawer(amina: &mut Client, method: Method, query: &str, token: &Token, body: Vec<u8>) -> Vec<u8> {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/drawer{query}"))
        .header("candour-token", hex::encode(token.0));
    let answer = amina.browser.send(request.body(Body::from(body)).unwrap()).await;
    assert!(matches!(answer.status, 200 | 204), "{answer:?}");
    answer.body
}

/// Sends a concern with the file and text in every field.
async fn send(amina: &mut Client, file: AttachmentId) -> LogId {
    let concern = Concern {
        force: "gwent".into(),
        standing: Standing::Usual,
        language: Language::English,
        told: everything().to_bytes(),
    };
    let sealed = amina.ask(Ask::SealConcern {
        concern,
        files: vec![file],
        named: true,
        now: amina.now(),
    });
    append(amina, sealed).await
}

fn everything() -> Told {
    let subject = Subject {
        name: planted(10),
        number: planted(11),
        station: planted(12),
        looks: planted(13),
        traces: planted(14),
        link: planted(15),
        ..Subject::default()
    };
    Told {
        subjects: vec![subject],
        happened: planted(16),
        when: Some(When::Said(planted(17))),
        place: planted(6),
        told_when: planted(18),
        words: planted(19),
        affected: Affected {
            known_as: planted(20),
            referred_to: planted(21),
            ..Affected::default()
        },
        consent: Consent {
            why: planted(22),
            ..Consent::default()
        },
        contact: Contact {
            safely: planted(23),
            ..Contact::default()
        },
        risk: planted(24),
        references: planted(25),
        reach: planted(26),
        ..Told::default()
    }
}

/// Adds to it, and withdraws it.
async fn add(amina: &mut Client, log: LogId) {
    open(amina, log).await;
    let more = More {
        text: planted(27),
        withdrawn: Some(MayContact::Never),
    };
    let sealed = amina.ask(Ask::SealMore {
        log,
        more: more.to_bytes(),
        now: amina.now(),
    });
    append(amina, sealed).await;
    // It is there, and can be read by who wrote it.
    assert_eq!(open(amina, log).await.entries.len(), 2);
}

async fn open(amina: &mut Client, log: LogId) -> protocol::append::Fetched {
    let Answer::Tokens(tokens) = amina.ask(Ask::Tokens) else {
        panic!("no tokens")
    };
    let token = tokens.into_iter().find(|one| one.log() == log).unwrap();
    let fetched = amina.browser.thread(&token).await;
    let opened = amina.ask(Ask::OpenThread {
        log,
        fetched: Blob(codec::encode(&fetched)),
        now: amina.now(),
    });
    assert!(matches!(opened, Answer::Thread(_)), "{opened:?}");
    fetched
}

async fn append(amina: &mut Client, sealed: Answer) -> LogId {
    let Answer::Sealed { append, log, bytes } = sealed else {
        panic!("{sealed:?}")
    };
    let answer = amina.browser.post("/api/append", bytes.0).await;
    assert_eq!(answer.status, 200);
    let receipt = Blob(answer.body);
    let stored = amina.ask(Ask::CheckReceipt { append, receipt });
    assert!(matches!(stored, Answer::Stored(_)), "{stored:?}");
    log
}
