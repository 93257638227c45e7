//! What every answer carries, what is refused before it is read, and health.

use crate::{
    portal::{ORIGIN, Person, concern},
    story,
};
use app::error::AppError;
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use protocol::id::Day;
use serde_json::json;
use std::io::Read as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

story!(every_page_is_the_same_bytes_for_everyone, |portal| {
    let portal = portal.with_every_page();
    let routes = app::routes()
        .into_iter()
        .map(|pattern| pattern.replace("{id}", "0123").replace("{lookup}", "4567"));
    let paths: Vec<_> = routes
        .chain(["/nothing/here".into(), "/cy/nothing".into()])
        .collect();
    assert!(paths.len() > 30);
    let mut everyone = vec![portal.browser()];
    for person in Person::ALL {
        everyone.push(portal.signed_in(person).await);
    }
    for path in &paths {
        for encoding in ["", "gzip", "br, gzip"] {
            let mut seen = Vec::new();
            for browser in &mut everyone {
                browser
                    .headers
                    .insert(header::ACCEPT_ENCODING, encoding.parse().unwrap());
                let mut answer = browser.get(path).await;
                answer.headers.remove("x-request-id");
                assert!(!answer.headers.contains_key(header::SET_COOKIE), "{path}");
                seen.push((answer.status, format!("{:?}", answer.headers), answer.body));
            }
            assert!(seen.iter().all(|answer| *answer == seen[0]), "{path} {encoding}");
        }
    }
    let other = portal.browser().get("/concerns/4567").await;
    assert_eq!(
        other.body,
        portal.browser().get("/concerns/0123").await.body,
        "whatever is in the path"
    );
});

story!(a_page_unpacks_to_itself, |portal| {
    let mut browser = portal.browser();
    let plain = browser.get("/").await;
    assert_eq!(
        (plain.status, plain.header("content-type")),
        (200, Some("text/html; charset=utf-8"))
    );
    let mut unpacked = Vec::new();
    browser
        .headers
        .insert(header::ACCEPT_ENCODING, "gzip".parse().unwrap());
    let gzip = browser.get("/").await;
    flate2::read::GzDecoder::new(&gzip.body[..])
        .read_to_end(&mut unpacked)
        .unwrap();
    assert_eq!(
        (gzip.header("content-encoding"), &unpacked),
        (Some("gzip"), &plain.body)
    );
    unpacked.clear();
    browser
        .headers
        .insert(header::ACCEPT_ENCODING, "gzip, br".parse().unwrap());
    let brotli = browser.get("/").await;
    brotli::Decompressor::new(&brotli.body[..], 4096)
        .read_to_end(&mut unpacked)
        .unwrap();
    assert_eq!(
        (brotli.header("content-encoding"), &unpacked),
        (Some("br"), &plain.body)
    );
    assert!(brotli.body.len() * 4 < plain.body.len());
});

story!(every_answer_carries_the_headers, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let mut answers = vec![
        amy.append(&concern(7)).await,
        amy.ask("session", json!({})).await,
        amy.ask("queue", json!({})).await,
    ];
    for path in [
        "/",
        "/nothing",
        "/livez",
        "/readyz",
        "/assets/none.js",
        "/api/log/00",
        "/api/nothing",
        "/exit",
    ] {
        answers.push(amy.get(path).await);
    }
    answers.push(amy.post("/", Vec::new()).await);
    amy.headers
        .insert("sec-fetch-site", "cross-site".parse().unwrap());
    answers.push(amy.append(&concern(8)).await);
    for answer in answers {
        let policy = answer.header("content-security-policy").unwrap();
        for part in [
            "default-src 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part));
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("nonce"));
        for (name, value) in [
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            (
                "strict-transport-security",
                "max-age=63072000; includeSubDomains; preload",
            ),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name}");
        }
        assert!(
            answer
                .header("permissions-policy")
                .unwrap()
                .contains("geolocation=()")
        );
        assert!(answer.header("server").is_none());
    }
});

story!(what_another_site_makes_a_browser_send_is_refused, |portal| {
    let amy = portal.signed_in(Person::Amy).await;
    let status = async |headers: &[(&'static str, &str)], method: Method| {
        let mut browser = amy.clone();
        browser.headers.clear();
        for (name, value) in headers {
            browser.headers.insert(*name, value.parse().unwrap());
        }
        browser.request(method, "/api/append", Vec::new()).await.status
    };
    let (allowed, refused) = (400, 403);
    for (headers, expected) in [
        (&[("sec-fetch-site", "same-origin")][..], allowed),
        (&[("origin", ORIGIN)], allowed),
        (
            &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.test")],
            allowed,
        ),
        (&[("sec-fetch-site", "same-site"), ("origin", ORIGIN)], refused),
        (&[("sec-fetch-site", "cross-site"), ("origin", ORIGIN)], refused),
        (&[("sec-fetch-site", "none")], refused),
        (&[("origin", "https://evil.test")], refused),
        (&[("origin", "null")], refused),
        (&[("origin", "https://candour.test.evil.test")], refused),
        (&[], refused),
    ] {
        assert_eq!(status(headers, Method::POST).await, expected, "{headers:?}");
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        assert_eq!(status(&[("sec-fetch-site", "cross-site")], method).await, refused);
    }
    assert_eq!(
        status(&[("sec-fetch-site", "cross-site")], Method::GET).await,
        405,
        "who only reads may come from anywhere"
    );
});

story!(a_page_takes_no_post_and_a_function_no_form, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    for path in ["/", "/sign-in", "/livez", "/exit"] {
        assert_eq!(amy.post(path, b"name=amy".to_vec()).await.status, 405, "{path}");
    }
    for kind in [
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data",
    ] {
        let request = Request::post("/api/session")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from("{}"));
        assert_eq!(amy.send(request.unwrap()).await.status, 400, "{kind}");
    }
    assert_eq!(amy.get("/api/session").await.status, 405);
    for body in [
        "",
        "{",
        "[]",
        "{\"version\":\"x\"}",
        "{\"version\":-1,\"keyring\":\"\"}",
    ] {
        let request = Request::post("/api/store_keyring")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body));
        let answer = amy.send(request.unwrap()).await;
        assert_eq!(
            (answer.status, answer.json::<AppError>()),
            (400, AppError::Invalid),
            "{body}"
        );
    }
});

