//! Whatever somebody types or a program sends, no form answers with a failure of ours. Forms are found by walking the product.
use crate::Violations;
use crate::kit::{Actor, Answer, TestApp, apart};
use gantry::app::product;
use gantry::kernel::WorkOrderId;
use gantry::server::app::RouteInfo;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A form as a page shows it.
#[derive(Clone, Debug)]
struct Form {
    page: String,
    posts: bool,
    action: String,
    fields: Vec<(String, String)>,
}

/// A value of an attribute in a tag.
fn attribute<'h>(tag: &'h str, name: &str) -> Option<&'h str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

fn plain(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
}

fn forms(page: &str, html: &str) -> Vec<Form> {
    let pieces = html.split("<form").skip(1);
    let found = pieces.filter_map(|piece| {
        let (head, rest) = piece.split_once('>')?;
        let body = rest.split("</form").next()?;
        let posts = head.contains("method=\"post\"");
        let action = attribute(head, "action").unwrap_or(page.split('?').next()?);
        let fields = body.split('<').filter_map(|tag| {
            let name = attribute(tag, "name").filter(|_| {
                ["input", "select", "textarea", "button"]
                    .iter()
                    .any(|kind| tag.starts_with(kind))
            })?;
            Some((plain(name), plain(attribute(tag, "value").unwrap_or_default())))
        });
        Some(Form {
            page: page.to_owned(),
            posts,
            action: plain(action),
            fields: fields.collect(),
        })
    });
    found.collect()
}

/// A link with a question is a form that is filled in already.
fn question(page: &str, link: &str) -> Option<Form> {
    let (action, query) = link.split_once('?')?;
    Some(Form {
        page: page.to_owned(),
        posts: false,
        action: action.to_owned(),
        fields: serde_urlencoded::from_str(query).ok()?,
    })
}

async fn send(actor: &Actor, form: &Form, fields: &[(&str, &str)]) -> Answer {
    if form.posts {
        return actor.post(&form.action, fields).await;
    }
    let query = serde_urlencoded::to_string(fields).expect("a query");
    actor.get(&format!("{}?{query}", form.action)).await
}

