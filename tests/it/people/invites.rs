//! Invitations by mail: one link, one use, one week, no oracle.
use crate::kit::{Answer, PASSWORD, TestApp};
use chrono::TimeDelta;
use futures::future::join_all;

const NEW_PASSWORD: &str = "harbour-lantern-oak-3";

fn body(answer: &Answer) -> String {
    let mut text = answer.text().replace(answer.header("x-request-id"), "REQUEST");
    if let Some((_, rest)) = answer.header("content-security-policy").split_once("'nonce-") {
        text = text.replace(rest.split('\'').next().unwrap_or_default(), "NONCE");
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_new_chooses_name_and_password_and_is_in() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.invite("Eve@New.test", "technician").await.must(303);
    let (_, link) = nord.db_invite("Eve@New.test").await;
    let eve = app.visitor();
    let page = eve.get(&link).await.must(200);
    assert!(page.shows("Join Workshop nord") && page.shows("Eve@New.test is invited as Technician."));
    eve.post(&link, &[("name", ""), ("password", "short")])
        .await
        .must(422);
    eve.post(&link, &[("name", "Eve"), ("password", NEW_PASSWORD)])
        .await
        .must(303);
    eve.get("/my-jobs").await.must(200);
    eve.get("/invoices").await.must(403);
    assert!(eve.get("/dashboard").await.must(200).shows("nord MAIN"));
    let again = app.visitor();
    again
        .post(
            "/sign-in",
            &[("email", "eve@new.test"), ("password", NEW_PASSWORD)],
        )
        .await
        .must(303);
    let trail = "select count(*) from audit_events where org_id = $1 and action in ('invite.sent', 'invite.accepted')";
    assert_eq!(nord.db_counted(trail).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_holds_the_link_and_the_database_does_not() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.invite("eve@new.test", "technician").await.must(303);
    let (_, link) = nord.db_invite("eve@new.test").await;
    let secret = link.rsplit('/').next().expect("a secret").to_owned();
    let mut db = app.db_admin().await;
    for table in [
        "auth.links",
        "auth.mails",
        "public.invites",
        "public.audit_events",
    ] {
        let query = format!("select count(*) from {table} t where t::text like '%' || $1 || '%'");
        let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
            .bind(&secret)
            .fetch_one(&mut db)
            .await
            .expect("a count");
        assert_eq!(found, 0, "{table}");
    }
    app.run_jobs().await;
    let folder = app.state().mailer.folder().expect("a folder").to_owned();
    let file = std::fs::read_dir(folder)
        .expect("mails")
        .flatten()
        .next()
        .expect("a mail");
    let text = std::fs::read_to_string(file.path())
        .expect("a text")
        .replace("=\r\n", "");
    assert!(text.contains(&secret) && text.contains("eve@new.test"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_of_an_account_joins_with_their_own_password_and_keeps_their_other_workshop() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    let rita = sued.receptionist().await;
    nord.invite("receptionist@sued.test", "technician")
        .await
        .must(303);
    let (_, link) = nord.db_invite("receptionist@sued.test").await;
    let browser = app.visitor();
    let page = browser.get(&link).await.must(200);
    assert!(page.shows("You already have an account") && !page.text().contains("name=\"name\""));
    browser.post(&link, &[("password", NEW_PASSWORD)]).await.must(422);
    browser.post(&link, &[("password", PASSWORD)]).await.must(303);
    assert!(browser.get("/dashboard").await.must(200).shows("Workshop nord"));
    rita.get("/customers").await.must(200);
    browser.get("/customers").await.must(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_uses_nothing_up_and_accepting_uses_it_up() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.invite("eve@new.test", "technician").await.must(303);
    let (_, link) = nord.db_invite("eve@new.test").await;
    for _ in 0..3 {
        app.visitor().get(&link).await.must(200);
    }
    let form = [("name", "Eve"), ("password", NEW_PASSWORD)];
    app.visitor().post(&link, &form).await.must(303);
    app.visitor().get(&link).await.must(404);
    app.visitor().post(&link, &form).await.must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_who_accept_at_once_one_is_let_in() {
    let app = TestApp::in_real_time().await;
    let nord = app.workshop("nord").await;
    nord.invite("eve@new.test", "technician").await.must(303);
    let (_, link) = nord.db_invite("eve@new.test").await;
    let tries = (0..20).map(|_| {
        let (app, link) = (app.clone(), link.clone());
        async move {
            let browser = app.visitor();
            let answer = browser
                .post(&link, &[("name", "Eve"), ("password", NEW_PASSWORD)])
                .await;
            answer.status == 303 && browser.get("/my-jobs").await.status == 200
        }
    });
    let inside = join_all(tries).await.into_iter().filter(|inside| *inside).count();
    assert_eq!(inside, 1);
    assert_eq!(
        nord.db_counted("select count(*) from members where org_id = $1 and email = 'eve@new.test'")
            .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_used_expired_and_revoked_links_show_one_page() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    let owner = nord.owner().await;
    let mut dead = vec![format!("/invite/{}", "0".repeat(64)), "/invite/x".to_owned()];
    for name in ["used", "revoked", "resent", "expired"] {
        nord.invite(&format!("{name}@new.test"), "technician")
            .await
            .must(303);
        let (id, link) = nord.db_invite(&format!("{name}@new.test")).await;
        let path = format!("/settings/members/invites/{id}");
        match name {
            "used" => drop(
                app.visitor()
                    .post(&link, &[("name", "U"), ("password", NEW_PASSWORD)])
                    .await
                    .must(303),
            ),
            "revoked" => drop(owner.post(&format!("{path}/revoke"), &[]).await.must(303)),
            "resent" => {
                owner.post(&format!("{path}/resend"), &[]).await.must(303);
                let (same, fresh) = nord.db_invite("resent@new.test").await;
                assert!(same == id && fresh != link);
                app.visitor().get(&fresh).await.must(200);
            }
            _ => {
                app.advance(TimeDelta::days(7) - TimeDelta::seconds(5));
                app.visitor().get(&link).await.must(200);
                app.advance(TimeDelta::seconds(10));
            }
        }
        dead.push(link);
    }
    let first = body(&app.visitor().get(&dead[0]).await.must(404));
    assert!(first.contains("This invitation is not valid"));
    for link in &dead {
        assert_eq!(body(&app.visitor().get(link).await.must(404)), first, "{link}");
        let tried = app
            .visitor()
            .post(link, &[("name", "U"), ("password", NEW_PASSWORD)])
            .await;
        assert_eq!(body(&tried.must(404)), first, "{link}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn inviting_a_known_and_an_unknown_address_is_answered_alike() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    sued.receptionist().await;
    let known = nord
        .invite("receptionist@sued.test", "technician")
        .await
        .must(303);
    let unknown = nord
        .invite("receptionist@nobody.test", "technician")
        .await
        .must(303);
    assert_eq!(known.location(), unknown.location());
    let words = |answer: &Answer| {
        answer
            .flash()
            .map(|flash| flash.split('@').next().unwrap_or_default().to_owned())
    };
    assert_eq!(words(&known), words(&unknown));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_invited_twice_or_into_where_they_work_or_worked() {
    let app = TestApp::new().await;
    let nord = app.workshop("nord").await;
    nord.receptionist().await;
    let here = nord
        .invite("Receptionist@nord.test", "technician")
        .await
        .must(422);
    assert!(here.shows("receptionist already works here."));
    nord.invite("eve@new.test", "technician").await.must(303);
    let twice = nord.invite("EVE@new.test", "manager").await.must(422);
    assert!(twice.shows("This e-mail is already invited."));
    // One that expired is no hindrance.
    app.advance(TimeDelta::days(8));
    nord.invite("eve@new.test", "manager").await.must(303);
    for bad in ["", "eve", "eve@"] {
        nord.invite(bad, "manager").await.must(422);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_an_invited_accounts_password_are_slowed_down() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    sued.receptionist().await;
    nord.invite("receptionist@sued.test", "technician")
        .await
        .must(303);
    let (_, link) = nord.db_invite("receptionist@sued.test").await;
    let mut last = 422;
    for _ in 0..12 {
        last = app
            .visitor()
            .post(&link, &[("password", "wrong-wrong-wrong")])
            .await
            .status
            .as_u16();
    }
    assert_eq!(last, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_workshops_invitations_do_not_exist() {
    let app = TestApp::new().await;
    let (nord, sued) = (app.workshop("nord").await, app.workshop("sued").await);
    sued.invite("eve@new.test", "technician").await.must(303);
    let (id, link) = sued.db_invite("eve@new.test").await;
    let owner = nord.owner().await;
    for act in ["resend", "revoke"] {
        owner
            .post(&format!("/settings/members/invites/{id}/{act}"), &[])
            .await
            .must(404);
    }
    app.visitor().get(&link).await.must(200);
}
