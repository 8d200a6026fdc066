//! Mail: written down in the transaction that causes it, sent by a job of whichever server comes first, tried again for a day.
//! Links are made from the configured address and the server's key when the mail is sent; the database holds no secret of them.
mod deliver;
mod letter;
pub mod outbox;
mod worker;

pub use deliver::Mailer;
pub use letter::{Button, Letter, Target};
pub use worker::SendMail;

pub use super::db::mail::queue;
