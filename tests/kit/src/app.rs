//! The whole product on a database of its own.
use super::cluster::Database;
use super::{Actor, Workshop};
use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use gantry::app::product;
use gantry::kernel::OrgId;
use gantry::server::auth::password::Hasher;
use gantry::server::clock::{ManualClock, SharedClock, SystemClock};
use gantry::server::db::Db;
use gantry::server::http::connections::{self, Limits};
use gantry::server::http::limits::{self, Rates};
use gantry::server::http::router::router;
use gantry::server::mail::Mailer;
use gantry::server::mail::outbox::{self, Kept};
use gantry::server::proxies::Proxies;
use gantry::server::secrets::Keys;
use gantry::server::slug::Slugs;
use gantry::server::state::{AppState, Settings};
use gantry::server::{jobs, serve};
use sqlx::{Connection, PgConnection};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use tokio::sync::OnceCell;

/// One server. Clones are the same server.
#[derive(Clone)]
pub struct TestApp(Arc<Inner>);

struct Inner {
    state: AppState,
    router: Router,
    clock: Option<Arc<ManualClock>>,
    /// Time that was let pass by hand and that the queue of jobs, whose clock is the database's, does not know of yet.
    passed: Arc<Mutex<TimeDelta>>,
    database: Arc<Database>,
}

impl TestApp {
    /// A server whose clock stands at Monday, 2 March 2026, 09:00 UTC until [`TestApp::advance`].
    pub async fn new() -> Self {
        let start = DateTime::from_timestamp(1_772_442_000, 0).expect("a time");
        let clock = ManualClock::at(start);
        Self::build(clock.clone(), Some(clock)).await
    }

    /// A server whose time passes by itself: for many requests at once.
    pub async fn in_real_time() -> Self {
        Self::build(Arc::new(SystemClock), None).await
    }

    /// Another server, on a copy of this one's database and at its time. This one has to be out of use (see [`apart`]).
    pub async fn copy(&self) -> Self {
        let clock = ManualClock::at(self.now());
        Self::on(self.0.database.copy().await, clock.clone(), Some(clock)).await
    }

    async fn build(clock: SharedClock, manual: Option<Arc<ManualClock>>) -> Self {
        Self::on(Database::create().await, clock, manual).await
    }

    async fn on(database: Database, clock: SharedClock, manual: Option<Arc<ManualClock>>) -> Self {
        let settings = Settings::new("http://127.0.0.1:3000", true);
        let keys = Keys::parse(&"7".repeat(64)).expect("a key");
        let mailer = Mailer::new(None, mail_dir(), &settings.base_url, keys.clone()).expect("a mailer");
        let mut state = serve::state(
            product(true).app,
            &database.app_url,
            settings,
            site_dir(),
            keys,
            mailer,
        )
        .await
        .expect("a state");
        state.clock = clock;
        // What guards a password is tried by its own tests; everybody else's sign-in need not wait for it.
        state.hasher = Hasher::with_cost(64, 1);
        Self(Arc::new(Inner {
            router: router(product(true).router, state.clone(), site_dir()),
            state,
            clock: manual,
            passed: Arc::new(Mutex::new(TimeDelta::zero())),
            database: Arc::new(database),
        }))
    }

    /// The same workshops through a pool of the test's own.
    pub fn with_database(&self, db: Db) -> Self {
        let mut state = self.0.state.clone();
        state.db = db;
        Self(Arc::new(Inner {
            router: router(product(true).router, state.clone(), site_dir()),
            state,
            clock: self.0.clock.clone(),
            passed: self.0.passed.clone(),
            database: self.0.database.clone(),
        }))
    }

    /// The same workshops behind proxies that are believed.
    pub fn behind(&self, proxies: &str) -> Self {
        let mut state = self.0.state.clone();
        let settings = (*state.settings).clone();
        state.settings = Arc::new(settings.behind(proxies.parse().expect("proxies")));
        Self(Arc::new(Inner {
            router: router(product(true).router, state.clone(), site_dir()),
            state,
            clock: self.0.clock.clone(),
            passed: self.0.passed.clone(),
            database: self.0.database.clone(),
        }))
    }

    /// The same workshops, whose sessions may ask so much.
    pub fn with_rates(&self, rates: Rates) -> Self {
        let mut state = self.0.state.clone();
        state.limits = limits::Limits::new(rates);
        Self(Arc::new(Inner {
            router: router(product(true).router, state.clone(), site_dir()),
            state,
            clock: self.0.clock.clone(),
            passed: self.0.passed.clone(),
            database: self.0.database.clone(),
        }))
    }

    /// The same workshops, each at its own host under a domain.
    pub fn under(&self, domain: &str) -> Self {
        let mut state = self.0.state.clone();
        let mut settings = (*state.settings).clone().under(Some(domain.to_owned()));
        settings.base_url = format!("http://{domain}:3000");
        state.settings = Arc::new(settings);
        state.slugs = Slugs::default();
        Self(Arc::new(Inner {
            router: router(product(true).router, state.clone(), site_dir()),
            state,
            clock: self.0.clock.clone(),
            passed: self.0.passed.clone(),
            database: self.0.database.clone(),
        }))
    }

    /// Another server on the same database, which sends mail to that mail server.
    pub fn with_mail_server(&self, smtp_url: &str) -> Self {
        let mut state = self.0.state.clone();
        let (base, keys) = (state.settings.base_url.clone(), state.keys.clone());
        state.mailer = Mailer::new(Some(smtp_url), mail_dir(), &base, keys).expect("a mailer");
        Self(Arc::new(Inner {
            router: router(product(true).router, state.clone(), site_dir()),
            state,
            clock: self.0.clock.clone(),
            passed: self.0.passed.clone(),
            database: self.0.database.clone(),
        }))
    }

