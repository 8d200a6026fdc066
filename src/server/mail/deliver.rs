//! Sends mail: over an SMTP server, or into a folder where none is configured.
use super::letter::Letter;
use super::outbox::{self, Kept};
use crate::server::secrets::Keys;
use anyhow::{Context, Result};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Sends letters. Clones share connections.
#[derive(Clone)]
pub struct Mailer {
    way: Way,
    base_url: Arc<str>,
    sender: Mailbox,
    keys: Keys,
}

#[derive(Clone)]
enum Way {
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Folder(PathBuf),
}

impl Mailer {
    /// To the mail server at `smtp_url`, else into `folder`. The sender is `no-reply` at the host of `base_url`.
    ///
    /// # Errors
    /// When the address of the mail server cannot be used.
    pub fn new(smtp_url: Option<&str>, folder: PathBuf, base_url: &str, keys: Keys) -> Result<Self> {
        let way = match smtp_url {
            Some(url) => Way::Smtp(Box::new(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .context("SMTP_URL")?
                    .timeout(Some(Duration::from_secs(20)))
                    .build(),
            )),
            None => Way::Folder(folder),
        };
        let sender = format!("no-reply@{}", sender_domain(base_url)).parse()?;
        Ok(Self {
            way,
            base_url: base_url.into(),
            sender: Mailbox::new(None, sender),
            keys,
        })
    }

    /// Where mail is kept when there is no mail server.
    pub fn folder(&self) -> Option<&Path> {
        match &self.way {
            Way::Folder(folder) => Some(folder),
            Way::Smtp(_) => None,
        }
    }

    /// Hands one letter over. `id` becomes its Message-ID, so that a mail sent twice can be recognized.
    ///
    /// # Errors
    /// When the recipient is no address or the mail server does not take it.
    pub async fn send(&self, id: Uuid, recipient: &str, letter: &Letter) -> Result<()> {
        let message = self.message(id, recipient, letter)?;
        match &self.way {
            Way::Smtp(transport) => {
                transport.send(message).await?;
            }
            Way::Folder(folder) => {
                let text = letter.text(&self.base_url, &self.keys);
                let plain = Kept::file(recipient, &letter.subject, &text);
                let files = [("txt", plain.into_bytes()), ("eml", message.formatted())];
                outbox::keep(folder, id, files)
                    .await
                    .with_context(|| folder.display().to_string())?;
            }
        }
        Ok(())
    }

    fn message(&self, id: Uuid, recipient: &str, letter: &Letter) -> Result<Message> {
        let letter = Letter {
            from: one_line(&letter.from),
            subject: one_line(&letter.subject),
            ..letter.clone()
        };
        let from = Mailbox::new(Some(letter.from.clone()), self.sender.email.clone());
        let (text, html) = (
            letter.text(&self.base_url, &self.keys),
            letter.html(&self.base_url, &self.keys),
        );
        let message = Message::builder()
            .from(from)
            .to(Mailbox::new(None, recipient.parse().context("recipient")?))
            .message_id(Some(format!("<{id}@{}>", self.sender.email.domain())))
            .subject(letter.subject.clone());
        Ok(message.multipart(MultiPart::alternative_plain_html(text, html))?)
    }
}

/// Text for a header: a line break in somebody's name must not begin another one.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// A name that mail servers accept: addresses of machines and single labels become `gantry.local`.
fn sender_domain(base_url: &str) -> String {
    let host = base_url.split("://").nth(1).unwrap_or_default();
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let named = host.contains('.') && host.chars().any(|c| c.is_ascii_alphabetic());
    if named {
        host.to_owned()
    } else {
        "gantry.local".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::mail::Target;

    #[test]
    fn a_message_has_both_forms_and_cannot_be_given_headers() {
        let keys = Keys::parse(&"a".repeat(64)).expect("a key");
        let mailer = Mailer::new(None, PathBuf::from("mail"), "https://gantry.test", keys).expect("a mailer");
        let letter = Letter::of("Nord\r\nBcc: eve@evil.test", "Hi\r\nBcc: eve@evil.test")
            .say("Grüße")
            .button("Open", Target::Page("/account".to_owned()));
        let message = mailer
            .message(Uuid::nil(), "ada@nord.test", &letter)
            .expect("a message");
        let raw = String::from_utf8(message.formatted()).expect("text");
        assert!(!raw.lines().any(|line| line.starts_with("Bcc:")), "{raw}");
        assert!(raw.contains("text/plain") && raw.contains("text/html"), "{raw}");
        // With two kinds in its head a mail program shows the parts as they travel.
        let head = raw.split("\r\n\r\n").next().unwrap_or_default();
        assert_eq!(head.matches("Content-Type:").count(), 1, "{head}");
        assert_eq!(message.envelope().to().len(), 1);
    }

    #[test]
    fn a_sender_without_a_name_gets_one() {
        assert_eq!(sender_domain("https://gantry.example:8443"), "gantry.example");
        assert_eq!(sender_domain("http://127.0.0.1:3000"), "gantry.local");
        assert_eq!(sender_domain("http://localhost:3000"), "gantry.local");
    }
}
