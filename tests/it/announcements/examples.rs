//! The forms of announcements.
use gantry::kernel::AnnouncementId;
use kit::Actor;
use kit::example::{Fixture, Given};

kit::examples! {
    "POST /announcements/new", "title=Ladder&body=It+hangs+by+the+door&reach=chosen&branches[]={branch}", given a_branch;
    "POST /announcements/{announcement}/read", "", given one_to_read;
    "POST /announcements/{announcement}/withdraw", "", given one_of_ones_own;
}

kit::columns! {
    // Without a branch it would be for every one.
    "announcements.branch_ids", "{<branches>}";
}

async fn a_branch(of: &Fixture) -> Given {
    Given::by(&of.owner).with("branch", of.nord.main.id)
}

async fn announced(of: &Fixture, who: &Actor) -> Given {
    let id: AnnouncementId = of.owner.announce(&[]).await.must(303).id();
    Given::by(who).with("announcement", id)
}

async fn one_to_read(of: &Fixture) -> Given {
    announced(of, &of.tomas).await
}

async fn one_of_ones_own(of: &Fixture) -> Given {
    announced(of, &of.owner).await
}
