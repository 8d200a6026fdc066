//! Who drives for a company.
use super::{Fields, Stage, Story};
use gantry::kernel::DriverId;

impl Stage {
    pub(super) async fn of_drivers(&self, name: &str) -> Option<Story> {
        let deed = name.strip_prefix("POST /customers/{customer}/drivers/")?;
        let company = [("kind", "company"), ("name", "Hanse Kurier")];
        let drivers = format!("/customers/{}/drivers", self.owner.make_customer(&company).await);
        let jo = [("name", "Jo Weber"), ("version", "1")];
        let new = format!("{drivers}/new");
        if deed == "new" {
            return self.owner(new, &jo);
        }
        self.owner.post(&new, &jo).await.must(303);
        let query = "select id from drivers where org_id = $1 order by created_at desc, id desc limit 1";
        let driver = DriverId::new(self.id(query, self.nord.org.uuid()).await);
        let path = format!("{drivers}/{driver}");
        let reason = [("reason", "Left")];
        let fields: Fields<'_> = match deed {
            "{driver}/edit" => &[("name", "Jo King"), ("version", "1")],
            "{driver}/archive" => &reason,
            "{driver}/restore" => {
                let archive = format!("{path}/archive");
                self.owner.post(&archive, &reason).await.must(303);
                &[]
            }
            _ => return None,
        };
        self.owner(deed.replace("{driver}", &path), fields)
    }
}
