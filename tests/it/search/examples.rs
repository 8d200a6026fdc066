//! What somebody looks for.
kit::examples! {
    "GET /search", "q=winkelmann";
    "find", "query=winkelmann";
}
