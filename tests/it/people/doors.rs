//! Where coming in meets signing in: an invitation is no way around a second factor, and four digits open one workshop only.
use crate::kit::make::access::set_up;
use crate::kit::{PASSWORD, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_accepted_with_an_account_asks_for_its_code() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let (_, codes) = set_up(&nord.receptionist().await).await;
    sued.invite("receptionist@nord.test", "manager").await.must(303);
    let (_, link) = sued.db_invite("receptionist@nord.test").await;
    let browser = app.visitor();
    let half = browser.post(&link, &[("password", PASSWORD)]).await.must(303);
    assert_eq!(half.location(), "/sign-in/code?next=%2Fdashboard");
    assert!(browser.session().is_none(), "the password alone opens nothing");
    browser.get("/dashboard").await.must(303);
    browser
        .post("/sign-in/code", &[("code", &*codes[0])])
        .await
        .must(303);
    assert!(browser.get("/dashboard").await.must(200).shows("Workshop sued"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pin_opens_no_other_workshop() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let manager = nord.manager().await;
    sued.invite("manager@nord.test", "manager").await.must(303);
    let (_, link) = sued.db_invite("manager@nord.test").await;
    app.visitor()
        .post(&link, &[("password", PASSWORD)])
        .await
        .must(303);
    assert!(
        manager
            .get("/dashboard")
            .await
            .must(200)
            .text()
            .contains("/session/workshop")
    );
    manager.post("/account/pin", &[("pin", "2580")]).await.must(303);
    let branch = nord.main.id.to_string();
    let fields = [("name", "Bay"), ("branch", &*branch)];
    manager.post("/settings/tablets", &fields).await.must(303);
    let member = manager.member().to_string();
    let pin = [("member", &*member), ("pin", "2580")];
    manager.post("/switch", &pin).await.must(303);
    let page = manager.get("/dashboard").await.must(200);
    assert!(!page.text().contains("/session/workshop"), "nothing to switch to");
    let org = sued.org.to_string();
    manager
        .post("/session/workshop", &[("workshop", &org)])
        .await
        .must(404);
    assert!(!manager.get("/join").await.must(200).shows("Signed in as"));
}
