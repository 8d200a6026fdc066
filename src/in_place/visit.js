// A visit: one link or form, from the press to what is shown.
import { frame, isTyped, page, root, say, tell } from "./page.js";
import { loses, walk } from "./walk.js";
import { prepare, tend } from "./islands.js";

const HEADERS = { accept: "text/html", "x-gantry-in-place": "1" };
let reading, turn = 0;

/** Where the reader was on each entry of the history. */
const places = {};
let entry = history.state?.entry ?? 0;

const sheet = (of) => of.querySelector("link[rel=stylesheet]")?.getAttribute("href");
const samePath = (url) => url.pathname === page.at.pathname;
const sameAddress = (url) => samePath(url) && url.search === page.at.search;
const leave = (url) => location.assign(url);

/** What stands in for an answer: the address that the server leads to, the answer, and its document where it is a page of this frame. */
const ask = async (url, options) => {
  for (let hops = 6; ; ) {
    const response = await fetch(url, { headers: HEADERS, ...options });
    const to = response.headers.get("x-gantry-to");
    if (!to || !hops--) return { url: response.redirected ? new URL(response.url) : url, response };
    const next = new URL(to, url);
    const stop = next.origin !== location.origin || /^\/(sign-in|switch)$/.test(next.pathname);
    if (stop || options?.method) return { url: next, response, moved: true, stop };
    url = next;
    options = { signal: options?.signal };
  }
};

const read = async ({ url, response }) => {
  const file = /attachment/.test(response.headers.get("content-disposition"));
  const html = /^text\/html/.test(response.headers.get("content-type"));
  if (!html || file) return {};
  const text = await response.text();
  const doc = new DOMParser().parseFromString(text, "text/html");
  const ours = frame(doc) && doc.documentElement.dataset.org === root.dataset.org && sheet(doc) === sheet(document);
  return { doc, ours, url };
};

const load = async (url, options) => {
  const got = await ask(url, options);
  return { got, page: await read(got) };
};

/** Asks for a page that somebody is about to open; kept for a moment. */
export const ahead = (url) => {
  const { href } = url;
  if (page.guess?.href === href || page.busy || sameAddress(url)) return;
  const mine = (page.guess = { href, until: Date.now() + 5000, answer: load(url) });
  // Who opens the page asks again and hears of it then.
  mine.answer.catch(() => page.guess === mine && (page.guess = undefined));
};

const guessed = (url) => {
  const { guess } = page;
  page.guess = undefined;
  return guess?.href === url.href && guess.until > Date.now() && guess;
};

/** Shows that something is on its way, when it takes longer than a glance. */
const wait = (pressed) => {
  const marks = [root, pressed].filter(Boolean);
  const soon = setTimeout(() => {
    for (const mark of marks) mark.dataset.busy = "";
    frame()?.setAttribute("aria-busy", "true");
  }, 150);
  const late = setTimeout(() => say("Loading"), 1000);
  page.busy++;
  return () => {
    page.busy--;
    clearTimeout(soon);
    clearTimeout(late);
    for (const mark of marks) delete mark.dataset.busy;
    frame()?.removeAttribute("aria-busy");
  };
};

/** Whether something would be lost that its owner wants to keep: islands answer as they do when the browser leaves. */
const mayLeave = () => dispatchEvent(new Event("beforeunload", { cancelable: true })) || confirm("Leave without saving?");

/** Opens an address. `how`: `from` the link, `live` the news, `back` from the history, `body` what was typed in a form of filters. */
export const go = async (url, how) => {
  const { live } = how;
  if (live && page.status > 399 && !how.anyway) return tell("held");
  if (page.native) return live || leave(url);
  if (!samePath(url) && !live && !mayLeave()) return;
  const mine = live ? turn : ++turn;
  if (!live) reading?.abort();
  const cut = new AbortController();
  if (!live) reading = cut;
  const done = live ? () => {} : wait(how.from);
  const begun = performance.now();
  try {
    const found = guessed(url);
    const { got, page: answer } = found ? await found.answer : await load(url, { signal: cut.signal });
    if (mine !== turn) return;
    if (!answer.ours) {
      // Signed out, a file, another workshop or another build: the browser's own work.
      if (!live) leave(got.moved ? got.url : url);
      return;
    }
    if (live && (got.response.status !== 200 || !sameAddress(got.url))) return;
    if (live && loses(answer.doc) && !how.anyway) return tell("held");
    if (!got.url.hash && url.hash) got.url.hash = url.hash;
    show(answer.doc, got.url, { ...how, status: got.response.status, begun });
  } catch (error) {
    if (mine !== turn || error.name === "AbortError" || live) return;
    // Not even the browser may get there; then it says so itself.
    leave(url);
  } finally {
    done();
  }
};

const line = (form, text, button) => {
  form.querySelector(".unsent")?.remove();
  const told = document.createElement("p");
  told.className = "unsent";
  told.setAttribute("role", "alert");
  told.innerHTML = text + " <button type=button class='btn btn-sm'>Send again</button>";
  told.lastChild.onclick = () => form.requestSubmit(button);
  form.append(told);
};