/// A path without the ids in it.
fn shape(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts = path.split('/').map(|part| match part.split_once('_') {
        Some((kind, id)) if id.len() == 26 => format!("{{{kind}}}"),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The forms of every page that links lead to: at most three pages of one shape, one form of one shape.
async fn walk(actor: &Actor, starts: &[&str]) -> Vec<Form> {
    let (mut found, mut seen): (BTreeMap<_, _>, BTreeMap<String, u32>) = Default::default();
    let mut todo: Vec<String> = starts.iter().map(|&start| start.to_owned()).collect();
    let mut visited = BTreeSet::new();
    while let Some(path) = todo.pop() {
        let times = seen.entry(shape(&path)).or_default();
        if *times >= 3 || !visited.insert(path.clone()) || path == "/events" {
            continue;
        }
        *times += 1;
        let html = actor.get(&path).await.text();
        let links = html
            .split("href=\"/")
            .skip(1)
            .filter_map(|rest| rest.split(['"', '#']).next());
        let links: Vec<_> = links.map(|link| format!("/{}", plain(link))).collect();
        let questions = links
            .iter()
            .filter(|link| !link.starts_with("/pkg/"))
            .filter_map(|link| question(&path, link));
        for form in forms(&path, &html).into_iter().chain(questions) {
            let names: Vec<_> = form.fields.iter().map(|(name, _)| shape(name)).collect();
            found
                .entry((form.posts, shape(&form.action), names))
                .or_insert(form);
        }
        todo.extend(links);
    }
    found.into_values().collect()
}

fn garbage() -> Vec<String> {
    let mut values: Vec<String> = [
        "",
        "\0",
        "-1",
        "0",
        "999999999999999999999999999999",
        "NaN",
        "1e308",
        "2026-99-99",
        "0000-00-00T99:99",
        "😀 \u{202e}\u{feff}\u{1f468}\u{200d}\u{1f469}",
        "'; drop table notes; --",
        "<script>alert(1)</script>",
        "wo_7zzzzzzzzzzzzzzzzzzzzzzzzz",
        "{\"a\":[1]}",
        "../../etc",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    values.push("long ".repeat(12_000));
    values.push("é".repeat(256));
    values
}

/// Ends the session that the others need, or locks it until there is a second factor, or the whole workshop.
const LAST: &[&str] = &[
    "/sign-out",
    "/account/sign-out-elsewhere",
    "/account/password",
    "/settings/roles/second-factor",
    "/settings/leave",
];

/// The product as its owner walked through it: the server to copy, and every form with the feature whose manifest names its target.
struct Walked {
    app: TestApp,
    owner: Actor,
    forms: Vec<(&'static str, Form)>,
}

impl Walked {
    fn made() -> &'static Self {
        static MADE: OnceLock<Walked> = OnceLock::new();
        MADE.get_or_init(|| apart(Self::build))
    }

    async fn build() -> Self {
        let app = TestApp::new().await;
        let nord = app.workshop("nord").await;
        let owner = nord.owner().await;
        let order: WorkOrderId = owner.check_in(&[]).await.must(303).id();
        let job = owner.make_job(order, "Brakes", "100.00").await;
        let member = owner.member().to_string();
        let work = [("job", &*job.to_string()), ("member", &*member)];
        owner.on_order(order, "assignments", &work).await.must(303);
        let call = [("audience", "internal"), ("body", "Look"), ("attention", "on")];
        owner.on_order(order, "notes", &call).await.must(303);
        owner.make_draft(nord.db_ready_order().await).await;
        let posted = owner.make_invoice(nord.db_ready_order().await).await;
        owner.pay(posted, &[]).await.must(303);
        owner.make_invoice(nord.db_ready_order().await).await;
        let starts = [
            "/account",
            "/sign-up",
            "/check-in",
            "/my-jobs",
            "/work-orders?show=all",
            "/dashboard",
        ];
        let (forms, routes) = (walk(&owner, &starts).await, product(false).app.routes());
        let forms = forms.into_iter().map(|form| (whose(&form, &routes), form));
        Self {
            forms: forms.collect(),
            owner,
            app,
        }
    }
}

/// The feature of a form's target.
fn whose(form: &Form, routes: &[RouteInfo]) -> &'static str {
    let method = if form.posts { "POST" } else { "GET" };
    let fits = |route: &&RouteInfo| {
        let (path, action) = (route.path.split('/'), form.action.split('/'));
        let same = path.clone().count() == action.clone().count();
        let mut pairs = path.zip(action);
        route.method == method && same && pairs.all(|(known, part)| known == part || known.starts_with('{'))
    };
    // `/customers/new` before `/customers/{customer}`.
    let found = routes.iter().filter(fits).min_by_key(|route| route.params.len());
    let found = found.unwrap_or_else(|| panic!("{method} {} on {} is no route", form.action, form.page));
    found.feature
}

#[test]
fn many_forms_and_questions_are_found() {
    let forms = &Walked::made().forms;
    let posts = forms.iter().filter(|(_, form)| form.posts).count();
    assert!(
        posts > 25 && forms.len() - posts > 10,
        "{posts} of {} forms post",
        forms.len()
    );
}

pub(crate) async fn no_form_and_no_question_answers_garbage_with_a_failure(feature: &'static str) {
    let walked = Walked::made();
    let own = walked.forms.iter().filter(|(whose, _)| *whose == feature);
    let forms: Vec<&Form> = own
        .map(|(_, form)| form)
        .filter(|form| !LAST.contains(&form.action.as_str()))
        .collect();
    if forms.is_empty() {
        return;
    }
    let owner = walked.owner.copied_to(&walked.app.copy().await);
    let (values, mut violations) = (garbage(), Violations::of(feature));
    for form in forms {
        let fields: Vec<(&str, &str)> = form
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        for (at, (name, _)) in fields.iter().enumerate().filter(|(at, _)| is_end(&fields, *at)) {
            for value in &values {
                let mut fields = fields.clone();
                fields[at].1 = value;
                if !form.posts && value.len() > 8_000 {
                    continue;
                }
                let answer = send(&owner, form, &fields).await;
                violations.unless(answer.status.as_u16() < 500, || {
                    format!(
                        "{} ({}), {name} = {value:.20}: {}; {MEND}",
                        form.action, form.page, answer.status
                    )
                });
            }
            let mut without = fields.clone();
            without.retain(|(other, _)| other != name);
            let answer = send(&owner, form, &without).await;
            violations.unless(answer.status.as_u16() < 500, || {
                format!("{} without {name}: {}; {MEND}", form.action, answer.status)
            });
        }
    }
    violations.none();
}

const MEND: &str =
    "the feature's form.rs parses this field with a rule of kernel::form before a service sees it";

/// What a form has several times (the rows of a list, the buttons of a choice) is tried where it comes first and where it comes last.
fn is_end(fields: &[(&str, &str)], at: usize) -> bool {
    let same = |(other, _): &(&str, &str)| *other == fields[at].0;
    !fields[..at].iter().any(same) || !fields[at + 1..].iter().any(same)
}

#[test]
fn the_ends_of_a_list_are_tried() {
    let fields = [("row[]", "1"), ("row[]", "2"), ("name", ""), ("row[]", "3")];
    let tried: Vec<usize> = (0..fields.len()).filter(|at| is_end(&fields, *at)).collect();
    assert_eq!(tried, [0, 2, 3]);
}
