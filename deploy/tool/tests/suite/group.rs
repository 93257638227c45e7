//! Exports: chains that hold, and the first place where one does not.

use crate::place::{Chain, Place, TODAY, administrator, export, member, on_board, partner, words};
use minicbor::bytes::ByteVec;
use protocol::{
    codec,
    export::Export,
    group::{Act, Group, RecoverySecret},
    id::{AccountId, GroupId},
    keyring::Keyring,
    signed::{SigningKey, sign},
};
use rand_core::OsRng;

/// An export of a compartment to which somebody was added.
fn exported() -> (Place, Chain, Export) {
    let recovery = RecoverySecret::from_bytes(&[8; 32].into()).public();
    let (place, mut chain) = on_board(recovery);
    let instance = place.directory("two.directory").instance;
    let gil = Keyring::new(instance, AccountId::random(&mut OsRng), &mut OsRng);
    let link = chain.group.draft(instance, TODAY, Act::Add(member(&gil)));
    chain.links.push(sign(&link, &[&chain.people[0].signer]));
    let founders = protocol::group::Founders::Directory(chain.group.now().head);
    chain.group = Group::verify(chain.group.id, &chain.links, instance, founders, TODAY).unwrap();
    let bytes = export(&place.read("two.directory"), instance, &chain, vec![]);
    place.write("export", &bytes);
    let export = codec::decode(&bytes).unwrap();
    (place, chain, export)
}

fn altered(place: &Place, export: &Export, change: impl FnOnce(&mut Export)) -> String {
    let mut export = export.clone();
    change(&mut export);
    place.write("altered", &codec::encode(&export));
    let said = place.verify_groups("altered");
    assert_eq!(said.code, 1, "{said:?}");
    said.out
}

#[test]
fn an_export_that_holds_is_ok_group_by_group() {
    let (place, chain, _) = exported();
    let said = place.verify_groups("export");
    assert_eq!(said.code, 0, "{said:?}");
    let line = format!(
        "Townshire PSD, intake (group {}): OK, 2 links, 3 members, epoch 1; head: ",
        chain.group.id
    );
    assert!(said.out.contains(&line), "{said:?}");
    assert!(said.out.contains("Checkpoint 1: OK"));
    assert_eq!(place.verify("export", "").code, 0, "the directory in it");
}

#[test]
fn the_first_broken_link_is_named_with_what_is_wrong() {
    let (place, chain, export) = exported();
    let id = chain.group.id;
    let link = |export: &mut Export, place: usize, bytes: Vec<u8>| export.chains[0].1[place] = bytes.into();
    let mut flipped = chain.links[1].clone();
    flipped[60] ^= 1;
    let said = altered(&place, &export, |export| link(export, 1, flipped));
    assert!(
        said.contains(&format!(
            "(group {id}): broken at link 1: a signature does not match"
        )),
        "{said}"
    );
    let said = altered(&place, &export, |export| link(export, 1, vec![1, 2]));
    assert!(
        said.contains("broken at link 1: it is not in the form of a signed link"),
        "{said}"
    );
    let said = altered(&place, &export, |export| export.chains[0].1.swap(0, 1));
    assert!(
        said.contains("broken at link 0: it belongs at another place"),
        "{said}"
    );
    let said = altered(&place, &export, |export| export.chains[0].1.clear());
    assert!(said.contains("broken at link 0: there is no link"), "{said}");
    let instance = place.directory("two.directory").instance;
    let ghost = Keyring::new(instance, AccountId::random(&mut OsRng), &mut OsRng);
    let add = chain.group.draft(instance, TODAY, Act::Add(member(&ghost)));
    let said = altered(&place, &export, |export| {
        export.chains[0].1.push(sign(&add, &[&ghost.signer]).into());
    });
    assert!(
        said.contains("broken at link 2: it does not follow the link before, is not signed by those who may"),
        "{said}"
    );
    let (epoch, _) = chain.group.draft_epoch(TODAY, &mut OsRng);
    let act = Act::Recover {
        members: vec![member(&ghost)],
        epoch,
    };
    let recover = chain.group.draft(instance, TODAY, act);
    let said = altered(&place, &export, |export| {
        let link: ByteVec = sign(&recover, &[&chain.people[0].signer]).into();
        export.chains[0].1.push(link);
    });
    assert!(
        said.contains("broken at link 2: a list of key holders was replaced without its recovery key"),
        "{said}"
    );
    assert!(said.contains("Not OK: 1 broken."), "{said}");
}

