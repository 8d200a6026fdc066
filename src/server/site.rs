//! The files that browsers get besides pages.
use serde::Deserialize;
use std::path::Path;

/// Where the built files are, by their hashed names.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SiteFiles {
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// The script that changes pages in place.
    #[serde(default)]
    pub in_place: String,
}

impl SiteFiles {
    /// Reads the bundle's manifest.
    ///
    /// # Errors
    /// When the bundle was not built.
    pub fn read(site_dir: &Path) -> anyhow::Result<Self> {
        let path = site_dir.join("manifest.json");
        let text = std::fs::read_to_string(&path)
            .map_err(|e| anyhow::anyhow!("{}: {e}. Build it with `make build`.", path.display()))?;
        Ok(serde_json::from_str(&text)?)
    }
}
