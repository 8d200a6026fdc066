//! How people come in and leave.
use gantry::kernel::{InviteId, JoinRequestId};
use kit::Actor;
use kit::example::{Fixture, Given};

const MEMBERS: &str = "/settings/members";

kit::examples! {
    "POST /settings/members/invites", "email=ina@new.test&role=technician&reach=chosen&branches[]={branch}", given a_branch;
    "POST /settings/members/invites/{invite}/resend", "", given an_older_invite;
    "POST /settings/members/invites/{invite}/revoke", "", given an_invite;
    "POST /invite/{secret}", "name=Eve&password=harbour-lantern-oak-3", given a_guest, filled;
    "POST /settings/members/code", "";
    "POST /settings/members/code/off", "", given a_code;
    "POST /join", "code=<code>&name=Jo&email=jo@new.test", given somebody_with_the_code;
    "POST /settings/members/requests/{join_request}", "role=technician&reach=chosen&branches[]={branch}", given a_request;
    "POST /settings/members/requests/{join_request}/refuse", "", given a_request;
    "POST /settings/members/{member}", "role=technician&reach=chosen&branches[]={branch}&version=<version>", given a_member;
    "POST /settings/members/{member}/deactivate", "reason=Left", given a_member, filled;
    "POST /settings/members/{member}/reactivate", "", given one_who_left;
}

/// Nobody else's address.
fn new_address(of: &Fixture) -> String {
    format!("{}@new.test", of.new_name())
}

async fn a_branch(of: &Fixture) -> Given {
    Given::by(&of.owner).with("branch", of.nord.main.id)
}

async fn invited(of: &Fixture, who: &Actor) -> Given {
    let email = new_address(of);
    of.nord.invite(&email, "technician").await.must(303);
    let (invite, link): (InviteId, String) = of.nord.db_invite(&email).await;
    let secret = link.rsplit('/').next().unwrap_or_default();
    Given::by(who).with("invite", invite).with("secret", secret)
}

async fn an_invite(of: &Fixture) -> Given {
    invited(of, &of.owner).await
}

async fn an_older_invite(of: &Fixture) -> Given {
    let given = an_invite(of).await;
    // Nobody's clock but the invitation's: all examples share one.
    sqlx::query("update invites set expires_at = expires_at - interval '1 minute'")
        .execute(&mut of.nord.db().await)
        .await
        .expect("a minute less");
    given
}

async fn a_guest(of: &Fixture) -> Given {
    invited(of, &of.app.visitor()).await
}

/// A fresh join code, as the owner reads it.
async fn code(of: &Fixture) -> String {
    of.owner.post(&format!("{MEMBERS}/code"), &[]).await.must(303);
    let page = of.owner.get(MEMBERS).await.must(200).text();
    let (_, rest) = page.split_once("<code>").expect("a code");
    rest.split('<').next().unwrap_or_default().to_owned()
}

async fn a_code(of: &Fixture) -> Given {
    code(of).await;
    Given::by(&of.owner)
}

async fn somebody_with_the_code(of: &Fixture) -> Given {
    Given::by(&of.app.visitor()).with("code", code(of).await)
}

async fn a_request(of: &Fixture) -> Given {
    let (code, email) = (code(of).await, new_address(of));
    let fields = [("code", &*code), ("name", "Jo"), ("email", &email)];
    of.app.visitor().post("/join", &fields).await.must(200);
    let request = "select id from join_requests where org_id = $1 and decided_at is null order by created_at desc, id desc limit 1";
    let request = JoinRequestId::new(of.id(request, of.nord.org.uuid()).await);
    Given::by(&of.owner)
        .with("join_request", request)
        .with("branch", of.nord.main.id)
}

async fn a_member(of: &Fixture) -> Given {
    let member = of.somebody(&of.new_name()).await.member();
    Given::by(&of.owner)
        .with("member", member)
        .with("branch", of.nord.main.id)
        .with("version", of.nord.db_version(member).await)
}

async fn one_who_left(of: &Fixture) -> Given {
    let member = of.somebody("erik").await.member();
    let path = format!("{MEMBERS}/{member}/deactivate");
    of.owner.post(&path, &[("reason", "Left")]).await.must(303);
    Given::by(&of.owner).with("member", member)
}