/** Sends a form. A form on its way is not sent twice. */
export const send = async (form, button, url, body) => {
  if (!body) return go(url, { from: button ?? form, filters: true });
  if (page.sending.has(form)) return;
  page.sending.add(form);
  page.guess = undefined;
  reading?.abort();
  const mine = ++turn;
  const done = wait(button ?? form);
  const begun = performance.now();
  try {
    const got = await ask(url, { method: "POST", body });
    if (mine !== turn) return;
    if (got.stop) return got.url.origin === location.origin ? line(form, "You were signed out. Sign in again in another tab, then send this again.", button) : leave(got.url);
    if (got.moved) {
      const { got: shown, page: answer } = await load(got.url);
      if (mine !== turn) return;
      if (!answer.ours || (!samePath(shown.url) && !mayLeave())) return leave(shown.url);
      shown.url.hash ||= got.url.hash;
      return show(answer.doc, shown.url, { form, posted: true, status: shown.response.status, begun });
    }
    const { response } = got;
    if (response.status === 204 || response.status === 205) return;
    const answer = await read(got);
    if (mine !== turn) return;
    if (answer.ours) return show(answer.doc, page.at, { form, posted: true, refused: true, status: response.status, begun });
    if (!answer.doc) return await keep(response);
    // Not a page of this frame: it is shown as it is, and the next page is the browser's own work.
    page.native = true;
    document.title = answer.doc.title;
    document.body.replaceWith(document.importNode(answer.doc.body, true));
    tend();
    document.querySelector("[autofocus]")?.focus();
    finished(url, response.status, begun);
  } catch (error) {
    if (error instanceof TypeError) line(form, "This did not reach Gantry. What you typed is still here.", button);
    else page.native = true;
  } finally {
    page.sending.delete(form);
    done();
  }
};

/** A file that answers a form. */
const keep = async (response) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = /filename="?([^";]+)/.exec(response.headers.get("content-disposition"))?.[1] ?? "";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

const show = (doc, url, how) => {
  const { form, posted, refused, live, back } = how;
  const anew = !refused && !samePath(url);
  const held = document.activeElement;
  const hadFocus = held && held !== document.body && { id: held.id, dialog: held.closest("[popover]")?.id };
  if (!live) for (const open of document.querySelectorAll(":popover-open")) open.hidePopover();
  if (!live && !refused && !back) turnTo(url);
  for (const name of ["lang", "data-theme", "data-org", "data-at", "data-news"]) {
    const value = doc.documentElement.getAttribute(name);
    if (value === null) root.removeAttribute(name);
    else root.setAttribute(name, value);
  }
  document.title = doc.title;
  if (!refused) page.at = url;
  page.status = how.status;
  try {
    walk(document.body, doc.body, {
      form,
      live,
      anew,
      folds: !posted,
      keeps: (other) => other !== form && isTyped(other) && (live || posted || other.getAttribute("method") === "post"),
    });
  } catch (error) {
    page.native = true;
    throw error;
  }
  prepare(document);
  tend(anew);
  if (live) return hadFocus && !held.isConnected && document.getElementById(hadFocus.id)?.focus({ preventScroll: true });
  settle({ ...how, anew, url, held, hadFocus });
  finished(url, how.status, how.begun);
};

const finished = (url, status, begun) => {
  root.dataset.shown = 1 + +root.dataset.shown;
  tell("shown", { url: url.href, status, ms: performance.now() - begun });
};

/** Focus, place, and what is read out. */
const settle = ({ anew, url, held, hadFocus, refused, back, from, posted, filters }) => {
  const main = frame();
  const mark = url.hash && document.getElementById(decodeURIComponent(url.hash.slice(1)));
  const heading = main.querySelector("h1");
  const first = main.querySelector("[autofocus]");
  let to;
  if (anew) to = first ?? mark ?? heading;
  else if (refused) to = first ?? main.querySelector('[aria-invalid="true"]') ?? main.querySelector("[role=alert]");
  if (!to && (anew || !held?.isConnected || (posted && held === document.body)))
    to = (hadFocus?.id && document.getElementById(hadFocus.id)) || (hadFocus?.dialog && document.querySelector(`[popovertarget="${hadFocus.dialog}"]`)) || mark || heading;
  if (to && to !== document.activeElement) {
    if (to.tabIndex < 0 && !to.hasAttribute("tabindex")) {
      to.tabIndex = -1;
      to.addEventListener("blur", () => to.removeAttribute("tabindex"), { once: true });
    }
    to.focus({ preventScroll: !refused });
  }
  if (back) scrollTo(0, places[entry] ?? 0);
  else if (mark && !refused) mark.scrollIntoView();
  else if (anew || from?.closest("[data-top],.pager")) scrollTo(0, 0);
  const toast = document.querySelector(".toast span");
  say(toast?.textContent ?? (filters && !anew ? document.title : ""));
};

/** The address of what is shown now, in the history. */
const turnTo = (url) => {
  if (sameAddress(url)) history.replaceState({ entry }, "", url);
  else history.pushState({ entry: ++entry }, "", url);
};

export const start = () => {
  history.scrollRestoration = "manual";
  addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
  addEventListener("pageshow", () => (history.scrollRestoration = "manual"));
  addEventListener("scroll", () => page.busy || (places[entry] = scrollY), { passive: true });
  root.dataset.shown = 0;
  addEventListener("popstate", (event) => {
    const url = new URL(location.href);
    if (!event.state) history.replaceState({ entry: ++entry }, "");
    else entry = event.state.entry;
    if (!sameAddress(url)) go(url, { back: true });
    else if (event.state) scrollTo(0, places[entry] ?? 0);
  });
  history.replaceState({ entry }, "");
  tell("ready");
};
