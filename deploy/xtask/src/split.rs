//! Takes a module apart, at the places that the code names: a browser fetches the pages of a role, and what the vault does once it is
//! open, when it needs them.
//!
//! The part that is loaded first asks a link script for the others. That script goes into the module's own, so that one hash holds both,
//! and names each part by its hash in turn.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

/// How the first part names the link script.
const LINK: &str = "./parts.js";
/// How the link script names the first part's.
const MAIN: &str = "./main.js";

/// A module in parts.
pub(crate) struct Split {
    /// Where the part is that is loaded first.
    pub(crate) first: PathBuf,
    /// The others, each with the name that the link script fetches it by.
    pub(crate) parts: Vec<(String, PathBuf)>,
    module: &'static str,
    link: String,
}

/// Takes a compiled module apart into `folder`, which is emptied first.
pub(crate) fn split(wasm: &Path, folder: &Path, module: &'static str) -> Result<Split> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let first = folder.join("first.wasm");
    let input = fs::read(wasm).with_context(|| format!("could not read {}", wasm.display()))?;
    let mut options = Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &first;
    options.link_name = LINK;
    options.main_module = MAIN;
    let made = transform(options).map_err(|report| anyhow!("{report:#}"))?;
    let parts = made
        .split_modules
        .into_iter()
        .map(|part| Ok((name(&part)?, part)));
    Ok(Split {
        parts: parts.collect::<Result<_>>()?,
        link: fs::read_to_string(folder.join(LINK))?,
        first,
        module,
    })
}

fn name(part: &Path) -> Result<String> {
    let stem = part.file_stem().and_then(|stem| stem.to_str());
    stem.map(str::to_owned).context("a part has no name")
}

impl Split {
    /// The first part's script with the link script inside it, in place of each import of it.
    pub(crate) fn link_into(&self, script: &str) -> Result<String> {
        let link = self.named_by_hash()?;
        let linked: Vec<_> = script.lines().map(in_place_of_import).collect();
        ensure!(
            linked.iter().any(|line| matches!(line, Cow::Owned(_))),
            "the first part does not ask for the others"
        );
        Ok(format!(
            "const parts = (() => {{\n{link}\n}})();\n{}\n",
            linked.join("\n")
        ))
    }

    /// What a part is called among the assets: those of two modules have the same names.
    pub(crate) fn asset(&self, name: &str) -> String {
        format!("{}_{name}", self.module)
    }

    /// The link script as a function's body that returns the loaders, each part fetched as an asset that is what it should be.
    fn named_by_hash(&self) -> Result<String> {
        let import = format!("import {{ initSync }} from \"{MAIN}\";");
        ensure!(self.link.contains(&import), "the link script has another form");
        let plain = self
            .link
            .replace(&import, "")
            .replace("export const ", "loaders.");
        let body = self.parts.iter().try_fold(plain, |body, (name, _)| {
            let fetched = format!("fetch(new URL(\"./{name}.wasm\", import.meta.url))");
            ensure!(body.contains(&fetched), "the link script does not fetch {name}");
            let asset = format!("/assets/{}.wasm", self.asset(name));
            Ok(body.replace(
                &fetched,
                &format!("fetch(\"{asset}\", {{ integrity: \"integrity of {asset}\" }})"),
            ))
        })?;
        Ok(format!("const loaders = {{}};\n{body}\nreturn loaders;"))
    }
}

/// `import * as name from` the link script becomes another name for what it returned.
fn in_place_of_import(line: &str) -> Cow<'_, str> {
    let name = line.strip_prefix("import * as ").and_then(|rest| {
        rest.trim_end_matches(';')
            .strip_suffix(&format!(" from \"{LINK}\""))
    });
    match name {
        Some(name) => Cow::Owned(format!("const {name} = parts;")),
        None => Cow::Borrowed(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_script_goes_into_the_first_parts_own() {
        let split = Split {
            first: PathBuf::new(),
            parts: vec![("one".into(), PathBuf::new())],
            module: "app",
            link: "import { initSync } from \"./main.js\";\n\nexport const load = f(fetch(new URL(\"./one.wasm\", import.meta.url)));".into(),
        };
        let script = "/* a */\nimport * as import1 from \"./parts.js\"\nimport * as import2 from \"./parts.js\";\nuse(import1);";
        let whole = split.link_into(script).unwrap();
        let fetched = "fetch(\"/assets/app_one.wasm\", { integrity: \"integrity of /assets/app_one.wasm\" })";
        assert!(whole.contains(&format!("loaders.load = f({fetched});\nreturn loaders;")));
        assert!(whole.ends_with("/* a */\nconst import1 = parts;\nconst import2 = parts;\nuse(import1);\n"));
        assert!(!whole.contains("import "));
        assert!(split.link_into("no import").is_err());
    }
}
