//! What the log must not know.
use crate::kit::TestApp;
use gantry::app::product;
use gantry::server::telemetry;
use std::io::Write;
use std::sync::{Arc, Mutex};

/// A log that can be read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").write(line)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_of_an_address_is_logged_whatever_the_level() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(telemetry::filter("trace"))
        .with_writer(move || writer.clone())
        .finish();
    // With one dispatcher alone, a place that another test's thread reaches first is switched off for every thread.
    let _other = tracing::Dispatch::new(tracing_subscriber::registry());
    let _here = tracing::subscriber::set_default(subscriber);
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let secret = "5ec2e7".repeat(11)[..64].to_owned();
    for route in product(true)
        .app
        .routes()
        .into_iter()
        .chain(product(false).app.platform_routes())
    {
        let parts = route.path.split('/').map(|part| match part.starts_with('{') {
            true => secret.as_str(),
            false => part,
        });
        let path = parts.collect::<Vec<_>>().join("/");
        visitor.get(&format!("{path}?next={secret}")).await;
        visitor
            .post(&path, &[("password", &secret), ("code", &secret)])
            .await;
    }
    visitor.get(&format!("/nowhere/{secret}")).await;
    let log = String::from_utf8(log.0.lock().expect("the log").clone()).expect("text");
    assert!(
        log.contains("/reset/{secret}"),
        "requests are logged by their route"
    );
    assert!(!log.contains(&secret), "{log}");
}
