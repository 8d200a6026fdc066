//! A row for every table, made from the catalogue alone: so a law covers a table from the day it exists.
use serde::Deserialize;
use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, Executor, PgConnection, Row as _};
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// A tenant table as the catalogue knows it.
#[derive(Clone, Debug, Deserialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    pub foreign_keys: Vec<ForeignKey>,
    /// Columns of primary and unique keys.
    pub keyed: HashSet<String>,
    /// The first word that a check allows, by column.
    words: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Column {
    pub name: String,
    kind: String,
    /// Neither null nor a default will do.
    required: bool,
    pub generated: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub struct ForeignKey {
    pub name: String,
    pub columns: Vec<String>,
    pub parent: String,
    pub parent_columns: Vec<String>,
}

/// What no single column tells: a check over several, or the shape of a document. Beside its feature's tests:
/// `kit::columns! { "assets.make", "Volkswagen"; }`, where `<branches>` is the id of that table's row.
pub struct ColumnValue {
    /// `assets.make`.
    pub column: &'static str,
    pub value: &'static str,
    /// Only in a row where this reference is set.
    pub when: Option<&'static str>,
}

inventory::collect!(ColumnValue);

/// Values of columns that a made-up row needs, which the laws find by themselves.
#[macro_export]
macro_rules! columns {
    ($($column:literal, $value:literal $(, when $reference:literal)?;)*) => {$(
        $crate::inventory::submit! {
            $crate::rows::ColumnValue { column: $column, value: $value, when: $crate::columns!(@when $($reference)?) }
        }
    )*};
    (@when) => { None };
    (@when $reference:literal) => { Some($reference) };
}

impl ColumnValue {
    fn of<'t>(table: &'t Table) -> impl Iterator<Item = (&'static str, &'static Self)> + 't {
        inventory::iter::<Self>.into_iter().filter_map(|value| {
            let (own, column) = value.column.split_once('.')?;
            (own == table.name).then_some((column, value))
        })
    }
}

/// Column and value that a row needs besides when one of these references is set.
pub fn alongside<'t>(
    table: &'t Table,
    references: &'t [String],
) -> impl Iterator<Item = (&'static str, &'static str)> + 't {
    let set = |value: &ColumnValue| {
        value
            .when
            .is_some_and(|when| references.iter().any(|column| column == when))
    };
    ColumnValue::of(table)
        .filter(move |(_, value)| set(value))
        .map(|(column, value)| (column, value.value))
}

