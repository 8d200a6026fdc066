//! Its page sends nothing.
kit::examples! {}
