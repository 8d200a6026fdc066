//! A browser's live stream.
use super::Actor;
use axum::body::{Body, BodyDataStream};
use axum::http::Request;
use futures::StreamExt;
use std::time::Duration;

impl Actor {
    /// Opens the live stream and hears its first word; or the status that refused it.
    pub async fn stream(&self) -> Result<BodyDataStream, u16> {
        self.stream_since("").await
    }

    /// As [`Actor::stream`], for a page with that mark.
    pub async fn stream_since(&self, mark: &str) -> Result<BodyDataStream, u16> {
        let request = Request::get(format!("/events?since={mark}"));
        let response = self.open(request, Body::empty()).await;
        if response.status() != 200 {
            return Err(response.status().as_u16());
        }
        let mut stream = response.into_body().into_data_stream();
        stream.next().await.expect("a hello").expect("a chunk");
        Ok(stream)
    }

    /// Opens the live stream, which has to end within three seconds of an act. The app has to run [in real time](super::TestApp::in_real_time)
    /// and listen to the database.
    pub async fn stream_ends_with(&self, act: impl AsyncFnOnce()) {
        let response = self.open(Request::get("/events"), Body::empty()).await;
        let mut stream = response.into_body().into_data_stream();
        let hello = stream.next().await.expect("a hello").expect("a chunk");
        let hello = String::from_utf8_lossy(&hello).into_owned();
        assert!(
            hello.contains("event: ready") && hello.contains("data: *"),
            "browsers pass over {hello:?}"
        );
        // The process has to listen before somebody speaks.
        tokio::time::sleep(Duration::from_millis(500)).await;
        act().await;
        let end = tokio::time::timeout(Duration::from_secs(3), async {
            while let Some(chunk) = stream.next().await {
                chunk.expect("a chunk");
            }
        });
        end.await.expect("the end of the stream");
    }
}
