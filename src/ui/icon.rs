//! Icons, one sprite for all pages: the browser fetches `/icons.svg` once and keeps it.

use leptos::prelude::*;

/// The icons in the sprite.
pub const ICONS: &[&str] = &[
    "gauge",
    "kanban",
    "wrench",
    "car",
    "smartphone",
    "users",
    "user",
    "user-plus",
    "receipt",
    "credit-card",
    "search",
    "plus",
    "minus",
    "check",
    "x",
    "chevron-down",
    "chevron-up",
    "chevron-left",
    "chevron-right",
    "chevrons-up-down",
    "clock",
    "calendar",
    "calendar-check",
    "alert-triangle",
    "alert-circle",
    "info",
    "check-circle",
    "phone",
    "mail",
    "map-pin",
    "building",
    "log-out",
    "log-in",
    "moon",
    "sun",
    "monitor",
    "settings",
    "sliders",
    "printer",
    "file-text",
    "file-plus",
    "history",
    "message-square",
    "pencil",
    "trash",
    "more-horizontal",
    "grip-vertical",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "arrow-down",
    "arrow-up-right",
    "play",
    "pause",
    "square",
    "flag",
    "clipboard-check",
    "clipboard-list",
    "key",
    "lock",
    "unlock",
    "package",
    "boxes",
    "truck",
    "tag",
    "percent",
    "shield",
    "shield-check",
    "bell",
    "menu",
    "home",
    "layers",
    "hand",
    "camera",
    "image",
    "upload",
    "download",
    "filter",
    "link",
    "copy",
    "eye",
    "eye-off",
    "star",
    "send",
    "inbox",
    "refresh",
    "rotate-ccw",
    "circle",
    "circle-dot",
    "bar-chart",
    "trending-up",
    "trending-down",
    "wallet",
    "banknote",
    "landmark",
    "signature",
    "scan",
    "hard-hat",
    "warehouse",
    "ticket",
    "megaphone",
    "globe",
    "zap",
    "undo",
    "ban",
    "help",
    "paperclip",
    "archive",
    "split",
    "hash",
    "timer",
    "list",
    "grid",
    "command",
    "external-link",
    "tool",
    "fuel",
    "battery",
    "gift",
    "repeat",
    "gantry",
];

/// A line icon in the colour of the text around it. Decoration only: what it stands beside says it in words.
#[component]
pub fn Icon(
    /// One of [`ICONS`].
    name: &'static str,
    /// `icon-sm`, `icon-lg` or utilities.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let class = if class.is_empty() {
        "icon".to_owned()
    } else {
        format!("icon {class}")
    };
    view! {
        <svg class=class aria-hidden="true">
            <use href=format!("/icons.svg#{name}") />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::ICONS;

    const SPRITE: &str = include_str!("../../public/icons.svg");

    #[test]
    fn the_sprite_holds_exactly_the_named_icons() {
        let drawn: Vec<&str> = SPRITE
            .split("<symbol id=\"")
            .skip(1)
            .filter_map(|s| s.split('"').next())
            .collect();
        assert_eq!(drawn, ICONS);
    }
}
