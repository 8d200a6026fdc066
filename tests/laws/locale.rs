//! Every page writes dates and times as the organization's country does: a workshop in the United States is shown no day before
//! its month and no hour after twelve, whatever page its owner opens.
use super::guards::{address, parameters, routes};
use crate::kit::rows::fill;
use crate::kit::{TestApp, Violations};
use gantry::kernel::permission::RIGHTS;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// What a person reads of a page: its text without tags, scripts and fields.
fn read(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let hidden = ["script", "style", "textarea"]
            .into_iter()
            .find(|name| tag.starts_with(name));
        rest = match hidden {
            Some(name) => tag
                .split_once(&format!("</{name}"))
                .map_or("", |(_, after)| after),
            None => tag.split_once('>').map_or("", |(_, after)| after),
        };
    }
    text + rest
}

/// `30 Nov 2026` and `13:40`.
fn foreign(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let pairs = words.windows(2).filter(|pair| {
        let day = pair[0].trim_matches(|c: char| !c.is_ascii_digit());
        let word = pair[1].trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        let month = MONTHS.contains(&word);
        month
            && day == pair[0].trim_start_matches('(')
            && day.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
    });
    let times = words.windows(2).filter(|pair| {
        let clock = pair[0].trim_matches(|c: char| !c.is_ascii_digit());
        let (hours, minutes) = clock.split_once(':').unwrap_or_default();
        let time = hours.parse::<u8>().is_ok() && minutes.len() == 2 && minutes.parse::<u8>().is_ok();
        time && !(pair[1].starts_with("AM") || pair[1].starts_with("PM"))
    });
    pairs.chain(times).map(|pair| pair.join(" ")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_american_workshop_reads_its_own_dates_and_times_everywhere() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let rows = fill(&mut nord.db().await, nord.org.uuid(), nord.main.id.uuid()).await;
    let settings = "update organization_settings set country = 'US', distance_unit = 'mi'";
    sqlx::Executor::execute(&mut nord.db().await, settings)
        .await
        .expect("a country");
    let owner = nord.owner().await;
    let mut violations = Violations::default();
    let (mut pages, mut american) = (0, 0);
    for route in routes().into_iter().filter(|route| route.method == "GET") {
        let path = address(&route, &vec![&rows; parameters(&route).len()]);
        // Public pages belong to no workshop, and a stream has no end.
        let own = RIGHTS.iter().any(|right| right.name == route.right);
        if path == "/events" || !own {
            continue;
        }
        let page = owner.get(&path).await;
        if page.status != 200 || !page.header("content-type").starts_with("text/html") {
            continue;
        }
        let text = read(&page.text());
        pages += 1;
        american += usize::from(text.contains(" AM") || text.contains(" PM"));
        violations.add(
            foreign(&text)
                .into_iter()
                .map(|found| format!("{}: {found}", route.path)),
        );
    }
    assert!(
        pages > 20 && american > 5,
        "{pages} pages, {american} with a time"
    );
    violations.none();
}

#[test]
fn a_foreign_date_and_a_foreign_time_are_seen() {
    let found = foreign(&read(
        "<p>Due <b>30 Nov</b> at 13:40</p><time datetime=\"2026-11-30T13:40\">11/30/2026, 1:40 PM</time>",
    ));
    assert_eq!(found, ["30 Nov", "13:40 11/30/2026,"]);
}
