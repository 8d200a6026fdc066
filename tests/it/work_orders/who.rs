//! Who can be named on a work order: colleagues of its branch whose role may do what they are named for.
use crate::kit::{Actor, TestApp, Workshop};
use gantry::kernel::{Role, WorkOrderId};

async fn order() -> (Workshop, Actor, WorkOrderId) {
    let nord = TestApp::new().await.workshop("nord").await;
    let mona = nord.manager().await;
    let order = mona.make_order(&nord).await;
    mona.make_job(order, "Brakes", "100.00").await;
    (nord, mona, order)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_given_to_who_works_at_the_branch_and_may_record_work() {
    let (nord, mona, order) = order().await;
    let west = nord.branch("WEST").await;
    let assign = async |who: &Actor| {
        let member = who.member().to_string();
        mona.on_order(order, "assignments", &[("member", &member)]).await
    };
    let wolf = nord.member("wolf", Role::Technician, &[west.id]).await;
    assert!(
        assign(&wolf)
            .await
            .must(422)
            .shows("wolf does not work at this branch")
    );
    let rita = nord.receptionist().await;
    assert!(
        assign(&rita)
            .await
            .must(422)
            .shows("The role of receptionist may not record diagnosis and work")
    );
    let page = mona.get(&format!("/work-orders/{order}")).await.must(200).text();
    let people = page.split("name=\"member\"").nth(1).expect("a choice");
    let people = people.split("</select>").next().unwrap_or_default();
    assert!(
        people.contains("owner · Owner") && !people.contains("receptionist") && !people.contains("wolf"),
        "{people}"
    );
    // What an owner decided about a role counts.
    let grant =
        "insert into role_rights (role, right_name, granted) values ('receptionist', 'RecordWork', true)";
    sqlx::query(grant)
        .execute(&mut nord.db().await)
        .await
        .expect("a right");
    assign(&rita).await.must(303);
    for everywhere in [
        nord.owner().await,
        nord.member("anna", Role::Technician, &[]).await,
    ] {
        assign(&everywhere).await.must(303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_advisor_works_at_the_branch_and_stays_on_the_order_after_leaving_it() {
    let (nord, mona, order) = order().await;
    let west = nord.branch("WEST").await;
    let wanda = nord.member("wanda", Role::Receptionist, &[west.id]).await;
    let rita = nord.receptionist().await;
    let (there, here) = (wanda.member().to_string(), rita.member().to_string());
    let refused = mona
        .on_order(order, "details", &[("advisor", &there), ("key_tag", "7")])
        .await
        .must(422);
    assert!(
        refused.shows("wanda does not work at this branch")
            && refused.field("key_tag").as_deref() == Some("7")
    );
    let ana = nord.accountant().await.member().to_string();
    mona.on_order(order, "details", &[("advisor", &ana)])
        .await
        .must(422);
    mona.on_order(order, "details", &[("advisor", &here)])
        .await
        .must(303);
    let moved = "delete from member_branches where member_id = $1";
    sqlx::query(moved)
        .bind(rita.member().uuid())
        .execute(&mut nord.db().await)
        .await
        .expect("a move");
    mona.on_order(order, "details", &[("advisor", &here), ("urgent", "on")])
        .await
        .must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_in_names_an_advisor_of_its_branch() {
    let (nord, mona, _) = order().await;
    let west = nord.branch("WEST").await;
    let wanda = nord
        .member("wanda", Role::Receptionist, &[west.id])
        .await
        .member()
        .to_string();
    let refused = mona.check_in(&[("advisor", &wanda)]).await.must(422);
    assert!(refused.shows("wanda does not work at this branch"));
    let rita = nord.receptionist().await.member().to_string();
    mona.check_in(&[("advisor", &rita)]).await.must(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_another_job_is_not_removed_and_nothing_says_so() {
    let (_, mona, order) = order().await;
    let page = mona.get(&format!("/work-orders/{order}")).await.must(200);
    let line = page.field("line[]").expect("a line");
    let oil = mona.make_job(order, "Oil", "50.00").await;
    let version = mona.version(order).await;
    let gone = [("version", version.as_str()), ("remove[]", line.as_str())];
    mona.on_order(order, &format!("jobs/{oil}/lines"), &gone)
        .await
        .must(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_rates_of_one_percentage_are_offered_once() {
    let (nord, mona, order) = order().await;
    let rates = "insert into tax_rates (id, name, basis_points, position) values
                 (gen_random_uuid(), 'Reduced', 700, 1), (gen_random_uuid(), 'Import 19 %', 1900, 2)";
    sqlx::raw_sql(rates)
        .execute(&mut nord.db().await)
        .await
        .expect("rates");
    let page = mona.get(&format!("/work-orders/{order}")).await.must(200).text();
    let select = page.split("name=\"tax[]\"").nth(1).expect("a choice");
    let select = select.split("</select>").next().unwrap_or_default();
    assert_eq!(select.matches("value=\"1900\"").count(), 1, "{select}");
}
