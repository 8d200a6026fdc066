//! One error for the whole product, with one table of statuses. Nothing internal is in it: an incident is a code to quote.
use super::form::{FieldErrors, Problem};
use super::org_state::OrgState;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

pub type AppResult<T> = Result<T, AppError>;

/// Everything that can go wrong, as the browser may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    #[error("Please sign in.")]
    SignedOut,
    #[error("Please enter your password again.")]
    StepUp,
    #[error("Your workshop requires a second factor. Set one up under Your account.")]
    FactorDue,
    /// The workshop cannot be entered for this, as it stands with us.
    #[error("{}", closed(*.0))]
    Closed(OrgState),
    #[error("You do not have the right to {0}. Ask an owner of your workshop.")]
    Forbidden(String),
    #[error("This page does not exist, or you do not have access to it.")]
    NotFound,
    #[error("Please check the marked fields.")]
    Invalid(FieldErrors),
    #[error("{0}")]
    Conflict(Conflict),
    #[error("The request could not be read: {0}.")]
    BadRequest(String),
    #[error("Too many attempts. Wait {}, then try again.", wait(*.retry_after_s))]
    SlowDown { retry_after_s: u32 },
    #[error("The server is busy. Please try again in a moment.")]
    Busy,
    #[error("No connection. Your change was not saved.")]
    Offline,
    #[error("Something went wrong. Please quote this code: {0}")]
    Internal(String),
}

/// A wish that today's state of things does not allow, each with a way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Conflict {
    #[error("Someone else changed this in the meantime. Check the new version, then try again.")]
    ChangedMeanwhile,
    /// A form's key was used before, for other entries or for something else.
    #[error(
        "This form was sent before with other entries, and those were saved. Look at what is there. To save these entries as well, send them again."
    )]
    AlreadySent,
    /// Everything that is missing, at once, each with the place to mend it.
    #[error("Not ready yet: {}", missing.iter().map(|m| m.what.as_str()).collect::<Vec<_>>().join("; "))]
    NotReady { missing: Vec<Missing> },
    #[error("{0}")]
    Refused(String),
    /// Nothing is written any more, as the workshop stands with us.
    #[error(
        "This workshop is read-only, so nothing was saved. You can still view and download everything. An owner can see why under Settings, Subscription."
    )]
    ReadOnly,
    /// The database ended one of two changes that waited for each other; nothing of it was kept.
    #[error("Another change was being saved at the same time, so this one was not saved. Please try again.")]
    Collided,
    /// A row like this exists, which no rule of ours expected: an incident, with its code.
    #[error("This exists already, so nothing was saved. If it happens again, please quote this code: {0}")]
    Duplicate(String),
    #[error(
        "You switched to another workshop in another tab, so nothing was saved here. Switch back, then open the page again."
    )]
    OtherWorkshop,
}

/// One thing that is missing before a move, and where to mend it (a link within the page or product).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    pub what: String,
    pub href: String,
}

impl AppError {
    /// One problem at one field.
    pub fn field(field: &str, problem: Problem) -> Self {
        Self::Invalid(FieldErrors::one(field, problem))
    }
    pub fn refused(sentence: impl Into<String>) -> Self {
        Self::Conflict(Conflict::Refused(sentence.into()))
    }
    /// The HTTP status, the one table of the product.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden(_) | Self::StepUp | Self::FactorDue | Self::Closed(_) => 403,
            Self::NotFound => 404,
            Self::Invalid(_) => 422,
            Self::Conflict(_) => 409,
            Self::BadRequest(_) => 400,
            Self::SlowDown { .. } => 429,
            Self::Busy | Self::Offline => 503,
            Self::Internal(_) => 500,
        }
    }
}

/// A wait as people say it.
pub fn wait(seconds: u32) -> String {
    match seconds {
        0 | 1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        more => format!("{} minutes", more.div_ceil(60)),
    }
}

/// What a workshop that cannot be entered says of itself.
const fn closed(state: OrgState) -> &'static str {
    match state {
        OrgState::Suspended => "This workshop is suspended. Its data is kept. Please contact support.",
        _ => "This workshop is locked. Its data is kept, and an owner can download it.",
    }
}

impl From<FieldErrors> for AppError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}
impl From<Conflict> for AppError {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

/// What the server notes of an error that crosses the wire: its status, because Leptos 0.8 answers each with 500.
static CROSSING: OnceLock<fn(&AppError)> = OnceLock::new();

/// Lets the server hear of errors that cross the wire; the first one counts.
pub fn on_crossing(note: fn(&AppError)) {
    let _ = CROSSING.set(note);
}

/// How a server function's error crosses the wire: as JSON, with the status of [`AppError::status`].
impl leptos::server_fn::error::FromServerFnError for AppError {
    type Encoder = leptos::server_fn::codec::JsonEncoding;

    fn from_server_fn_error(error: leptos::server_fn::error::ServerFnErrorErr) -> Self {
        use leptos::server_fn::error::ServerFnErrorErr as E;
        match error {
            E::Request(_) => Self::Offline,
            E::Args(what) | E::MissingArg(what) => Self::BadRequest(what),
            E::Deserialization(_) => Self::BadRequest("unexpected content".into()),
            _ => Self::Internal("server-function".into()),
        }
    }

    fn ser(&self) -> leptos::server_fn::Bytes {
        if let Some(note) = CROSSING.get() {
            note(self);
        }
        leptos::server_fn::Bytes::from(serde_json::to_vec(self).unwrap_or_default())
    }
}
