//! What is asked for: the pages and the write, signed in as the owner of each workshop in turn.
use super::Scenario;
use super::client::Ask;
use super::server::Server;
use crate::kernel::WorkOrderId;
use crate::server::auth::session::Token;
use anyhow::{Context, Result};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

/// A workshop to ask as.
struct Shop {
    cookie: String,
    orders: Vec<WorkOrderId>,
}

/// Landing, sign-in, list, detail, board, dashboard, customers and creating a customer.
pub(crate) async fn scenarios(server: &Server) -> Result<Vec<Scenario>> {
    let shops = shops(server).await?;
    let page = |name: &str, paths: &dyn Fn(&Shop) -> Vec<String>| Scenario {
        name: name.to_owned(),
        variants: shops
            .iter()
            .flat_map(|shop| {
                paths(shop)
                    .into_iter()
                    .map(|path| get(server, path, Some(&shop.cookie)))
                    .collect::<Vec<_>>()
            })
            .collect(),
    };
    let open = |name: &str, path: &str| Scenario {
        name: name.to_owned(),
        variants: vec![get(server, path.to_owned(), None)],
    };
    let one = |path: &'static str| move |_: &Shop| vec![path.to_owned()];
    let detail = |shop: &Shop| {
        shop.orders
            .iter()
            .map(|id| format!("/work-orders/{id}"))
            .collect::<Vec<_>>()
    };
    Ok(vec![
        open("landing", "/"),
        open("login", "/sign-in"),
        page("customers", &one("/customers")),
        page("orders", &one("/work-orders")),
        page("detail", &detail),
        page("board", &one("/board")),
        page("dashboard", &one("/dashboard")),
        Scenario {
            name: "create".to_owned(),
            variants: shops.iter().map(|shop| create(server, &shop.cookie)).collect(),
        },
    ])
}

fn get(server: &Server, path: String, cookie: Option<&str>) -> Ask {
    let mut headers = vec![("Accept".to_owned(), "text/html".to_owned())];
    headers.extend(cookie.map(|cookie| ("Cookie".to_owned(), cookie.to_owned())));
    Ask {
        address: server.address,
        method: "GET".to_owned(),
        path,
        headers,
        body: String::new(),
        status: vec![200],
    }
}

fn create(server: &Server, cookie: &str) -> Ask {
    let headers = [
        ("Accept", "text/html"),
        ("Cookie", cookie),
        ("Sec-Fetch-Site", "same-origin"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    Ask {
        address: server.address,
        method: "POST".to_owned(),
        path: "/customers/new".to_owned(),
        headers: headers.map(|(k, v)| (k.to_owned(), v.to_owned())).to_vec(),
        body: "kind=person&name=Bench+{n}&phone=%2B49+40+{n}55000&email=bench%40example.com&street=Main+St+1&city=Hamburg&anyway=1".to_owned(),
        status: vec![303],
    }
}

/// A session for each workshop's owner, made beside the sign-in page, and some orders to open.
async fn shops(server: &Server) -> Result<Vec<Shop>> {
    let mut conn = PgConnection::connect(&server.cluster.owner_url("gantry")).await?;
    let orgs: Vec<(Uuid,)> = sqlx::query_as("select id from auth.organizations order by slug")
        .fetch_all(&mut conn)
        .await?;
    let mut shops = Vec::with_capacity(orgs.len());
    for (org,) in orgs {
        let mut tx = conn.begin().await?;
        sqlx::query("select set_config('app.org_id', $1, true), set_config('app.branches', 'all', true)")
            .bind(org.to_string())
            .execute(&mut *tx)
            .await?;
        let (user, member): (Uuid, Uuid) =
            sqlx::query_as("select user_id, id from members where role = 'owner' limit 1")
                .fetch_one(&mut *tx)
                .await?;
        let orders: Vec<(Uuid,)> =
            sqlx::query_as("select id from work_orders where number in (17, 1234, 2500, 3999, 4801)")
                .fetch_all(&mut *tx)
                .await?;
        let token = Token::generate();
        sqlx::query("insert into auth.sessions (token_hash, user_id, org_id, member_id, created_at, last_seen_at, expires_at, address, user_agent) values ($1, $2, $3, $4, now(), now(), now() + interval '1 day', 'bench', 'bench')")
            .bind(&token.hash()[..]).bind(user).bind(org).bind(member).execute(&mut *tx).await?;
        tx.commit().await?;
        let orders: Vec<WorkOrderId> = orders.into_iter().map(|(id,)| WorkOrderId::new(id)).collect();
        anyhow::ensure!(
            !orders.is_empty(),
            "a workshop without work orders: remove the bench data and start again"
        );
        shops.push(Shop {
            cookie: format!("gantry_session={}", token.expose()),
            orders,
        });
    }
    shops.first().context("no workshop was seeded")?;
    Ok(shops)
}
