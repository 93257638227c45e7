//! Every page as the server makes it: once, and for everybody.
#![cfg(feature = "ssr")]

use app::site::{Assets, Checked, Site};
use protocol::id::VerifyingKey;
use std::collections::BTreeSet;

fn site() -> Site {
    let path = |name: &str| format!("/assets/{name}.0123456789abcdef");
    let checked = |name: &str| Checked {
        path: path(name),
        integrity: format!("sha256-{name}"),
    };
    Site {
        instance: "test.invalid".into(),
        roots: vec![VerifyingKey([1; 32]), VerifyingKey([2; 32])],
        threshold: 2,
        demo: true,
        assets: Assets {
            start: checked("start"),
            page: checked("app"),
            worker: path("worker"),
            sender: path("send"),
            style: checked("style"),
            icon: path("icon"),
            licences: path("licences"),
        },
        exit: "https://www.bbc.co.uk/weather".into(),
    }
}

fn pages() -> Vec<(&'static str, String)> {
    let patterns = app::routes()
        .into_iter()
        .chain([app::NOT_FOUND, app::NOT_FOUND_WELSH]);
    patterns
        .map(|pattern| (pattern, app::render(&site(), pattern)))
        .collect()
}

#[test]
fn a_page_is_the_same_bytes_each_time() {
    for (pattern, page) in pages() {
        assert_eq!(page, app::render(&site(), pattern), "{pattern}");
    }
}

#[test]
fn a_page_is_well_formed() {
    for (pattern, page) in pages() {
        let mut open = Vec::new();
        for tag in tags(&page) {
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "{pattern}"),
                None if VOID.contains(&tag) => (),
                None => open.push(tag),
            }
        }
        assert!(open.is_empty(), "{pattern}: {open:?}");
    }
}

#[test]
fn a_page_has_one_heading_one_script_and_nothing_inline() {
    for (pattern, page) in pages() {
        assert_eq!(page.matches("<h1").count(), 1, "{pattern}");
        assert_eq!(page.matches("<script").count(), 1, "{pattern}");
        for inline in ["style=", " onclick", "javascript:", "<style"] {
            assert!(!page.contains(inline), "{pattern}: {inline}");
        }
        assert!(
            !page.contains("<form action") && !page.contains(" method="),
            "{pattern}"
        );
        let names = page.matches(" name=").count();
        assert_eq!(
            names,
            page.matches("<meta name=").count(),
            "{pattern}: a field with a name could be sent"
        );
    }
}

#[test]
fn a_page_names_the_hash_of_everything_that_runs() {
    for (pattern, page) in pages() {
        for tag in [
            "<script ",
            "<link rel=\"modulepreload\" ",
            "<link rel=\"stylesheet\" ",
        ] {
            for rest in page.split(tag).skip(1) {
                let named = rest.split('>').next().unwrap().contains("integrity=\"sha256-");
                assert!(named, "{pattern}: {tag}");
            }
        }
    }
}

#[test]
fn pages_that_explain_load_no_module_and_every_other_does() {
    let explain = [
        "",
        "/how-it-works",
        "/guidance",
        "/privacy",
        "/lost",
        "/accessibility",
        "/licences",
    ];
    for (pattern, page) in pages() {
        let plain = pattern
            .strip_prefix("/cy")
            .unwrap_or(pattern)
            .trim_end_matches('/');
        let loads = page.matches("<link rel=\"modulepreload\" ").count();
        assert_eq!(loads, usize::from(!explain.contains(&plain)), "{pattern}");
        assert_eq!(page.contains("id=\"loading\""), loads == 1, "{pattern}");
    }
}

#[test]
fn ids_are_given_once_and_every_reference_finds_one() {
    for (pattern, page) in pages() {
        let ids: Vec<_> = values(&page, " id=\"").collect();
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{pattern}: {ids:?}");
        for reference in values(&page, " for=\"").chain(values(&page, "labelledby=\"")) {
            assert!(unique.contains(reference), "{pattern}: {reference}");
        }
    }
}

#[test]
fn a_page_names_its_language_and_marks_what_is_not_in_it() {
    for (pattern, page) in pages() {
        let lang = if pattern.starts_with("/cy") { "cy" } else { "en" };
        assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{pattern}");
        assert_eq!(page.contains("<span lang=\"en\">"), lang == "cy", "{pattern}");
    }
}

#[test]
fn private_pages_hold_nothing_before_somebody_signs_in() {
    let page = app::render(&site(), "/cases/{id}");
    assert!(!page.contains("<dl") && !page.contains("<form"), "{page}");
    assert!(
        page.contains("id=\"loading\"") && page.contains("<noscript>"),
        "{page}"
    );
}

const VOID: [&str; 7] = ["meta", "link", "br", "input", "img", "hr", "!DOCTYPE"];

/// The names of all tags, with a slash before those that close.
fn tags(page: &str) -> impl Iterator<Item = &str> {
    let starts = page
        .split('<')
        .skip(1)
        .filter(|part| !part.starts_with("!--") && !part.starts_with('!'));
    starts.map(|part| part.split([' ', '>', '\n']).next().unwrap_or_default())
}

/// What stands between `before` and the next quote.
fn values<'a>(page: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    page.split(before)
        .skip(1)
        .filter_map(|part| part.split('"').next())
}

#[test]
fn every_title_is_a_text_and_nothing_else() {
    for pattern in app::routes() {
        let page = app::render(&site(), pattern);
        let title = page
            .split_once("<title>")
            .and_then(|(_, rest)| rest.split_once("</title>"));
        let (title, _) = title.unwrap();
        assert!(
            title.ends_with("Candour") && !title.contains(['<', '&', '>']),
            "{pattern}: {title}"
        );
    }
}
