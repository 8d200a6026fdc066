//! Reads: my open work, and what I finished today.
use super::model::{Change, Concern, Finished, Free, Job, Note, Work};
use crate::domain::order::{Phase, number_text};
use crate::features::work_orders::view::Flags;
use crate::server::prelude::*;
use chrono::{DateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use sqlx::types::Json;

/// Nobody has more than this on one day; the page says when there is more.
pub const MOST: usize = 60;

/// Other people's changes that affect what is to be done.
fn worth_telling() -> Vec<String> {
    const ACTIONS: [&str; 10] = [
        "job.changed",
        "line.added",
        "lines.saved",
        "concern.added",
        "concern.changed",
        "concern.removed",
        "note.added",
        "decision.approved",
        "decision.declined",
        "work_order.changed",
    ];
    ACTIONS.map(ToOwned::to_owned).to_vec()
}

/// Open work orders with unfinished jobs of this member, the nearest promise first. One statement, whatever hangs on them.
pub async fn mine(tx: &mut TenantTx) -> AppResult<Vec<Work>> {
    let session = tx.session().clone();
    let (me, branches) = (session.member().uuid(), session.branch_filter());
    let rows = sqlx::query!(
        r#"
        select w.id as "id: WorkOrderId", w.number, w.phase as "phase: Phase", w.promised_at, w.waiting, w.urgent, w.off_site, w.key_tag, w.attention_since is not null as "attention!", b.code, b.time_zone
             , a.plate, a.serial, a.make, a.model, a.model_year, a.color
             , (select coalesce(json_agg(json_build_object('id', c.id, 'concern', c.concern, 'cause', c.cause, 'correction', c.correction)
                                         order by c.position), '[]')
                  from concerns c where (c.org_id, c.work_order_id) = (w.org_id, w.id)) as "concerns!: Json<Vec<Concern>>"
             , (select coalesce(json_agg(json_build_object('audience', n.audience, 'attention', coalesce(n.attention and n.at >= w.attention_since, false), 'body', n.body, 'by', m.name, 'at', n.at) order by n.at desc), '[]')
                  from (select * from notes n where (n.org_id, n.work_order_id) = (w.org_id, w.id) order by n.at desc limit 4) n
                  join members m on (m.org_id, m.id) = (n.org_id, n.member_id)) as "notes!: Json<Vec<Note>>"
             , (select bool_or(t.seen_at is null) from job_technicians t
                 where (t.org_id, t.work_order_id) = (w.org_id, w.id) and t.member_id = $1) as "new!"
             , (select coalesce(json_agg(json_build_object('by', e.member_name, 'what', e.summary, 'at', e.at) order by e.at desc), '[]')
                  from (select * from audit_events e
                         where (e.org_id, e.work_order_id) = (w.org_id, w.id) and e.member_id <> $1 and e.action = any($4)
                           and e.at > (select min(t.seen_at) from job_technicians t
                                        where (t.org_id, t.work_order_id) = (w.org_id, w.id) and t.member_id = $1)
                         order by e.at desc limit 4) e) as "changes!: Json<Vec<Change>>"
             , (select json_agg(json_build_object('id', j.id, 'title', j.title, 'payer', j.payer, 'decision', j.decision, 'work_state', j.work_state
                                , 'started_at', j.started_at
                                , 'mates', (select coalesce(json_agg(m.name order by m.name), '[]') from job_technicians o
                                              join members m on (m.org_id, m.id) = (o.org_id, o.member_id)
                                             where (o.org_id, o.job_id) = (j.org_id, j.id) and o.member_id <> $1)
                                , 'lines', (select coalesce(json_agg(json_build_object('kind', l.kind, 'description', l.description
                                                   , 'part_number', l.part_number, 'quantity_milli', l.quantity_milli) order by l.position), '[]')
                                              from lines l where (l.org_id, l.job_id) = (j.org_id, j.id) and l.kind in ('labor', 'part', 'text', 'sublet')))
                                order by j.position)
                  from jobs j join job_technicians t on (t.org_id, t.job_id) = (j.org_id, j.id) and t.member_id = $1
                 where (j.org_id, j.work_order_id) = (w.org_id, w.id) and j.work_state <> 'finished' and j.decision <> 'declined') as "jobs!: Json<Vec<Job>>"
          from work_orders w
          join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
          join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
         where w.closed_at is null and w.phase <> 'ready' and w.branch_id = any($2)
           and exists (select from job_technicians t join jobs j on (j.org_id, j.id) = (t.org_id, t.job_id)
                        where (t.org_id, t.work_order_id) = (w.org_id, w.id) and t.member_id = $1
                          and j.work_state <> 'finished' and j.decision <> 'declined')
         order by w.promised_at, w.id
         limit $3"#,
        me, &branches, MOST as i64 + 1, &worth_telling()
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Work {
            order: row.id,
            number: number_text(&row.code, row.number),
            zone: row.time_zone.parse().unwrap_or(Tz::UTC),
            phase: row.phase,
            promised_at: row.promised_at,
            waiting: row.waiting,
            attention: row.attention,
            flags: Flags {
                urgent: row.urgent,
                off_site: row.off_site,
                key_tag: row.key_tag,
            },
            asset: asset(&[&row.make, &row.model], row.model_year, &row.color),
            plated: !row.plate.is_empty(),
            mark: if row.plate.is_empty() {
                row.serial
            } else {
                row.plate
            },
            new: row.new,
            changes: row.changes.0,
            concerns: row.concerns.0,
            notes: row.notes.0,
            jobs: row.jobs.0,
        })
        .collect())
}

