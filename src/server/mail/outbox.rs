//! The folder that letters go to without a mail server: each as a mail program reads it, and beside it as a person does. They hold
//! links that still work, so the folder is this user's only, and a letter goes when no link in it can work any more.
use chrono::{DateTime, Utc};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, SystemTime};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

/// A letter in the folder.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: Uuid,
    pub recipient: String,
    pub subject: String,
    pub text: String,
}

impl Kept {
    /// The file's contents: two lines of envelope, an empty one, the letter.
    pub(super) fn file(recipient: &str, subject: &str, text: &str) -> String {
        let one_line = |text: &str| text.replace(['\r', '\n'], " ");
        format!(
            "To: {}\nSubject: {}\n\n{text}",
            one_line(recipient),
            one_line(subject)
        )
    }

    fn read(id: Uuid, file: &str) -> Option<Self> {
        let (head, text) = file.split_once("\n\n")?;
        let mut head = head.lines();
        Some(Self {
            id,
            recipient: head.next()?.strip_prefix("To: ")?.to_owned(),
            subject: head.next()?.strip_prefix("Subject: ")?.to_owned(),
            text: text.to_owned(),
        })
    }
}

/// No link of ours lives longer than an invitation's.
const LONGEST_LINK: Duration = Duration::from_secs(7 * 24 * 3600);

/// Writes one letter's files.
pub(super) async fn keep(folder: &Path, id: Uuid, files: [(&str, Vec<u8>); 2]) -> io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    // Also where an earlier version made it.
    tokio::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).await?;
    for (kind, content) in files {
        let path = folder.join(format!("{id}.{kind}"));
        let mut options = tokio::fs::OpenOptions::new();
        options.create(true).truncate(true).write(true).mode(0o600);
        let mut file = options.open(path).await?;
        file.write_all(&content).await?;
        file.flush().await?;
    }
    Ok(())
}

/// Removes letters whose links do not work any more; how many files went.
///
/// # Errors
/// When a file that is there cannot be removed.
pub async fn forget_old(folder: &Path, now: DateTime<Utc>) -> io::Result<usize> {
    let mut gone = 0;
    let mut entries = match tokio::fs::read_dir(folder).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    while let Some(entry) = entries.next_entry().await? {
        let written = entry.metadata().await?.modified()?;
        let age = SystemTime::from(now).duration_since(written).unwrap_or_default();
        if is_letter(&entry.path()) && age > LONGEST_LINK {
            tokio::fs::remove_file(entry.path()).await?;
            gone += 1;
        }
    }
    Ok(gone)
}

/// Other files in the folder are left alone.
fn is_letter(path: &Path) -> bool {
    let text = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).map(ToOwned::to_owned);
    let named = text(path.file_stem()).is_some_and(|stem| stem.parse::<Uuid>().is_ok());
    named && matches!(text(path.extension()).as_deref(), Some("txt" | "eml"))
}

/// At most this many are shown.
const MOST: usize = 200;

/// The letters in a folder, newest first; their ids are in the order of time.
pub async fn list(folder: &Path) -> Vec<Kept> {
    let mut ids = Vec::new();
    if let Ok(mut entries) = tokio::fs::read_dir(folder).await {
        while let Ok(Some(entry)) = entries.next_entry().await {
            let name = entry.file_name().to_string_lossy().into_owned();
            ids.extend(name.strip_suffix(".txt").and_then(|id| id.parse::<Uuid>().ok()));
        }
    }
    ids.sort_unstable_by(|one, other| other.cmp(one));
    let mut letters = Vec::new();
    for id in ids.into_iter().take(MOST) {
        if let Ok(file) = tokio::fs::read_to_string(folder.join(format!("{id}.txt"))).await {
            letters.extend(Kept::read(id, &file));
        }
    }
    letters
}
