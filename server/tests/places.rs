//! Which force covers which place: the same for everyone, and what whoever runs the portal puts in its place.

use crate::{
    operator,
    portal::{Answer, Person, TestPortal},
    story,
};
use app::places::{Places, Postcode};
use protocol::id::Hash;
use server::{
    audit::OPERATOR,
    database::audit::Chain,
    operator::{Files, Imported},
    places,
};
use std::{fmt::Write as _, fs, path::Path};
use tempfile::TempDir;

/// A lookup as the Office for National Statistics writes it.
fn lookup(places: &Places) -> String {
    let mut text = "LAD26CD,LAD26NM,PFA26CD\n".to_owned();
    for one in &places.districts {
        let code = places.forces[one.force].code.as_deref().unwrap();
        writeln!(text, "{},\"{}\",{code}", one.code, one.name).unwrap();
    }
    text
}

/// A postcode directory with a postcode in each of 9,000 sectors; the full one is in no other place of this test.
fn directory(places: &Places) -> String {
    let mut text = "pcds,oslaua\n".to_owned();
    for n in 0..9_000 {
        let one = &places.districts[n % places.districts.len()];
        let area = char::from(b'A' + u8::try_from(n / 1_000).unwrap());
        writeln!(text, "{area}{} {}QX,{}", n % 1_000 / 10, n % 10, one.code).unwrap();
    }
    text
}

struct Import(TempDir);

impl Import {
    fn new(districts: &str, postcodes: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("lookup 2026.csv"), districts).unwrap();
        fs::write(folder.path().join("postcodes 2026.csv"), postcodes).unwrap();
        Self(folder)
    }

    async fn run(&self, portal: &TestPortal, postcodes: bool, dry: bool) -> Result<Imported, String> {
        let path = |name: &str| self.0.path().join(name);
        let (districts, sectors) = (path("lookup 2026.csv"), path("postcodes 2026.csv"));
        let files = Files {
            districts: &districts,
            postcodes: postcodes.then_some(sectors.as_path()),
            forces: None,
            vintage: None,
        };
        let imported = portal.operator().import_places(files, dry).await;
        imported.map_err(|error| error.to_string())
    }
}

async fn fetch(portal: &TestPortal, header: &'static str, value: &str) -> Answer {
    let mut browser = portal.browser();
    browser.headers.insert(header, value.parse().unwrap());
    browser.get("/api/places").await
}

async fn served_text(portal: &TestPortal) -> String {
    let answer = portal.browser().get("/api/places").await;
    assert_eq!(answer.status, 200);
    String::from_utf8(answer.body).unwrap()
}

async fn served(portal: &TestPortal) -> Places {
    Places::read(&served_text(portal).await).unwrap()
}

async fn lines(portal: &TestPortal) -> usize {
    let lines = portal.portal.database.audit(Chain::Staff).await.unwrap();
    assert_eq!(server::audit::verify(Chain::Staff, &lines), Ok(()));
    let imports = lines.iter().filter(|line| line.act == "import places");
    imports
        .inspect(|line| assert_eq!(line.actor, Some(OPERATOR)))
        .count()
}

/// The directory of stories is no directory that could be read.
async fn without_directory(portal: &TestPortal) -> Places {
    portal.tamper("DELETE FROM directory").await;
    places::read(None).unwrap()
}

story!(
    everybody_is_given_the_same_table_and_a_newer_one_at_once,
    |portal| {
        let shipped = without_directory(&portal).await;
        assert_eq!(served(&portal).await, shipped);
        let first = portal.browser().get("/api/places").await;
        let signed_in = portal.signed_in(Person::Amy).await.get("/api/places").await;
        assert_eq!(signed_in.body, first.body, "whoever asks");
        let tag = first.header("etag").unwrap().to_owned();
        assert_eq!(first.header("cache-control"), Some("public, no-cache"));
        let again = fetch(&portal, "if-none-match", &tag).await;
        assert_eq!((again.status, again.body.len()), (304, 0));

        let import = Import::new(&lookup(&shipped), &directory(&shipped));
        import.run(&portal, true, false).await.unwrap();
        let newer = fetch(&portal, "if-none-match", &tag).await;
        assert_eq!(newer.status, 200);
        assert_ne!(newer.header("etag"), Some(tag.as_str()));
        let packed = fetch(&portal, "accept-encoding", "br").await;
        assert_eq!(packed.header("content-encoding"), Some("br"));
        assert!(packed.body.len() < newer.body.len() / 2);
    }
);

