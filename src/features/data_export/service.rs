//! Putting everything together: one moment of the database, table by table, into one file; then the log, then nothing before.
use super::archive::Archive;
use super::{cells, readme};
use crate::kernel::permission::{SeeStanding, TakeData};
use crate::kernel::time::day_input;
use crate::server::db::constraint::incident;
use crate::server::db::data_export::{self, Table};
use crate::server::db::tenant::Access;
use crate::server::http::request::RequestInfo;
use crate::server::prelude::*;
use futures::StreamExt;
use std::fs::File;
use std::pin::pin;
use std::sync::Arc;

/// How much of a table is handed over at once.
const CHUNK: usize = 64 * 1024;

/// A finished download.
pub struct Takeout {
    pub file: File,
    pub name: String,
}

/// Makes the file and writes it into the log of exports.
///
/// # Errors
/// Refused while one of the workshop is being made, `Busy` when too many others are, or the database's.
pub async fn make(state: AppState, request: Arc<RequestInfo>) -> AppResult<Takeout> {
    let mut scope = Scope::<TakeData>::open(state.clone(), request.clone(), Access::Snapshot).await?;
    let turn = state.data_exports.turn(scope.org().uuid(), || {
        AppError::refused("A download is already being prepared. Please wait until it is done.")
    })?;
    data_export::take_time(&mut scope).await?;
    let (session, now) = (scope.session().clone(), scope.now());
    let (workshop, currency) = (session.org_name.as_str(), session.settings.currency);
    let tables = data_export::tables(&mut scope).await?;
    let archive = Archive::begin(now);
    archive.file("README.txt").await?;
    archive
        .bytes(readme::text(workshop, currency, now, &tables).into_bytes())
        .await?;
    let mut counts = Vec::with_capacity(tables.len());
    for table in &tables {
        counts.push(write_table(&mut scope, &archive, table, currency).await?);
    }
    // The connection goes back before the log is written over one.
    drop(scope);
    let schema = readme::schema(workshop, currency, now, &tables, &counts);
    let schema = serde_json::to_vec_pretty(&schema).map_err(|error| incident(&error))?;
    archive.file("schema.json").await?;
    archive.bytes(schema).await?;
    let file = archive.finish().await?;
    // The password was asked for before this began, and nobody is asked again in the middle: only for being here still.
    let mut scope = Scope::<SeeStanding>::open(state, request, Access::Write).await?;
    exports::record(&mut scope, "everything, as tables", counts.iter().sum()).await?;
    scope.commit().await?;
    drop(turn);
    let name = format!("gantry-{}-{}.zip", session.org_slug, day_input(now.date_naive()));
    Ok(Takeout { file, name })
}

/// One table as CSV; how many rows it has.
async fn write_table(
    tx: &mut TenantTx,
    archive: &Archive,
    table: &Table,
    currency: Currency,
) -> AppResult<i64> {
    archive.file(format!("{}.csv", table.name)).await?;
    let mut csv = writer();
    let head: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    csv.write_record(head).map_err(|error| incident(&error))?;
    let mut count = 0_i64;
    let mut rows = pin!(data_export::rows(tx, table));
    while let Some(row) = rows.next().await {
        let cells = cells::row(&table.columns, row?, currency);
        csv.write_record(cells).map_err(|error| incident(&error))?;
        count += 1;
        if csv.get_ref().len() >= CHUNK {
            archive
                .bytes(bytes(std::mem::replace(&mut csv, writer()))?)
                .await?;
        }
    }
    archive.bytes(bytes(csv)?).await?;
    Ok(count)
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::with_capacity(CHUNK + 4096))
}

fn bytes(csv: csv::Writer<Vec<u8>>) -> AppResult<Vec<u8>> {
    csv.into_inner().map_err(|error| incident(&error))
}
