//! What people type about their own account.
use crate::form;
use crate::kernel::SessionId;

form! {
    /// One of one's sessions.
    pub(super) struct SessionForm shows SessionFields;
    /// Which of one's sessions to end.
    #[derive(Clone, Debug)]
    pub(super) struct SessionChoice {
        session: SessionId = id::<SessionId>("Browser"),
    }
}
