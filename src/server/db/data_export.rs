//! Everything of one workshop, table by table, as the catalogue knows them: a table that comes tomorrow is in it by itself.
//! Statements are made from the catalogue's own names, inside the tenant's transaction, so row security decides what is read.
use super::tenant::TenantTx;
use crate::kernel::AppResult;
use futures::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Executor, Row};

/// Tables that are not taken along, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[(
    "idempotency_keys",
    "Remembers for a day which forms were sent, so that none acts twice. It says nothing that is not in the other tables.",
)];

/// A table's columns and the statement that reads its rows as text.
#[derive(Clone, Debug, Deserialize)]
pub struct Table {
    pub name: String,
    pub about: String,
    pub key: Vec<String>,
    pub columns: Vec<Column>,
    statement: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Column {
    /// As in the file.
    pub name: String,
    pub kind: Kind,
    /// An empty cell is nothing.
    pub may_be_empty: bool,
    /// `customers.id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
}

/// How a cell is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Text,
    /// A decimal number in the workshop's currency.
    Money,
    /// ISO 8601, UTC.
    Timestamp,
    Date,
    Time,
    Boolean,
    Integer,
    Number,
    Uuid,
    /// As stored: amounts inside are in the currency's smallest unit.
    Json,
    /// Hexadecimal digits.
    Bytes,
}

/// Every table of the workshop. Amounts lose their suffix; they are turned into decimals by whoever writes the file.
const CATALOGUE: &str = r#"
select coalesce(jsonb_agg(jsonb_build_object(
    'name', t.relname, 'about', coalesce(obj_description(t.oid, 'pg_class'), ''), 'key', t.key, 'columns', c.columns,
    'statement', format('select array[%s] from public.%I t order by %s', c.cells, t.relname,
                        (select string_agg(format('t.%I', k), ', ') from jsonb_array_elements_text(t.key) k))) order by t.relname), '[]')
  from (select r.oid, r.relname,
               (select coalesce(jsonb_agg(a.attname order by o.n), '[]') from pg_index i
                 cross join lateral unnest(i.indkey::int2[]) with ordinality o (attnum, n)
                  join pg_attribute a on a.attrelid = r.oid and a.attnum = o.attnum
                 where i.indrelid = r.oid and i.indisprimary) as key
          from pg_class r
         where r.relnamespace = 'public'::regnamespace and r.relkind in ('r', 'p') and r.relname <> '_sqlx_migrations'
           and not r.relname = any ($1)) t
 cross join lateral (
   select string_agg(case k.kind
                       when 'timestamp' then format('to_char(t.%I at time zone ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.US"Z"'')', a.attname)
                       when 'bytes' then format('encode(t.%I, ''hex'')', a.attname)
                       when 'json' then format('to_jsonb(t.%I)::text', a.attname)
                       else format('t.%I::text', a.attname) end, ', ' order by a.attnum) as cells,
          jsonb_agg(jsonb_build_object('name', case k.kind when 'money' then regexp_replace(a.attname, '_minor$', '') else a.attname end,
            'kind', k.kind, 'may_be_empty', not a.attnotnull, 'about', coalesce(col_description(a.attrelid, a.attnum), ''),
            'refers_to', (select f.confrelid::regclass || '.' || p.attname from pg_constraint f
                           cross join lateral unnest(f.conkey, f.confkey) as u (own, other)
                            join pg_attribute p on p.attrelid = f.confrelid and p.attnum = u.other
                            join pg_class parent on parent.oid = f.confrelid and parent.relnamespace = 'public'::regnamespace
                           where f.conrelid = a.attrelid and f.contype = 'f' and u.own = a.attnum and a.attname <> 'org_id'
                           order by cardinality(f.conkey), f.conname limit 1)) order by a.attnum) as columns
     from pg_attribute a
    cross join lateral (select case
        when a.attname like '%\_minor' and a.atttypid = 'bigint'::regtype then 'money'
        when a.atttypid = 'timestamptz'::regtype then 'timestamp'
        when a.atttypid = 'date'::regtype then 'date'
        when a.atttypid = 'time'::regtype then 'time'
        when a.atttypid = 'boolean'::regtype then 'boolean'
        when a.atttypid in ('bigint'::regtype, 'int'::regtype, 'smallint'::regtype) then 'integer'
        when a.atttypid in ('numeric'::regtype, 'float8'::regtype, 'float4'::regtype) then 'number'
        when a.atttypid = 'uuid'::regtype then 'uuid'
        when a.atttypid = 'bytea'::regtype then 'bytes'
        when a.atttypid in ('jsonb'::regtype, 'json'::regtype) or a.atttypid in (select y.oid from pg_type y where y.typcategory = 'A') then 'json'
        else 'text' end as kind) k
    where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped) c"#;

/// What there is to take along.
pub async fn tables(tx: &mut TenantTx) -> AppResult<Vec<Table>> {
    let left_out: Vec<&str> = LEFT_OUT.iter().map(|(name, _)| *name).collect();
    let tables: sqlx::types::Json<Vec<Table>> = sqlx::query_scalar(CATALOGUE)
        .bind(left_out)
        .fetch_one(tx.conn())
        .await?;
    Ok(tables.0)
}

/// Lets this transaction read for minutes: a whole workshop may be large.
pub async fn take_time(tx: &mut TenantTx) -> AppResult<()> {
    tx.conn()
        .execute(
            "set local statement_timeout = '10min'; set local idle_in_transaction_session_timeout = '2min'",
        )
        .await?;
    Ok(())
}

/// One table's rows, as they come: never more than a few are held here.
pub fn rows<'t>(
    tx: &'t mut TenantTx,
    table: &Table,
) -> impl Stream<Item = AppResult<Vec<Option<String>>>> + Send + use<'t> {
    let rows = sqlx::query(AssertSqlSafe(table.statement.clone())).fetch(tx.conn());
    rows.map(|row| Ok(row?.try_get(0)?))
}
