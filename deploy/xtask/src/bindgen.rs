//! From a crate to what a browser loads: compiled for WebAssembly, taken apart, given its script by wasm-bindgen, made small.
//!
//! wasm-bindgen is used as a library, so that its version is the one in the lock file. `wasm-opt` comes from npm:
//! the one in Debian writes modules that browsers refuse.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::site::Quality;
use crate::tools::WASM_TARGET;
use crate::workspace::Workspace;
use crate::{npm, split, step};

/// One of the two WebAssembly modules.
pub(crate) struct Module {
    /// The crate, and the name of what it becomes.
    pub(crate) name: &'static str,
    /// Cargo features.
    features: &'static [&'static str],
    /// Cargo's profile for release.
    profile: &'static str,
}

/// The page: no crypto, as small as possible.
pub(crate) const PAGE: Module = Module {
    name: "app",
    features: &["browser"],
    profile: "wasm",
};

/// The vault: where the keys are. Its profile makes what takes time fast, and the rest small.
pub(crate) const VAULT: Module = Module {
    name: "vault",
    features: &[],
    profile: "wasm-vault",
};

/// What cargo is to do for browsers outside a release. Lints name the same, so that both share what they compile.
pub(crate) const FOR_BROWSERS: [&str; 7] = [
    "--package=app",
    "--package=vault",
    "--lib",
    "--no-default-features",
    "--features=app/browser",
    "--target",
    WASM_TARGET,
];

/// What the compiler may emit for this target, so that `wasm-opt` accepts it.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// A module as browsers load it.
pub(crate) struct Bundle {
    /// The JavaScript module that loads and calls the others.
    pub(crate) script: String,
    /// The WebAssembly module, or the part of it that is loaded first.
    pub(crate) wasm: Vec<u8>,
    /// The parts that are fetched later, each with its asset's name.
    pub(crate) parts: Vec<(String, Vec<u8>)>,
}

/// Compiles both modules.
pub(crate) fn compile(workspace: &Workspace, quality: Quality) -> Result<()> {
    match quality {
        // Both at once, so that what they share is compiled once.
        Quality::Development => step::step("Compile the page and the vault for browsers", || {
            step::run(workspace.cargo().arg("build").args(FOR_BROWSERS))
        }),
        // Each with its own profile.
        Quality::Release => [&PAGE, &VAULT].into_iter().try_for_each(|module| {
            step::step(&format!("Compile {} for browsers", module.name), || {
                release(workspace, module)
            })
        }),
    }
}

/// Gives a compiled module its script, and makes it small for release.
pub(crate) fn bundle(workspace: &Workspace, module: &Module, quality: Quality) -> Result<Bundle> {
    let name = module.name;
    let mut bundle = step::step(&format!("Write the script of {name}"), || {
        script(workspace, module, quality)
    })?;
    if quality == Quality::Release {
        step::step(&format!("Make {name} small"), || {
            bundle.wasm = optimise(workspace, name, &bundle.wasm)?;
            bundle.parts.iter_mut().try_for_each(|(part, wasm)| {
                *wasm = optimise(workspace, part, wasm)?;
                Ok(())
            })
        })?;
    }
    Ok(bundle)
}

fn release(workspace: &Workspace, module: &Module) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args([
        "build",
        "--lib",
        "--no-default-features",
        "--package",
        module.name,
        "--target",
        WASM_TARGET,
    ]);
    cargo.args([
        "--features",
        &module.features.join(","),
        "--profile",
        module.profile,
    ]);
    step::run(cargo.args(["--config", &without_folders(workspace)]))
}

/// Keeps this machine's folders out of panic messages, so that every machine makes the same bytes.
fn without_folders(workspace: &Workspace) -> String {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(std::path::PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| std::path::Path::new(&home).join(".cargo")));
    let maps = [
        (cargo_home, "cargo"),
        (Some(workspace.root().to_owned()), "candour"),
    ];
    let flags = maps
        .into_iter()
        .filter_map(|(folder, name)| Some(format!("'--remap-path-prefix={}={name}'", folder?.display())))
        .collect::<Vec<_>>();
    format!("target.{WASM_TARGET}.rustflags=[{}]", flags.join(","))
}

fn script(workspace: &Workspace, module: &Module, quality: Quality) -> Result<Bundle> {
    let compiled = compiled(workspace, module, quality);
    let folder = workspace.target().join("parts").join(module.name);
    let split = split::split(&compiled, &folder, module.name)?;
    let mut bundle = bound(module, &split.first)?;
    bundle.script = split.link_into(&bundle.script)?;
    let read = |(name, file): &(String, PathBuf)| Ok((split.asset(name), std::fs::read(file)?));
    bundle.parts = split.parts.iter().map(read).collect::<Result<_>>()?;
    Ok(bundle)
}

fn compiled(workspace: &Workspace, module: &Module, quality: Quality) -> PathBuf {
    let profile = if quality == Quality::Release {
        module.profile
    } else {
        "debug"
    };
    workspace
        .target()
        .join(WASM_TARGET)
        .join(profile)
        .join(module.name)
        .with_extension("wasm")
}

/// Gives a module its script.
fn bound(module: &Module, compiled: &Path) -> Result<Bundle> {
    let mut output = Bindgen::new()
        .input_path(compiled)
        .out_name(module.name)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The other parts are given the first one's memory and table.
        .keep_lld_exports(true)
        .generate_output()?;
    ensure!(
        output.snippets().values().all(Vec::is_empty) && output.local_modules().is_empty(),
        "{} brings scripts of its own, which the site does not serve",
        module.name
    );
    Ok(Bundle {
        script: output.js().to_owned(),
        wasm: output.wasm_mut().emit_wasm(),
        parts: Vec::new(),
    })
}

fn optimise(workspace: &Workspace, name: &str, wasm: &[u8]) -> Result<Vec<u8>> {
    let folder = workspace.style();
    npm::install(&folder)?;
    let before = workspace.target().join(name).with_extension("unoptimised.wasm");
    let after = workspace.target().join(name).with_extension("optimised.wasm");
    std::fs::write(&before, wasm)?;
    let mut wasm_opt = Command::new(npm::program(&folder, "wasm-opt"));
    wasm_opt
        // The compiler has inlined where it pays; once more is shorter, and yet more to load, for it packs worse. Before what it is to hold.
        .arg("--no-inline=*")
        .arg("-Oz")
        .args(WASM_FEATURES)
        .arg(&before)
        .arg("--output")
        .arg(&after);
    step::run(&mut wasm_opt)?;
    std::fs::read(&after).with_context(|| format!("wasm-opt did not write {}", after.display()))
}