const CATALOGUE: &str = r"
select jsonb_agg(jsonb_build_object(
  'name', c.relname,
  'columns', (select jsonb_agg(jsonb_build_object('name', a.attname, 'kind', format_type(a.atttypid, null),
       'required', a.attnotnull and not a.atthasdef, 'generated', a.attgenerated <> '') order by a.attnum)
     from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
  'foreign_keys', (select coalesce(jsonb_agg(jsonb_build_object('name', k.conname,
       'columns', (select jsonb_agg(a.attname order by o) from unnest(k.conkey) with ordinality u(n, o)
                   join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n),
       'parent', (select case when n.nspname = 'public' then '' else n.nspname || '.' end || p.relname
                  from pg_class p join pg_namespace n on n.oid = p.relnamespace where p.oid = k.confrelid),
       'parent_columns', (select jsonb_agg(a.attname order by o) from unnest(k.confkey) with ordinality u(n, o)
                   join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n)) order by k.conname), '[]')
     from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'),
  'keyed', (select coalesce(jsonb_agg(distinct a.attname), '[]') from pg_index i
     join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) where i.indrelid = c.oid and i.indisunique),
  'words', (select coalesce(jsonb_object_agg(a.attname, substring(pg_get_constraintdef(k.oid) from '''([^'']+)''::text')), '{}')
     from pg_constraint k join pg_attribute a on a.attrelid = c.oid and k.conkey = array[a.attnum]
     where k.conrelid = c.oid and k.contype = 'c' and pg_get_constraintdef(k.oid) like '%ARRAY[%')
) order by c.relname)
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> '_sqlx_migrations'";

/// Every table in schema public.
pub async fn tables(db: &mut PgConnection) -> Vec<Table> {
    let json: Value = sqlx::query_scalar(CATALOGUE)
        .fetch_one(db)
        .await
        .expect("the catalogue");
    serde_json::from_value(json).expect("tables")
}

/// The first column of a query about the catalogue.
pub async fn names(db: &mut PgConnection, query: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(query))
        .fetch_all(db)
        .await
        .expect("the catalogue");
    rows.iter().map(|row| row.get(0)).collect()
}

/// Rows by table.
pub type Rows = BTreeMap<String, Map<String, Value>>;

/// The statements that switch our guards off, or on again as they were: a made-up row has no story that they would believe.
async fn guards(db: &mut PgConnection, to: &str) -> Vec<String> {
    let query = format!(
        "select format('alter table %s %s trigger %I', t.tgrelid::regclass, {to}, t.tgname)
         from pg_trigger t join pg_proc p on p.oid = t.tgfoid where not t.tgisinternal and p.pronamespace = 'app'::regnamespace"
    );
    names(db, &query).await
}

/// Runs something that our guards would refuse.
pub async fn without_guards<T>(db: &mut PgConnection, work: impl AsyncFnOnce(&mut PgConnection) -> T) -> T {
    let (off, on) = (
        guards(db, "'disable'").await,
        guards(
            db,
            "case t.tgenabled when 'A' then 'enable always' else 'enable' end",
        )
        .await,
    );
    for statement in off {
        db.execute(sqlx::raw_sql(AssertSqlSafe(statement)))
            .await
            .expect("guards off");
    }
    let done = work(db).await;
    for statement in on {
        db.execute(sqlx::raw_sql(AssertSqlSafe(statement)))
            .await
            .expect("guards on");
    }
    done
}

/// One row in every table, belonging together, in this organization and branch. `db` sees everything.
pub async fn fill(db: &mut PgConnection, org: Uuid, branch: Uuid) -> Rows {
    without_guards(db, async |db| fill_unguarded(db, org, branch).await).await
}

async fn fill_unguarded(db: &mut PgConnection, org: Uuid, branch: Uuid) -> Rows {
    let mut rows = Rows::new();
    for (table, id) in [("branches", branch), ("organization_settings", org)] {
        let column = if table == "branches" { "id" } else { "org_id" };
        let query = format!("select to_jsonb(t) from {table} t where {column} = '{id}'");
        let row: Value = sqlx::query_scalar(AssertSqlSafe(query))
            .fetch_one(&mut *db)
            .await
            .expect("a row");
        rows.insert(table.to_owned(), row.as_object().expect("a row").clone());
    }
    let mut waiting = tables(db).await;
    waiting.retain(|table| !rows.contains_key(&table.name));
    while !waiting.is_empty() {
        let before = waiting.len();
        for table in std::mem::take(&mut waiting) {
            if table.parents().all(|parent| rows.contains_key(parent)) {
                let row = insert_made_up(db, &table, org, &rows).await;
                rows.insert(table.name.clone(), row);
            } else {
                waiting.push(table);
            }
        }
        assert!(
            waiting.len() < before,
            "tables that refer to each other in a circle: {waiting:?}"
        );
    }
    rows
}

impl Table {
    /// The other tenant tables that a row of this one needs.
    fn parents(&self) -> impl Iterator<Item = &str> {
        self.tenant_keys()
            .filter(|key| key.parent != self.name)
            .map(|key| key.parent.as_str())
    }

    /// Foreign keys to tenant tables.
    pub fn tenant_keys(&self) -> impl Iterator<Item = &ForeignKey> {
        self.foreign_keys.iter().filter(|key| !key.parent.contains('.'))
    }

    /// Columns that a statement may write.
    pub fn writable(&self) -> String {
        let written = self.columns.iter().filter(|column| !column.generated);
        written
            .map(|column| column.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// A row with other keys than this one, so that nothing but its references can be wrong.
    pub fn with_new_keys(&self, row: &Map<String, Value>) -> Map<String, Value> {
        let mut copy = row.clone();
        let referring: HashSet<&String> = self.foreign_keys.iter().flat_map(|key| &key.columns).collect();
        for column in self
            .columns
            .iter()
            .filter(|c| self.keyed.contains(&c.name) && !referring.contains(&c.name))
        {
            let value = match column.kind.as_str() {
                "uuid" if column.name != "org_id" => Uuid::from_u128(rand::random()).to_string().into(),
                // One of seven: the row that was made up is another day's.
                "integer" if column.name == "weekday" => 7.into(),
                "bigint" | "integer" if !row[&column.name].is_null() => {
                    rand::random_range(1000..1_000_000).into()
                }
                "text"
                    if !column.generated
                        && !self.words.contains_key(&column.name)
                        && !row[&column.name].is_null() =>
                {
                    format!("X{}", rand::random_range(1000..100_000)).into()
                }
                _ => continue,
            };
            copy.insert(column.name.clone(), value);
        }
        copy
    }

    /// Whether only other references make another row: then there is room for one row only.
    pub fn is_keyed_by_references(&self) -> bool {
        let referring: HashSet<&String> = self.foreign_keys.iter().flat_map(|key| &key.columns).collect();
        self.keyed
            .iter()
            .all(|column| column == "org_id" || referring.contains(column))
    }

    /// The statement that inserts a row given as JSON; `$1` is the row.
    pub fn insert_json(&self) -> String {
        let (name, columns) = (&self.name, self.writable());
        format!(
            "insert into public.{name} ({columns}) select {columns} from jsonb_populate_record(null::public.{name}, $1)"
        )
    }

    fn made_up(&self, column: &Column, org: Uuid, rows: &Rows) -> Option<String> {
        let mut known =
            ColumnValue::of(self).filter(|(name, value)| *name == column.name && value.when.is_none());
        if let Some((_, known)) = known.next() {
            return Some(format!("'{}'", with_ids(known.value, rows)));
        }
        if column.name == "org_id" {
            return Some(format!("'{org}'"));
        }
        let reference = self
            .tenant_keys()
            .filter(|key| key.parent != self.name)
            .find_map(|key| {
                let at = key.columns.iter().position(|name| *name == column.name)?;
                let value = rows[&key.parent][&key.parent_columns[at]].as_str()?;
                Some(format!("'{value}'"))
            });
        if reference.is_some() || !column.required {
            return reference;
        }
        if let Some(word) = self.words.get(&column.name) {
            return Some(format!("'{word}'"));
        }
        if self
            .foreign_keys
            .iter()
            .any(|key| key.parent == "app.phases" && key.columns.contains(&column.name))
        {
            return Some("'received'".to_owned());
        }
        let value = match column.kind.as_str() {
            "uuid" => "gen_random_uuid()",
            // Room for another row beside it.
            "text" if self.keyed.contains(&column.name) => "'X' || floor(random() * 90000 + 10000)::int",
            "text" => "'EUR'",
            "integer" | "bigint" | "smallint" | "numeric" => "1",
            "boolean" => "false",
            "timestamp with time zone" => "now()",
            "date" => "current_date",
            "jsonb" => "'{}'",
            "bytea" => "decode(repeat('00', 32), 'hex')",
            other => panic!(
                "rows.rs has no value for {}.{} of type {other}",
                self.name, column.name
            ),
        };
        Some(value.to_owned())
    }
}

/// `<branches>` as the id of that table's row.
fn with_ids(text: &str, rows: &Rows) -> String {
    let mut pieces = text.split('<');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |filled, piece| {
        let (table, rest) = piece.split_once('>').expect("a table in brackets");
        filled + rows[table]["id"].as_str().expect("an id") + rest
    })
}

async fn insert_made_up(db: &mut PgConnection, table: &Table, org: Uuid, rows: &Rows) -> Map<String, Value> {
    let (columns, values): (Vec<&str>, Vec<String>) = table
        .columns
        .iter()
        .filter(|column| !column.generated)
        .filter_map(|column| Some((column.name.as_str(), table.made_up(column, org, rows)?)))
        .unzip();
    let statement = format!(
        "insert into public.{} as t ({}) values ({}) returning to_jsonb(t)",
        table.name,
        columns.join(", "),
        values.join(", ")
    );
    let row: Result<Value, sqlx::Error> = sqlx::query_scalar(AssertSqlSafe(statement.clone()))
        .fetch_one(db)
        .await;
    match row {
        Ok(row) => row.as_object().expect("a row").clone(),
        Err(error) => panic!(
            "no made-up row fits {}: say what its columns need in the examples.rs beside its feature's tests, \
             `kit::columns! {{ \"{}.column\", \"value\"; }}`\n{statement}\n{error}",
            table.name, table.name
        ),
    }
}

/// What is in every table that holds anything, as one fingerprint each.
pub async fn fingerprints(db: &mut PgConnection) -> BTreeMap<String, String> {
    let tables = names(
        db,
        "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('public', 'auth', 'search', 'app')",
    );
    // All of them in one round trip: laws ask for this hundreds of times.
    let each = tables.await.into_iter().map(|table| {
        format!(
            "select '{table}'::text, (select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t)"
        )
    });
    let query = each.collect::<Vec<_>>().join(" union all ");
    let rows = sqlx::query_as::<_, (String, String)>(AssertSqlSafe(query))
        .fetch_all(db)
        .await;
    rows.expect("fingerprints").into_iter().collect()
}
