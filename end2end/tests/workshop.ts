// What a person does, in a workshop's words. Forms are found by where they post, so that the steps survive a new layout.
import { expect, type Locator, type Page } from "@playwright/test";

export const PASSWORD = "workshop-demo-2026";

export async function signIn(page: Page, email: string) {
  await page.goto("/sign-in");
  await page.locator('[name="email"]').fill(email);
  await page.locator('[name="password"]').fill(PASSWORD);
  await page.locator('[name="password"]').press("Enter");
  await expect(page).toHaveURL(/\/(dashboard|board|my-jobs)/);
}

/** One of our own people, whose account the test server makes. */
export const SUPPORT = { email: "petra@gantry.example", password: "lights over the long bay" };

export const PHRASE = "a long enough passphrase 7";

/** Opens a workshop of one's own, so that nobody else's journey meets this one. */
export async function signUp(page: Page, person: { workshop: string; name: string; email: string }) {
  await page.goto("/sign-up");
  const { workshop, name, email } = person;
  await send(form(page, "/sign-up"), { workshop, assets: "vehicle", country: "DE", city: "Berlin", branch: "Mitte", name, email, password: PHRASE });
  await expect(page).toHaveURL(/\/dashboard/);
}

/** The form that posts to a path that ends like this. */
export function form(page: Page, ending: string) {
  return page.locator(`form[action$="${ending}"]`).first();
}

/** Opens what is folded around a form, as a person would. */
async function unfold(target: Locator) {
  await target.evaluate((element) => {
    for (let up: Element | null = element; up; up = up.parentElement) {
      if (up instanceof HTMLDetailsElement) up.open = true;
      if (up instanceof HTMLElement && up.hasAttribute("popover") && !up.matches(":popover-open")) up.showPopover();
    }
  });
}

/** The first real choice of a select, whatever it is. */
export const FIRST = "(the first)";

/** Where it stands: an empty value is only the invitation to choose. */
async function firstChoice(select: Locator) {
  return select.evaluate((element) => Math.max(0, [...(element as HTMLSelectElement).options].findIndex((option) => option.value !== "")));
}

/** Fills a form by its fields' names and sends it with its last button. */
export async function send(target: Locator, fields: Record<string, string> = {}) {
  await unfold(target);
  for (const [name, value] of Object.entries(fields)) {
    const field = target.locator(`[name="${name}"]`);
    const kind = await field.first().evaluate((element) => (element as HTMLInputElement).type);
    if (kind === "radio") await target.locator(`[name="${name}"][value="${value}"]`).evaluate((radio) => (radio as HTMLInputElement).click());
    else if (kind === "select-one") await field.last().selectOption(value === FIRST ? { index: await firstChoice(field.last()) } : value);
    else await field.last().fill(value);
  }
  await shown(target.page(), () => target.locator('button:not([type="button"])').last().click());
}

/** Does something that leads to a page, and waits until that is there: changed in place, or loaded. */
export async function shown(page: Page, act: () => Promise<unknown>) {
  const before = await page.evaluate(() => document.documentElement.dataset.shown);
  const loaded = page.waitForEvent("load");
  const changed = before === undefined ? loaded : page.waitForFunction((before) => document.documentElement.dataset.shown !== before, before);
  const first = Promise.any([loaded, changed]);
  await act();
  await first;
}

/** Moves the order that the page shows. */
export async function moveTo(page: Page, phase: string) {
  await send(page.locator(`form[action$="/moves"]:has(input[name="to"][value="${phase}"])`).first());
}

/** A plate that no other journey has, and this one neither when it is tried again: one too much alike asks "Did you mean …?". */
export function newPlate() {
  const pick = (from: string, count: number) => Array.from({ length: count }, () => from[Math.floor(Math.random() * from.length)]).join("");
  return `HH-${pick("ABCDEFGHJKLMNPRSTUVWXYZ", 2)} ${pick("123456789", 4)}`;
}

/** Books a new customer's car in and gives the work order's number; its page is open then. */
export async function checkIn(page: Page, plate = newPlate()) {
  await page.goto("/check-in");
  await send(form(page, "/check-in"), {
    plate,
    make: "Seat",
    model: "Leon",
    odometer_in: "84250",
    name: `Paula Winkelmann ${plate}`,
    concerns: "Brakes squeal when cold",
    promise: "none",
  });
  await expect(page).toHaveURL(/\/work-orders\/wo_/);
  return (await page.locator("h1").innerText()).trim();
}

/** Waits until the browser's part is awake. */
export async function hydrated(page: Page) {
  await page.waitForFunction(() => "hydrated" in document.documentElement.dataset);
}