/// Approved work that nobody has, the urgent first; one more than [`MOST`] where there is more.
pub async fn pool(tx: &mut TenantTx) -> AppResult<Vec<Free>> {
    let (branches, now) = (tx.session().branch_filter(), tx.now());
    let rows = sqlx::query!(
        r#"select work_order_id as "order!: WorkOrderId", job_id as "job!: JobId", number as "number!", code as "code!", time_zone as "time_zone!"
                , promised_at, waiting as "waiting!", urgent as "urgent!", off_site as "off_site!", key_tag as "key_tag!"
                , plate as "plate!", serial as "serial!", asset as "asset!", title as "title!"
             from app.job_pool($1, $2) limit $3"#,
        &branches,
        now,
        MOST as i64 + 1
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Free {
            order: row.order,
            job: row.job,
            number: number_text(&row.code, row.number),
            zone: row.time_zone.parse().unwrap_or(Tz::UTC),
            promised_at: row.promised_at,
            waiting: row.waiting,
            flags: Flags {
                urgent: row.urgent,
                off_site: row.off_site,
                key_tag: row.key_tag,
            },
            plated: !row.plate.is_empty(),
            mark: if row.plate.is_empty() {
                row.serial
            } else {
                row.plate
            },
            asset: row.asset,
            title: row.title,
        })
        .collect())
}

/// Jobs of this member that were finished since midnight, the last first.
pub async fn finished_today(tx: &mut TenantTx) -> AppResult<Vec<Finished>> {
    let session = tx.session().clone();
    let zone = session.working_branch()?.time_zone;
    let (me, since) = (session.member().uuid(), midnight(tx.now(), zone));
    let rows = sqlx::query!(
        r#"
        select w.id as "order: WorkOrderId", j.id as "job: JobId", w.number, w.phase as "phase: Phase", b.code, b.time_zone, a.plate, a.serial
             , j.title, j.finished_at as "finished_at!"
          from jobs j
          join job_technicians t on (t.org_id, t.job_id) = (j.org_id, j.id) and t.member_id = $1
          join work_orders w on (w.org_id, w.id) = (j.org_id, j.work_order_id)
          join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
          join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
         where j.finished_at >= $2 and j.work_state = 'finished'
         order by j.finished_at desc, j.id limit $3"#,
        me, since, MOST as i64
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Finished {
            order: row.order,
            job: row.job,
            number: number_text(&row.code, row.number),
            mark: if row.plate.is_empty() {
                row.serial
            } else {
                row.plate
            },
            title: row.title,
            zone: row.time_zone.parse().unwrap_or(Tz::UTC),
            finished_at: row.finished_at,
            resumable: row.phase.is_open() && row.phase != Phase::Ready,
        })
        .collect())
}

/// When this day began in the zone. Where the clocks skip midnight it begins with the first hour there is.
fn midnight(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let start = now.with_timezone(&zone).date_naive().and_time(NaiveTime::MIN);
    let hours = |h| {
        zone.from_local_datetime(&(start + chrono::TimeDelta::hours(h)))
            .earliest()
    };
    hours(0)
        .or_else(|| hours(1))
        .map_or(now, |at| at.with_timezone(&Utc))
}

fn asset(words: &[&str], year: Option<i32>, color: &str) -> String {
    let year = year.map(|year| year.to_string()).unwrap_or_default();
    let name: Vec<&str> = words
        .iter()
        .copied()
        .chain([year.as_str()])
        .filter(|w| !w.is_empty())
        .collect();
    [name.join(" ").as_str(), color]
        .into_iter()
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_of_the_branch() {
        let now: DateTime<Utc> = "2026-05-04T23:30:00Z".parse().expect("a time");
        let berlin = midnight(now, chrono_tz::Europe::Berlin);
        assert_eq!(berlin.to_rfc3339(), "2026-05-04T22:00:00+00:00");
        let skipped: DateTime<Utc> = "2026-09-06T12:00:00Z".parse().expect("a time");
        assert_eq!(
            midnight(skipped, chrono_tz::America::Santiago).to_rfc3339(),
            "2026-09-06T04:00:00+00:00"
        );
    }
}
