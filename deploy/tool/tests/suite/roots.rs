//! Roots: made, protected, lost and succeeded.

use crate::place::{Place, draft, words};

#[test]
fn new_roots_come_with_sheets_and_lines_for_the_configuration() {
    let place = Place::new();
    let said = place.done(&words(
        "roots new --instance candour.example --out roots --unprotected",
    ));
    assert!(said.contains("unprotected"), "{said}");
    let configuration = place.text("roots/roots.toml");
    assert!(configuration.contains("instance = \"candour.example\""));
    assert!(configuration.contains("threshold = 2"));
    for n in 1..=3 {
        let public = place.root(&format!("roots/root-{n}.key")).verifying().to_string();
        assert!(configuration.contains(&public) && said.contains(&public));
        let sheet = place.text(&format!("roots/sheet-{n}.txt"));
        assert!(sheet.contains(&public) && sheet.contains("21 November 2026"));
        assert!(!sheet.contains(place.text(&format!("roots/root-{n}.key")).trim()));
    }
}

#[test]
fn nothing_is_written_over() {
    let place = Place::with_roots();
    let before = place.read("roots/root-1.key");
    let again = place.run(&words("roots new --instance other --out roots --unprotected"));
    assert_eq!((again.code, again.out.as_str()), (2, ""));
    assert!(again.error.contains("nothing is written over"), "{again:?}");
    assert_eq!(place.read("roots/root-1.key"), before);
}

#[test]
fn a_protected_key_opens_with_its_six_words_and_with_no_others() {
    let place = Place::new();
    let said = place.done(&words("roots new --instance town --out roots"));
    let passphrases: Vec<_> = said
        .lines()
        .filter_map(|line| line.trim().strip_prefix("passphrase "))
        .collect();
    assert_eq!(passphrases.len(), 3);
    assert!(
        passphrases
            .iter()
            .all(|words| words.split_whitespace().count() == 6)
    );
    for file in ["roots.toml", "sheet-1.txt", "root-1.age"] {
        let bytes = String::from_utf8_lossy(&place.read(&format!("roots/{file}"))).into_owned();
        assert!(!bytes.contains(passphrases[0].trim()), "{file}");
    }
    place.write("facts.toml", b"vintage = 'none'");
    place.done(&draft(
        "one.draft",
        "--facts facts.toml --receipt-key",
        &[&"77".repeat(32)],
    ));
    let sign = words("directory sign one.draft --root roots/root-1.age --out one.1");
    let wrong = place.run_typing(&sign, passphrases[1]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.error.contains("these are not its six words"), "{wrong:?}");
    assert_eq!(place.run(&sign).code, 2, "nothing typed");
    assert!(!place.path("one.1").exists());
    let right = place.run_typing(&sign, &format!("{}\n", passphrases[0]));
    assert_eq!(right.code, 0, "{right:?}");
}

#[test]
fn a_lost_root_is_succeeded_and_signs_nothing_any_more() {
    let place = Place::with_directory();
    let said = place.done(&words(
        "roots succeed --roots roots/roots.toml --directory one.directory --lost 2 --out new --unprotected",
    ));
    assert!(said.contains("succession 1"), "{said}");
    for root in [1, 3] {
        place.done(&words(&format!(
            "roots sign new/succession.draft --root roots/root-{root}.key --out succession.{root}"
        )));
    }
    place.done(&words("roots combine succession.1 succession.3 --out succession"));
    place.done(&draft(
        "two.draft",
        "--from one.directory --succession",
        &["succession"],
    ));
    place.sign("two", &[1, 2]);
    let lost = place.verify("two.directory", "");
    assert_eq!(lost.code, 1);
    assert!(lost.out.contains("is not a root key today"), "{lost:?}");

    // The new key is in the lost one's place.
    std::fs::rename(place.path("new/root-2.key"), place.path("roots/root-2.key")).unwrap();
    for file in ["two.1", "two.2", "two.directory"] {
        std::fs::remove_file(place.path(file)).unwrap();
    }
    place.sign("two", &[1, 2]);
    assert_eq!(place.verify("two.directory", "--after one.directory").code, 0);
    let shown = place.done(&words("directory show two.directory"));
    assert!(
        shown.contains("Roots since succession 1, 21 November 2026: 3"),
        "{shown}"
    );
    let changed = place.done(&words("directory diff one.directory two.directory"));
    assert!(changed.contains("The root keys change"), "{changed}");

    // A directory that forgets the succession is refused by whoever has seen it.
    place.done(&draft("forgets.draft", "--from one.directory", &[]));
    place.sign("forgets", &[1, 3]);
    assert_eq!(place.verify("forgets.directory", "--after one.directory").code, 0);
    let forgets = place.verify("forgets.directory", "--after two.directory");
    assert_eq!(forgets.code, 1);
    assert!(
        forgets.out.contains("the root keys are not those seen before"),
        "{forgets:?}"
    );
}

#[test]
fn a_succession_needs_two_roots_that_are_left() {
    let place = Place::with_directory();
    let lost = |numbers: &str| {
        place.run(&words(&format!(
            "roots succeed --roots roots/roots.toml {numbers} --out new --unprotected"
        )))
    };
    assert!(
        lost("--lost 1 --lost 2")
            .error
            .contains("2 roots must be left to sign")
    );
    assert!(lost("--lost 4").error.contains("from 1 to 3"));
    assert!(lost("--lost 1 --lost 1").error.contains("each once"));
    assert!(!place.path("new").exists());
    assert_eq!(lost("--lost 1").code, 0);
    place.done(&words(
        "roots sign new/succession.draft --root roots/root-2.key --out once",
    ));
    let one = place.run(&draft(
        "two.draft",
        "--from one.directory --succession",
        &["once"],
    ));
    assert_eq!(one.code, 2);
    assert!(one.error.contains("once cannot be used"), "{one:?}");
}
