//! `target/site`: everything a browser loads but the pages themselves.
//!
//! Each asset is `assets/<name>.<first 16 hex digits of its SHA-256>.<extension>` with `.br` and `.gz` beside it, and
//! `manifest.json` gives each one's path and SHA-256 (base64, as subresource integrity writes it) under its plain name.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::bindgen::{self, Bundle, Module};
use crate::workspace::Workspace;
use crate::{compress, licences, step, styles, tools};

/// How much time is spent on making the site small and fast.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quality {
    /// Quickly made.
    Development,
    /// Made for people to use.
    Release,
}

impl Quality {
    /// From a `--release` flag.
    pub(crate) fn of(release: bool) -> Self {
        if release { Self::Release } else { Self::Development }
    }
}

/// Builds the site. The old one stays until the new one is whole.
pub(crate) fn build(workspace: &Workspace, quality: Quality) -> Result<()> {
    step::step("Build the site", || {
        tools::need_wasm_target(workspace.root())?;
        let mut site = Site::new(workspace, quality)?;
        site.add("style.css", &styles::compile(workspace)?)?;
        site.add("icon.svg", &public(workspace, "icon.svg")?)?;
        site.add("licences.txt", licences::text(workspace)?.as_bytes())?;
        bindgen::compile(workspace, quality)?;
        site.add_module(workspace, &bindgen::PAGE)?;
        site.add_module(workspace, &bindgen::VAULT)?;
        site.add_script(workspace, "start.js")?;
        site.add_script(workspace, "worker.js")?;
        site.add_script(workspace, "send.js")?;
        site.finish(&workspace.site())
    })
}

/// What a module that can seal carries: the constant of `ChaCha20` (RFC 8439), and the first line of an age file.
const CIPHERS: [&[u8]; 2] = [b"expand 32-byte k", b"age-encryption.org/v1"];

/// Keys are in the vault and nowhere else: its module has ciphers, and the page's must have none.
fn check_ciphers(module: &Module, bundle: &Bundle) -> Result<()> {
    let all = || bundle.parts.iter().map(|(_, wasm)| wasm).chain([&bundle.wasm]);
    let found = |cipher: &&[u8]| all().any(|wasm| wasm.windows(cipher.len()).any(|part| part == *cipher));
    let is_vault = module.name == bindgen::VAULT.name;
    ensure!(
        CIPHERS.iter().all(|cipher| found(cipher) == is_vault),
        "ciphers belong in the vault's module alone, and {} is not so",
        module.name
    );
    Ok(())
}

struct Site {
    folder: PathBuf,
    quality: Quality,
    manifest: Map<String, Value>,
}

impl Site {
    fn new(workspace: &Workspace, quality: Quality) -> Result<Self> {
        let folder = workspace.site().with_extension("new");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(folder.join("assets"))?;
        Ok(Self {
            folder,
            quality,
            manifest: Map::new(),
        })
    }

    /// Writes an asset and its smaller copies, and enters it in the manifest.
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let hash = Sha256::digest(bytes);
        let path = hashed(name, &hex::encode(hash));
        let file = self.folder.join("assets").join(&path);
        fs::write(&file, bytes)?;
        fs::write(with_suffix(&file, ".br"), compress::brotli(bytes, self.quality)?)?;
        fs::write(with_suffix(&file, ".gz"), compress::gzip(bytes, self.quality)?)?;
        let entry = json!({ "path": format!("/assets/{path}"), "sha256": STANDARD.encode(hash) });
        self.manifest.insert(name.to_owned(), entry);
        Ok(())
    }

    fn add_module(&mut self, workspace: &Workspace, module: &Module) -> Result<()> {
        let bundle = bindgen::bundle(workspace, module, self.quality)?;
        check_ciphers(module, &bundle)?;
        self.add(&format!("{}.wasm", module.name), &bundle.wasm)?;
        for (part, wasm) in &bundle.parts {
            self.add(&format!("{part}.wasm"), wasm)?;
        }
        let script = with_hashed_paths(&bundle.script, &self.manifest);
        self.add(&format!("{}.js", module.name), script.as_bytes())
    }

    /// Adds a script from `app/public`, with the paths it loads replaced by hashed ones, and their hashes put in.
    fn add_script(&mut self, workspace: &Workspace, name: &str) -> Result<()> {
        let script = String::from_utf8(public(workspace, name)?)?;
        self.add(name, with_hashed_paths(&script, &self.manifest).as_bytes())
    }

    /// Writes the manifest and puts the site in the old one's place.
    fn finish(self, place: &Path) -> Result<()> {
        fs::write(
            self.folder.join("manifest.json"),
            serde_json::to_vec_pretty(&self.manifest)?,
        )?;
        if place.exists() {
            fs::remove_dir_all(place)?;
        }
        fs::rename(&self.folder, place)
            .with_context(|| format!("could not put the site at {}", place.display()))
    }
}

fn public(workspace: &Workspace, name: &str) -> Result<Vec<u8>> {
    let file = workspace.root().join("app/public").join(name);
    fs::read(&file).with_context(|| format!("could not read {}", file.display()))
}

/// `start.js` and a hash become `start.0123456789abcdef.js`.
fn hashed(name: &str, hash: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}.{}.{extension}", &hash[..16])
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn with_hashed_paths(script: &str, manifest: &Map<String, Value>) -> String {
    manifest.iter().fold(script.to_owned(), |script, (name, entry)| {
        let path = entry["path"].as_str().unwrap_or_default();
        let hash = entry["sha256"].as_str().unwrap_or_default();
        // In quotes, so that `app.js` is not found inside `app.json`.
        script
            .replace(&format!("\"/assets/{name}\""), &format!("\"{path}\""))
            .replace(
                &format!("\"integrity of /assets/{name}\""),
                &format!("\"sha256-{hash}\""),
            )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_carries_its_hash_before_its_extension() {
        assert_eq!(
            hashed("start.js", "0123456789abcdef0123"),
            "start.0123456789abcdef.js"
        );
    }

    #[test]
    fn a_script_loads_hashed_paths() {
        let made = json!({ "path": "/assets/app.01.js", "sha256": "aGFzaA==" });
        let manifest = Map::from_iter([("app.js".to_owned(), made)]);
        assert_eq!(
            with_hashed_paths(
                "import(\"/assets/app.js\"); \"/assets/app.json\"; \"integrity of /assets/app.js\"",
                &manifest
            ),
            "import(\"/assets/app.01.js\"); \"/assets/app.json\"; \"sha256-aGFzaA==\""
        );
    }
}
