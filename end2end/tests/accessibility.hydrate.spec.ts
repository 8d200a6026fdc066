// Every page that can be read, found from the program's own list of routes: no barrier that axe knows, in light and dark; no error in the
// console; nothing wider than a phone.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "./page";
import { form, send, signIn, SUPPORT } from "./workshop";

// Workers share what is in one file only where it says so.
test.describe.configure({ mode: "parallel" });

type Route = { method: string; path: string; right: string };

const program = `../${process.env.PROGRAM}`;
const routes: Route[] = existsSync(program) ? JSON.parse(execFileSync(program, ["routes", "--json"], { encoding: "utf8" })) : [];
/** Pages of rows that the demo does not have. */
const empty = ["/settings/members/requests/{join_request}"];
/** A stream has no end, so it is no page. */
const pages = routes.filter((route) => route.method === "GET" && route.path !== "/events");
const open = pages.filter((route) => route.right === "public");
const ours = pages.filter((route) => route.right === "platform");
const own = pages.filter((route) => !open.includes(route) && !ours.includes(route) && !empty.includes(route.path));
/** Where links to rows are found, the richest first. */
const lists = ["/work-orders?show=ready", "/work-orders?show=in_progress", "/invoices", "/customers", "/vehicles", "/work-orders?show=closed", "/settings/members", "/settings/branches", "/settings/labels", "/announcements?show=all"];

/** A path of the route with ids that links on the pages have. */
async function example(page: Page, route: Route, links: string[]): Promise<string> {
  if (!route.path.includes("{")) return route.path;
  const shape = new RegExp(`^${route.path.replace(/\{[a-z_]+\}/g, "[a-z]+_[0-9a-z]{26}")}$`);
  const found = links.find((link) => shape.test(link));
  if (found) return found;
  // What hangs on a row that is linked: the sheet of an order, the print of an invoice.
  const [head, ...tail] = route.path.split(/(?<=\})/);
  const parent = links.find((link) => new RegExp(`^${head?.replace(/\{[a-z_]+\}/g, "[a-z]+_[0-9a-z]{26}")}$`).test(link));
  // A row of a list that is not among the richest: the page that its path begins with shows it.
  const list = route.path.split("/{")[0];
  if (!parent && pages.some((other) => other.path === list)) {
    const own = (await linksOf(page, list ?? "/")).find((link) => shape.test(link));
    if (own) return own;
  }
  expect(parent, `no link leads to ${route.path}: its demonstration rows come with the manifest (seed), and a list links to them`).toBeTruthy();
  return parent + tail.join("");
}

async function linksOf(page: Page, path: string) {
  await page.goto(path);
  return page.locator("main a[href]").evaluateAll((all) => all.map((a) => new URL((a as HTMLAnchorElement).href).pathname));
}

async function check(page: Page, path: string) {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    // Colours that fade from one scheme to the other are neither.
    await page.evaluate(() => document.getAnimations().forEach((fading) => fading.finish()));
    const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
    const told = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" | ")}`);
    expect.soft(told, `${path} (${scheme})`).toEqual([]);
  }
  await page.setViewportSize({ width: 360, height: 780 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wide, `${path} is wider than a phone`).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 800 });
}

test("the list of routes is there", () => {
  expect(own.length).toBeGreaterThan(15);
  expect(open.length).toBeGreaterThan(1);
});

test("pages for everybody have no barriers", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const route of open) {
    await page.goto(route.path);
    await check(page, route.path);
  }
});

test("pages of the console have no barriers", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/platform/sign-in");
  await send(form(page, "/platform/sign-in"), SUPPORT);
  const links = await linksOf(page, "/platform");
  expect(ours.length).toBeGreaterThan(2);
  for (const route of ours) {
    const path = await example(page, route, links);
    const answer = await page.goto(path);
    expect.soft(answer?.status(), path).toBe(200);
    await expect(page).toHaveURL(path);
    await check(page, path);
  }
});

// Split, so that the workers share them and none takes long.
const PARTS = 4;
for (const part of Array(PARTS).keys()) {
  test(`pages of the workshop have no barriers (${part + 1} of ${PARTS})`, async ({ page }) => {
    test.setTimeout(300_000);
    // The other journeys work in the same workshop meanwhile: a page that reads itself anew would go away under the axe.
    await page.route(/\/events(\?|$)/, () => undefined);
    // From the start: a transition between pages that is called off half-way says so in the console.
    await page.emulateMedia({ reducedMotion: "reduce" });
    await signIn(page, "owner@nordwind.example");
    const links: string[] = [];
    for (const list of lists) links.push(...(await linksOf(page, list)));
    for (const order of links.filter((link) => link.startsWith("/work-orders/wo_")).slice(0, 3)) links.push(...(await linksOf(page, order)));
    // A company is found by who drives for it, and its drivers are on its page.
    const companies = (await linksOf(page, "/customers?q=Merve+Kaya")).filter((link) => link.startsWith("/customers/cus_"));
    for (const company of companies.slice(0, 1)) links.push(...(await linksOf(page, company)));
    for (const [at, route] of own.entries()) {
      if (at % PARTS !== part) continue;
      const path = await example(page, route, links);
      const answer = await page.goto(path);
      expect.soft(answer?.status(), path).toBe(200);
      await check(page, path);
    }
  });
}
