//! A label and its colour.
use super::form::LabelData;
use crate::domain::order::Phase;
use crate::kernel::{LabelId, text_enum};
use crate::ui::data::Chip;
use crate::ui::tone::Tone;

/// Labels that a workshop has at most, without archived ones.
pub const MOST: i64 = 80;

text_enum! {
    /// Colours that can be told apart and read, in light and in dark.
    pub enum LabelColor in { "labels.color" } {
        Slate = "slate", "Slate";
        Orange = "orange", "Orange";
        Blue = "blue", "Blue";
        Green = "green", "Green";
        Yellow = "yellow", "Yellow";
        Red = "red", "Red";
        Violet = "violet", "Violet";
        Teal = "teal", "Teal";
        Pink = "pink", "Pink";
    }
}

impl LabelColor {
    /// The pair of colours of the design system.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Slate => Tone::Neutral,
            Self::Orange => Tone::Accent,
            Self::Blue => Tone::Info,
            Self::Green => Tone::Success,
            Self::Yellow => Tone::Warning,
            Self::Red => Tone::Danger,
            Self::Violet => Tone::Violet,
            Self::Teal => Tone::Teal,
            Self::Pink => Tone::Pink,
        }
    }
    /// A label of this colour as it is shown.
    pub fn chip(self, name: impl Into<String>) -> Chip {
        Chip {
            label: name.into(),
            tone: self.tone(),
        }
    }
}

/// A label as the settings show it.
#[derive(Clone, Debug)]
pub struct Label {
    pub id: LabelId,
    pub data: LabelData,
    pub is_default: bool,
    pub archived: bool,
    /// Work orders that carry it now.
    pub orders: i64,
    pub version: i32,
}

/// What an order can carry.
#[derive(Clone, Debug)]
pub struct Choice {
    pub id: LabelId,
    pub chip: Chip,
    /// Whether the order carries it.
    pub chosen: bool,
}

/// The phases that have labels: the columns of the board.
pub fn phases() -> Vec<(String, String)> {
    Phase::open()
        .map(|phase| (phase.name().to_owned(), phase.label().to_owned()))
        .collect()
}
