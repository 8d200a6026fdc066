//! How an owner takes everything along.
kit::examples! {
    "POST /settings/data/download", "";
}
