//! The ZIP, written by a thread of its own into a file without a name: pieces come in, no table is ever held whole.
use crate::kernel::AppResult;
use crate::server::db::constraint::incident;
use chrono::{DateTime, Datelike, Timelike, Utc};
use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use tokio::sync::mpsc;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What comes next.
pub(super) enum Piece {
    /// A file of this name begins.
    File(String),
    Bytes(Vec<u8>),
}

/// Where pieces go. Few wait at a time, so that a fast database waits for a slow disk.
pub(super) struct Archive {
    pieces: mpsc::Sender<Piece>,
    written: tokio::task::JoinHandle<std::io::Result<File>>,
}

impl Archive {
    pub(super) fn begin(at: DateTime<Utc>) -> Self {
        let (pieces, coming) = mpsc::channel(8);
        let written = tokio::task::spawn_blocking(move || write(coming, at));
        Self { pieces, written }
    }

    pub(super) async fn file(&self, name: impl Into<String>) -> AppResult<()> {
        self.put(Piece::File(name.into())).await
    }

    pub(super) async fn bytes(&self, bytes: Vec<u8>) -> AppResult<()> {
        self.put(Piece::Bytes(bytes)).await
    }

    async fn put(&self, piece: Piece) -> AppResult<()> {
        let gone = |_| incident(&"the archive's writer stopped");
        self.pieces.send(piece).await.map_err(gone)
    }

    /// The whole file, to be read from its start.
    pub(super) async fn finish(self) -> AppResult<File> {
        drop(self.pieces);
        let written = self.written.await.map_err(|error| incident(&error))?;
        written.map_err(|error| incident(&error))
    }
}

/// As old programs write it.
fn moment(at: DateTime<Utc>) -> Option<zip::DateTime> {
    let small = |number: u32| u8::try_from(number).ok();
    let year = u16::try_from(at.year()).ok()?;
    let (month, day) = (small(at.month())?, small(at.day())?);
    let (hour, minute, second) = (small(at.hour())?, small(at.minute())?, small(at.second())?);
    zip::DateTime::from_date_and_time(year, month, day, hour, minute, second).ok()
}

fn write(mut pieces: mpsc::Receiver<Piece>, at: DateTime<Utc>) -> std::io::Result<File> {
    let mut zip = ZipWriter::new(BufWriter::new(tempfile::tempfile()?));
    // Tables of more than four gigabytes exist.
    let options = SimpleFileOptions::default()
        .large_file(true)
        .last_modified_time(moment(at).unwrap_or_default());
    while let Some(piece) = pieces.blocking_recv() {
        match piece {
            Piece::File(name) => zip.start_file(name, options)?,
            Piece::Bytes(bytes) => zip.write_all(&bytes)?,
        }
    }
    let mut file = zip.finish()?.into_inner()?;
    file.rewind()?;
    Ok(file)
}
