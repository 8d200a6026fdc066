//! Who of us may use the console, by the command line: there is no other way in.
use super::auth::password::{Hasher, acceptable};
use super::clock::Clock;
use super::db::platform::{Admin, drop_admin, put_admin};
use crate::server::contact;
use anyhow::{Result, anyhow, ensure};

/// Makes an account or gives one a new password; what to print.
///
/// # Errors
/// When the address or the password will not do, or the database does not answer.
pub async fn create(
    owner_url: &str,
    email: &str,
    name: Option<String>,
    given: Option<String>,
    clock: &dyn Clock,
) -> Result<String> {
    let email = contact::email(email).map_err(|_| anyhow!("{email} is not an e-mail address"))?;
    let made = given.is_none();
    // 120 random bits: nobody types it twice.
    let password = given.unwrap_or_else(|| hex::encode(rand::random::<[u8; 15]>()));
    acceptable(&password, &[&email]).map_err(|problem| anyhow!("the password will not do: {problem}"))?;
    let hash = Hasher::new().hash(&password).await?;
    let name = name
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| email.clone());
    let admin = Admin {
        id: clock.new_uuid(),
        name,
        email,
    };
    put_admin(owner_url, &admin, &hash, clock.now()).await?;
    let password_line = if made {
        format!("\nPassword, shown this once: {password}")
    } else {
        String::new()
    };
    Ok(format!(
        "{} may sign in at /platform/sign-in{password_line}",
        admin.email
    ))
}

/// Takes an account away; what to print.
///
/// # Errors
/// When nobody has this address, or the database does not answer.
pub async fn remove(owner_url: &str, email: &str, clock: &dyn Clock) -> Result<String> {
    ensure!(
        drop_admin(owner_url, email.trim(), clock.now()).await?,
        "{email} has no account in the console"
    );
    Ok(format!("{email} has no account in the console any more"))
}