story!(what_is_imported_is_told_audited_and_kept, |portal| {
    let shipped = without_directory(&portal).await;
    let moved = lookup(&shipped).replace(
        "E06000022,\"Bath and North East Somerset\",E23000036",
        "E06000099,\"Bath\",E23000038",
    );
    let import = Import::new(&moved, &directory(&shipped).replace("E06000022", "E06000099"));

    let trial = import.run(&portal, true, true).await.unwrap();
    assert_eq!(served(&portal).await, shipped, "a trial changes nothing");
    assert_eq!(lines(&portal).await, 0);

    let done = import.run(&portal, true, false).await.unwrap();
    assert_eq!(done.change, trial.change, "and says the same");
    assert_eq!(
        done.change.added,
        [["E06000099", "Bath", "wiltshire"].map(String::from)]
    );
    assert_eq!(
        done.change.gone,
        [["E06000022", "Bath and North East Somerset", "avon-and-somerset"].map(String::from)]
    );
    assert_eq!(
        (
            done.change.districts,
            done.change.sectors_added,
            done.change.sectors
        ),
        (318, 9_000, 9_000)
    );
    assert_eq!(lines(&portal).await, 1);
    let now = served(&portal).await;
    assert_eq!(
        (now.vintage.as_str(), now.postcodes.as_deref()),
        ("lookup 2026", Some("postcodes 2026"))
    );
    assert_eq!(
        now.forces, shipped.forces,
        "with the names that people call them by"
    );
    let cardiff = now.districts.iter().find(|one| one.name == "Cardiff").unwrap();
    assert_eq!(cardiff.welsh.as_deref(), Some("Caerdydd"));
    let a0 = Postcode::readings("A0 0")
        .into_iter()
        .find_map(|one| now.shares(&one));
    let wiltshire = now.forces.iter().position(|one| one.id == "wiltshire").unwrap();
    assert!(a0.is_some_and(|shares| shares == [(wiltshire, 1000)] || shares.len() == 1));

    let same = import.run(&portal, true, false).await.unwrap();
    assert!(same.before);
    assert_eq!(lines(&portal).await, 1, "nothing is done twice");

    let back = Import::new(&lookup(&shipped), "");
    let done = back.run(&portal, false, false).await.unwrap();
    assert_eq!(
        (done.change.sectors, done.change.sectors_added),
        (9_000, 0),
        "the postcodes stay"
    );
    assert_eq!(served(&portal).await.postcodes.as_deref(), Some("postcodes 2026"));
    assert_eq!(lines(&portal).await, 2);
});

story!(a_wrong_file_changes_nothing_and_is_named, |portal| {
    let shipped = without_directory(&portal).await;
    let (good, postcodes) = (lookup(&shipped), directory(&shipped));
    for (districts, postcodes, told) in [
        (
            good.replacen("E23000036", "E23000999", 1),
            postcodes.clone(),
            "lookup 2026.csv: row 2, column PFA26CD, \"E23000999\"",
        ),
        (
            postcodes.clone(),
            postcodes.clone(),
            "lookup 2026.csv: the header names no column for the district",
        ),
        (
            good.clone(),
            good.clone(),
            "postcodes 2026.csv: the header names no column for the postcode",
        ),
        (
            good.clone(),
            postcodes.replacen("QX", "Q!", 1),
            "postcodes 2026.csv: row 2, column pcds",
        ),
    ] {
        let refused = Import::new(&districts, &postcodes)
            .run(&portal, true, false)
            .await
            .unwrap_err();
        assert!(
            refused.contains(told) && refused.ends_with("(nothing is changed)"),
            "{refused}"
        );
    }
    let nowhere = Path::new("/nowhere/lookup.csv");
    let files = Files {
        districts: nowhere,
        postcodes: None,
        forces: None,
        vintage: None,
    };
    let refused = portal.operator().import_places(files, false).await.unwrap_err();
    assert!(refused.to_string().contains("/nowhere/lookup.csv"));
    assert_eq!(served(&portal).await, shipped);
    assert_eq!(lines(&portal).await, 0);
});

story!(no_full_postcode_is_stored_or_served, |portal| {
    let shipped = without_directory(&portal).await;
    Import::new(&lookup(&shipped), &directory(&shipped))
        .run(&portal, true, false)
        .await
        .unwrap();
    let (hash, text) = portal.portal.database.places().await.unwrap().unwrap();
    assert_eq!(hash, places::hash(&text));
    assert_ne!(hash, Hash::ZERO);
    assert!(text.contains("\nA0 0 ") && !text.contains("QX"));
    assert!(!served_text(&portal).await.contains("QX"));
});

story!(
    whoever_imports_is_told_which_forces_the_directory_does_not_list,
    |portal| {
        let shipped = without_directory(&portal).await;
        let import = Import::new(&lookup(&shipped), &directory(&shipped));
        let unlisted = import.run(&portal, false, true).await.unwrap().unlisted;
        assert_eq!(unlisted, Vec::<String>::new(), "before there is one");

        portal.empty().await;
        let mut listed = operator::first(&portal, vec![]);
        listed.forces[0].id = "avon-and-somerset".into();
        operator::publish(&portal, &listed).await.unwrap();
        let unlisted = import.run(&portal, false, true).await.unwrap().unlisted;
        let others = shipped.forces.iter().map(|force| force.id.clone());
        let others = others.filter(|id| id != "avon-and-somerset");
        assert_eq!(unlisted, others.collect::<Vec<_>>());
    }
);
