//! One order with everything on it, in three statements.
use crate::domain::order::{Audience, DecisionMethod, JobDecision, Phase, number_text};
use crate::features::work_orders::view::*;
use crate::kernel::permission::{RecordWork, ViewInvoices};
use crate::server::prelude::*;
use serde::Deserialize;
use sqlx::types::Json;

/// How much of the history a page shows.
const HISTORY: i64 = 150;

/// Everything about one work order.
///
/// # Errors
/// `NotFound` for orders of others, of other branches and (for technicians) of colleagues.
pub async fn show(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<WorkOrderView> {
    let mut view = core(tx, id).await?;
    (view.history, view.authorizations) = history(tx, id).await?;
    choices(tx, &mut view).await?;
    Ok(view)
}

async fn core(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<WorkOrderView> {
    let row = sqlx::query!(
        r#"select w.number, w.phase as "phase: Phase", w.waiting, w.urgent, w.off_site, w.key_tag, w.attention_since, w.promised_at, w.created_at, w.phase_since, w.finished_at, w.closed_at, w.version
             , w.odometer_in, w.odometer_out, w.total_minor, w.branch_id as "branch: BranchId", b.name as branch_name, b.code, b.time_zone
             , c.id as "customer: CustomerId", c.name, c.contact_name, c.phone, c.email
             , a.id as "asset: AssetId", a.kind = 'vehicle' as "is_vehicle!", a.plate, a.serial, a.vin, a.color, a.engine, a.odometer
             , concat_ws(' ', nullif(a.make, ''), nullif(a.model, ''), a.model_year::text) as "asset_name!"
             , w.advisor_id as "advisor: MemberId", v.name as "advisor_name?"
             , d.name as "driver_name?", d.phone as "driver_phone?"
             , h.collected_by as "collected_by?", h.signature as "signature?", h.at as "collected_at?"
             , (select coalesce(json_agg(json_build_object('id', x.id, 'concern', x.concern, 'cause', x.cause, 'correction', x.correction)
                         order by x.position, x.id), '[]')
                  from concerns x where (x.org_id, x.work_order_id) = (w.org_id, w.id)) as "concerns!: Json<Vec<Concern>>"
             , (select coalesce(json_agg(to_jsonb(j) || jsonb_build_object(
                         'billed', exists (select from invoiced_jobs v where (v.org_id, v.job_id) = (j.org_id, j.id)),
                         'invoiced', exists (select from invoiced_jobs v join invoices i on (i.org_id, i.id) = (v.org_id, v.invoice_id)
                           where (v.org_id, v.job_id) = (j.org_id, j.id) and i.state = 'posted'),
                         'credited', exists (select from invoice_lines l join invoices i on (i.org_id, i.id) = (l.org_id, l.invoice_id)
                           where (l.org_id, l.job_id) = (j.org_id, j.id) and i.kind = 'credit_note' and i.state = 'posted'),
                         'lines', (select coalesce(json_agg(json_build_object('id', l.id, 'kind', l.kind, 'description', l.description,
                             'part_number', l.part_number, 'quantity', l.quantity_milli, 'unit_price', l.unit_price_minor,
                             'tax_rate', l.tax_basis_points) order by l.position, l.id), '[]')
                           from lines l where (l.org_id, l.job_id) = (j.org_id, j.id)),
                         'technicians', (select coalesce(json_agg(json_build_object('id', m.id, 'name', m.name) order by m.name), '[]')
                           from job_technicians t join members m on (m.org_id, m.id) = (t.org_id, t.member_id)
                          where (t.org_id, t.job_id) = (j.org_id, j.id))) order by j.position, j.id), '[]')
                  from jobs j where (j.org_id, j.work_order_id) = (w.org_id, w.id)) as "jobs!: Json<Vec<Job>>"
          from work_orders w
          join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
          join customers c on (c.org_id, c.id) = (w.org_id, w.customer_id)
          join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
          left join members v on (v.org_id, v.id) = (w.org_id, w.advisor_id)
          left join drivers d on (d.org_id, d.id) = (w.org_id, w.driver_id)
          left join hand_overs h on (h.org_id, h.work_order_id) = (w.org_id, w.id)
         where w.id = $1"#,
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    tx.focus(row.branch);
    let hand_over = row.collected_by.zip(row.signature).zip(row.collected_at);
    Ok(WorkOrderView {
        id,
        number: number_text(&row.code, row.number),
        branch: row.branch,
        branch_name: row.branch_name,
        zone: row.time_zone.parse().unwrap_or(chrono_tz::UTC),
        phase: row.phase,
        waiting: row.waiting,
        flags: Flags {
            urgent: row.urgent,
            off_site: row.off_site,
            key_tag: row.key_tag,
        },
        attention_since: row.attention_since,
        promised_at: row.promised_at,
        created_at: row.created_at,
        phase_since: row.phase_since,
        finished_at: row.finished_at,
        closed_at: row.closed_at,
        version: row.version,
        odometer_in: row.odometer_in,
        odometer_out: row.odometer_out,
        total: Money(row.total_minor),
        customer: CustomerFacts {
            id: row.customer,
            name: row.name,
            contact_name: row.contact_name,
            phone: row.phone,
            email: row.email,
            driver: row.driver_name.zip(row.driver_phone),
        },
        asset: AssetFacts {
            id: row.asset,
            is_vehicle: row.is_vehicle,
            plate: row.plate,
            serial: row.serial,
            vin: row.vin,
            name: row.asset_name,
            color: row.color,
            engine: row.engine,
            odometer: row.odometer,
        },
        advisor: row
            .advisor
            .zip(row.advisor_name)
            .map(|(id, name)| Person { id, name }),
        concerns: row.concerns.0,
        jobs: row.jobs.0,
        hand_over: hand_over.map(|((collected_by, signature), at)| HandedOver {
            collected_by,
            signature,
            at,
        }),
        history: Vec::new(),
        authorizations: Vec::new(),
        members: Vec::new(),
        tax_rates: Vec::new(),
        invoices: Vec::new(),
    })
}

/// The jobs that a decision was about, as they were shown.
#[derive(Default, Deserialize)]
struct About {
    jobs: Vec<JobId>,
    titles: Vec<String>,
}

/// Moves, notes, decisions and every other row of the trail, newest first. What has a row of its own is listed once.
async fn history(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<(Vec<Entry>, Vec<Authorization>)> {
    let rows = sqlx::query!(
        r#"select * from (
             (select m.id, m.at, 'move' as kind, coalesce(p.name, '') as who, coalesce(m.from_phase, '') as a, m.to_phase as b, m.reason as body
                   , 0::bigint as amount, null::jsonb as detail
                from work_order_moves m left join members p on (p.org_id, p.id) = (m.org_id, m.member_id) where m.work_order_id = $1)
             union all
             (select n.id, n.at, 'note', p.name, n.audience, '', n.body, 0
                   , (select jsonb_build_object('attention', n.attention, 'mentions', coalesce(jsonb_agg(x.name order by x.name) filter (where x.name is not null), '[]')
                            , 'unread_by', coalesce(jsonb_agg(x.id) filter (where x.unread), '[]'))
                        from (select q.id, q.name, y.seen_at is null as unread from note_mentions y
                                join members q on (q.org_id, q.id) = (y.org_id, y.member_id)
                               where (y.org_id, y.note_id) = (n.org_id, n.id)) x)
                from notes n join members p on (p.org_id, p.id) = (n.org_id, n.member_id)
               where n.work_order_id = $1
               -- What still calls is shown however long ago it was written.
               order by (n.attention and n.at >= (select w.attention_since from work_orders w where w.id = $1)) is true desc, n.at desc limit $2)
             union all
             (select z.id, z.at, 'authorization', p.name, z.decision, z.method, z.contact_name || e'\n' || z.note, z.amount_minor
                   , jsonb_build_object('jobs', coalesce(z.shown -> 'asked' -> 'jobs', '[]'), 'titles', (select coalesce(jsonb_agg(j -> 'title'), '[]')
                       from jsonb_path_query(z.shown, '$.jobs[*]') j where z.shown -> 'asked' -> 'jobs' @> (j -> 'id')))
                from authorizations z join members p on (p.org_id, p.id) = (z.org_id, z.member_id) where z.work_order_id = $1)
             union all
             (select e.id, e.at, 'trail', e.member_name, e.action, '', e.summary, 0, null
                from audit_events e
               where e.work_order_id = $1 and e.action not in ('note.added', 'work_order.created')
                 and ($3 or e.entity not in ('invoice', 'payment'))
                 and (e.action <> 'work_order.moved' or e.detail -> 'overridden' <> '[]')
               order by e.at desc limit $2)
           -- A move follows from what was done in the same moment, but for the first one.
           ) t order by at desc, (kind = 'move' and a <> '') desc, kind desc, id desc"#,
        id.uuid(),
        HISTORY,
        tx.session().allows::<ViewInvoices>()
    )
    .fetch_all(tx.conn())
    .await?;
    let (mut entries, mut authorizations) = (Vec::new(), Vec::new());
    for row in rows {
        let (at, who) = (row.at.unwrap_or_default(), row.who.unwrap_or_default());
        let (a, b, body) = (
            row.a.unwrap_or_default(),
            row.b.unwrap_or_default(),
            row.body.unwrap_or_default(),
        );
        let what = match row.kind.as_deref() {
            Some("move") => Phase::parse(&b).map(|to| Event::Moved {
                from: Phase::parse(&a),
                to,
                reason: body,
            }),
            Some("note") => Audience::parse(&a).map(|audience| {
                let id = NoteId::new(row.id.unwrap_or_default());
                Event::Noted(note(id, audience, body, row.detail))
            }),
            Some("trail") => Some(Event::Did {
                action: a,
                summary: body,
            }),
            _ => {
                let (contact_name, note) = body.split_once('\n').unwrap_or((&body, ""));
                let about: About = row
                    .detail
                    .and_then(|about| serde_json::from_value(about).ok())
                    .unwrap_or_default();
                authorizations.push(Authorization {
                    id: AuthorizationId::new(row.id.unwrap_or_default()),
                    decision: JobDecision::parse(&a).unwrap_or(JobDecision::Open),
                    method: DecisionMethod::parse(&b).unwrap_or(DecisionMethod::InPerson),
                    contact_name: contact_name.to_owned(),
                    note: note.to_owned(),
                    amount: Money(row.amount.unwrap_or_default()),
                    jobs: about.jobs,
                    titles: about.titles,
                    by: who.clone(),
                    at,
                });
                None
            }
        };
        entries.extend(what.map(|what| Entry { at, who, what }));
    }
    Ok((entries, authorizations))
}

fn note(id: NoteId, audience: Audience, body: String, detail: Option<serde_json::Value>) -> Note {
    let facts: NoteFacts = detail
        .and_then(|detail| serde_json::from_value(detail).ok())
        .unwrap_or_default();
    Note {
        id,
        audience,
        body,
        attention: facts.attention,
        mentions: facts.mentions,
        unread_by: facts.unread_by.into_iter().map(MemberId::new).collect(),
    }
}

/// What forms offer, and the money documents.
async fn choices(tx: &mut TenantTx, view: &mut WorkOrderView) -> AppResult<()> {
    let today = tx.now().with_timezone(&view.zone).date_naive();
    let row = sqlx::query!(
        r#"select
             (select coalesce(json_agg(json_build_object('id', m.id, 'name', m.name, 'role', p.role,
                       'departs', (select r.granted from role_rights r where r.org_id = p.org_id and r.role = p.role
                          and r.custom_role_id is not distinct from p.custom_role_id and r.right_name = $3),
                       'sees', app.role_sees_all_orders(p.org_id, p.role, p.custom_role_id)
                          or exists (select from job_technicians t where (t.org_id, t.work_order_id, t.member_id) = (m.org_id, $1, m.id)))
                         order by p.role <> 'technician', m.name), '[]')
                from app.workplaces p join members m on (m.org_id, m.id) = (p.org_id, p.member_id)
               where p.branch_id = $2 and m.deactivated_at is null) as "members!: Json<Vec<Member>>",
             (select coalesce(json_agg(json_build_object('name', r.name, 'rate', r.basis_points, 'is_default', r.is_default) order by r.position, r.basis_points desc), '[]')
                from tax_rates r) as "tax_rates!: Json<Vec<TaxRate>>",
             (select coalesce(json_agg(json_build_object('id', i.id, 'number', i.number_text, 'total', i.total_minor, 'open', o.open_minor,
                       'state', app.document_state(i.kind, i.state, v.id is not null, o.open_minor, o.paid_minor, o.due_on, $4)) order by i.created_at), '[]')
                from invoice_work_orders x
                join invoices i on (i.org_id, i.id) = (x.org_id, x.invoice_id)
                left join invoice_balances o on (o.org_id, o.invoice_id) = (i.org_id, i.id)
                left join invoices v on (v.org_id, v.corrects_id) = (i.org_id, i.id) and v.state = 'posted'
               where x.work_order_id = $1) as "invoices!: Json<Vec<InvoiceFacts>>""#,
        view.id.uuid(),
        view.branch.uuid(),
        RecordWork::NAME,
        today
    )
    .fetch_one(tx.conn())
    .await?;
    (view.members, view.tax_rates, view.invoices) = (row.members.0, row.tax_rates.0, row.invoices.0);
    let switches = tx.session().switches();
    for member in &mut view.members {
        member.may_work = RecordWork::RIGHT.held_with(member.role, switches, member.departs);
    }
    Ok(())
}
