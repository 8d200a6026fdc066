//! Lists: what narrows them stands in the address, and so does where a page of them goes on.
use crate::kernel::page::{Cursor, Slice};
use crate::ui::data::ListFrame;

/// What stands in the address of a list. Made by [`list_query!`](crate::list_query).
pub trait ListQuery: Clone + Default {
    /// The list's own address.
    const PATH: &'static str;

    /// Which list: names and values that choose a tab.
    fn tabs(&self) -> Vec<(&'static str, &str)>;
    /// What narrows it.
    fn filters(&self) -> Vec<(&'static str, &str)>;
    fn before(&self) -> &str;
    /// Without what narrows it, from the first page on.
    fn cleared(&self) -> Self;

    /// Where this page begins.
    fn cursor(&self) -> Cursor {
        Cursor::parse(Some(self.before()))
    }
    /// Whether somebody looks for something.
    fn is_narrowed(&self) -> bool {
        self.filters().iter().any(|(_, value)| !value.is_empty())
    }
    /// The address of the first page.
    fn href(&self) -> String {
        self.href_from(None)
    }
    /// The address of the page that goes on there.
    fn href_from(&self, before: Option<&str>) -> String {
        let set = self.tabs().into_iter().chain(self.filters());
        let set = set.filter(|(_, value)| !value.is_empty());
        let pairs: Vec<(&str, &str)> = set.chain(before.map(|key| ("before", key))).collect();
        match serde_urlencoded::to_string(&pairs) {
            Ok(query) if !query.is_empty() => format!("{}?{query}", Self::PATH),
            _ => Self::PATH.to_owned(),
        }
    }
    /// The address of the first page with another choice.
    fn href_with(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut other = self.clone();
        change(&mut other);
        other.href()
    }
    /// What the list's page shows around these rows.
    fn frame<T>(&self, title: &str, page: &Slice<T>) -> ListFrame {
        ListFrame {
            title: title.to_owned(),
            path: Self::PATH,
            narrowed: self.is_narrowed(),
            clear: self.cleared().href(),
            newer: (self.cursor() != Cursor::START).then(|| self.href()),
            older: page.next.as_deref().map(|next| self.href_from(Some(next))),
            nothing: page.rows.is_empty(),
            ..ListFrame::default()
        }
    }
}

/// Declares what stands in the address of a list: a tab chooses which one, a filter narrows it.
///
/// ```ignore
/// list_query! {
///     /// The list of customers.
///     pub struct CustomerQuery at "/customers" { tabs: [view], filters: [q] }
/// }
/// ```
/// Each is a string, without what no text has: the extractor of addresses cleans all of them.
#[macro_export]
macro_rules! list_query {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident at $path:literal {
            tabs: [$($tab:ident),*], filters: [$($filter:ident),*] $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, serde::Deserialize)]
        #[serde(default)]
        $vis struct $name {
            $(pub $tab: String,)*
            $(pub $filter: String,)*
            /// Where the page goes on.
            pub before: String,
        }

        impl $crate::server::http::list::ListQuery for $name {
            const PATH: &'static str = $path;

            fn tabs(&self) -> Vec<(&'static str, &str)> {
                vec![$((stringify!($tab), self.$tab.trim())),*]
            }
            fn filters(&self) -> Vec<(&'static str, &str)> {
                vec![$((stringify!($filter), self.$filter.trim())),*]
            }
            fn before(&self) -> &str {
                &self.before
            }
            fn cleared(&self) -> Self {
                Self {
                    $($tab: self.$tab.clone(),)*
                    ..Self::default()
                }
            }
        }
    };
}
