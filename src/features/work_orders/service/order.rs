//! The order's row, locked until the transaction ends, and what every change of its content ends with.
use crate::domain::order::{JobDecision, LineKind, Phase, number_text};
use crate::domain::totals::{LineAmounts, Totals, totals};
use crate::server::orders::OrderRef;
use crate::server::prelude::*;

/// What writes need to know of an order.
pub(super) struct Order {
    pub id: WorkOrderId,
    pub branch: BranchId,
    pub number: String,
    pub phase: Phase,
    pub version: i32,
    pub customer: CustomerId,
    pub asset: AssetId,
    pub is_vehicle: bool,
    pub odometer_in: Option<i32>,
    pub odometer_out: Option<i32>,
}

impl Order {
    /// Refuses a change that was made while looking at another version: the form says which one it showed.
    pub(super) fn unchanged_since(&self, seen: &str) -> AppResult<()> {
        match seen.trim().parse::<i32>() {
            Ok(version) if version == self.version => Ok(()),
            Ok(_) => Err(Conflict::ChangedMeanwhile.into()),
            Err(_) => Err(AppError::BadRequest(
                "the form does not say which version it showed".into(),
            )),
        }
    }

    pub(super) fn event(&self, action: &'static str, summary: impl Into<String>) -> AuditEvent {
        self.reference(self.phase).event(action, summary)
    }

    /// As other features know it, in this phase.
    pub(super) fn reference(&self, phase: Phase) -> OrderRef {
        OrderRef {
            id: self.id,
            branch: self.branch,
            customer: self.customer,
            number: self.number.clone(),
            phase,
        }
    }
}

/// Locks an order. Orders of others, of other branches and (for technicians) of colleagues do not exist.
pub(super) async fn lock(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<Order> {
    let row = sqlx::query!(
        r#"select w.branch_id as "branch: BranchId", w.number, w.phase as "phase: Phase", w.version, w.customer_id as "customer: CustomerId",
                  w.asset_id as "asset: AssetId", w.odometer_in, w.odometer_out, b.code, a.kind = 'vehicle' as "is_vehicle!"
             from work_orders w
             join branches b on (b.org_id, b.id) = (w.org_id, w.branch_id)
             join assets a on (a.org_id, a.id) = (w.org_id, w.asset_id)
            where w.id = $1
              for update of w"#,
        id.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    tx.focus(row.branch);
    Ok(Order {
        id,
        branch: row.branch,
        number: number_text(&row.code, row.number),
        phase: row.phase,
        version: row.version,
        customer: row.customer,
        asset: row.asset,
        is_vehicle: row.is_vehicle,
        odometer_in: row.odometer_in,
        odometer_out: row.odometer_out,
    })
}

/// Locks an open order for another feature that adds something to it, as every write on an order does.
///
/// # Errors
/// `NotFound`, `Refused` for a closed order.
pub async fn reserve(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<OrderRef> {
    let order = lock_open(tx, id).await?;
    Ok(order.reference(order.phase))
}

/// What a form is refused with whose fields are wrong: how the order stands comes first, and whether it is the version that was `seen`.
pub async fn refuse(tx: &mut TenantTx, id: WorkOrderId, seen: Option<&str>, errors: FieldErrors) -> AppError {
    match lock_open(tx, id).await {
        Err(error) => error,
        Ok(order) => match seen.map(|seen| order.unchanged_since(seen)) {
            Some(Err(error)) => error,
            _ => errors.into(),
        },
    }
}

/// As [`lock`], and refuses a closed order.
pub(super) async fn lock_open(tx: &mut TenantTx, id: WorkOrderId) -> AppResult<Order> {
    let order = lock(tx, id).await?;
    if order.phase.is_open() {
        Ok(order)
    } else {
        Err(AppError::refused(format!(
            "Work order {} is {} and closed. It cannot be changed.",
            order.number,
            order.phase.label().to_lowercase()
        )))
    }
}

/// Adds the lines up anew and counts the change, in the transaction that made it.
pub(super) async fn recalculate(tx: &mut TenantTx, order: &Order) -> AppResult<Totals> {
    let lines = sqlx::query!(
        r#"select l.kind as "kind: LineKind", l.quantity_milli, l.unit_price_minor, l.tax_basis_points, j.decision as "decision: JobDecision"
             from lines l join jobs j on (j.org_id, j.id) = (l.org_id, l.job_id)
            where l.work_order_id = $1"#,
        order.id.uuid()
    )
    .fetch_all(tx.conn())
    .await?;
    let amounts: Vec<LineAmounts> = lines
        .into_iter()
        .map(|line| LineAmounts {
            kind: line.kind,
            quantity: Quantity(line.quantity_milli),
            unit_price: Money(line.unit_price_minor),
            tax_rate: BasisPoints(line.tax_basis_points),
            declined: line.decision == JobDecision::Declined,
        })
        .collect();
    let sums = totals(&amounts);
    sqlx::query!(
        "update work_orders set total_minor = $2, version = version + 1 where id = $1",
        order.id.uuid(),
        sums.gross.0
    )
    .execute(tx.conn())
    .await?;
    Ok(sums)
}

/// Lets every open screen hear of a change that left the order's own row alone: the row's trigger announces.
pub async fn announce(tx: &mut TenantTx, order: WorkOrderId) -> AppResult<()> {
    sqlx::query!(
        "update work_orders set waiting = waiting where id = $1",
        order.uuid()
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Proves that somebody works in the branch, in a role that may do this; the name is for the trail.
pub(super) async fn colleague<P: Permission>(
    tx: &mut TenantTx,
    branch: BranchId,
    id: MemberId,
    field: &str,
) -> AppResult<String> {
    let member = sqlx::query!(
        r#"select m.name, p.role as "role?", m.deactivated_at is not null as "left!"
                , (select r.granted from role_rights r where r.org_id = p.org_id and r.role = p.role
                      and r.custom_role_id is not distinct from p.custom_role_id and r.right_name = $3) as "departs?"
             from members m
             left join app.workplaces p on (p.org_id, p.member_id, p.branch_id) = (m.org_id, m.id, $2)
            where m.id = $1"#,
        id.uuid(),
        branch.uuid(),
        P::NAME
    )
    .fetch_optional(tx.conn())
    .await?
    .filter(|member| !member.left);
    let refuse = |sentence: String| Err(AppError::field(field, Problem::Other(sentence)));
    let Some(member) = member else {
        return refuse("This person no longer works here. Choose someone else.".to_owned());
    };
    let Some(role) = member.role else {
        let name = member.name;
        return refuse(format!(
            "{name} does not work at this branch. Choose someone who does."
        ));
    };
    let may = Role::parse(&role)
        .is_some_and(|role| P::RIGHT.held_with(role, tx.session().switches(), member.departs));
    if !may {
        let (name, event) = (member.name, P::ACTION);
        return refuse(format!(
            "The role of {name} may not {event}. Choose someone whose role may."
        ));
    }
    Ok(member.name)
}