#[test]
fn what_is_missing_cut_or_made_up_is_found() {
    let (place, _, export) = exported();
    let said = altered(&place, &export, |export| export.chains.clear());
    assert!(
        said.contains("Townshire PSD, intake") && said.contains("its chain is not in the export"),
        "{said}"
    );
    let said = altered(&place, &export, |export| drop(export.chains[0].1.pop()));
    assert!(
        said.contains("Checkpoint: broken for Townshire PSD, intake"),
        "{said}"
    );
    let said = altered(&place, &export, |export| export.chains[0].0 = GroupId([9; 16]));
    assert!(
        said.contains("A partner, or a group that nobody answers for (group 0909"),
        "{said}"
    );
    let said = altered(&place, &export, |export| {
        let last = export.directory.len() - 1;
        export.directory[last] ^= 1;
    });
    assert!(
        said.starts_with("Not OK: the directory is not signed by the root keys"),
        "{said}"
    );
    let said = altered(&place, &export, |export| {
        let again = export.chains[0].clone();
        export.chains.push(again);
    });
    assert!(said.contains("broken: it is in the export twice"), "{said}");
    let mut none = export.clone();
    none.checkpoint = None;
    place.write("none", &codec::encode(&none));
    let said = place.verify_groups("none");
    assert_eq!(said.code, 0);
    assert!(said.out.contains("Checkpoint: none"), "{said:?}");
    assert_eq!(place.verify_groups("facts.toml").code, 2);
}

#[test]
fn what_an_administrator_signed_holds_after_they_are_taken_off() {
    let (place, _, mut export) = exported();
    let (id, link) = partner(place.directory("two.directory").instance);
    export.chains.push((id, vec![link.into()]));
    place.write("export", &codec::encode(&export));
    let draft = |from: &str| {
        let new = SigningKey::from_seed([13; 32]).verifying();
        words(&format!(
            "directory draft --roots roots/roots.toml --from {from} --out three.draft \
             --without-administrator {} --administrator {new}",
            administrator(0)
        ))
    };
    let said = place.run(&draft("two.directory"));
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.error.contains("needs an export as --from"), "{said:?}");

    place.done(&draft("export"));
    let changes = place.done(&words("directory diff two.directory three.draft"));
    assert_eq!(changes.matches("Stands from now on").count(), 2, "{changes}");
    assert_eq!(changes.matches("give one with --export").count(), 2, "{changes}");
    // With an export, by name, day and keys.
    for said in [
        "directory diff two.directory three.draft --export export",
        "directory show three.draft --export export",
    ] {
        let said = place.done(&words(said));
        for known in ["(Refuge, first link of ", "(checkpoint 1, of "] {
            assert!(said.contains(known), "{said}");
        }
        assert!(!said.contains("give one with --export"), "{said}");
    }
    let wrong = place.run(&words("directory show three.draft --export facts.toml"));
    assert_eq!(wrong.code, 2, "{wrong:?}");
    place.sign("three", &[1, 3]);
    export.directory = place.read("three.directory").into();
    place.write("later", &codec::encode(&export));
    let said = place.verify_groups("later");
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("Refuge, partner"), "{said:?}");

    // What they sign from then on does not.
    let (id, link) = partner(place.directory("two.directory").instance);
    export.chains.push((id, vec![link.into()]));
    place.write("later", &codec::encode(&export));
    assert_eq!(place.verify_groups("later").code, 1);
}
