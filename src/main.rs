//! The server's program: see `gantry --help`.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    gantry::server::cli::run().await
}
