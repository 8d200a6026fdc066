//! What the frame shows. Plain data that the server puts together once for each page.

use crate::kernel::text_enum;
use crate::ui::text::MaybeText;
use crate::ui::tone::Tone;

/// Everything around a signed-in page.
#[derive(Clone, Debug, Default)]
pub struct FrameData {
    /// The page's name, for the reader of the frame's landmarks.
    pub title: String,
    /// Who is signed in.
    pub user_name: String,
    /// Their role, in the organization's words.
    pub role_label: String,
    /// The organization they work for.
    pub org_name: String,
    /// Its id.
    pub org: String,
    /// Every organization they may switch to, this one too: id and name.
    pub workshops: Vec<(String, String)>,
    /// The branches they may switch to: id and name.
    pub branches: Vec<(String, String)>,
    /// The branch they look at; none is all of them.
    pub current_branch: Option<String>,
    /// Whether "All branches" is a choice.
    pub all_branches: bool,
    /// A tablet that a branch shares: the menu offers the next person.
    pub shared: bool,
    /// The navigation, most used first: the bottom bar takes it from the top.
    pub nav: Vec<NavItem>,
    /// Lines above each page, the most urgent first: a trial that ends, a support access that runs.
    pub banners: Vec<Banner>,
    /// Nothing but this page and those in the navigation can be opened: no search, no branches.
    pub closed: bool,
    /// What the last action did.
    pub flash: Option<Flash>,
    /// What the search box holds.
    pub search: String,
    /// The chosen theme.
    pub theme: Theme,
}

impl FrameData {
    /// The name of the branch in view.
    pub fn branch_name(&self) -> &str {
        let current = self.current_branch.as_deref();
        let found = self.branches.iter().find(|(id, _)| Some(id.as_str()) == current);
        match (found, self.branches.as_slice()) {
            (Some((_, name)), _) | (None, [(_, name)]) => name,
            _ => "All branches",
        }
    }

    /// Whether there is anything to switch.
    pub fn can_switch(&self) -> bool {
        self.can_switch_branch() || self.can_switch_workshop()
    }

    pub(super) fn can_switch_branch(&self) -> bool {
        self.branches.len() + usize::from(self.all_branches) > 1
    }

    pub(super) fn can_switch_workshop(&self) -> bool {
        self.workshops.len() > 1
    }
}

/// One place to go.
#[derive(Clone, Debug, Default)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// Its name, one or two words.
    pub label: String,
    /// Its icon.
    pub icon: &'static str,
    /// Whether this page is inside it.
    pub active: bool,
    /// How many things wait there.
    pub badge: Option<u32>,
    /// The label in the bottom bar of a phone, if it is another one.
    pub short: Option<&'static str>,
    /// A heading above it in the side navigation, for the first item of a group.
    pub group: Option<&'static str>,
}

impl NavItem {
    /// An entry without a count.
    pub fn new(href: &str, label: &str, icon: &'static str) -> Self {
        Self {
            href: href.to_owned(),
            label: label.to_owned(),
            icon,
            ..Self::default()
        }
    }

    /// Marks the entry that the page belongs to.
    pub fn active(self, active: bool) -> Self {
        Self { active, ..self }
    }

    /// Shows a count; zero shows nothing.
    pub fn badge(self, count: u32) -> Self {
        Self {
            badge: (count > 0).then_some(count),
            ..self
        }
    }

    /// What the bottom bar of a phone calls it, where the label is too long for it.
    pub fn short(self, label: &'static str) -> Self {
        Self {
            short: Some(label),
            ..self
        }
    }

    /// Opens a group with a heading.
    pub fn group(self, heading: &'static str) -> Self {
        Self {
            group: Some(heading),
            ..self
        }
    }

    /// The value of `aria-current`.
    pub(super) fn current(&self) -> Option<&'static str> {
        self.active.then_some("page")
    }
}

/// A line above every page.
#[derive(Clone, Debug, Default)]
pub struct Banner {
    /// How urgent it is.
    pub tone: Tone,
    /// One sentence.
    pub text: String,
    /// Where to do something about it: address and words.
    pub action: Option<(String, String)>,
    /// What to do about it at once: where it posts, and words.
    pub post: Option<(String, String)>,
}

/// What the last action did, shown once.
#[derive(Clone, Debug, Default)]
pub struct Flash {
    /// Success fades away, danger stays.
    pub tone: Tone,
    /// One sentence.
    pub text: String,
}

impl Flash {
    /// It worked.
    pub fn success(text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Success,
            text: text.into(),
        }
    }

    /// It did not, and this is why.
    pub fn danger(text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Danger,
            text: text.into(),
        }
    }
}

text_enum! {
    /// The person's choice of colours, kept in the cookie `theme`.
    #[derive(Default)]
    pub enum Theme {
        /// What the device says.
        #[default]
        System = "system", "System";
        Light = "light", "Light";
        Dark = "dark", "Dark";
    }
}

impl Theme {
    /// The value of `data-theme` on the root element, absent when the device decides.
    pub fn data_theme(self) -> Option<&'static str> {
        (self != Theme::System).then_some(self.name())
    }

    /// Beside its label in the menu.
    pub(super) fn icon(self) -> &'static str {
        match self {
            Theme::System => "monitor",
            Theme::Light => "sun",
            Theme::Dark => "moon",
        }
    }
}

impl From<MaybeText> for Theme {
    fn from(name: MaybeText) -> Self {
        name.as_deref().and_then(Theme::parse).unwrap_or_default()
    }
}
