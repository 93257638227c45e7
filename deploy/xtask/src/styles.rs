//! The style sheet: compiled by npm's `sass`, and checked for what we may not use.

use std::process::Command;

use anyhow::{Result, bail};

use crate::workspace::Workspace;
use crate::{npm, step};

/// What belongs to GOV.UK alone, or would load something from elsewhere.
const FORBIDDEN: [&str; 6] = [
    "GDS Transport",
    "@font-face",
    "/assets/fonts",
    "govuk-crest",
    "@import",
    "url(",
];

/// Compiles `app/style/main.scss`.
pub(crate) fn compile(workspace: &Workspace) -> Result<Vec<u8>> {
    let folder = workspace.style();
    npm::install(&folder)?;
    let css = step::step("Compile the style sheet", || {
        let mut sass = Command::new(npm::program(&folder, "sass"));
        step::output(
            sass.current_dir(&folder)
                .args(["--style=compressed", "--no-source-map", "main.scss"]),
        )
    })?;
    check(&String::from_utf8_lossy(&css))?;
    Ok(css)
}

fn check(css: &str) -> Result<()> {
    match FORBIDDEN.iter().find(|word| css.contains(**word)) {
        Some(word) => {
            bail!("the style sheet has {word:?}: GOV.UK's own brand, or something loaded from elsewhere")
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn another_service_s_brand_is_refused() {
        assert!(check("body{font-family:GDS Transport}").is_err());
        assert!(check("a{background:url(//elsewhere)}").is_err());
        assert!(check("body{font-family:system-ui}").is_ok());
    }
}
