// What the other parts share.
export const root = document.documentElement;

/** `native`: something went wrong, so the next page is the browser's own work. `at`: the address whose page is shown, `status` what it was
 * answered with: a refused form holds what its writer typed. */
const [arrival] = performance.getEntriesByType("navigation");

export const page = { native: false, at: new URL(location.href), status: arrival?.responseStatus ?? 200, busy: 0, guess: undefined, sending: new WeakSet() };

export const frame = (of = document) => of.querySelector(".app > #main");

export const tell = (name, detail, on = window) => on.dispatchEvent(new CustomEvent("gantry:" + name, { detail, cancelable: true }));

/** An island's name without the hash of its source. */
export const nameOf = (island) => island.dataset.component.replace(/_\d+$/, "");

/** Read out by a screen reader. */
export const say = (text) => {
  const line = document.getElementById("said");
  if (line && text) line.textContent = text;
};

/** Whether somebody changed a field of a form and did not send it. */
export const isTyped = (form) =>
  form.querySelector("[data-keep]") ||
  [...form.elements].some((field) => {
    if (field.matches("[type=hidden],[type=submit],button,fieldset")) return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.type === "file") return field.files.length > 0;
    if (!field.options) return field.value !== field.defaultValue;
    const options = [...field.options];
    const chosen = options.filter((option) => option.defaultSelected);
    return chosen.length || field.multiple ? options.some((option) => option.selected !== option.defaultSelected) : field.selectedIndex > 0;
  });
