// Pages change in place: links and forms of the frame are sent from here, and what the server answers is walked into the document.
// Every page works without this file; docs/architecture.md says what holds.
import { ahead, go, send, start as startVisits } from "./visit.js";
import { frame, page, root } from "./page.js";
import { prepare, wakeOnSearch } from "./islands.js";
import { start as startNews } from "./news.js";

/** What every page with this file gets, also on paper. */
addEventListener("click", (event) => event.target.closest?.("button[data-print]") && print());
prepare(document);
if ("prints" in root.dataset) print();

const ours = (element, target = element.getAttribute("target")) => (!target || target === "_self") && !element.closest("[data-native],[data-anywhere]");

/** The address that a link leads to here, or nothing where it is the browser's. */
const linked = (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || !ours(link) || link.matches("[download],[rel~=external]")) return;
  const url = new URL(link.href, location.href);
  if (url.origin !== location.origin || /^\/(pkg\/|events$)/.test(url.pathname)) return;
  const here = url.pathname === location.pathname && url.search === location.search;
  if (!(here && url.hash)) return [url, link];
};

/** A form's address, way and body; read from attributes, because a field may be called "action". */
const posted = (form, button) => {
  const of = (name) => button?.getAttribute("form" + name) ?? form.getAttribute(name);
  const url = new URL(of("action") || "", location.href);
  const method = (of("method") || "get").toLowerCase();
  if (url.origin !== location.origin || method === "dialog" || !ours(form, of("target"))) return;
  const data = new FormData(form, button);
  if (of("enctype") === "multipart/form-data" && method === "post") return [url, data];
  const pairs = new URLSearchParams([...data].map(([name, value]) => [name, (value.name ?? value).replace(/\r?\n/g, "\r\n")]));
  if (method === "post") return [url, pairs];
  url.search = pairs;
  return [url];
};

const begin = () => {
  startVisits();
  startNews();
  wakeOnSearch();
  addEventListener("click", (event) => {
    const plain = !event.defaultPrevented && !event.button && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    const link = plain && !page.native && linked(event);
    if (!link) return;
    event.preventDefault();
    go(link[0], { from: link[1] });
  });
  addEventListener("submit", (event) => {
    const form = event.target;
    const sent = !event.defaultPrevented && !page.native && posted(form, event.submitter);
    if (!sent) return;
    event.preventDefault();
    send(form, event.submitter, ...sent);
  });
  // The search box and whoever else has an address.
  addEventListener("gantry:go", (event) => {
    if (page.native) return;
    event.preventDefault();
    go(new URL(event.detail, location.href), {});
  });
  let rested;
  const soon = (wait) => (event) => {
    clearTimeout(rested);
    const link = !page.native && linked(event);
    if (link) rested = setTimeout(() => ahead(link[0]), wait);
  };
  addEventListener("pointerover", soon(80));
  // A finger that comes down may only scroll, and says so a moment later.
  addEventListener("pointerdown", (event) => event.pointerType === "mouse" && soon(0)(event));
  addEventListener("pointercancel", () => clearTimeout(rested));
};

// A browser without popovers may not know a form's pressed button either (FormData takes it since 2023).
if (frame() && "popover" in root) begin();
else wakeOnSearch();
