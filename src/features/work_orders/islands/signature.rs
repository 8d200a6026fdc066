//! A signature, drawn with a finger or, without script, typed.
use crate::kernel::form::Cell;
use crate::ui::island::wakes;
use crate::ui::prelude::*;
use leptos::prelude::*;

/// The pad's own measure; the drawing scales with the screen.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 200.0;
/// The longest path that the database keeps.
const MOST: usize = 19_000;

/// A field for a typed name, and above it a pad whose drawing counts instead.
#[island]
#[expect(unreachable_pub, reason = "what the macro makes is public")]
pub fn SignaturePad(typed: Cell, drawn: Cell, error: Option<String>) -> impl IntoView {
    let start = StoredValue::new(drawn.value.clone());
    let path = RwSignal::new(drawn.value);
    let changed = move || path.with(|path| start.with_value(|start| start != path));
    let down = RwSignal::new(false);
    let draw = move |event: leptos::ev::PointerEvent, start: bool| {
        let Some((x, y)) = place(&event) else { return };
        let letter = if start { 'M' } else { 'L' };
        path.update(|path| {
            if path.len() < MOST {
                path.push_str(&format!("{letter}{x} {y}"));
            }
        });
    };
    let described = error.is_some().then_some("signature-error");
    view! {
        <div class="field">
            <div class="needs-script" data-keep=move || changed().then_some("")>
                <span class="label">{drawn.label}</span>
                <svg class="signature signature-pad" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label="Drawn signature"
                    on:pointerdown=move |event| { event.prevent_default(); down.set(true); draw(event, true); }
                    on:pointermove=move |event| if down.get_untracked() { draw(event, false) }
                    on:pointerup=move |_| down.set(false)
                    on:pointerleave=move |_| down.set(false)>
                    <path d=move || path.get()/>
                </svg>
                <button type="button" class="btn btn-ghost btn-sm" on:click=move |_| path.set(String::new())><Icon name="rotate-ccw" class="icon-sm"/>"Clear"</button>
            </div>
            <input type="hidden" name=drawn.name prop:value=move || path.get() value=path.get_untracked()/>
            <label class="label" for="f-typed">{typed.label}</label>
            <input class="input" id="f-typed" name=typed.name value=typed.value maxlength=typed.most.map(|most| most.to_string()) autocomplete="off" aria-describedby=described aria-invalid=described.map(|_| "true")/>
            {error.map(|text| view! { <p class="field-error" id="signature-error"><Icon name="alert-circle"/>{text}</p> })}
        </div>
    }
    .into_any()
}

wakes!(
    SignaturePad,
    wake_SignaturePad,
    SignaturePadProps,
    SignaturePadPropsSerialized { typed, drawn, error }
);

/// Where on the pad, in its own measure.
#[cfg(feature = "hydrate")]
fn place(event: &leptos::ev::PointerEvent) -> Option<(i32, i32)> {
    use wasm_bindgen::JsCast;
    let pad = event.current_target()?.dyn_into::<web_sys::Element>().ok()?;
    let area = pad.get_bounding_client_rect();
    let scaled =
        |at: f64, size: f64, full: f64| ((at / size.max(1.0)) * full).clamp(0.0, full).round() as i32;
    let (x, y) = (
        f64::from(event.client_x()) - area.left(),
        f64::from(event.client_y()) - area.top(),
    );
    Some((scaled(x, area.width(), WIDTH), scaled(y, area.height(), HEIGHT)))
}

/// On the server nobody draws.
#[cfg(not(feature = "hydrate"))]
fn place(_: &leptos::ev::PointerEvent) -> Option<(i32, i32)> {
    None
}
