//! News for your team.
use super::{Stage, Story};
use gantry::kernel::AnnouncementId;

impl Stage {
    pub(super) async fn of_announcements(&self, name: &str) -> Option<Story> {
        let deed = name.strip_prefix("POST /announcements/")?;
        if deed == "new" {
            let fields = [("title", "Ladder"), ("body", "By the door"), ("reach", "all")];
            return self.owner("/announcements/new", &fields);
        }
        let said: AnnouncementId = self.owner.announce(&[]).await.must(303).id();
        let path = format!("/announcements/{said}");
        match deed {
            "{announcement}/read" => Self::by(&self.tomas, format!("{path}/read"), &[]),
            "{announcement}/withdraw" => self.owner(format!("{path}/withdraw"), &[]),
            _ => None,
        }
    }
}
