//! Keyset paging: a page knows the key of its last row, never an offset or a count of a history.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rows of one page and the cursor of the next, if there is one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Slice<T> {
    pub rows: Vec<T>,
    pub next: Option<String>,
}

/// Where a list by (time, id), newest first, goes on: strictly before this key. In links as `micros-uuid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub micros: i64,
    pub id: Uuid,
}

impl Cursor {
    /// Before everything: the first page.
    pub const START: Self = Self {
        micros: 253_402_300_799_000_000,
        id: Uuid::max(),
    };

    /// A missing or unreadable cursor is the first page.
    pub fn parse(text: Option<&str>) -> Self {
        text.and_then(|t| {
            let (micros, id) = t.split_once('-')?;
            let micros: i64 = micros
                .parse()
                .ok()
                .filter(|m| (0..=Self::START.micros).contains(m))?;
            Some(Self {
                micros,
                id: Uuid::try_parse(id).ok()?,
            })
        })
        .unwrap_or(Self::START)
    }

    pub fn at(&self) -> chrono::DateTime<chrono::Utc> {
        chrono::DateTime::from_timestamp_micros(self.micros).unwrap_or_default()
    }
}

/// The key of a list by days: its cursor's day is that of [`Cursor::at`].
pub fn day_key(day: chrono::NaiveDate) -> chrono::DateTime<chrono::Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.micros, self.id.simple())
    }
}

impl<T> Slice<T> {
    /// From `limit + 1` rows of a list that goes on after its last row's id: its key is a name, which belongs in no address.
    pub fn after_last(mut rows: Vec<T>, limit: usize, id: impl Fn(&T) -> Uuid) -> Self {
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|row| id(row).simple().to_string());
        Self { rows, next }
    }
    /// From `limit + 1` rows: the surplus row only says that there is a next page.
    pub fn from_rows(
        mut rows: Vec<T>,
        limit: usize,
        key: impl Fn(&T) -> (chrono::DateTime<chrono::Utc>, Uuid),
    ) -> Self {
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| {
            let (at, id) = key(row);
            Cursor {
                micros: at.timestamp_micros(),
                id,
            }
            .to_string()
        });
        Self { rows, next }
    }
}
