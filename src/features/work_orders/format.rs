//! Times and amounts as this feature's pages say them.
use crate::kernel::Locale;
use crate::ui::tone::Tone;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// `2 h 10 min`, `3 d 4 h`: how long something takes or took.
pub(crate) fn duration(span: TimeDelta) -> String {
    let minutes = span.num_minutes().abs();
    match (minutes / 1_440, minutes / 60 % 24, minutes % 60) {
        (0, 0, m) => format!("{m} min"),
        (0, h, 0) => format!("{h} h"),
        (0, h, m) => format!("{h} h {m} min"),
        (d, 0, _) => format!("{d} d"),
        (d, h, _) => format!("{d} d {h} h"),
    }
}

/// A promise's mood and words: red when past, amber within the hour. A closed order keeps no promise any more.
pub(crate) fn promise(
    promised: Option<DateTime<Utc>>,
    due: bool,
    now: DateTime<Utc>,
    locale: Locale,
    zone: Tz,
) -> Option<(Tone, String)> {
    let at = promised?;
    let text = locale.near(at, now, &zone);
    Some(if !due {
        (Tone::Neutral, text)
    } else if at < now {
        (Tone::Danger, format!("{text} · {} late", duration(now - at)))
    } else if at - now <= TimeDelta::hours(1) {
        (Tone::Warning, format!("{text} · in {}", duration(at - now)))
    } else {
        (Tone::Neutral, text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_turns_amber_within_the_hour_and_red_when_past() {
        let now: DateTime<Utc> = "2026-05-04T10:00:00Z".parse().expect("a time");
        let tone = |minutes: i64, open: bool| {
            promise(
                Some(now + TimeDelta::minutes(minutes)),
                open,
                now,
                Locale::NEUTRAL,
                chrono_tz::UTC,
            )
            .map(|p| p.0)
        };
        assert_eq!(tone(90, true), Some(Tone::Neutral));
        assert_eq!(tone(60, true), Some(Tone::Warning));
        assert_eq!(tone(-1, true), Some(Tone::Danger));
        assert_eq!(tone(-1, false), Some(Tone::Neutral));
        assert_eq!(promise(None, true, now, Locale::NEUTRAL, chrono_tz::UTC), None);
    }

    #[test]
    fn spans_and_figures_read_well() {
        assert_eq!(duration(TimeDelta::minutes(130)), "2 h 10 min");
        assert_eq!(duration(TimeDelta::hours(76)), "3 d 4 h");
    }
}
