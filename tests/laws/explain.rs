//! What the database did for a page: the plans of its statements as they ran, under row security, as the server's role.
use crate::kit::{Actor, Answer, TestApp, cluster};
use gantry::server::db::Db;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Executor};
use std::io::{Read, Seek, SeekFrom};

const SETTINGS: &[&str] = &[
    "session_preload_libraries = 'auto_explain'",
    "auto_explain.log_min_duration = 0",
    "auto_explain.log_analyze = on",
    "auto_explain.log_buffers = on",
    "auto_explain.log_timing = off",
    "auto_explain.log_nested_statements = on",
    "auto_explain.log_format = 'json'",
];

/// A server with one connection, whose statements leave their plans in the database's log.
pub(crate) struct Explained {
    app: TestApp,
    db: Db,
    backend: i32,
}

impl Explained {
    pub(crate) async fn of(app: &TestApp) -> Self {
        let mut admin = app.db_admin().await;
        for setting in SETTINGS {
            let statement = format!(
                "do $$ begin execute format('alter database %I set {}', current_database()); end $$",
                setting.replace('\'', "''")
            );
            admin
                .execute(sqlx::raw_sql(AssertSqlSafe(statement)))
                .await
                .expect("a setting");
        }
        let url = format!("{}&application_name=explained", app.database().app_url);
        let db = Db::connect(&url, 1).await.expect("a pool");
        let backend = sqlx::query_scalar(
            "select pid from pg_stat_activity where application_name = 'explained' and datname = current_database()",
        )
        .fetch_one(&mut admin)
        .await
        .expect("a backend");
        Self {
            app: app.with_database(db.clone()),
            db,
            backend,
        }
    }

    /// Opens a page twice and tells what the second time took: the first one also fills the backend's caches.
    pub(crate) async fn get(&self, actor: &Actor, path: &str) -> (Answer, Vec<Plan>) {
        let actor = actor.moved_to(&self.app);
        actor.get(path).await;
        assert!(self.db.ready().await);
        let mut log = std::fs::File::open(cluster::log()).expect("a log");
        let start = log.seek(SeekFrom::End(0)).expect("its end");
        let answer = actor.get(path).await;
        // The last plan is written when its transaction ends, which is when the connection is back.
        assert!(self.db.ready().await);
        let mut text = Vec::new();
        log.seek(SeekFrom::Start(start)).expect("where it ended");
        log.read_to_end(&mut text).expect("what was added");
        (answer, plans(&String::from_utf8_lossy(&text), self.backend))
    }
}

/// Those that this backend wrote.
fn plans(log: &str, backend: i32) -> Vec<Plan> {
    let mark = format!("[{backend}] LOG:  duration: ");
    let (mut plans, mut lines) = (Vec::new(), log.lines().peekable());
    while let Some(line) = lines.next() {
        let mut json = String::new();
        while let Some(more) = lines.next_if(|line| line.starts_with('\t')) {
            json.push_str(more);
        }
        if line.contains(&mark) {
            plans.push(Plan(serde_json::from_str(&json).expect("a plan")));
        }
    }
    plans
}

/// A statement and how it ran.
pub(crate) struct Plan(pub Value);

/// A step of a plan.
#[derive(Clone, Copy)]
pub(crate) struct Node<'p>(&'p Value);

impl Plan {
    pub(crate) fn statement(&self) -> &str {
        self.0["Query Text"].as_str().unwrap_or_default()
    }
    fn root(&self) -> Node<'_> {
        Node(&self.0["Plan"])
    }
    /// Pages of tables and indexes that were looked at, with those of statements inside functions.
    pub(crate) fn buffers(&self) -> u64 {
        self.root().number("Shared Hit Blocks") + self.root().number("Shared Read Blocks")
    }
    pub(crate) fn nodes(&self) -> Vec<Node<'_>> {
        let (mut found, mut waiting) = (Vec::new(), vec![self.root()]);
        while let Some(node) = waiting.pop() {
            found.push(node);
            waiting.extend(node.0["Plans"].as_array().into_iter().flatten().map(Node));
        }
        found
    }
}

impl Node<'_> {
    fn number(self, name: &str) -> u64 {
        self.0[name].as_u64().unwrap_or_default()
    }
    /// Rows that it handled in all, also those that it threw away.
    pub(crate) fn rows(self) -> u64 {
        let thrown_away = ["Filter", "Join Filter", "Index Recheck"]
            .map(|why| self.number(&format!("Rows Removed by {why}")));
        self.number("Actual Loops") * (self.number("Actual Rows") + thrown_away.iter().sum::<u64>())
    }
    /// `Index Scan work_orders_newest of work_orders`.
    pub(crate) fn name(self) -> String {
        let text = |name: &str| self.0[name].as_str().unwrap_or_default();
        let (kind, index, table) = (text("Node Type"), text("Index Name"), text("Relation Name"));
        match (index, table) {
            ("", "") => kind.to_owned(),
            (index, "") | ("", index) => format!("{kind} {index}"),
            (index, table) => format!("{kind} {index} of {table}"),
        }
    }
}

#[test]
fn a_log_gives_the_plans_of_its_backend_only() {
    let log = "2026-03-02 09:00:00.000 UTC [7] LOG:  duration: 0.1 ms  plan:\n\t{\n\t  \"Query Text\": \"select 1\"\n\t}\n\
               2026-03-02 09:00:00.000 UTC [8] LOG:  duration: 0.1 ms  plan:\n\t{\n\t}\n2026-03-02 09:00:00.001 UTC [7] ERROR:  x\n";
    let plans = plans(log, 7);
    assert_eq!(plans.len(), 1);
    assert_eq!(plans[0].statement(), "select 1");
}
