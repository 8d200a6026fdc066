//! The browser's part of an island's life.
use leptos::__reexports::send_wrapper::SendWrapper;
use leptos::prelude::*;
use leptos::tachys::view::{Position, RenderHtml};
use std::any::Any;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{CustomEvent, Event, HtmlElement};

thread_local! {
    /// Every island's owner is its child.
    static ROOT: RefCell<Option<Owner>> = const { RefCell::new(None) };
}

/// The owner under which the bundle was started.
pub fn remember_root() {
    ROOT.with(|root| *root.borrow_mut() = Owner::current());
}

/// An island that is awake. `free()` of the script drops it.
#[wasm_bindgen]
pub struct Alive {
    view: Option<Box<dyn Any>>,
    owner: Owner,
}

impl Drop for Alive {
    fn drop(&mut self) {
        // Its listeners first, then what they speak to.
        self.view.take();
        self.owner.cleanup();
    }
}

/// The element in which an island stands.
#[derive(Clone)]
struct Place(SendWrapper<HtmlElement>);

/// Wakes an island where it stands, under an owner of its own.
pub fn wake<V: IntoView>(el: &HtmlElement, island: impl FnOnce() -> V) -> Alive
where
    V::State: 'static,
{
    let owner = ROOT.with(|root| root.borrow().as_ref().map_or_else(Owner::new, Owner::child));
    let view = owner.with(|| {
        provide_context(Place(SendWrapper::new(el.clone())));
        island()
            .into_view()
            .hydrate_from_position::<true>(el, Position::Current)
    });
    Alive {
        view: Some(Box::new(view)),
        owner,
    }
}

/// Listens for `gantry:props` at the island's own element.
pub fn on_props<T: serde::de::DeserializeOwned>(take: impl Fn(T) + Clone + 'static) {
    let Some(Place(el)) = use_context::<Place>() else {
        return;
    };
    Effect::new(move |_| {
        let (take, el) = (take.clone(), el.clone());
        let heard = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let props = event
                .dyn_ref::<CustomEvent>()
                .and_then(|event| event.detail().as_string());
            if let Some(props) = props.and_then(|text| leptos::serde_json::from_str(&text).ok()) {
                event.prevent_default();
                take(props);
            }
        });
        // An element takes every listener.
        let _ = el.add_event_listener_with_callback("gantry:props", heard.as_ref().unchecked_ref());
        let heard = StoredValue::new_local(heard);
        on_cleanup(move || {
            heard.with_value(|heard| {
                let _ =
                    el.remove_event_listener_with_callback("gantry:props", heard.as_ref().unchecked_ref());
            });
        });
    });
}

macro_rules! wakes {
    ($island:ident, $wake:ident, $props:ident, $serialized:ident { $($prop:ident),+ $(,)? }) => {
        #[wasm_bindgen::prelude::wasm_bindgen]
        #[expect(non_snake_case, unreachable_pub, reason = "the script finds it by the island's name")]
        pub fn $wake(el: web_sys::HtmlElement) -> Option<$crate::ui::island::Alive> {
            let text = el.dataset().get("props")?;
            let $serialized { $($prop),+ } = leptos::serde_json::from_str(&text).ok()?;
            let props = $props::builder()$(.$prop($prop))+.build();
            Some($crate::ui::island::wake(&el, move || $island(props)))
        }
    };
}
pub(crate) use wakes;
