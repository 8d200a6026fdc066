// Walks an answer into the document: what is the same stays, with its focus, its place and what is typed in it.
import { isTyped, nameOf } from "./page.js";
import { takes } from "./islands.js";

/** What a node is known by, beside its place. */
const key = (node) => {
  if (!node.dataset) return;
  if (node.id) return "#" + node.id;
  if (node.dataset.key) return "=" + node.dataset.key;
  if (node.localName === "leptos-island") return "!" + nameOf(node);
  if (/^(li|tr|article)$/.test(node.localName)) {
    const first = node.querySelector("[id],[href]");
    if (first) return node.localName + (first.id || first.getAttribute("href"));
  }
};

const isFresh = (node) => node.matches?.(".toast,[data-fresh]");
const isKept = (node) => node.matches?.("[data-keep]");
const move = (parent, node, before) =>
  node.isConnected && parent.moveBefore ? parent.moveBefore(node, before) : parent.insertBefore(node, before);

/**
 * `how.keeps(form)`: whether what somebody typed there stays as it is. `how.live`: the news, which nobody asked for.
 * `how.folds`: whether what the reader opened stays open. `how.anew`: another page, of which only the frame is the same.
 */
export const walk = (old, next, how) => {
  attributes(old, next, how);
  children(old, next, how);
};

export const children = (old, next, how) => {
  const known = new Map();
  for (const node of old.childNodes) {
    const name = key(node);
    if (name) known.set(name, [...(known.get(name) ?? []), node]);
  }
  const used = new Set();
  let at = old.firstChild;
  for (const node of [...next.childNodes]) {
    while (at && used.has(at)) at = at.nextSibling;
    const name = key(node);
    let match;
    if (isFresh(node)) match = undefined;
    else if (name) match = known.get(name)?.shift();
    else for (match = at; match && (used.has(match) || key(match) || isFresh(match) || match.nodeName !== node.nodeName); ) match = match.nextSibling;
    if (!match) old.insertBefore((match = document.importNode(node, true)), at);
    else {
      if (match === at) at = at.nextSibling;
      else move(old, match, at);
      match = same(match, node, how);
    }
    used.add(match);
  }
  for (const node of [...old.childNodes]) if (!used.has(node) && !isKept(node) && !(how.live && isFresh(node))) node.remove();
};

/** Makes `node` say what `next` says; gives back what stands there then. */
const same = (node, next, how) => {
  if (!node.matches) {
    if (node.data !== next.data) node.data = next.data;
    return node;
  }
  if (isKept(node)) return node;
  if (node.localName === "leptos-island") return island(node, next, how);
  if (node.localName === "form" && how.keeps(node)) return node;
  if (node.localName !== next.localName) {
    const fresh = document.importNode(next, true);
    node.replaceWith(fresh);
    return fresh;
  }
  if (how.anew && node.id === "main") {
    attributes(node, next, how);
    node.replaceChildren(...[...next.childNodes].map((child) => document.importNode(child, true)));
  } else walk(node, next, how);
  return node;
};

const island = (node, next, how) => {
  if (nameOf(node) === nameOf(next)) {
    const { props } = next.dataset;
    if (node.dataset.props === props) return node;
    const sent = how.form && (how.form.contains(node) || node.contains(how.form));
    if (!sent && (node.querySelector("[data-keep]") || [...node.querySelectorAll("form")].some(how.keeps))) return node;
    if (takes(node, props)) {
      node.dataset.props = props;
      return node;
    }
  }
  const fresh = document.importNode(next, true);
  node.replaceWith(fresh);
  return fresh;
};

const attributes = (node, next, how) => {
  const { open } = node;
  for (const { name } of [...node.attributes]) if (!next.hasAttribute(name)) node.removeAttribute(name);
  for (const { name, value } of next.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  if (how.folds && node.localName === "details") node.open = open;
  // What a field holds is not what its attribute says once somebody was there.
  if (node.localName === "input") {
    if (node.type !== "file" && node.value !== next.value) node.value = next.value;
    node.checked = next.checked;
  } else if (node.localName === "option") node.selected = next.selected;
  else if (node.localName === "textarea" && node.value !== next.value) node.value = next.value;
};

/** Whether the answer would take a form away in which something is typed. */
export const loses = (next) =>
  [...document.querySelectorAll("#main form")].some((form) => isTyped(form) && !next.querySelector(`form[action="${form.getAttribute("action")}"]`));
