//! What a page reads is a page, not a history. Three workshops lie in the same tables, two of them with years of work; every page
//! and every link to a list on it is opened, and no step of any plan may handle more rows than a few pages have. Counts of rows and
//! buffers are the same in every run, whatever the machine does.
use super::explain::{Explained, Node, Plan};
use super::guards::{address, parameters, routes};
use crate::kit::Violations;
use crate::kit::bulk::{self, Size};
use crate::kit::rows::fill;
use crate::kit::{Actor, Answer, TestApp, Workshop, apart};
use gantry::kernel::Role;
use sqlx::Executor;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::OnceLock;

/// A step may handle twelve pages' rows: what lies between the rows that are shown is skipped, not read through.
const ROWS: u64 = 300;
/// Buffers for every row that is shown.
const BUFFERS_PER_ROW: u64 = 10;
/// Buffers for everything else: the session, the frame, the way through the indexes.
const BUFFERS: u64 = 500;

/// Pages that read more, by what their address begins with or holds: how many rows a step may handle, buffers besides those of the
/// rows, and why.
const ALLOWED: &[(&str, u64, u64, &str)] = &[
    (
        "/dashboard",
        1_000,
        1_500,
        "adds up half a year's invoices and everything open",
    ),
    (
        "/board",
        1_000,
        500,
        "three hundred cards, with the technicians of each",
    ),
    (
        "/my-jobs",
        ROWS,
        4_000,
        "each order is there with all its jobs, lines, concerns and notes, and what is free on every open order",
    ),
    (
        "/invoices/",
        500,
        2_000,
        "a customer's credit is everything they ever paid, less what it pays",
    ),
    (
        "/customers/",
        700,
        1_000,
        "a member of one branch looks past a fleet's orders at the others",
    ),
    (
        "?q=",
        5_000,
        1_500,
        "ranks every hit, and looks through a technician's own orders",
    ),
    (
        "?month=",
        ROWS,
        2_500,
        "the sum under a month reads its documents",
    ),
];

fn allowance(path: &str) -> Option<usize> {
    let fits = |part: &str| path.starts_with(part) || part.starts_with('?') && path.contains(&part[1..]);
    ALLOWED.iter().position(|(part, ..)| fits(part))
}

/// What is wrong with how a page was read.
fn breaches(shown: u64, plans: &[Plan], most_rows: u64, more_buffers: u64) -> Vec<String> {
    let mut breaches = Vec::new();
    for plan in plans {
        let worst = plan.nodes().into_iter().max_by_key(|node| node.rows());
        if let Some(node) = worst.filter(|node| node.rows() > most_rows) {
            let words: Vec<&str> = plan.statement().split_whitespace().take(14).collect();
            breaches.push(format!(
                "{} rows in {}: {}",
                node.rows(),
                node.name(),
                words.join(" ")
            ));
        }
    }
    let buffers: u64 = plans.iter().map(Plan::buffers).sum();
    let most = BUFFERS_PER_ROW * shown + more_buffers;
    if buffers > most {
        let mut dearest: Vec<_> = plans
            .iter()
            .map(|plan| (plan.buffers(), plan.statement()))
            .collect();
        dearest.sort_unstable_by(|a, b| b.cmp(a));
        let dearest: Vec<_> = dearest
            .iter()
            .take(4)
            .map(|(buffers, statement)| {
                format!(
                    "\n    {buffers} in {}",
                    statement
                        .split_whitespace()
                        .take(24)
                        .collect::<Vec<_>>()
                        .join(" ")
                )
            })
            .collect();
        breaches.push(format!(
            "{buffers} buffers for {shown} rows, not {most}{}",
            dearest.concat()
        ));
    }
    breaches
}

/// Looks at every page, with its allowance if it needs one.
#[derive(Default)]
struct Looker {
    violations: Violations,
    opened: u32,
    used: BTreeSet<usize>,
}

impl Looker {
    fn look(&mut self, who: &str, path: &str, page: &Answer, plans: &[Plan]) {
        self.opened += 1;
        let shown = rows_shown(page);
        let mut breaches_of_page = breaches(shown, plans, ROWS, BUFFERS);
        if let Some(known) = allowance(path).filter(|_| !breaches_of_page.is_empty()) {
            self.used.insert(known);
            let (_, rows, buffers, _) = ALLOWED[known];
            breaches_of_page = breaches(shown, plans, rows, buffers);
        }
        self.violations.add(
            breaches_of_page
                .into_iter()
                .map(|breach| format!("{path} for {who}: {breach}")),
        );
    }
}

/// Rows are what leads to something: the different addresses with an id.
fn rows_shown(page: &Answer) -> u64 {
    let links = links(page);
    let rows = links
        .iter()
        .filter(|link| link.split('?').next().unwrap_or_default().contains('_'));
    rows.count() as u64
}

fn links(page: &Answer) -> BTreeSet<String> {
    let text = page.text();
    let links = text
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    links.map(|link| link.replace("&amp;", "&")).collect()
}

/// One address for all months, one for all cursors: `/invoices?month=#&before=#`.
fn shape(link: &str) -> String {
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let pairs = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value)) if value.contains(|c: char| c.is_ascii_digit()) => format!("{name}=#"),
        _ => pair.to_owned(),
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

