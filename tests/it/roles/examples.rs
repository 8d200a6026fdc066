//! The forms of roles.
use gantry::kernel::CustomRoleId;
use kit::example::{Fixture, Given};

kit::examples! {
    "POST /settings/roles", "shown[]=accountant&accountant[]=ViewTrails";
    "POST /settings/roles/new", "name=Foreman&base=technician";
    "POST /settings/roles/{custom_role}/archive", "", given one_of_its_own;
}

async fn one_of_its_own(of: &Fixture) -> Given {
    let fields = [("name", "Night shift"), ("base", "technician")];
    of.owner.post("/settings/roles/new", &fields).await.must(303);
    let role = "select id from custom_roles where org_id = $1 and name = 'Night shift'";
    let role = CustomRoleId::new(of.id(role, of.nord.org.uuid()).await);
    Given::by(&of.owner).with("custom_role", role)
}
