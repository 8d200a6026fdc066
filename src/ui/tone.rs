//! What a colour says. Tones are meanings first; labels that a workshop colours itself pick from them too.

/// The mood of a badge, alert, tile or history entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing to notice.
    #[default]
    Neutral,
    /// Ours: selected, current, the workshop itself.
    Accent,
    /// Under way, good to know.
    Info,
    /// Done, paid, ready.
    Success,
    /// Waits for somebody, due soon.
    Warning,
    /// Late, failed, refused.
    Danger,
    /// Waits for things rather than people (parts, a sublet).
    Violet,
    /// Free for labels.
    Teal,
    /// Free for labels.
    Pink,
}

impl Tone {
    /// Every tone, for pickers.
    pub const ALL: [Tone; 9] = [
        Tone::Neutral,
        Tone::Accent,
        Tone::Info,
        Tone::Success,
        Tone::Warning,
        Tone::Danger,
        Tone::Violet,
        Tone::Teal,
        Tone::Pink,
    ];

    /// The name under which a tone is stored and posted.
    pub fn as_str(self) -> &'static str {
        match self {
            Tone::Neutral => "neutral",
            Tone::Accent => "accent",
            Tone::Info => "info",
            Tone::Success => "success",
            Tone::Warning => "warning",
            Tone::Danger => "danger",
            Tone::Violet => "violet",
            Tone::Teal => "teal",
            Tone::Pink => "pink",
        }
    }

    /// The tone of that name, or the neutral one.
    pub fn parse(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|tone| tone.as_str() == name)
            .unwrap_or_default()
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tone_survives_its_name() {
        for tone in Tone::ALL {
            assert_eq!(Tone::parse(tone.as_str()), tone);
        }
        assert_eq!(Tone::parse("beige"), Tone::Neutral);
    }
}
