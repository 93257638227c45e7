//! The table as text, as it is stored, sent and shipped: one thing a line.
//!
//! ```text
//! candour places 1
//! vintage Office for National Statistics, April 2025
//! postcodes ONS Postcode Directory, November 2025
//! force south-wales W15000003
//! alias Glamorgan
//! W06000015 Cardiff|Caerdydd
//! sectors
//! CF10 3 0 412
//! ```
//!
//! A force's districts and other names follow it. After `sectors` each line is a sector, then places in the list of forces and how many
//! postcodes lie there, in turn. Empty lines, and lines that begin with `#`, say nothing.

use super::{District, Force, Places, Sector};
use core::fmt::Write as _;

const HEADER: &str = "candour places 1";
const SECTORS: &str = "sectors";

/// A line that cannot be read, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadLine(pub usize);

impl Places {
    /// Reads the text.
    pub fn read(text: &str) -> Result<Self, BadLine> {
        let lines = (1..).zip(text.lines().map(str::trim_end));
        let mut lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let (at, header) = lines.next().unwrap_or((1, ""));
        if header != HEADER {
            return Err(BadLine(at));
        }
        let mut places = Self::default();
        let mut among_sectors = false;
        for (at, line) in lines {
            let read = match line {
                SECTORS => {
                    among_sectors = true;
                    Some(())
                }
                line if among_sectors => places.read_sector(line),
                line => places.read_line(line),
            };
            read.ok_or(BadLine(at))?;
        }
        places.sectors.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(places)
    }

    /// As text, which reads back as the same.
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\nvintage {}\n", self.vintage);
        if let Some(postcodes) = &self.postcodes {
            line(&mut text, format_args!("postcodes {postcodes}"));
        }
        for (place, force) in self.forces.iter().enumerate() {
            let code = force.code.iter().map(|code| format!(" {code}"));
            line(
                &mut text,
                format_args!("force {}{}", force.id, code.collect::<String>()),
            );
            for alias in &force.aliases {
                line(&mut text, format_args!("alias {alias}"));
            }
            for district in self.districts.iter().filter(|one| one.force == place) {
                let welsh = district.welsh.iter().map(|name| format!("|{name}"));
                let (code, name) = (&district.code, &district.name);
                line(
                    &mut text,
                    format_args!("{code} {name}{}", welsh.collect::<String>()),
                );
            }
        }
        line(&mut text, format_args!("{SECTORS}"));
        for sector in &self.sectors {
            let counts = sector
                .counts
                .iter()
                .map(|(force, count)| format!(" {force} {count}"));
            line(
                &mut text,
                format_args!("{}{}", sector.name, counts.collect::<String>()),
            );
        }
        text
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let (word, rest) = line.split_once(' ')?;
        match word {
            "vintage" => self.vintage = rest.into(),
            "postcodes" => self.postcodes = Some(rest.into()),
            "force" => self.forces.push(force(rest)),
            "alias" => self.forces.last_mut()?.aliases.push(rest.into()),
            code => {
                let force = self.forces.len().checked_sub(1)?;
                self.districts.push(district(code, rest, force));
            }
        }
        Some(())
    }

    fn read_sector(&mut self, line: &str) -> Option<()> {
        let mut words = line.split(' ');
        let name = format!("{} {}", words.next()?, words.next()?);
        let mut counts = Vec::new();
        while let Some(force) = words.next() {
            let force = force.parse().ok().filter(|force| *force < self.forces.len())?;
            counts.push((force, words.next()?.parse().ok()?));
        }
        let some = !counts.is_empty();
        self.sectors.push(Sector { name, counts });
        some.then_some(())
    }
}

fn force(rest: &str) -> Force {
    let (id, code) = rest
        .split_once(' ')
        .map_or((rest, None), |(id, code)| (id, Some(code)));
    Force {
        id: id.into(),
        code: code.map(Into::into),
        aliases: Vec::new(),
    }
}

fn district(code: &str, names: &str, force: usize) -> District {
    let (name, welsh) = names
        .split_once('|')
        .map_or((names, None), |(name, welsh)| (name, Some(welsh)));
    District {
        code: code.into(),
        name: name.into(),
        welsh: welsh.map(Into::into),
        force,
    }
}

fn line(text: &mut String, arguments: core::fmt::Arguments) {
    // Writing to a text cannot fail.
    let written = writeln!(text, "{arguments}");
    debug_assert!(written.is_ok());
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "candour places 1\nvintage A day\npostcodes Another\nforce gwent W15000002\nalias Heddlu Gwent\n\
        W06000022 Newport|Casnewydd\nW06000020 Torfaen\nforce btp\nalias BTP\nsectors\nNP10 8 0 12 1 3\nNP10 9 0 7\n";

    #[test]
    fn text_reads_back_as_it_was() {
        let places = Places::read(TEXT).unwrap();
        assert_eq!(places.to_text(), TEXT);
        assert_eq!(places.districts[0].welsh.as_deref(), Some("Casnewydd"));
        assert_eq!(
            (places.forces[1].code.as_deref(), places.districts[1].force),
            (None, 0)
        );
        assert_eq!(places.sectors[0].counts, [(0, 12), (1, 3)]);
    }

    #[test]
    fn a_line_that_means_nothing_is_named() {
        for (changed, line) in [
            (TEXT.replace("places 1", "places 2"), 1),
            (TEXT.replace("force gwent W15000002\n", ""), 4),
            (TEXT.replace("vintage A day", "vintage"), 2),
            (TEXT.replace("0 12 1 3", "0 12 2 3"), 11),
            (TEXT.replace("0 12 1 3", "0 12 1"), 11),
            (TEXT.replace("NP10 9 0 7", "NP10 9"), 12),
            (String::new(), 1),
        ] {
            assert_eq!(Places::read(&changed), Err(BadLine(line)), "{changed}");
        }
    }
}
