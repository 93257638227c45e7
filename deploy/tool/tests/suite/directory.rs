//! A directory from draft to browser, and every way in which it can be wrong.

use crate::place::{Place, administrator, draft, words};
use protocol::{directory::Directory, id::Hash, signed::sign};

#[test]
fn two_roots_make_a_directory_that_holds() {
    let place = Place::with_directory();
    let said = place.verify("one.directory", "");
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.out
            .starts_with("OK: version 1 of the directory, valid until 19 February 2027.")
    );
    let shown = place.done(&words("directory show one.directory"));
    assert!(
        shown.contains("Signed by") && shown.contains("Townshire Police"),
        "{shown}"
    );
    let drafted = place.done(&words("directory show one.draft"));
    assert!(drafted.contains("A draft: nobody has signed it."));
    let line = |text: &str| {
        text.lines()
            .find(|line| line.contains("words"))
            .unwrap()
            .to_owned()
    };
    assert_eq!(line(&shown), line(&drafted));
    assert_eq!(
        line(&shown),
        line(&said.out),
        "the same words wherever it is shown"
    );
}

#[test]
fn what_changes_is_said_in_words() {
    let place = Place::with_directory();
    place.done(&words(&format!(
        "directory draft --roots roots/roots.toml --from one.directory --out two.draft --unit bch=BCH \
         --administrator {} --receipt-key {} --expires 2026-12-21",
        administrator(0),
        "78".repeat(32)
    )));
    let changes = place.done(&words("directory diff one.directory two.draft"));
    for line in [
        "Version 1 to version 2:",
        "Valid until 21 December 2026, not 19 February 2027.",
        "New administrator's key: ",
        "Another key signs receipts: ",
        "New unit: BCH (bch)",
    ] {
        assert!(changes.contains(line), "{line}: {changes}");
    }
    let same = place.done(&words("directory diff one.directory one.draft"));
    assert_eq!(same.trim(), "Nothing differs.");
    place.sign("two", &[2, 3]);
    let soon = place.verify("two.directory", "--after one.directory");
    assert_eq!(soon.code, 0, "{soon:?}");
    assert!(soon.out.contains("It expires in 30 days"));
}

#[test]
fn a_tampered_file_is_refused_wherever_it_was_touched() {
    let place = Place::with_directory();
    let honest = place.read("one.directory");
    for byte in (0..honest.len()).step_by(97) {
        let mut bytes = honest.clone();
        bytes[byte] ^= 1;
        place.write("bad.directory", &bytes);
        let said = place.verify("bad.directory", "");
        assert_eq!(said.code, 1, "{byte}");
        assert!(
            said.out
                .starts_with("Not OK: the directory is not signed by the root keys: "),
            "{said:?}"
        );
    }
    place.write("bad.directory", &honest[..honest.len() - 1]);
    assert!(place.verify("bad.directory", "").out.contains("cut short"));
    let shown = place.run(&words("directory show bad.directory"));
    assert_eq!(shown.code, 2);
}

#[test]
fn one_signature_is_not_enough_and_a_stranger_is_named() {
    let place = Place::with_directory();
    let one = place.verify("one.1", "");
    assert_eq!(one.code, 1);
    assert!(one.out.contains("1 root signed it and 2 are needed"), "{one:?}");
    place.done(&words("roots new --instance town --out others --unprotected"));
    place.done(&words(
        "directory sign one.draft --root others/root-1.key --out stranger",
    ));
    place.done(&words("directory combine one.1 stranger --out odd.directory"));
    let odd = place.verify("odd.directory", "");
    assert_eq!(odd.code, 1);
    let stranger = place.root("others/root-1.key").verifying();
    assert!(
        odd.out
            .contains(&format!("{stranger} signed it and is not a root key today")),
        "{odd:?}"
    );
    let draft = place.verify("one.draft", "");
    assert_eq!(draft.code, 1);
    assert!(draft.out.contains("a draft"), "{draft:?}");
}

