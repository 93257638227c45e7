//! Cookies: two, both out of reach of scripts and of other sites.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, SET_COOKIE},
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Where cookies go: over TLS under a name that browsers keep to this host, or on plain loopback for development.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whether the origin is `https`.
    pub secure: bool,
}

impl Place {
    /// The cookie's full name.
    pub fn name(self, name: &'static str) -> &'static str {
        match (self.secure, name) {
            (true, "session") => "__Host-session",
            (true, "device") => "__Host-device",
            (_, name) => name,
        }
    }

    /// A cookie that the browser keeps for some days.
    pub fn kept(self, name: &'static str, value: &str, days: u32) -> String {
        let (name, seconds) = (self.name(name), days * 24 * 60 * 60);
        let secure = if self.secure { "; Secure" } else { "" };
        format!("{name}={value}; Max-Age={seconds}; Path=/; HttpOnly; SameSite=Strict{secure}")
    }
}

/// The value of a cookie that came with a request.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|line| line.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

/// Sends a cookie with the answer of the server function that is being run.
pub fn set(cookie: &str) {
    if let (Some(answer), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
        answer.append_header(SET_COOKIE, value);
    }
}
