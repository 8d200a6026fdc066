//! The doors, and what a session remembers.
use kit::PASSWORD;
use kit::example::{Fixture, Given};
use kit::make::access::link;

kit::examples! {
    "POST /sign-in", "email=<email>&password=<password>", given a_visitor;
    "POST /sign-up",
        "workshop=Nowak&assets=vehicle&country=DE&city=Berlin&name=Ana+Nowak&email=ana@example.com&password=orange+tractor+lamp",
        given a_visitor;
    "POST /sign-out", "", given somebody;
    "POST /forgot", "email=<email>", given a_visitor;
    "POST /reset/{secret}", "new=orange+tractor+lamp", given a_letter_about_a_password;
    "POST /verify/{secret}", "", given a_letter_about_an_address;
    "POST /session/theme", "theme=dark";
    "POST /session/branch", "branch={branch}", given the_main_branch;
    "POST /session/workshop", "workshop=<workshop>", given a_member_of_two;
}

async fn a_visitor(of: &Fixture) -> Given {
    Given::by(&of.app.visitor())
        .with("email", of.nord.email("owner"))
        .with("password", PASSWORD)
}

async fn the_main_branch(of: &Fixture) -> Given {
    Given::by(&of.owner).with("branch", of.nord.main.id)
}

async fn somebody(of: &Fixture) -> Given {
    Given::by(&of.somebody(&of.new_name()).await)
}

async fn a_letter_about_a_password(of: &Fixture) -> Given {
    let (name, visitor) = (of.new_name(), of.app.visitor());
    of.somebody(&name).await;
    let email = of.nord.email(&name);
    visitor.post("/forgot", &[("email", &email)]).await.must(200);
    let path = link(&of.app.letter_to(&email).await, "/reset/");
    Given::by(&visitor).with("secret", &path["/reset/".len()..])
}

async fn a_letter_about_an_address(of: &Fixture) -> Given {
    let fields = [
        ("workshop", "Vera"),
        ("assets", "vehicle"),
        ("country", "DE"),
        ("city", "Berlin"),
        ("name", "Vera Nowak"),
        ("email", "vera@example.com"),
        ("password", PASSWORD),
    ];
    let visitor = of.app.visitor();
    visitor.post("/sign-up", &fields).await.must(303);
    let path = link(&of.app.letter_to("vera@example.com").await, "/verify/");
    Given::by(&visitor).with("secret", &path["/verify/".len()..])
}

async fn a_member_of_two(of: &Fixture) -> Given {
    let wanda = of.somebody("wanda").await;
    let (sued, email) = (of.app.workshop("sued").await, of.nord.email("wanda"));
    sued.invite(&email, "manager").await.must(303);
    let (_, link) = sued.db_invite(&email).await;
    let visitor = of.app.visitor();
    visitor.post(&link, &[("password", PASSWORD)]).await.must(303);
    Given::by(&wanda).with("workshop", sued.org)
}
