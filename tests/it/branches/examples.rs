//! Branches.
use kit::example::{Fixture, Given};

kit::examples! {
    "POST /settings/branches/new", "name=Harbour&code=HBR&time_zone=Europe%2FLisbon&fiscal_year_start=4&agreed=yes";
    "POST /settings/branches/{branch}", "name=Harbour&code=WEST&time_zone=Europe%2FLisbon&fiscal_year_start=4&version=<version>",
        given another_branch;
}

async fn another_branch(of: &Fixture) -> Given {
    let branch = of.nord.branch("WEST").await.id;
    let version = of.version(&format!("/settings/branches/{branch}")).await;
    Given::by(&of.owner)
        .with("branch", branch)
        .with("version", version)
}
