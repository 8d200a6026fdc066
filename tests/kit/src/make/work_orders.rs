//! Work orders.
use crate::{Actor, Answer, Workshop};
use axum::http::{HeaderMap, StatusCode};
use gantry::kernel::{JobId, WorkOrderId};
use uuid::Uuid;

impl Actor {
    /// A vehicle's work order in the phase "received", at the workshop's first branch.
    pub async fn make_order(&self, workshop: &Workshop) -> WorkOrderId {
        let customer = self.make_customer(&[]).await;
        let (now, mut db) = (self.app().now(), workshop.db().await);
        let asset = self.app().state().clock.new_uuid();
        let plate = asset.simple().to_string()[24..].to_uppercase();
        sqlx::query("insert into assets (id, customer_id, kind, plate, plate_norm, make, model, created_at, updated_at) values ($1, $2, 'vehicle', $3, $3, 'VW', 'Golf', $4, $4)")
            .bind(asset)
            .bind(customer.uuid())
            .bind(plate)
            .bind(now)
            .execute(&mut db)
            .await
            .expect("an asset");
        let id = self.app().state().clock.new_uuid();
        sqlx::query("insert into work_orders (id, branch_id, number, customer_id, asset_id, created_at, phase_since) values ($1, $2, app.next_number($2, 'work_order', 0), $3, $4, $5, $5)")
            .bind(id)
            .bind(workshop.main.id.uuid())
            .bind(customer.uuid())
            .bind(asset)
            .bind(now)
            .execute(&mut db)
            .await
            .expect("a work order");
        WorkOrderId::new(id)
    }

    /// Posts one of the order's forms.
    pub async fn on_order(&self, order: WorkOrderId, part: &str, fields: &[(&str, &str)]) -> Answer {
        self.post(&format!("/work-orders/{order}/{part}"), fields).await
    }

    /// The version that the order's page shows.
    pub async fn version(&self, order: WorkOrderId) -> String {
        let page = self.get(&format!("/work-orders/{order}")).await.must(200);
        page.field("version").expect("a version")
    }

    /// A job with one line of labor: `make_job(order, "Brakes", "100.00")`.
    pub async fn make_job(&self, order: WorkOrderId, title: &str, price: &str) -> JobId {
        let job: JobId = self
            .on_order(order, "jobs", &[("title", title)])
            .await
            .must(303)
            .id();
        let version = self.version(order).await;
        let line = [
            ("version", version.as_str()),
            ("line[]", ""),
            ("kind[]", "labor"),
            ("description[]", "Work"),
            ("part_number[]", ""),
            ("quantity[]", "1"),
            ("unit_price[]", price),
            ("tax[]", "1900"),
        ];
        self.on_order(order, &format!("jobs/{job}/lines"), &line)
            .await
            .must(303);
        job
    }

    /// Records the customer's word on one job.
    pub async fn decide(&self, order: WorkOrderId, job: JobId, word: &str) -> Answer {
        let (version, job) = (self.version(order).await, job.to_string());
        let fields = [
            ("version", version.as_str()),
            (&job, word),
            ("method", "phone"),
            ("contact_name", "Ada"),
        ];
        self.on_order(order, "decisions", &fields).await
    }

    /// Moves it. To where it went by itself already is no move and succeeds.
    pub async fn move_order(&self, order: WorkOrderId, to: &str) -> Answer {
        let phase: String = sqlx::query_scalar("select phase from work_orders where id = $1")
            .bind(order.uuid())
            .fetch_one(&mut self.app().db_admin().await)
            .await
            .expect("a phase");
        if phase == to {
            return Answer {
                status: StatusCode::SEE_OTHER,
                headers: HeaderMap::new(),
                body: Vec::new(),
            };
        }
        self.on_order(order, "moves", &[("to", to)]).await
    }
}

impl Workshop {
    /// What the database says an order costs.
    pub async fn db_total(&self, order: WorkOrderId) -> i64 {
        sqlx::query_scalar("select total_minor from work_orders where id = $1")
            .bind(order.uuid())
            .fetch_one(&mut self.db().await)
            .await
            .expect("a total")
    }

    /// How many rows of a table hang on an order.
    pub async fn db_count(&self, table: &str, order: WorkOrderId) -> i64 {
        let statement = format!("select count(*) from {table} where work_order_id = $1");
        sqlx::query_scalar(sqlx::AssertSqlSafe(statement))
            .bind(order.uuid())
            .fetch_one(&mut self.db().await)
            .await
            .expect("a count")
    }

    /// The code with which the database refuses a statement about a row.
    pub async fn db_refusal(&self, statement: &str, id: Uuid) -> String {
        let refused = sqlx::query(sqlx::AssertSqlSafe(statement.to_owned()))
            .bind(id)
            .execute(&mut self.db().await)
            .await;
        let error = refused.expect_err("a refusal");
        let code = error
            .as_database_error()
            .and_then(|db| Some(db.code()?.into_owned()));
        code.unwrap_or_default()
    }
}
