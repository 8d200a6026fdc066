//! `/settings/data`.
use super::service::{self, Takeout};
use crate::kernel::permission::{TakeData, ViewTrails};
use crate::kernel::time::day_input;
use crate::server::db::constraint::incident;
use crate::server::prelude::*;
use crate::ui::prelude::*;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream, StreamExt};
use leptos::prelude::*;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::task::JoinHandle;

/// What is ready by then is sent with its length, and its failure with a page; a larger workshop's file follows when it is ready.
const PATIENCE: Duration = Duration::from_secs(12);

pub(super) async fn show(scope: Scope<TakeData>) -> PageResult {
    let may_see_log = scope.allows::<ViewTrails>() && scope.session().state != OrgState::Locked;
    let page = Page::new("Your data").nav("/settings/data");
    Ok(scope.page(page, move || {
        let log = may_see_log.then(|| {
            view! { <p>"Each download is recorded in the "<a class="link" href="/trail/exports">"log of exports"</a>"."</p> }
        });
        view! {
            <PageHeader title="Your data" crumbs=vec![("/settings".to_owned(), "Settings".to_owned())]/>
            <Card title="Everything, in one file" subtitle="Your data is yours, whether you stay or leave.">
                <div class="stack">
                    <p>{terms().say("A ZIP with one table for each kind of thing: customers, vehicles, work orders with everything in them, ")}
                        "invoices, payments, people and the activity log. Any spreadsheet program opens the tables; a description of every "
                        "table and column is in it."</p>
                    <p>"It contains your customers' personal data. Keep it safe."</p>
                    {log}
                    // A file of any size is the browser's own to save.
                    <div class="form-actions" data-native="">
                        <PostButton action="/settings/data/download" label="Download everything" icon="download" variant=Variant::Primary/>
                    </div>
                </div>
            </Card>
        }
    }))
}

pub(super) async fn download(scope: Scope<TakeData>) -> PageResult {
    let (state, request) = (scope.state.clone(), scope.request.clone());
    let (slug, day) = (
        scope.session().org_slug.clone(),
        day_input(scope.now().date_naive()),
    );
    let name = format!("gantry-{slug}-{day}.zip");
    // The scope said that it may be done; the file is read over connections of its own.
    drop(scope);
    let mut made = tokio::spawn(service::make(state, request));
    match tokio::time::timeout(PATIENCE, &mut made).await {
        Ok(made) => {
            let Takeout { file, name } = made.map_err(|error| incident(&error))??;
            let length = file.metadata().map_err(|error| incident(&error))?.len();
            let mut response = answer(&name, Body::from_stream(chunks(file)));
            response
                .headers_mut()
                .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            Ok(response)
        }
        Err(_) => Ok(answer(&name, Body::from_stream(when_made(made)))),
    }
}

fn answer(name: &str, body: Body) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("application/zip");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, body).into_response()
}

/// A failure breaks the download off: a file that is not whole cannot be opened.
fn when_made(made: JoinHandle<AppResult<Takeout>>) -> impl Stream<Item = std::io::Result<Bytes>> {
    stream::once(async move {
        match made.await {
            Ok(Ok(export)) => chunks(export.file).left_stream(),
            Ok(Err(error)) => broken(error.to_string()).right_stream(),
            Err(error) => broken(error.to_string()).right_stream(),
        }
    })
    .flatten()
}

fn broken(why: String) -> impl Stream<Item = std::io::Result<Bytes>> {
    stream::once(std::future::ready(Err(std::io::Error::other(why))))
}

fn chunks(file: std::fs::File) -> impl Stream<Item = std::io::Result<Bytes>> {
    stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut chunk = Vec::with_capacity(64 * 1024);
        let read = file.read_buf(&mut chunk).await?;
        Ok((read > 0).then(|| (Bytes::from(chunk), file)))
    })
}