story!(a_body_that_is_too_long_is_refused_however_it_is_sent, |portal| {
    let mut amy = portal.signed_in(Person::Amy).await;
    let long = json!({ "version": 2, "keyring": "A".repeat(256 * 1024) }).to_string();
    let chunked = Body::from_stream(tokio_chunks(long.clone().into_bytes()));
    for body in [Body::from(long), chunked] {
        let request = Request::post("/api/store_keyring")
            .header(header::CONTENT_TYPE, "application/json")
            .body(body);
        let answer = amy.send(request.unwrap()).await;
        assert_eq!(
            (answer.status, answer.json::<AppError>()),
            (413, AppError::TooLarge)
        );
    }
    let request = Request::post("/api/append").body(Body::from_stream(tokio_chunks(vec![0; 30_000_000])));
    assert_eq!(amy.send(request.unwrap()).await.status, 413);
});

fn tokio_chunks(
    bytes: Vec<u8>,
) -> impl futures_core::Stream<Item = Result<axum::body::Bytes, std::io::Error>> + Send + 'static {
    struct Chunks(std::vec::IntoIter<axum::body::Bytes>);
    impl futures_core::Stream for Chunks {
        type Item = Result<axum::body::Bytes, std::io::Error>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.next().map(Ok))
        }
    }
    let chunks: Vec<_> = bytes
        .chunks(8192)
        .map(axum::body::Bytes::copy_from_slice)
        .collect();
    Chunks(chunks.into_iter())
}

story!(a_healthy_portal_says_so_and_nothing_more, |portal| {
    let mut browser = portal.browser();
    let (alive, ready) = (browser.get("/livez").await, browser.get("/readyz").await);
    assert_eq!(
        (alive.status, alive.body, ready.status, ready.body),
        (200, b"alive".to_vec(), 200, b"ready".to_vec())
    );
});

story!(a_portal_whose_directory_has_expired_is_not_ready, |portal| {
    portal.wait(80 * 24 * 60);
    assert_eq!(portal.browser().get("/readyz").await.status, 200, "its last day");
    portal.wait(24 * 60);
    let answer = portal.browser().get("/readyz").await;
    assert_eq!((answer.status, answer.body), (503, b"not ready".to_vec()));
    assert_eq!(portal.browser().get("/livez").await.status, 200);
    let mut transaction = portal.portal.database.begin().await.unwrap();
    transaction
        .publish_directory(3, Day(20_700), b"a newer directory")
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    portal.wait(1);
    assert_eq!(portal.browser().get("/readyz").await.status, 200);
});

story!(
    a_portal_without_its_database_is_not_ready_and_recovers,
    |portal| {
        portal.tamper("ALTER TABLE instance RENAME TO gone").await;
        assert_eq!(portal.browser().get("/readyz").await.status, 503);
        portal.tamper("ALTER TABLE gone RENAME TO instance").await;
        portal.wait(1);
        assert_eq!(portal.browser().get("/readyz").await.status, 200);
    }
);

/// A server says `100 Continue` when it wants the rest, so a test can know that it is waiting for it.
const HALF_A_REQUEST: &[u8] = b"POST /api/session HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\
    sec-fetch-site: same-origin\r\ncontent-type: application/json\r\ncontent-length: 2\r\nexpect: 100-continue\r\n\r\n";
const THE_OTHER_HALF: &[u8] = b"{}";

story!(
    a_portal_that_is_told_to_stop_lets_what_is_under_way_end,
    |portal| {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let mut browser = portal.browser();
        let serving = tokio::spawn(server::serve::run(portal.portal.clone(), listener, async move {
            drop(stopped.await);
        }));
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        stream.write_all(HALF_A_REQUEST).await.unwrap();
        let mut text = [0; 25];
        stream.read_exact(&mut text).await.unwrap();
        assert_eq!(&text, b"HTTP/1.1 100 Continue\r\n\r\n", "it is under way");
        stop.send(()).unwrap();
        while browser.get("/readyz").await.status != 503 {
            tokio::task::yield_now().await;
        }
        stream.write_all(THE_OTHER_HALF).await.unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        serving.await.unwrap().unwrap();
        assert!(tokio::net::TcpStream::connect(address).await.is_err());
    }
);

story!(a_database_is_served_as_what_it_is, |portal| {
    let database = &portal.portal.database;
    database.claim(crate::portal::instance(), false).await.unwrap();
    assert!(
        database.claim(crate::portal::instance(), true).await.is_err(),
        "a real one as a demonstration"
    );
    assert!(
        database
            .claim(protocol::id::Hash::of(b"another"), false)
            .await
            .is_err(),
        "as another instance"
    );
    portal.tamper("UPDATE instance SET demo = (1 = 1)").await;
    assert!(
        database.claim(crate::portal::instance(), false).await.is_err(),
        "a demonstration as a real one"
    );
});