#[test]
fn signatures_of_two_drafts_do_not_join() {
    let place = Place::with_directory();
    place.done(&draft("two.draft", "--from one.directory", &[]));
    place.done(&words(
        "directory sign two.draft --root roots/root-2.key --out two.2",
    ));
    let said = place.run(&words("directory combine one.1 two.2 --out mixed"));
    assert_eq!(said.code, 2);
    assert!(said.error.contains("different drafts"), "{said:?}");
    assert!(!place.path("mixed").exists());
}

#[test]
fn an_expired_directory_is_refused_and_can_still_be_followed() {
    let place = Place::with_directory();
    let late = place.verify("one.directory", "--today 2027-02-20");
    assert_eq!(late.code, 1);
    assert!(late.out.contains("the directory has expired"), "{late:?}");
    assert!(late.out.contains("valid until 19 February 2027"), "{late:?}");
    place.done(&draft(
        "two.draft",
        "--from one.directory --today 2027-02-20",
        &[],
    ));
    place.sign("two", &[1, 2]);
    assert_eq!(
        place
            .verify("two.directory", "--after one.directory --today 2027-02-20")
            .code,
        0
    );
}

#[test]
fn an_older_and_a_forked_directory_are_refused() {
    let place = Place::with_directory();
    place.done(&draft("two.draft", "--from one.directory", &[]));
    place.sign("two", &[1, 2]);
    let older = place.verify("one.directory", "--after two.directory");
    assert_eq!(older.code, 1);
    assert!(older.out.contains("older than the one seen before"), "{older:?}");
    let forked = Directory {
        previous: Hash([9; 32]),
        ..place.directory("two.directory")
    };
    let roots = [1, 2].map(|n| place.root(&format!("roots/root-{n}.key")));
    place.write("forked.directory", &sign(&forked, &[&roots[0], &roots[1]]));
    assert_eq!(place.verify("forked.directory", "").code, 0, "alone it holds");
    let said = place.verify("forked.directory", "--after one.directory");
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("does not follow the one seen before"),
        "{said:?}"
    );
}

#[test]
fn a_name_cannot_pretend_to_be_the_tool() {
    let place = Place::with_roots();
    let facts = place
        .text("facts.toml")
        .replace("Townshire PSD", "PSD\\nOK: everything holds.");
    place.write("sly.toml", facts.as_bytes());
    let line = "--facts sly.toml --receipt-key";
    let said = place.run(&draft("x", line, &[&"77".repeat(32)]));
    assert_eq!(said.code, 2);
    assert!(said.error.contains("would not show as what they are"), "{said:?}");
    let place = Place::with_directory();
    let mut sly = place.directory("one.directory");
    sly.units[0].name = "PSD\nOK: everything holds.".into();
    place.write("sly.draft", &protocol::codec::encode(&sly));
    let said = place.run(&words("directory show sly.draft"));
    assert_eq!((said.code, said.out.as_str()), (2, ""));
}

#[test]
fn misuse_is_said_in_one_line_and_is_neither_ok_nor_not() {
    let place = Place::with_directory();
    for (line, why) in [
        (
            "directory verify nothing --roots roots/roots.toml",
            "nothing cannot be read",
        ),
        (
            "directory verify one.directory --roots one.directory",
            "cannot be read",
        ),
        (
            "directory verify one.directory --roots facts.toml",
            "needs `instance`, `roots` and `threshold`",
        ),
        (
            "directory show facts.toml",
            "is no draft, signed directory or export",
        ),
        (
            "directory sign facts.toml --root roots/root-1.key --out x",
            "neither a draft of a directory nor a signed one",
        ),
        (
            "directory sign one.draft --root facts.toml --out x",
            "is not a root key",
        ),
        (
            "directory sign one.draft --root roots/root-1.key --out one.1",
            "is there already",
        ),
        (
            "directory combine one.1 one.draft --out x",
            "one.draft is not a signed directory",
        ),
        (
            "directory draft --roots roots/roots.toml --from one.1 --out x",
            "cannot be built upon",
        ),
    ] {
        let said = place.run(&words(line));
        assert_eq!(said.code, 2, "{line}: {said:?}");
        assert!(said.error.contains(why), "{line}: {said:?}");
        assert_eq!(said.error.trim_end().lines().count(), 1, "{said:?}");
    }
    assert_eq!(place.run(&words("directory verify")).code, 2, "clap's own");
    assert!(!place.path("x").exists());
}
