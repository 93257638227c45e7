//! Recovery: made, drilled, used, and kits that do not fit.

use crate::place::{Chain, Place, TODAY, export, on_board, words};
use protocol::{
    codec,
    export::{Export, Recovered},
    group::{Founders, Group, Recovery},
    id::AccountId,
    keyring::Keyring,
    wrap::Wrap,
};
use rand_core::OsRng;
use std::fmt::Write as _;

fn new(place: &Place, folder: &str) -> Recovery {
    let mut line = words(&format!("recovery new --out {folder} --custodians"));
    line.extend(["A. Judge", "B. Clerk", "C. Bishop"].map(String::from));
    let said = place.done(&line);
    let public: Recovery = place
        .text(&format!("{folder}/recovery-public.txt"))
        .trim()
        .parse()
        .unwrap();
    let six = protocol::words::fingerprint(public.hash()).join(" ");
    assert!(said.contains(&six), "{said}");
    public
}

fn check(place: &Place, kits: &str) -> (i32, String) {
    let said = place.run(&words(&format!("recovery check {kits}")));
    (said.code, said.out)
}

#[test]
fn any_two_kits_pass_the_drill() {
    let place = Place::new();
    let public = new(&place, "kits");
    let six = protocol::words::fingerprint(public.hash()).join(" ");
    for pair in ["1 2", "3 1", "2 3"] {
        let (one, two) = pair.split_once(' ').unwrap();
        let line = format!("kits/kit-{one}.txt kits/kit-{two}.txt --public kits/recovery-public.txt");
        let (code, out) = check(&place, &line);
        assert!(
            code == 0 && out.starts_with("OK: ") && out.contains(&six),
            "{out}"
        );
    }
    let sheet = place.text("kits/kit-2.txt");
    for line in [
        "KIT 2 of 3",
        "Custodian           B. Clerk",
        "A. Judge; C. Bishop",
        six.as_str(),
    ] {
        assert!(sheet.contains(line), "{line}");
    }
}

#[test]
fn kits_that_do_not_fit_are_refused_by_name() {
    let place = Place::new();
    new(&place, "kits");
    new(&place, "others");
    let refused = |line: &str, why: &str| {
        let (code, out) = check(&place, line);
        assert!(code == 1 && out.contains(why), "{line}: {out}");
    };
    refused("kits/kit-1.txt others/kit-2.txt", "two different recovery keys");
    refused("kits/kit-1.txt kits/kit-1.txt", "the same kit twice");
    refused(
        "others/kit-1.txt others/kit-2.txt --public kits/recovery-public.txt",
        "make another key",
    );
    let sheet = place.text("kits/kit-1.txt");
    let (head, tail) = sheet.split_once("WORDS OF THIS KIT").unwrap();
    let first = tail.split_whitespace().next().unwrap();
    let other = if first == "abandon" { "ability" } else { "abandon" };
    for (word, why) in [
        (other, "a word of a kit is not the one on paper"),
        ("candour", "word 1 of a kit is not on the list"),
        ("", "a kit has 30 words and this one has 29"),
    ] {
        let typed = tail.replacen(first, word, 1);
        place.write("typed", format!("{head}WORDS OF THIS KIT{typed}").as_bytes());
        refused("typed kits/kit-2.txt", why);
    }
    assert_eq!(place.run(&words("recovery check kits/kit-1.txt nothing")).code, 2);
}