    /// Measures what workshops store, as the servers do; how many were due.
    pub async fn measure(&self) -> usize {
        gantry::server::measure::measure_due(self.state())
            .await
            .expect("the database")
    }

    /// Does the background work that is due; how many jobs that were.
    pub async fn run_jobs(&self) -> usize {
        let passed = std::mem::replace(&mut *self.0.passed.lock().expect("the time"), TimeDelta::zero());
        if passed != TimeDelta::zero() {
            let sql = "update graphile_worker._private_jobs set run_at = run_at - make_interval(secs => $1)";
            let shifted = sqlx::query(sql).bind(passed.as_seconds_f64());
            shifted
                .execute(&mut self.db_admin().await)
                .await
                .expect("the queue");
        }
        jobs::run_due(self.state()).await.expect("the database")
    }

    /// Sends what waits; then every letter that this server ever sent, newest first.
    pub async fn letters(&self) -> Vec<Kept> {
        while self.run_jobs().await > 0 {}
        outbox::list(self.state().mailer.folder().expect("a folder")).await
    }

    /// The newest letter to somebody, which has to be there.
    pub async fn letter_to(&self, recipient: &str) -> Kept {
        let letters = self.letters().await;
        let found = letters.into_iter().find(|letter| letter.recipient == recipient);
        found.unwrap_or_else(|| panic!("no letter to {recipient}"))
    }

    pub fn state(&self) -> &AppState {
        &self.0.state
    }
    pub fn router(&self) -> Router {
        self.0.router.clone()
    }
    pub fn now(&self) -> DateTime<Utc> {
        self.0.state.clock.now()
    }
    pub fn advance(&self, by: TimeDelta) {
        self.0.clock.as_ref().expect("a clock moved by hand").advance(by);
        *self.0.passed.lock().expect("the time") += by;
    }

    /// A new workshop with one branch and an owner.
    pub async fn workshop(&self, slug: &str) -> Workshop {
        Workshop::db_create(self, slug).await
    }

    /// Somebody who is not signed in.
    pub fn visitor(&self) -> Actor {
        Actor::new(self.clone())
    }

    /// Also answers on a port of this machine, until the test ends.
    pub async fn listen(&self) -> SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let address = listener.local_addr().expect("its address");
        let (router, limits) = (self.router(), Limits::of_process(Proxies::default()));
        tokio::spawn(connections::serve(
            listener,
            router,
            limits,
            std::future::pending(),
        ));
        address
    }

    /// Where the database answers, as which role.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// A superuser's connection: sees everything, whatever the policies say.
    pub async fn db_admin(&self) -> PgConnection {
        connect(&self.0.database.admin_url).await
    }

    /// A superuser's connection whose new rows belong to the organization.
    pub async fn db_in(&self, org: OrgId) -> PgConnection {
        let mut admin = self.db_admin().await;
        sqlx::query("select set_config('app.org_id', $1, false), set_config('app.branches', 'all', false)")
            .bind(org.uuid().to_string())
            .execute(&mut admin)
            .await
            .expect("an organization");
        admin
    }

    /// The hash of [`super::PASSWORD`], made once: hashing is slow on purpose.
    pub(crate) async fn password_hash(&self) -> &'static str {
        static HASH: OnceCell<String> = OnceCell::const_new();
        let hash = || async { self.state().hasher.hash(super::PASSWORD).await.expect("a hash") };
        HASH.get_or_init(hash).await
    }
}

/// Makes something with servers in it whose databases are to be copied: when it is made, nobody is connected to them any more.
pub fn apart<T: Send + 'static, F: Future<Output = T>>(make: impl FnOnce() -> F + Send + 'static) -> T {
    let made = std::thread::spawn(|| {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(make())
    });
    made.join().expect("what is copied could not be made")
}

pub async fn connect(url: &str) -> PgConnection {
    PgConnection::connect(url).await.expect("a connection")
}

/// Cargo's folder for what tests write, beside the profile's: `target/tmp`.
pub fn tmp_dir() -> PathBuf {
    let program = std::env::current_exe().expect("our own path");
    let target = program
        .ancestors()
        .nth(3)
        .expect("target/<profile>/deps/<program>");
    target.join("tmp")
}

/// Where this test's mail goes.
fn mail_dir() -> PathBuf {
    tmp_dir().join(format!("mail-{}", uuid::Uuid::new_v4()))
}

/// What `make build` would have put there, without its contents.
pub fn site_dir() -> &'static PathBuf {
    static SITE: OnceLock<PathBuf> = OnceLock::new();
    SITE.get_or_init(|| {
        let directory = tmp_dir().join("site");
        let manifest = r#"{"js":"/pkg/gantry.1.js","wasm":"/pkg/gantry_bg.1.wasm","css":"/pkg/gantry.1.css","in_place":"/pkg/in_place.1.js","icons":"/pkg/icons.1.svg"}"#;
        std::fs::create_dir_all(directory.join("pkg")).expect("a directory");
        for (name, text) in [
            ("manifest.json", manifest),
            ("robots.txt", "User-agent: *\n"),
            ("pkg/gantry.1.js", "export{}"),
            ("pkg/gantry.1.css", ""),
        ] {
            std::fs::write(directory.join(name), text).expect("a file");
        }
        directory
    })
}
