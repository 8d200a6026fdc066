//! Lists: what narrows them stands in the address, and so does where a page of them goes on.
use crate::kernel::form::{FieldSet, Word};
use crate::kernel::page::{Cursor, Slice};
use crate::ui::data::{ListFrame, SortLink};
use uuid::Uuid;

/// What stands in the address of a list. Made by [`list_query!`](crate::list_query).
pub trait ListQuery: Clone + Default {
    /// The list's own address.
    const PATH: &'static str;
    /// Its tabs and filters as controls.
    type Controls: FieldSet;

    /// Which list: names and values that choose a tab.
    fn tabs(&self) -> Vec<(&'static str, &str)>;
    /// What narrows it.
    fn filters(&self) -> Vec<(&'static str, &str)>;
    /// Its tabs and filters as controls, named and labelled.
    fn controls(&self) -> Self::Controls;
    /// The name of another order than the list's own.
    fn sort(&self) -> &str {
        ""
    }
    fn set_sort(&mut self, sort: &str);
    fn before(&self) -> &str;
    /// Without what narrows it, from the first page on.
    fn cleared(&self) -> Self;

    /// Where this page begins.
    fn cursor(&self) -> Cursor {
        Cursor::parse(Some(self.before()))
    }
    /// The row after which this page begins, in an order of which no key belongs in an address.
    fn after(&self) -> Option<Uuid> {
        self.before().parse().ok()
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
        let set = self
            .tabs()
            .into_iter()
            .chain(self.filters())
            .chain([("sort", self.sort())]);
        let set = set.filter(|(_, value)| !value.is_empty());
        let pairs: Vec<(&str, &str)> = set.chain(before.map(|key| ("before", key))).collect();
        match serde_urlencoded::to_string(&pairs) {
            Ok(query) if !query.is_empty() => format!("{}?{query}", Self::PATH),
            _ => Self::PATH.to_owned(),
        }
    }
    /// From the first page on.
    fn restart(&mut self);
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
            newer: (self.cursor() != Cursor::START || self.after().is_some()).then(|| self.href()),
            older: page.next.as_deref().map(|next| self.href_from(Some(next))),
            nothing: page.rows.is_empty(),
            ..ListFrame::default()
        }
    }
    /// The orders that this list can have, as links; `now` is the one that it has.
    fn orders<S: Sort>(&self, now: S, offered: &[S]) -> Vec<SortLink> {
        let link = |sort: &S| SortLink {
            column: sort.column(),
            label: sort.label().to_owned(),
            descending: sort.descending(),
            active: *sort == now,
            href: self.href_with(|query| {
                query.set_sort(if *sort == S::default() { "" } else { sort.name() });
                query.restart();
            }),
        };
        offered.iter().map(link).collect()
    }
}

/// Orders of a list that an index serves. Made with [`text_enum!`](crate::kernel::text_enum); the first is the list's own.
pub trait Sort: Word + Default {
    /// The column whose head leads to it.
    fn column(self) -> &'static str;
    /// Whether the largest comes first.
    fn descending(self) -> bool;

    /// From an address; an unknown word is the list's own order.
    fn of(query: &impl ListQuery) -> Self {
        let named = Self::all().iter().find(|sort| sort.name() == query.sort());
        named.copied().unwrap_or_default()
    }
}

/// Declares what stands in the address of a list: a tab chooses which one, a filter narrows it, `sorted` lets it have another order. Each is
/// named once, with the label of its control.
///
/// ```ignore
/// list_query! {
///     /// The list of customers.
///     pub struct CustomerQuery shows CustomerControls at "/customers" { tabs: [view: "List"], filters: [q: "Search"], sorted }
/// }
/// ```
/// Each is a string, without what no text has: the extractor of addresses cleans all of them. `query.controls()` are the controls of its page.
#[macro_export]
macro_rules! list_query {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident shows $controls:ident at $path:literal {
            tabs: [$($tab:ident : $tab_label:literal),*], filters: [$($filter:ident : $filter_label:literal),*] $(, $sorted:ident)? $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        $vis struct $name {
            $(pub $tab: String,)*
            $(pub $filter: String,)*
            /// Another order than the list's own.
            pub sort: String,
            /// Where the page goes on.
            pub before: String,
        }

        impl $crate::kernel::form::FromPosted for $name {
            fn from_posted(posted: &$crate::kernel::form::Posted) -> Option<Self> {
                Some(Self {
                    $($tab: posted.one(stringify!($tab))?,)*
                    $($filter: posted.one(stringify!($filter))?,)*
                    sort: posted.one("sort")?,
                    before: posted.one("before")?,
                })
            }
        }

        #[doc = concat!("The controls of [`", stringify!($name), "`] as its page shows them.")]
        #[derive(Clone, Debug)]
        $vis struct $controls {
            $(pub $tab: $crate::kernel::form::FieldView,)*
            $(pub $filter: $crate::kernel::form::FieldView,)*
        }

        impl $crate::kernel::form::FieldSet for $controls {
            fn all(&self) -> Vec<&$crate::kernel::form::FieldView> {
                vec![$(&self.$tab,)* $(&self.$filter,)*]
            }
        }

        impl $crate::server::http::list::ListQuery for $name {
            const PATH: &'static str = $path;
            type Controls = $controls;

            fn tabs(&self) -> Vec<(&'static str, &str)> {
                vec![$((stringify!($tab), self.$tab.trim())),*]
            }
            fn filters(&self) -> Vec<(&'static str, &str)> {
                vec![$((stringify!($filter), self.$filter.trim())),*]
            }
            fn controls(&self) -> $controls {
                $controls {
                    $($tab: $crate::kernel::form::FieldView::plain(stringify!($tab), $tab_label, self.$tab.trim()),)*
                    $($filter: $crate::kernel::form::FieldView::plain(stringify!($filter), $filter_label, self.$filter.trim()),)*
                }
            }
            $(fn sort(&self) -> &str {
                let $sorted = &self.sort;
                $sorted
            })?
            fn set_sort(&mut self, sort: &str) {
                sort.clone_into(&mut self.sort);
            }
            fn before(&self) -> &str {
                &self.before
            }
            fn restart(&mut self) {
                self.before.clear();
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
