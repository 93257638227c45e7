//! A browser: it keeps cookies, and says where a request comes from as browsers do.

use super::{ORIGIN, secret};
use app::{account::Session, bytes::Bytes};
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, header},
};
use http_body_util::BodyExt as _;
use protocol::{
    append::{Append, Commitment, Fetched},
    codec,
    id::{GroupId, LogId, Token},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
};
use tower::ServiceExt as _;

/// A browser.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) address: IpAddr,
    /// What is sent with each request beside the cookies.
    pub(crate) headers: HeaderMap,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The body, as JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The body, as CBOR.
    pub(crate) fn cbor<T: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()>>(&self) -> T {
        codec::decode(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
        headers.insert(header::ORIGIN, ORIGIN.parse().unwrap());
        Self {
            router,
            cookies: BTreeMap::new(),
            address: [192, 0, 2, 1].into(),
            headers,
        }
    }

    /// From another address.
    pub(crate) fn at(mut self, address: [u8; 4]) -> Self {
        self.address = address.into();
        self
    }

    pub(crate) async fn sign_in(&mut self, name: &str) -> Answer {
        self.sign_in_with(name, &secret(name)).await
    }

    pub(crate) async fn sign_in_with(&mut self, name: &str, secret: &[u8]) -> Answer {
        self.ask(
            "sign_in",
            json!({ "name": name, "secret": Bytes(secret.to_vec()) }),
        )
        .await
    }

    /// The session, if there is one.
    pub(crate) async fn session(&mut self) -> Option<Session> {
        let answer = self.ask("session", json!({})).await;
        assert_eq!(answer.status, 200);
        answer.json()
    }

    /// Calls a server function.
    pub(crate) async fn ask(&mut self, function: &str, arguments: Value) -> Answer {
        let request = Request::post(format!("/api/{function}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(arguments.to_string()));
        self.send(request.unwrap()).await
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn append(&mut self, append: &Append) -> Answer {
        self.post("/api/append", codec::encode(append)).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: Vec<u8>) -> Answer {
        self.request(Method::POST, path, body).await
    }

    pub(crate) async fn request(&mut self, method: Method, path: &str, body: Vec<u8>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/cbor");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Reads a thread with its token.
    pub(crate) async fn thread(&mut self, token: &Token) -> Fetched {
        let answer = self.log(token.log(), Some(token)).await;
        assert_eq!(answer.status, 200);
        answer.cbor()
    }

    pub(crate) async fn log(&mut self, log: LogId, token: Option<&Token>) -> Answer {
        let mut request = Request::get(format!("/api/log/{log}"));
        if let Some(token) = token {
            request = request.header("candour-token", hex::encode(token.0));
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn commitments(&mut self, compartment: GroupId, after: u64) -> Vec<Commitment> {
        let answer = self
            .get(&format!("/api/commitments/{compartment}?after={after}"))
            .await;
        assert_eq!(answer.status, 200);
        answer.cbor()
    }

    pub(crate) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        for (name, value) in &self.headers {
            request.headers_mut().entry(name).or_insert(value.clone());
        }
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request
                .headers_mut()
                .insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(self.address, 1)));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
        }
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let (name, value) = line
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .split_once('=')
                .unwrap();
            if line.to_str().unwrap().contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
    }
}
