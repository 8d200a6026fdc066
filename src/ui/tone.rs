//! What a colour says. Tones are meanings first; labels that a workshop colours itself pick from them too.

use crate::kernel::text_enum;

text_enum! {
    /// The mood of a badge, alert, tile or history entry.
    #[derive(Default)]
    pub enum Tone {
        /// Nothing to notice.
        #[default]
        Neutral = "neutral", "Neutral";
        /// Ours: selected, current, the workshop itself.
        Accent = "accent", "Accent";
        /// Under way, good to know.
        Info = "info", "Info";
        /// Done, paid, ready.
        Success = "success", "Success";
        /// Waits for somebody, due soon.
        Warning = "warning", "Warning";
        /// Late, failed, refused.
        Danger = "danger", "Danger";
        /// Waits for things rather than people (parts, a sublet).
        Violet = "violet", "Violet";
        /// Free for labels.
        Teal = "teal", "Teal";
        /// Free for labels.
        Pink = "pink", "Pink";
    }
}

impl Tone {
    /// The class that sets the tone's pair of colours on an element.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "tone-neutral",
            Tone::Accent => "tone-accent",
            Tone::Info => "tone-info",
            Tone::Success => "tone-success",
            Tone::Warning => "tone-warning",
            Tone::Danger => "tone-danger",
            Tone::Violet => "tone-violet",
            Tone::Teal => "tone-teal",
            Tone::Pink => "tone-pink",
        }
    }

    /// The icon that says the same without colour.
    pub fn icon(self) -> &'static str {
        match self {
            Tone::Success => "check-circle",
            Tone::Warning => "alert-triangle",
            Tone::Danger => "alert-circle",
            _ => "info",
        }
    }
}
