//! A page as a person finds their way on it: a row by what it is, a cell by its column's head, a link by its words. A sentence that moves to
//! another place of the page fails a test that looks here; new markup around it does not.
use crate::Answer;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A page that was read as a browser reads it.
pub struct Page(Handle);

/// A row of a table.
pub struct Row {
    row: Handle,
    heads: Vec<String>,
}

impl Answer {
    pub fn page(&self) -> Page {
        let parser = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default());
        Page(parser.one(self.text()).document)
    }
}

/// An element's own name; empty for a text.
fn tag(node: &Handle) -> &str {
    match &node.data {
        NodeData::Element { name, .. } => &name.local,
        _ => "",
    }
}

fn attribute(node: &Handle, name: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else {
        return None;
    };
    let attrs = attrs.borrow();
    let found = attrs.iter().find(|attribute| &*attribute.name.local == name)?;
    Some(found.value.to_string())
}

/// The elements inside a node whose name is one of these, in the order of the page.
fn inside(node: &Handle, tags: &[&str]) -> Vec<Handle> {
    let mut found = Vec::new();
    for child in node.children.borrow().iter() {
        if tags.contains(&tag(child)) {
            found.push(child.clone());
        }
        found.extend(inside(child, tags));
    }
    found
}

fn collect_text(node: &Handle, text: &mut String) {
    if let NodeData::Text { contents } = &node.data {
        text.push_str(&contents.borrow());
    }
    if !["script", "style", "template"].contains(&tag(node)) {
        for child in node.children.borrow().iter() {
            collect_text(child, text);
        }
    }
}

/// What a person reads, with one space for any.
fn words(node: &Handle) -> String {
    let mut text = String::new();
    collect_text(node, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Page {
    fn all(&self, tag: &str) -> Vec<Handle> {
        inside(&self.0, &[tag])
    }

    /// What a person reads in each element of that name: `page.each("h2")`.
    pub fn each(&self, tag: &str) -> Vec<String> {
        self.all(tag).iter().map(words).collect()
    }

    /// Where the link with these words leads.
    #[track_caller]
    pub fn link(&self, text: &str) -> String {
        let links = self.all("a");
        let found = links.iter().find(|link| words(link).contains(text));
        let found = found.unwrap_or_else(|| panic!("no link says {text}: {:?}", self.each("a")));
        attribute(found, "href").unwrap_or_default()
    }

    /// Where a list goes on, if it does.
    pub fn next(&self) -> Option<String> {
        let links = self.all("a");
        let next = links
            .into_iter()
            .find(|link| attribute(link, "rel").as_deref() == Some("next"))?;
        attribute(&next, "href")
    }

    /// Every row of the tables' bodies.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for table in self.all("table") {
            let heads: Vec<String> = inside(&table, &["thead"])
                .iter()
                .flat_map(|head| inside(head, &["th"]))
                .map(|head| words(&head))
                .collect();
            for body in inside(&table, &["tbody"]) {
                rows.extend(inside(&body, &["tr"]).into_iter().map(|row| Row {
                    row,
                    heads: heads.clone(),
                }));
            }
        }
        rows
    }

    /// The first row that says this, wherever in it.
    #[track_caller]
    pub fn row(&self, text: &str) -> Row {
        let found = self.rows().into_iter().find(|row| row.words().contains(text));
        found.unwrap_or_else(|| {
            let all: Vec<String> = self.rows().iter().map(Row::words).collect();
            panic!("no row says {text}: {all:?}")
        })
    }
}

impl Row {
    pub fn words(&self) -> String {
        words(&self.row)
    }

    /// What stands under a head.
    #[track_caller]
    pub fn cell(&self, head: &str) -> String {
        let place = self.heads.iter().position(|other| other == head);
        let place = place.unwrap_or_else(|| panic!("no column {head} among {:?}", self.heads));
        let cells = inside(&self.row, &["td", "th"]);
        words(
            cells
                .get(place)
                .unwrap_or_else(|| panic!("nothing under {head}: {}", self.words())),
        )
    }

    /// Where the row leads.
    #[track_caller]
    pub fn href(&self) -> String {
        let link = inside(&self.row, &["a"]).into_iter().next();
        let link = link.unwrap_or_else(|| panic!("the row leads nowhere: {}", self.words()));
        attribute(&link, "href").unwrap_or_default()
    }
}
