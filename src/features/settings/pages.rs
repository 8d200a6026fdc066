use crate::kernel::permission::UseWorkshop;
use crate::server::feature::Setting;
use crate::server::prelude::*;
use crate::ui::icon::Icon;
use crate::ui::prelude::*;
use leptos::prelude::*;

pub(super) async fn show(scope: Scope<UseWorkshop>) -> PageResult {
    let settings = scope.state.app.settings(scope.session());
    Ok(scope.page(Page::new("Settings").nav("/settings"), move || {
        let cards = settings.into_iter().map(|(href, setting)| {
            let Setting { name, about, icon, .. } = setting;
            view! {
                <li>
                    <a class="card flex h-full items-start gap-4 p-5" href=href>
                        <Icon name=icon class="icon-lg"/>
                        <span class="grid gap-1"><span class="font-semibold">{name}</span><span class="text-muted">{about}</span></span>
                    </a>
                </li>
            }
        });
        view! {
            <PageHeader title="Settings"/>
            <ul class="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{cards.collect_view()}</ul>
        }
    }))
}
