// Islands: woken when their page is shown, kept while they say the same, freed when they are gone.
import { nameOf, page, root, tell } from "./page.js";

const files = document.querySelector("script[data-wasm]")?.dataset;
const alive = new Map();
let loading, bundle;

// Each request of an island says which workshop its page is shown for.
const { fetch } = window;
window.fetch = (request, options) => {
  if (request instanceof Request && request.method !== "GET" && new URL(request.url).origin === location.origin && root.dataset.org) {
    request.headers.set("x-gantry-org", root.dataset.org);
    page.guess = undefined;
  }
  return fetch.call(window, request, options);
};

const asleep = (within) => [...within.querySelectorAll("leptos-island")].filter((island) => !alive.has(island));

const load = () =>
  (loading ??= (async () => {
    const loaded = await import(files.js);
    await loaded.default({ module_or_path: files.wasm });
    loaded.hydrate();
    bundle = loaded;
  })());

const rouse = () => {
  for (const island of asleep(document)) {
    // An island in another's children belongs to it.
    island.parentElement.closest("leptos-children")?.$$on_hydrate?.();
    const wake = bundle["wake_" + nameOf(island)];
    alive.set(island, wake?.(island));
  }
  root.dataset.hydrated = "";
};

/** Wakes what sleeps, once the bundle is there. */
const wake = () => load().then(rouse);

/** After the document changed: what is gone is freed, what is new in the page is woken. */
export const tend = (later) => {
  for (const [island, life] of alive)
    if (!island.isConnected) {
      alive.delete(island);
      life?.free();
    }
  if (!asleep(document).length) return;
  if (bundle && !later) return rouse();
  delete root.dataset.hydrated;
  if (document.querySelector("#main leptos-island") || bundle) requestAnimationFrame(() => setTimeout(wake));
};

/** The island takes what the server says now, or does not. */
export const takes = (island, props) => alive.has(island) && !tell("props", props, island);

/** A page on paper shows its print button, a form that asks for the time zone gets the browser's. */
export const prepare = (within) => {
  for (const button of within.querySelectorAll("button[data-print]")) button.hidden = false;
  for (const field of within.querySelectorAll("[data-zone]")) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
};

/** The search box is on every page; it wakes when somebody goes there. What was typed meanwhile is searched for then. */
export const wakeOnSearch = () => {
  const search = async (box) => {
    if (!box?.matches?.(".top-search input") || alive.has(box.closest("leptos-island"))) return;
    await wake();
    if (document.activeElement === box && box.value !== box.defaultValue) box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  addEventListener("focusin", (event) => search(event.target));
  if (document.querySelector("#main leptos-island")) wake();
  else search(document.activeElement);
  addEventListener("error", (event) => {
    // The bundle fell over: the next page begins anew.
    if (event.error instanceof WebAssembly.RuntimeError) page.native = true;
  });
};
