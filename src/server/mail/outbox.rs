//! The folder that letters go to without a mail server: each as a mail program reads it, and beside it as a person does.
use std::path::Path;
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