#[test]
fn a_kit_can_be_typed() {
    let place = Place::new();
    new(&place, "kits");
    let sheet = place.text("kits/kit-1.txt");
    let inner = sheet
        .split_once("WORDS OF THIS KIT")
        .unwrap()
        .1
        .split_once("END OF")
        .unwrap()
        .0;
    let typed = inner.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = place.run_typing(&words("recovery check - kits/kit-3.txt"), &format!("{typed}\n"));
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn custodians_are_three_different_people() {
    let place = Place::new();
    let said = place.run(&words("recovery new --out kits --custodians A B A"));
    assert_eq!(said.code, 2);
    assert!(said.error.contains("three different names"), "{said:?}");
    assert!(!place.path("kits").exists());
    assert_eq!(
        place.run(&words("recovery new --out kits --custodians A B")).code,
        2
    );
}

/// A compartment on board whose recovery was made with the tool, and an export of it.
fn exported() -> (Place, Chain) {
    let kits = Place::new();
    let public = new(&kits, "kits");
    let (place, chain) = on_board(public);
    std::fs::rename(kits.path("kits"), place.path("kits")).unwrap();
    let instance = place.directory("two.directory").instance;
    let wrap = chain
        .group
        .wrap_for_recovery(instance, 1, &chain.secret, &chain.people[0].signer)
        .unwrap();
    place.write(
        "export",
        &export(&place.read("two.directory"), instance, &chain, vec![wrap]),
    );
    (place, chain)
}

fn write_members(place: &Place, people: &[Keyring], lead: bool) {
    let mut text = String::new();
    for one in people {
        let (account, signer, recipient) = (one.account, one.signer.verifying(), one.identity.recipient());
        write!(
            text,
            "[[member]]\naccount = \"{account}\"\nsigner = \"{signer}\"\nrecipient = \"{}\"\nlead = {lead}\n",
            recipient.as_str()
        )
        .unwrap();
    }
    place.write("members.toml", text.as_bytes());
}

fn recover(place: &Place, chain: &Chain, kits: &str) -> crate::place::Said {
    place.run(&words(&format!(
        "recovery recover export {kits} --group {} --members members.toml --roots roots/roots.toml --out recovered",
        chain.group.id
    )))
}

const TWO: &str = "kits/kit-1.txt kits/kit-3.txt";

#[test]
fn two_custodians_name_new_members_who_can_open_what_came_before() {
    let (place, chain) = exported();
    let instance = chain.people[0].instance;
    let people: Vec<_> = (0..2)
        .map(|_| Keyring::new(instance, AccountId::random(&mut OsRng), &mut OsRng))
        .collect();
    write_members(&place, &people, true);
    let said = recover(&place, &chain, TWO);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains(&people[1].account.to_string()) && !said.out.contains("never wrapped"));

    let recovered: Recovered = codec::decode(&place.read("recovered")).unwrap();
    let mut links = chain.links.clone();
    links.push(recovered.link.to_vec());
    let founders = Founders::Directory(chain.group.now().head);
    let group = Group::verify(chain.group.id, &links, instance, founders, TODAY).unwrap();
    assert_eq!(
        group.now().members,
        people.iter().map(crate::place::member).collect::<Vec<_>>()
    );
    for person in &people {
        let own = recovered
            .wraps
            .iter()
            .filter(|(account, ..)| *account == person.account);
        let epochs: Vec<_> = own
            .map(|(_, _, file)| {
                Wrap::open(file, &person.identity)
                    .unwrap()
                    .check(&group, instance, person.account)
                    .unwrap()
            })
            .map(|wrap| wrap.epoch)
            .collect();
        assert_eq!(epochs, [1, 2]);
    }
    let left = recovered
        .wraps
        .iter()
        .filter(|(account, ..)| *account == AccountId::RECOVERY);
    assert_eq!(left.map(|(_, epoch, _)| *epoch).collect::<Vec<_>>(), [2]);
}

#[test]
fn recovery_is_refused_to_the_wrong_kits_and_for_members_who_cannot_hold_the_group() {
    let (place, chain) = exported();
    let instance = chain.people[0].instance;
    let gil = [Keyring::new(instance, AccountId::random(&mut OsRng), &mut OsRng)];
    write_members(&place, &gil, true);
    new(&place, "others");
    let wrong = recover(&place, &chain, "others/kit-1.txt others/kit-2.txt");
    assert_eq!(wrong.code, 1);
    assert!(
        wrong.out.contains("is not this group's recovery key today"),
        "{wrong:?}"
    );
    write_members(&place, &gil, false);
    let nobody_leads = recover(&place, &chain, TWO);
    assert_eq!(nobody_leads.code, 2);
    assert!(
        nobody_leads.error.contains("needs 1 with `lead = true`"),
        "{nobody_leads:?}"
    );
    place.write("members.toml", b"[[member]]\naccount = 'x'");
    assert_eq!(recover(&place, &chain, TWO).code, 2);
    assert!(!place.path("recovered").exists());
}

#[test]
fn an_epoch_that_recovery_never_had_is_said() {
    let (place, chain) = exported();
    let mut export: Export = codec::decode(&place.read("export")).unwrap();
    export.wraps.clear();
    place.write("export", &codec::encode(&export));
    let gil = [Keyring::new(
        chain.people[0].instance,
        AccountId::random(&mut OsRng),
        &mut OsRng,
    )];
    write_members(&place, &gil, true);
    let said = recover(&place, &chain, TWO);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.out.contains("Epoch 1 was never wrapped to recovery"),
        "{said:?}"
    );
}
