//! Mail: written down in the transaction that causes it, sent by a job of whichever server comes first, tried again for a day.
//! Links are made from the configured address and the server's key when the mail is sent; the database holds no secret of them.
mod deliver;
mod letter;
mod worker;

pub use deliver::Mailer;
pub use letter::{Button, Letter, Target};
pub use worker::{start, work_off};

use super::db::tenant::TenantTx;
use crate::kernel::AppResult;

/// Queues a letter of this workshop; it leaves when the transaction commits.
///
/// # Errors
/// When the database fails.
pub async fn queue(tx: &mut TenantTx, recipient: &str, letter: &Letter) -> AppResult<()> {
    let (id, now) = (tx.new_uuid(), tx.now());
    sqlx::query!(
        "select auth.queue_mail($1, $2, $3, $4, $5)",
        id,
        recipient,
        letter.subject,
        letter.as_json(),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