/// Opens pages and what they lead to, as far as it is a list of ours, each shape of address twice at most.
async fn walk(
    of: &Explained,
    actor: &Actor,
    start: Vec<String>,
    mut look: impl FnMut(&str, &Answer, &[Plan]),
) {
    let lists: BTreeSet<String> = routes()
        .into_iter()
        .filter(|route| route.method == "GET" && route.params.is_empty() && route.path != "/events")
        .map(|route| route.path)
        .collect();
    let (mut seen, mut shapes) = (BTreeSet::new(), BTreeMap::<String, u32>::new());
    let mut waiting: VecDeque<_> = start.into_iter().map(|path| (path, 0)).collect();
    while let Some((path, depth)) = waiting.pop_front() {
        let times = shapes.entry(shape(&path)).or_default();
        if *times == 2 || !seen.insert(path.clone()) {
            continue;
        }
        *times += 1;
        let (page, plans) = of.get(actor, &path).await;
        assert!(page.status.as_u16() < 500, "{path}: {}", page.status);
        if page.status != 200 {
            continue;
        }
        look(&path, &page, &plans);
        if depth < 2 {
            let further = links(&page).into_iter().filter(|link| {
                let (list, query) = link.split_once('?').unwrap_or((link, ""));
                lists.contains(list) && !query.is_empty()
            });
            waiting.extend(further.map(|link| (link, depth + 1)));
        }
    }
}

/// Words to search for: many hits, one, none but near names, none but near plates, the end of a VIN with a slip, a telephone number.
const WORDS: [&str; 6] = [
    "winkelmann",
    "HH-NG+77",
    "vinkelman",
    "HH-GT+77",
    "10O00177",
    "030+1000012",
];

/// Two years of work, among two other workshops in the same tables, and what is opened there.
struct Years {
    app: TestApp,
    start: Vec<String>,
    people: Vec<(&'static str, Actor)>,
}

impl Years {
    fn made() -> &'static Self {
        static MADE: OnceLock<Years> = OnceLock::new();
        MADE.get_or_init(|| apart(Self::build))
    }

    async fn build() -> Self {
        let app = TestApp::new().await;
        let nord = app.workshop("nord").await;
        bulk::fill(&nord, Size::YEARS).await;
        bulk::fill(&app.workshop("sued").await, Size::YEARS).await;
        bulk::fill(&app.workshop("west").await, Size::MONTHS).await;
        let one = fill(&mut nord.db().await, nord.org.uuid(), nord.main.id.uuid()).await;
        let full = bulk::fullest(&nord, Size::YEARS, &one).await;
        let pages = routes()
            .into_iter()
            .filter(|route| route.method == "GET" && route.path != "/events");
        let mut start: Vec<String> = pages
            .map(|route| address(&route, &vec![&full; parameters(&route).len()]))
            .collect();
        for word in WORDS {
            let lists = ["/search", "/customers", "/vehicles", "/work-orders"];
            start.extend(lists.map(|list| format!("{list}?q={word}")));
        }
        let people = people(&nord).await;
        let mut admin = app.db_admin().await;
        // Of every row, not of a sample: the same plans in every run.
        admin
            .execute("set default_statistics_target = 1000")
            .await
            .expect("a setting");
        admin.execute("vacuum analyze").await.expect("statistics");
        Self { app, start, people }
    }
}

async fn people(nord: &Workshop) -> Vec<(&'static str, Actor)> {
    // A young branch and a new colleague: what they may see lies far apart, or nowhere.
    let young = nord.branch("NEW").await;
    vec![
        ("the owner", nord.owner().await),
        ("a technician", bulk::technician(nord).await),
        (
            "a manager of a young branch",
            nord.member("nell", Role::Manager, &[young.id]).await,
        ),
        ("a new technician", nord.technician("theo").await),
    ]
}

/// What one of them finds, in a database of their own: they look at the same time.
async fn looked(place: usize) -> Looker {
    let years = Years::made();
    let app = years.app.copy().await;
    let (who, actor) = &years.people[place];
    let explained = Explained::of(&app).await;
    let mut looker = Looker::default();
    let look = |path: &str, page: &Answer, plans: &[Plan]| looker.look(who, path, page, plans);
    walk(&explained, &actor.copied_to(&app), years.start.clone(), look).await;
    looker
}

#[test]
fn no_page_reads_a_history() {
    let places = 0..Years::made().people.len();
    let looking: Vec<_> = places
        .map(|place| std::thread::spawn(move || apart(move || looked(place))))
        .collect();
    let mut all = Looker::default();
    for looker in looking {
        let looker = looker.join().expect("somebody who looked everywhere");
        all.violations.0.extend(looker.violations.0);
        all.opened += looker.opened;
        all.used.extend(looker.used);
    }
    all.violations.none();
    assert!(all.opened > 150, "only {} pages", all.opened);
    for (index, (part, .., reason)) in ALLOWED.iter().enumerate() {
        assert!(
            all.used.contains(&index),
            "{part} needs no allowance any more ({reason})"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_similar_mark_is_looked_up_and_a_list_without_its_index_is_seen() {
    let years = Years::made();
    let app = years.app.copy().await;
    let (mut admin, owner) = (app.db_admin().await, years.people[0].1.copied_to(&app));
    let explained = Explained::of(&app).await;
    // A similar mark is a look into an index, not a comparison with every mark.
    let (page, plans) = explained.get(&owner, "/search?q=HH-GT+77").await;
    assert!(page.shows("Similar plate"));
    let near = plans
        .iter()
        .find(|plan| plan.statement().contains("e.near && keys"));
    let steps: Vec<String> = near
        .expect("the plan of near marks")
        .nodes()
        .into_iter()
        .map(Node::name)
        .collect();
    assert!(
        steps.iter().any(|step| step.contains("entries_near")),
        "{steps:?}"
    );
    assert!(
        !steps.iter().any(|step| step.starts_with("Seq Scan")),
        "{steps:?}"
    );
    // The teeth: without its index a list is read as a history.
    admin
        .execute("drop index payments_newest")
        .await
        .expect("a dropped index");
    let (page, plans) = explained.get(&owner, "/payments").await;
    assert_ne!(
        breaches(rows_shown(&page), &plans, ROWS, BUFFERS),
        Vec::<String>::new()
    );
}
