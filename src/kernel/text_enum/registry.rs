//! All declarations of the product, collected by the linker, so that a law finds every one without a list.

/// One declaration: its words, and the columns that hold them.
pub struct TextEnum {
    pub name: &'static str,
    pub words: &'static [&'static str],
    pub columns: &'static [Column],
}

/// A column whose check allows these words.
pub struct Column {
    /// `table.column`, as the catalogue writes it.
    pub name: &'static str,
    /// Words of the enum that this column never holds.
    pub without: &'static [&'static str],
    /// Words of the column that are none of the enum's.
    pub with: &'static [&'static str],
}

inventory::collect!(TextEnum);

/// Every declaration, wherever it stands.
pub fn all() -> impl Iterator<Item = &'static TextEnum> {
    inventory::iter::<TextEnum>.into_iter()
}

macro_rules! register {
    ($($declared:tt)*) => {
        inventory::submit! { $crate::kernel::text_enum::TextEnum { $($declared)* } }
    };
}
pub(crate) use register;
