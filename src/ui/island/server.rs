//! On the server an island is HTML, and nothing wakes or takes.
/// Nothing takes new props here.
pub fn on_props<T>(take: impl Fn(T) + Clone + 'static) {
    drop(take);
}

macro_rules! wakes {
    ($island:ident, $wake:ident, $props:ident, $serialized:ident { $($prop:ident),+ $(,)? }) => {};
}
pub(crate) use wakes;
