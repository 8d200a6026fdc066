//! Migrations and catalogues of messages are compiled into the server: a new file among them has to reach the compiler.
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_SSR").is_some() {
        println!("cargo::rerun-if-changed=migrations");
        println!("cargo::rerun-if-changed=src/locales");
        list_catalogues()?;
    }
    Ok(())
}

/// `src/locales/en/letters.ftl` is the topic `letters` in English.
fn list_catalogues() -> io::Result<()> {
    let mut rows = String::new();
    for language in sorted(Path::new("src/locales"))? {
        for file in sorted(&language)? {
            let row = format!(
                "({:?}, include_str!({:?})),\n",
                name(&language),
                fs::canonicalize(&file)?
            );
            rows.push_str(&row);
        }
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let text = format!("/// Language and text of each file.\nconst FILES: &[(&str, &str)] = &[\n{rows}];\n");
    fs::write(out.join("catalogues.rs"), text)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.map(|e| e.path()))
        .collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
