//! Migrations, functions and catalogues of messages are compiled into the server: a new file among them has to reach the compiler.
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_SSR").is_some() {
        println!("cargo::rerun-if-changed=migrations");
        println!("cargo::rerun-if-changed=src/locales");
        list_catalogues()?;
        list_repeatables()?;
    }
    Ok(())
}

/// `src/locales/en/letters.ftl` is the topic `letters` in English.
fn list_catalogues() -> io::Result<()> {
    let mut rows = String::new();
    for language in sorted(Path::new("src/locales"))? {
        for file in sorted(&language)? {
            rows.push_str(&row(&name(&language), &file)?);
        }
    }
    let text = format!("/// Language and text of each file.\nconst FILES: &[(&str, &str)] = &[\n{rows}];\n");
    write("catalogues.rs", &text)
}

/// What is written again whenever its text changes: `functions/trail.sql` with its text, before the tables; views after them.
fn list_repeatables() -> io::Result<()> {
    let mut text = String::new();
    for (folder, list) in [("functions", "FUNCTIONS"), ("views", "VIEWS")] {
        let mut rows = String::new();
        for file in sorted(&Path::new("migrations").join(folder))? {
            rows.push_str(&row(&format!("{folder}/{}", name(&file)), &file)?);
        }
        text.push_str(&format!(
            "/// Name and text of each file.\nconst {list}: &[(&str, &str)] = &[\n{rows}];\n"
        ));
    }
    write("repeatables.rs", &text)
}

/// A pair of a name and what stands in a file.
fn row(name: &str, file: &Path) -> io::Result<String> {
    Ok(format!(
        "({name:?}, include_str!({:?})),\n",
        fs::canonicalize(file)?
    ))
}

fn write(file: &str, text: &str) -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join(file), text)
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
