//! The server's program: see `gantry --help`.

use std::process::ExitCode;

/// Rendering a page is thousands of small allocations: measured, a third of a page's time went into the C library's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    gantry::cli::run().await
}
