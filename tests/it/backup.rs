//! A backup is worth what its restore is: this does what docs/operations.md says, by its own lines.
use gantry::server::embedded::{Cluster, EmbeddedOptions};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};
use std::path::{Path, PathBuf};
use std::process::Command;

const PAGE: &str = include_str!("../../docs/operations.md");

/// The block of commands that begins with this comment.
fn commands(comment: &str) -> &'static str {
    let blocks = PAGE.split("```sh\n").skip(1);
    let mut blocks = blocks.map(|block| block.split("```").next().unwrap_or_default());
    blocks
        .find(|block| block.starts_with(comment))
        .unwrap_or_else(|| panic!("no block {comment}"))
}

/// A folder with everything, removed in the end, and its databases with it.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        // In /tmp, which every account can enter, unlike a developer's home.
        let path = PathBuf::from(format!("/tmp/gantry-it-backup-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a directory");
        Self(path)
    }

    fn data(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// As an operator types it, with the program on the path.
    fn run(&self, data: &str, script: &str) -> String {
        let program = Path::new(env!("CARGO_BIN_EXE_gantry"));
        let folder = program.parent().expect("a folder").display();
        let script = format!("export PATH=\"{folder}:$PATH\"\n{script}");
        let ran = Command::new("bash")
            .args(["-euo", "pipefail", "-c", script.as_str()])
            .current_dir(&self.0)
            .env_remove("DATABASE_URL")
            .env_remove("DATABASE_OWNER_URL")
            .env("GANTRY_DATA_DIR", self.data(data))
            .env("GANTRY_SITE_DIR", crate::kit::site_dir())
            .output()
            .expect("bash runs");
        let output =
            String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{script}\n{output}");
        output
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        for data in ["old", "new"] {
            let file = self.data(data).join("postgres/postmaster.pid");
            let pid = std::fs::read_to_string(file).unwrap_or_default();
            if let Some(pid) = pid.lines().next() {
                let _ = Command::new("kill").args(["-s", "QUIT", pid]).output();
            }
        }
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Count and sum of every table's rows, and who may do what with the database and its roles.
async fn sums(data: &Path) -> Vec<String> {
    let cluster = Cluster::start(data, EmbeddedOptions::default())
        .await
        .expect("the cluster");
    let mut db = PgConnection::connect(&cluster.superuser_url("gantry"))
        .await
        .expect("a connection");
    let tables: Vec<String> = sqlx::query_scalar(
        "select c.oid::regclass::text from pg_class c where c.relkind = 'r'
           and c.relnamespace in (select oid from pg_namespace where nspname in ('public', 'auth', 'search', 'app')) order by 1",
    )
    .fetch_all(&mut db)
    .await
    .expect("tables");
    let mut sums = Vec::new();
    for table in tables {
        let sum =
            format!("select format('%s %s', count(*), sum(hashtextextended(t::text, 0))) from {table} t");
        let row = db
            .fetch_one(sqlx::raw_sql(AssertSqlSafe(sum)))
            .await
            .expect("a sum");
        sums.push(format!("{table} {}", row.get::<String, _>(0)));
    }
    for rest in [
        "select string_agg(format('%s %s %s', r.rolname, r.rolinherit, s.setconfig), '; ' order by r.rolname) from pg_roles r
           left join pg_db_role_setting s on s.setrole = r.oid where r.rolname like 'gantry%'",
        "select format('%s %s', pg_get_userbyid(datdba), (select array_agg(a::text order by 1) from unnest(datacl) a)) from pg_database where datname = 'gantry'",
        "select string_agg(format('%s %s %s', p.oid::regprocedure, p.proowner::regrole, (select array_agg(a::text order by 1) from unnest(p.proacl) a)), '; '
                order by p.oid::regprocedure::text) from pg_proc p
          where p.pronamespace in (select oid from pg_namespace where nspname in ('public', 'auth', 'search', 'app')) and p.prosecdef",
    ] {
        sums.push(db.fetch_one(sqlx::raw_sql(rest)).await.expect("a row").get(0));
    }
    sums
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_restored_on_a_new_cluster_as_the_page_says() {
    let place = Place::new();
    place.run("old", "gantry seed --seed 7 --orgs 2");
    // What the demonstration has none of: an archived customer, which the search forgot.
    let archived = place.run(
        "old",
        "url=$(gantry db-url | sed s/gantry_owner@/postgres@/)
         psql \"$url\" -v ON_ERROR_STOP=1 -c \"begin; select set_config('app.org_id', id::text, true) from auth.organizations where slug = 'pixelfix';
           update customers set archived_at = now(), archived_reason = 'moved away' where org_id = app.current_org() and id in (
             select c.id from customers c where c.org_id = app.current_org()
                and not exists (select from work_orders w where w.customer_id = c.id and w.closed_at is null) limit 1); commit\"
         printf '%s' $(printf '7%.0s' {1..64}) > \"$GANTRY_DATA_DIR/secret.key\"",
    );
    assert!(archived.contains("UPDATE 1"), "{archived}");
    let before = sums(&place.data("old")).await;
    place.run("old", commands("# Back up."));
    let output = place.run("new", commands("# Restore."));
    for word in [
        "Gantry is fit to start",
        "rules hold in 2 workshops",
        "are as they were written",
    ] {
        assert!(output.contains(word), "{output}");
    }
    assert_eq!(sums(&place.data("new")).await, before);
    let keys = ["old", "new"].map(|data| std::fs::read(place.data(data).join("secret.key")).expect("a key"));
    assert_eq!(keys[0], keys[1]);
}
