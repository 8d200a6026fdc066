//! Whether the trail is the one that was written: every organization's rows in the order of their chain, hashed again. It finds a
//! row that was changed, removed, exchanged or slipped in; a head kept outside also finds a chain that was made anew.
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The first place where an organization's chain does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    pub organization: Uuid,
    /// The place in the chain; none for a row that is in no chain.
    pub seq: Option<i64>,
    /// The row's id, where it is known.
    pub event: Option<Uuid>,
    pub what: String,
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            organization,
            seq,
            event,
            what,
        } = self;
        f.write_str("audit_events: ")?;
        if let Some(seq) = seq {
            write!(f, "row {seq} ")?;
        }
        if let Some(event) = event {
            write!(f, "({event}) ")?;
        }
        write!(f, "{what} (organization {organization})")
    }
}

/// What was looked at, and what is wrong.
#[derive(Debug, Default)]
pub struct Report {
    pub organizations: usize,
    pub rows: i64,
    pub breaks: Vec<Break>,
}

/// Where a chain ends: to be kept outside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub organization: Uuid,
    pub seq: i64,
    pub hash: String,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.organization, self.seq, self.hash)
    }
}

impl Head {
    /// A line as [`Head`] prints it.
    pub fn parse(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let head = Self {
            organization: words.next()?.parse().ok()?,
            seq: words.next()?.parse().ok()?,
            hash: words.next()?.to_owned(),
        };
        words.next().is_none().then_some(head)
    }
}

/// Reading a hundred thousand rows may take a second.
async fn connect(owner_url: &str) -> sqlx::Result<PgConnection> {
    PgConnectOptions::from_str(owner_url)?
        .disable_statement_logging()
        .connect()
        .await
}

/// Checks every chain as the owner of the tables, against heads kept earlier if there are any.
///
/// # Errors
/// When the database does not answer.
pub async fn verify(owner_url: &str, kept: &[Head]) -> sqlx::Result<Report> {
    let mut conn = connect(owner_url).await?;
    let organizations = sqlx::query_scalar!("select id from auth.organizations order by id")
        .fetch_all(&mut conn)
        .await?;
    let mut report = Report {
        organizations: organizations.len(),
        ..Report::default()
    };
    for organization in organizations {
        let kept = kept.iter().filter(|head| head.organization == organization);
        let (rows, found) = verify_one(&mut conn, organization, kept).await?;
        report.rows += rows;
        report.breaks.extend(found);
    }
    conn.close().await?;
    Ok(report)
}

/// Where every chain ends now.
///
/// # Errors
/// When the database does not answer.
pub async fn heads(owner_url: &str) -> sqlx::Result<Vec<Head>> {
    let mut conn = connect(owner_url).await?;
    let heads = sqlx::query_as!(
        Head,
        r#"select org_id as organization, seq, encode(hash, 'hex') as "hash!" from auth.audit_heads order by org_id"#
    )
    .fetch_all(&mut conn)
    .await?;
    conn.close().await?;
    Ok(heads)
}

async fn verify_one(
    conn: &mut PgConnection,
    organization: Uuid,
    kept: impl Iterator<Item = &Head> + Send,
) -> sqlx::Result<(i64, Option<Break>)> {
    let mut tx = conn
        .begin_with("begin isolation level repeatable read read only")
        .await?;
    sqlx::query!(
        "select set_config('app.org_id', $1, true) as org, set_config('TimeZone', 'UTC', true) as zone",
        organization.to_string()
    )
    .fetch_one(&mut *tx)
    .await?;
    let broken = |seq: Option<i64>, event: Option<Uuid>, what: String| Break {
        organization,
        seq,
        event,
        what,
    };
    let ends = sqlx::query!(
        r#"select (select count(*) from auth.audit_chain c where c.org_id = $1) as "rows!",
                  (select max(c.seq) from auth.audit_chain c where c.org_id = $1) as last,
                  h.seq as "head?", h.hash = (select c.hash from auth.audit_chain c where (c.org_id, c.seq) = (h.org_id, h.seq)) as same
             from (select 1) one left join auth.audit_heads h on h.org_id = $1"#,
        organization
    )
    .fetch_one(&mut *tx)
    .await?;
    let mut found = first_wrong(&mut tx, organization)
        .await?
        .map(|(seq, event, what)| broken(Some(seq), Some(event), what));
    let (last, head) = (ends.last.unwrap_or_default(), ends.head.unwrap_or_default());
    if found.is_none() && head != last {
        let what = format!("is where the chain ends, and its head says {head}: rows were cut off");
        found = Some(broken(Some(last), None, what));
    }
    if found.is_none() && ends.head.is_some_and(|head| head > 0) && ends.same != Some(true) {
        found = Some(broken(Some(last), None, "is not what the head says".to_owned()));
    }
    for head in kept {
        let same = holds(&mut tx, head).await?;
        if found.is_none() && !same {
            let what = "is not the row whose hash was kept outside: the chain was made anew".to_owned();
            found = Some(broken(Some(head.seq), None, what));
        }
    }
    if found.is_none() {
        let event = unchained(&mut tx, organization).await?;
        found = event.map(|id| broken(None, Some(id), "is in no chain: it was slipped in".to_owned()));
    }
    tx.rollback().await?;
    Ok((ends.rows, found))
}

/// The first link that does not fit its row or the link before it. Written out here, not with the database's own functions:
/// whoever changes rows could change those too.
async fn first_wrong(
    conn: &mut PgConnection,
    organization: Uuid,
) -> sqlx::Result<Option<(i64, Uuid, String)>> {
    let row = sqlx::query!(
        r#"select l.seq, l.event_id, l.before as "before!", e.id is not null as "there!"
             from (select c.seq, c.event_id, c.hash, lag(c.seq, 1, 0::bigint) over w as before,
                          lag(c.hash, 1, decode(repeat('00', 32), 'hex')) over w as hash_before
                     from auth.audit_chain c where c.org_id = $1 window w as (order by c.seq)) l
             left join audit_events e on (e.org_id, e.id) = ($1, l.event_id)
            where l.seq <> l.before + 1 or e.id is null or l.hash <> sha256(l.hash_before || convert_to(
                    jsonb_strip_nulls(to_jsonb(e) || jsonb_build_object('seq', l.seq, 'detail', e.detail::text))::text, 'UTF8'))
            order by l.seq limit 1"#,
        organization
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| {
        let what = if row.seq != row.before + 1 {
            format!("follows on row {}: what was between them is gone", row.before)
        } else if row.there {
            "is not what was written: it or the row before it was changed".to_owned()
        } else {
            "was removed".to_owned()
        };
        (row.seq, row.event_id, what)
    }))
}

async fn holds(conn: &mut PgConnection, head: &Head) -> sqlx::Result<bool> {
    if head.seq == 0 {
        return Ok(true);
    }
    let hash = sqlx::query_scalar!(
        r#"select encode(hash, 'hex') as "hash!" from auth.audit_chain where org_id = $1 and seq = $2"#,
        head.organization,
        head.seq
    )
    .fetch_optional(conn)
    .await?;
    Ok(hash.as_deref() == Some(head.hash.as_str()))
}

/// A row that no link names.
async fn unchained(conn: &mut PgConnection, organization: Uuid) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select e.id from audit_events e
          where e.org_id = $1 and not exists (select from auth.audit_chain c where c.org_id = $1 and c.event_id = e.id)
          order by e.at, e.id limit 1",
        organization
    )
    .fetch_optional(conn)
    .await
}
