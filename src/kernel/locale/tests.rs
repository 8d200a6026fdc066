//! The same moment, number and address, as each country writes it.
use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

#[test]
fn a_moment_is_written_as_the_country_writes_it() {
    let afternoon = at("2026-11-30T13:40:00Z");
    for (country, written) in [
        ("", "30 Nov 2026, 13:40"),
        ("DE", "30 Nov 2026, 13:40"),
        ("GB", "30 Nov 2026, 13:40"),
        ("US", "11/30/2026, 1:40 PM"),
        ("IN", "30 Nov 2026, 1:40 PM"),
        ("CA", "2026-11-30, 1:40 PM"),
        ("SE", "2026-11-30, 13:40"),
        ("nonsense", "30 Nov 2026, 13:40"),
    ] {
        assert_eq!(Locale::of(country).moment(afternoon, &Utc), written, "{country}");
    }
    let midnight = at("2026-11-30T00:05:00Z");
    assert_eq!(Locale::of("US").time_at(midnight, &Utc), "12:05 AM");
}

#[test]
fn what_is_near_leaves_out_what_everybody_knows() {
    let now = at("2026-11-30T09:00:00Z");
    for (when, german, american) in [
        ("2026-11-30T13:40:00Z", "Today, 13:40", "Today, 1:40 PM"),
        ("2026-12-01T13:40:00Z", "Tomorrow, 13:40", "Tomorrow, 1:40 PM"),
        (
            "2026-11-21T13:40:00Z",
            "Sat 21 Nov, 13:40",
            "Sat, Nov 21, 1:40 PM",
        ),
        (
            "2025-11-21T13:40:00Z",
            "21 Nov 2025, 13:40",
            "11/21/2025, 1:40 PM",
        ),
    ] {
        assert_eq!(Locale::of("DE").near(at(when), now, &Utc), german);
        assert_eq!(Locale::of("US").near(at(when), now, &Utc), american);
    }
}

#[test]
fn days_are_written_long_and_short() {
    let (german, american, day) = (Locale::of("DE"), Locale::of("US"), day("2026-11-03"));
    assert_eq!(german.long_day(day), "3 November 2026");
    assert_eq!(american.long_day(day), "November 3, 2026");
    assert_eq!(german.long_weekday_and_day(day), "Tuesday, 3 November");
    assert_eq!(american.long_weekday_and_day(day), "Tuesday, November 3");
    assert_eq!(
        (german.day_of_year(day), american.day_of_year(day)),
        ("3 Nov".into(), "Nov 3".into())
    );
    assert_eq!(american.month(Month::of(day)), "November 2026");
}

#[test]
fn readings_addresses_and_words_follow_the_country() {
    let [german, american, indian] = ["DE", "US", "IN"].map(Locale::of);
    assert_eq!(german.reading(184_250, "km"), "184,250 km");
    assert_eq!(indian.reading(184_250, "km"), "1,84,250 km");
    assert_eq!(
        german.address("Kai 1", "20457", "Hamburg"),
        "Kai 1, 20457 Hamburg"
    );
    assert_eq!(
        american.address("1 Oak St", "97201", "Portland, OR"),
        "1 Oak St, Portland, OR 97201"
    );
    assert_eq!(german.address("", "", "Hamburg"), "Hamburg");
    assert_eq!(
        (american.postal_code_label(), indian.postal_code_label()),
        ("ZIP code", "PIN code")
    );
    assert_eq!(
        (american.word("Labor"), german.word("Labor")),
        ("Labor", "Labour")
    );
    assert_eq!(
        (american.word("Check"), Locale::of("CA").word("Check")),
        ("Check", "Cheque")
    );
    assert_eq!(Locale::of("CA").word("tires"), "tires");
    assert_eq!(german.word("Brake"), "Brake");
    assert_eq!(
        (american.net(), german.net(), american.tax()),
        ("Subtotal", "Net", "Sales tax")
    );
}
