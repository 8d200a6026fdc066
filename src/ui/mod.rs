//! The design system: everything Gantry looks like, and nothing it does.
//!
//! A workshop reads its screens in passing, so pages are calm: warm neutral surfaces, one orange accent for
//! what can be acted on, and tones (amber waits, red is late, green is done) only where they carry meaning.
//! With a mouse things are dense; under a finger each control is at least 44 px high, inside `class="bay"` 56 px.
//!
//! Rules for whoever builds a page
//! - Components take plain text and never know a feature. A text that may be missing is a [`text::MaybeText`]:
//!   pass a `&str`, a `String` or an `Option` of either.
//! - Everything works without script: menus and dialogs are popovers, tabs and pagers are links, buttons post forms.
//! - No `style="…"` attributes, the content security policy drops them. Use utilities, `<progress>` or SVG attributes.
//! - Colours are tokens (`text-muted`, `bg-surface`, `border-line`, `text-danger`, `bg-info-soft`); the palette of
//!   the framework does not exist here. Spacing, radii and type sizes come from `tailwind.config.js`.
//! - Layout helpers as classes: `stack` (vertical rhythm), `split` (work beside facts), `grid-auto` (tiles),
//!   `filters` (a row of filter controls).
//! - `Showcase` shows every component in all its states; add to it what you add here.

pub mod data;
pub mod feedback;
pub mod form;
pub mod icon;
pub mod island;
pub mod layout;
pub mod locale;
mod looks;
#[cfg(feature = "ssr")]
pub mod showcase;
pub mod terms;
pub mod text;
pub mod tone;

/// Everything a page or an island needs: `use crate::ui::prelude::*;`.
pub mod prelude {
    pub use super::data::*;
    pub use super::feedback::*;
    pub use super::form::*;
    pub use super::icon::Icon;
    pub use super::layout::*;
    pub use super::locale::locale;
    pub use super::terms::terms;
    pub use super::text::MaybeText;
    pub use super::tone::Tone;
}
