//! The files of the Office for National Statistics: the lookup from districts to police force areas, and the postcode directory. Pure
//! functions over a reader; of a postcode no more is kept than its sector.

pub use super::table::Wrong;

use super::table::Table;
use app::places::{District, Force, Postcode, Sector};
use std::{
    collections::{BTreeMap, HashMap},
    io::Read,
    ops::RangeInclusive,
};

/// How many districts England and Wales can be thought to have: 318 in 2025, fewer every few years.
const DISTRICTS: RangeInclusive<usize> = 200..=450;
/// How many postcode sectors Great Britain can be thought to have: about 12,000.
const SECTORS: RangeInclusive<usize> = 8_000..=20_000;

/// The districts, by force.
pub fn districts(file: impl Read, forces: &[Force]) -> Result<Vec<District>, Wrong> {
    let mut table = Table::open(file)?;
    let columns = Columns::of(&table)?;
    let codes = codes(forces);
    let mut found: BTreeMap<String, District> = BTreeMap::new();
    while table.next()? {
        let district = columns.read(&table, &codes)?;
        let known = found
            .entry(district.code.clone())
            .or_insert_with(|| district.clone());
        if *known != district {
            return Err(table.wrong(columns.code, "has another name or force above"));
        }
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by_key(|district| district.force);
    check_districts(&found, forces)?;
    Ok(found)
}

/// The sectors, of the whole postcode directory, or of a table that was made of one: `sector,force_id,postcodes`.
pub fn sectors(file: impl Read, forces: &[Force], districts: &[District]) -> Result<Vec<Sector>, Wrong> {
    let table = Table::open(file)?;
    let found = match table.column(|name| name == "sector")? {
        Some(sector) => reduced(table, sector, forces)?,
        None => reduce(table, forces, districts)?,
    };
    let sector = |(name, mut counts): (String, Counts)| {
        counts.sort_by_key(|(force, count)| (std::cmp::Reverse(*count), *force));
        Sector { name, counts }
    };
    let mut found: Vec<_> = found.into_iter().map(sector).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    check_sectors(&found, forces)?;
    Ok(found)
}

/// The forces and the codes of their areas, for when forces have merged: `id,ons_code`. What else is known of a force stays.
pub fn forces(file: impl Read, known: &[Force]) -> Result<Vec<Force>, Wrong> {
    let mut table = Table::open(file)?;
    let id = required(&table, "force", |name| name == "id")?;
    let code = required(&table, "code of its area", |name| name == "ons_code")?;
    let mut found: Vec<Force> = Vec::new();
    while table.next()? {
        let (id_text, code_text) = (table.value(id)?, table.value(code)?);
        if id_text.is_empty()
            || !id_text
                .chars()
                .all(|one| matches!(one, 'a'..='z' | '0'..='9' | '-'))
        {
            return Err(table.wrong(id, "is no identifier of a force"));
        }
        if !code_text.is_empty() && is_district(code_text).is_none() {
            return Err(table.wrong(code, "is no code of an area"));
        }
        if found
            .iter()
            .any(|one| one.id == id_text || one.code.as_deref() == Some(code_text))
        {
            return Err(table.wrong(id, "is there already, or its code is"));
        }
        let aliases = known
            .iter()
            .find(|one| one.id == id_text)
            .map(|one| one.aliases.clone());
        found.push(Force {
            id: id_text.into(),
            code: (!code_text.is_empty()).then(|| code_text.into()),
            aliases: aliases.unwrap_or_default(),
        });
    }
    if found.is_empty() {
        return Err(Wrong::whole("it lists no force"));
    }
    Ok(found)
}

/// Where a lookup has what is needed of it.
struct Columns {
    code: usize,
    name: usize,
    welsh: Option<usize>,
    area: usize,
}

impl Columns {
    fn of<R: Read>(table: &Table<R>) -> Result<Self, Wrong> {
        const OF: [&str; 2] = ["lad", "ltla"];
        Ok(Self {
            code: required(table, "district", |name| is_code(name, &OF))?,
            name: required(table, "name of the district", |name| {
                is_name(name, &OF, &["nm", "_name"])
            })?,
            welsh: table.column(|name| is_name(name, &OF, &["nmw", "_name_welsh"]))?,
            area: required(table, "police force area", |name| is_code(name, &["pfa"]))?,
        })
    }

    fn read<R: Read>(&self, table: &Table<R>, codes: &HashMap<&str, usize>) -> Result<District, Wrong> {
        let code = is_district(table.value(self.code)?);
        let force = codes.get(table.value(self.area)?);
        let welsh = self.welsh.filter(|at| table.value(*at) != Ok(""));
        let name = table.name(self.name)?;
        let welsh = welsh.map(|at| table.name(at)).transpose()?;
        Ok(District {
            code: code
                .ok_or_else(|| table.wrong(self.code, "is no code of a district"))?
                .into(),
            name: name.into(),
            welsh: welsh.filter(|welsh| *welsh != name).map(Into::into),
            force: *force
                .ok_or_else(|| table.wrong(self.area, "is no force area that is known here; see --forces"))?,
        })
    }
}

type Counts = Vec<(usize, u32)>;

/// From a table of sectors.
fn reduced<R: Read>(
    mut table: Table<R>,
    sector: usize,
    forces: &[Force],
) -> Result<HashMap<String, Counts>, Wrong> {
    let id = required(&table, "force", |name| name == "force_id")?;
    let postcodes = required(&table, "number of postcodes", |name| name == "postcodes")?;
    let mut found = HashMap::new();
    while table.next()? {
        let read = Postcode::readings(table.value(sector)?)
            .into_iter()
            .find_map(|one| one.sector());
        let name = read.filter(|name| Some(name.as_str()) == table.value(sector).ok());
        let name = name.ok_or_else(|| table.wrong(sector, "is no postcode sector"))?;
        let wanted = table.value(id)?;
        let force = forces.iter().position(|one| one.id == wanted);
        let force = force.ok_or_else(|| table.wrong(id, "is no force that is known here"))?;
        let count = table.value(postcodes)?.parse().ok().filter(|count| *count > 0);
        let count = count.ok_or_else(|| table.wrong(postcodes, "is no number of postcodes"))?;
        count_in(&mut found, name, force, count);
    }
    Ok(found)
}

/// From the postcode directory.
fn reduce<R: Read>(
    mut table: Table<R>,
    forces: &[Force],
    districts: &[District],
) -> Result<HashMap<String, Counts>, Wrong> {
    let postcode = postcode_column(&table)?;
    let (place, codes) = match table.column(|name| name == "pfa" || is_code(name, &["pfa"]))? {
        Some(area) => (area, codes(forces)),
        None => (
            required(&table, "district", |name| {
                matches!(name, "oslaua" | "laua") || is_code(name, &["lad"])
            })?,
            districts
                .iter()
                .map(|one| (one.code.as_str(), one.force))
                .collect(),
        ),
    };
    let scotland = forces
        .iter()
        .position(|one| one.code.as_ref().is_some_and(|code| code.starts_with('S')));
    let mut found = HashMap::new();
    while table.next()? {
        let code = table.value(place)?;
        let force = match code.as_bytes().first() {
            // Nowhere, the islands, and Northern Ireland, whose postcodes have another licence.
            None | Some(b'L' | b'M' | b'N') => continue,
            _ if code.ends_with("99999999") => continue,
            Some(b'S') => scotland,
            _ => codes.get(code).copied(),
        };
        let force =
            force.ok_or_else(|| table.wrong(place, "is not known here: are both files of the same year?"))?;
        let sector = Postcode::whole(table.value(postcode)?).and_then(|one| one.sector());
        let sector = sector.ok_or_else(|| table.wrong(postcode, "is no postcode"))?;
        count_in(&mut found, sector, force, 1);
    }
    Ok(found)
}

fn count_in(found: &mut HashMap<String, Counts>, sector: String, force: usize, count: u32) {
    let counts = found.entry(sector).or_default();
    match counts.iter_mut().find(|(known, _)| *known == force) {
        Some((_, sum)) => *sum = sum.saturating_add(count),
        None => counts.push((force, count)),
    }
}

/// The directory writes each postcode in several ways, each in its own column.
fn postcode_column<R: Read>(table: &Table<R>) -> Result<usize, Wrong> {
    for wanted in ["pcds", "pcd", "pcd2", "pcd8", "pcd7", "postcode"] {
        if let Some(found) = table.column(|name| name == wanted)? {
            return Ok(found);
        }
    }
    Err(missing("postcode"))
}

fn required<R: Read>(table: &Table<R>, what: &str, is: impl Fn(&str) -> bool) -> Result<usize, Wrong> {
    table.column(is)?.ok_or_else(|| missing(what))
}

fn missing(what: &str) -> Wrong {
    Wrong::whole(format!(
        "the header names no column for the {what}: is it the right file?"
    ))
}

/// `lad24cd`, `ltla24_code`, `lad_code`: the year may be any.
fn is_code(name: &str, of: &[&str]) -> bool {
    is_name(name, of, &["cd", "_code"])
}

fn is_name(name: &str, of: &[&str], ends: &[&str]) -> bool {
    let rest = of.iter().filter_map(|of| name.strip_prefix(of));
    let mut rest = rest.map(|rest| rest.trim_start_matches(|one: char| one.is_ascii_digit()));
    rest.any(|rest| ends.contains(&rest))
}

fn is_district(code: &str) -> Option<&str> {
    let (country, number) = code.split_at_checked(1)?;
    let good = matches!(country, "E" | "W" | "S" | "N") && number.len() == 8;
    (good && number.bytes().all(|one| one.is_ascii_digit())).then_some(code)
}

fn codes(forces: &[Force]) -> HashMap<&str, usize> {
    let all = (0..).zip(forces);
    all.filter_map(|(at, force)| Some((force.code.as_deref()?, at)))
        .collect()
}

/// Whether a force has an area of its own in England or Wales.
fn is_local(force: &Force) -> bool {
    force
        .code
        .as_ref()
        .is_some_and(|code| code.starts_with(['E', 'W']))
}

fn check_districts(found: &[District], forces: &[Force]) -> Result<(), Wrong> {
    if !DISTRICTS.contains(&found.len()) {
        return Err(Wrong::whole(format!(
            "it has {} districts; England and Wales have about 318: is all of it there?",
            found.len()
        )));
    }
    let has = |at: usize| found.iter().any(|district| district.force == at);
    lacking(forces, has, "district")
}

fn check_sectors(found: &[Sector], forces: &[Force]) -> Result<(), Wrong> {
    if !SECTORS.contains(&found.len()) {
        return Err(Wrong::whole(format!(
            "it has {} postcode sectors; there are about 12,000: is all of it there?",
            found.len()
        )));
    }
    let has = |at: usize| {
        found
            .iter()
            .any(|sector| sector.counts.iter().any(|(force, _)| *force == at))
    };
    lacking(forces, has, "postcode")
}

fn lacking(forces: &[Force], has: impl Fn(usize) -> bool, what: &str) -> Result<(), Wrong> {
    let mut local = (0..).zip(forces).filter(|(_, force)| is_local(force));
    match local.find(|(at, _)| !has(*at)) {
        Some((_, force)) => Err(Wrong::whole(format!(
            "it has no {what} of {}: is all of it there?",
            force.id
        ))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::places::Places;
    use std::{fmt::Write as _, fs::File, path::PathBuf};

    fn shipped() -> Places {
        crate::places::read(None).unwrap()
    }

    /// A lookup as the Office for National Statistics writes it.
    fn lookup(places: &Places) -> String {
        let mut text = "\u{feff}LAD25CD,LAD25NM,CSP25CD,CSP25NM,PFA25CD,PFA25NM,ObjectId\r\n".to_owned();
        for one in &places.districts {
            let code = places.forces[one.force].code.as_deref().unwrap();
            write!(
                text,
                "{},\"{}\",E22000001,\"a, b\",{code},Name,1\r\n",
                one.code, one.name
            )
            .unwrap();
        }
        text
    }

    /// A postcode directory with ten postcodes in each of ten sectors of enough outcodes, in the districts in turn.
    fn directory(places: &Places) -> String {
        let mut text = "pcd,pcd2,pcds,dointr,doterm,oslaua\n".to_owned();
        for n in 0..9_000_u32 {
            let one = &places.districts[n as usize % places.districts.len()];
            let (outcode, sector) = (n / 10, n % 10);
            let outcode = format!(
                "{}{}",
                ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'K', 'L'][outcode as usize / 90],
                outcode % 90
            );
            for end in ["AA", "ZZ"] {
                writeln!(text, "\"x\",\"x\",{outcode} {sector}{end},200001,,{}", one.code).unwrap();
            }
        }
        text
    }

    fn told<T: std::fmt::Debug>(result: Result<T, Wrong>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn a_lookup_of_any_year_is_read() {
        let places = shipped();
        let text = lookup(&places);
        let read = |text: &str| districts(text.as_bytes(), &places.forces).unwrap();
        let found = read(&text);
        assert_eq!(found.len(), places.districts.len());
        for one in &places.districts {
            assert!(found.iter().any(|other| (&other.code, &other.name, other.force) == (&one.code, &one.name, one.force)));
        }
        let older = text
            .replace("LAD25CD", "ltla21_code")
            .replace("LAD25NM", "ltla21_name")
            .replace("PFA25CD", "pfa21_code");
        assert_eq!(read(&older), found);
        assert_eq!(read(text.trim_start_matches('\u{feff}')), found);
        let welsh = text.replace("CSP25NM", "LAD25NMW");
        assert_eq!(read(&welsh)[0].welsh.as_deref(), Some("a, b"));
    }

    #[test]
    fn a_wrong_lookup_is_refused_with_its_row_and_column() {
        let places = shipped();
        let text = lookup(&places);
        let wrong =
            |from: &str, to: &str| told(districts(text.replacen(from, to, 1).as_bytes(), &places.forces));
        let first = &places.districts[0].code;
        assert_eq!(
            wrong(first, "E0600"),
            "row 2, column LAD25CD, \"E0600\" is no code of a district"
        );
        assert!(
            wrong("E23000036", "E23000099")
                .starts_with("row 2, column PFA25CD, \"E23000099\" is no force area")
        );
        assert!(wrong("PFA25CD", "PFA").contains("no column for the police force area"));
        assert!(wrong("CSP25CD", "LAD24CD").contains("both LAD25CD and LAD24CD could be meant"));
        assert!(wrong("Bath and North East Somerset", "").starts_with("row 2, column LAD25NM"));
        assert!(wrong("Bath and North East Somerset", "a|b").contains("is no name"));
        assert!(wrong(",Name,1\r\n", "\r\n").starts_with("row 2, it has 5 values where the header has 7"));
        let again = format!("{text}{first},Elsewhere,E22000001,x,E23000036,Name,1\r\n");
        assert!(
            told(districts(again.as_bytes(), &places.forces)).contains("has another name or force above")
        );
        let half: String = text.split_inclusive('\n').take(150).collect();
        assert!(told(districts(half.as_bytes(), &places.forces)).contains("it has 149 districts"));
        let gone: String = text
            .split_inclusive('\n')
            .filter(|line| !line.contains("W15000002"))
            .collect();
        assert_eq!(
            told(districts(gone.as_bytes(), &places.forces)),
            "it has no district of gwent: is all of it there?"
        );
        let mut latin = text.clone().into_bytes();
        let at = text.find("Somerset").unwrap();
        latin[at] = 0xe9;
        assert!(told(districts(latin.as_slice(), &places.forces)).ends_with("is not UTF-8"));
        assert!(told(districts(&b""[..], &places.forces)).contains("no column for the district"));
    }

    #[test]
    fn postcodes_become_sectors_and_no_postcode_is_left() {
        let places = shipped();
        let text = directory(&places);
        let found = sectors(text.as_bytes(), &places.forces, &places.districts).unwrap();
        assert_eq!(found.len(), 9_000);
        assert_eq!(
            (found[0].name.as_str(), found[0].counts.as_slice()),
            ("A0 0", &[(places.districts[0].force, 2)][..])
        );
        assert!(found.iter().all(|one| Postcode::whole(&one.name).is_none()));
        let with_area = text.replace("oslaua", "pfa23cd");
        let with_area = with_area.lines().map(|line| {
            let district = places.districts.iter().find(|one| line.ends_with(&one.code));
            let area = district.and_then(|one| places.forces[one.force].code.clone());
            format!(
                "{}{}\n",
                &line[..line.len() - area.as_ref().map_or(0, |_| 9)],
                area.unwrap_or_default()
            )
        });
        let with_area: String = with_area.collect();
        assert_eq!(
            sectors(with_area.as_bytes(), &places.forces, &places.districts).unwrap(),
            found
        );
        let islands = format!(
            "{text}x,x,GY1 1AA,1,,L99999999\nx,x,BT1 1AA,1,,N09000003\nx,x,ZZ9 9ZZ,1,,\nx,x,G1 1AA,1,,S12000049\n"
        );
        let more = sectors(islands.as_bytes(), &places.forces, &places.districts).unwrap();
        let new: Vec<_> = more
            .iter()
            .filter(|one| !found.contains(one))
            .map(|one| one.name.as_str())
            .collect();
        assert_eq!(new, ["G1 1"], "Scotland's only");
    }

    #[test]
    fn a_wrong_postcode_directory_is_refused_with_its_row_and_column() {
        let places = shipped();
        let text = directory(&places);
        let wrong = |from: &str, to: &str| {
            told(sectors(
                text.replacen(from, to, 1).as_bytes(),
                &places.forces,
                &places.districts,
            ))
        };
        assert_eq!(
            wrong("A0 0AA", "A0-0AA"),
            "row 2, column pcds, \"A0-0AA\" is no postcode"
        );
        let code = &places.districts[0].code;
        assert_eq!(
            wrong(code, "E06000999"),
            "row 2, column oslaua, \"E06000999\" is not known here: are both files of the same year?"
        );
        assert!(wrong("oslaua", "osward").contains("no column for the district"));
        assert!(wrong("pcd,pcd2,pcds", "a,b,c").contains("no column for the postcode"));
        let endless = text
            .replacen("\"x\"", "\"x", 1)
            .replace('"', "")
            .replacen("x,", "\"x,", 1);
        assert!(
            told(sectors(endless.as_bytes(), &places.forces, &places.districts))
                .contains("a row is far too long")
        );
        let few: String = text.split_inclusive('\n').take(1_000).collect();
        assert!(
            told(sectors(few.as_bytes(), &places.forces, &places.districts)).contains("500 postcode sectors")
        );
    }

    #[test]
    fn a_table_of_sectors_is_read_as_it_is() {
        let places = shipped();
        let found = sectors(directory(&places).as_bytes(), &places.forces, &places.districts).unwrap();
        let mut text = "sector,force_id,postcodes,share\n".to_owned();
        for one in &found {
            for (force, count) in &one.counts {
                writeln!(text, "{},{},{count},1.0", one.name, places.forces[*force].id).unwrap();
            }
        }
        assert_eq!(sectors(text.as_bytes(), &places.forces, &[]).unwrap(), found);
        let wrong = |from: &str, to: &str| {
            told(sectors(
                text.replacen(from, to, 1).as_bytes(),
                &places.forces,
                &[],
            ))
        };
        assert_eq!(
            wrong("A0 0,", "A0,"),
            "row 2, column sector, \"A0\" is no postcode sector"
        );
        assert!(wrong("A0 0,", "A0 0AA,").contains("is no postcode sector"));
        assert!(wrong("avon-and-somerset", "avon").starts_with("row 2, column force_id, \"avon\""));
        assert!(wrong(",2,", ",0,").contains("is no number of postcodes"));
    }

    #[test]
    fn merged_forces_are_named_with_their_codes() {
        let known = shipped().forces;
        let read = |text: &str| forces(text.as_bytes(), &known);
        let found =
            read("id,name,ons_code\nwest,West Police,E23000099\ngwent,Gwent,W15000002\nbtp,BTP,\n").unwrap();
        assert_eq!(found[1].aliases, ["Heddlu Gwent"]);
        assert_eq!(
            (found[0].code.as_deref(), found[2].code.as_deref()),
            (Some("E23000099"), None)
        );
        assert!(told(read("id,ons_code\nWest,E23000099\n")).contains("row 2, column id"));
        assert!(told(read("id,ons_code\nwest,99\n")).contains("is no code of an area"));
        assert!(told(read("id,ons_code\nwest,E23000099\neast,E23000099\n")).starts_with("row 3"));
        assert!(told(read("id,ons_code\n")).contains("lists no force"));
    }

    /// The folder of reference data beside the workspace, where it exists.
    fn reference(name: &str) -> Option<File> {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("../../shared/data")
            .join(name);
        let file = File::open(&path).ok();
        if file.is_none() {
            eprintln!("skipped: there is no {}", path.display());
        }
        file
    }

    #[test]
    fn the_shipped_districts_are_those_of_the_reference_both_ways() {
        let places = shipped();
        assert_eq!(places.districts.len(), 318);
        let Some(file) = reference("lad_to_force.csv") else {
            return;
        };
        let rows = csv::Reader::from_reader(file)
            .into_deserialize::<[String; 5]>()
            .map(Result::unwrap);
        let current: Vec<_> = rows.filter(|[.., status, _]| status == "current").collect();
        assert_eq!(current.len(), places.districts.len());
        for [code, name, force, ..] in current {
            let own = places.districts.iter().find(|one| one.code == code);
            let own = own.map(|one| (one.name.as_str(), places.forces[one.force].id.as_str()));
            assert_eq!(own, Some((name.as_str(), force.as_str())), "{code}");
        }
    }

    #[test]
    fn the_lookup_and_the_sectors_of_the_reference_are_taken() {
        let places = shipped();
        let Some(file) = reference("ons_lad_csp_pfa_december_2024.csv") else {
            return;
        };
        let found = districts(file, &places.forces).unwrap();
        assert_eq!(found.len(), 318);
        let Some(file) = reference("postcode_sector_to_force.csv") else {
            return;
        };
        let found = sectors(file, &places.forces, &found).unwrap();
        assert_eq!(found.len(), 12_018);
        let ambiguous = found.iter().filter(|one| one.counts.len() > 1).count();
        assert_eq!(ambiguous, 1_014);
    }
}
