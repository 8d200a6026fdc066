//! Its pages send nothing.
kit::examples! {}
