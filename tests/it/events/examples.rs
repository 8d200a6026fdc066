//! A stream sends nothing.
kit::examples! {}
