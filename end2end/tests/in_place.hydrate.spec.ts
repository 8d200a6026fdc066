// Pages change in place: the document stays, and with it what somebody is doing.
import { type Page } from "@playwright/test";
import { expect, test } from "./page";
import { checkIn, form, send, shown, signIn } from "./workshop";

// A way to the server that fails.
test.use({ refusals: ["/notes"] });

/** Something that only stays while the document does. */
const mark = (page: Page) => page.evaluate(() => void ((window as unknown as { mark: number }).mark = 1));
const stayed = (page: Page) => page.evaluate(() => (window as unknown as { mark?: number }).mark === 1);
const open = (page: Page, name: string) => shown(page, () => page.locator(`.side a[href="${name}"], nav a[href="${name}"]`).first().click());

async function another(page: Page, email = "manager@nordwind.example") {
  const context = await page.context().browser()?.newContext();
  const other = await context?.newPage();
  if (!other) throw new Error("no browser");
  await signIn(other, email);
  return other;
}

test("a link changes the page in place: title, address, focus and menu; back and forward lead to the same pages", async ({ page }) => {
  await signIn(page, "owner@nordwind.example");
  await page.goto("/dashboard");
  await mark(page);
  await open(page, "/customers");
  await expect(page).toHaveURL(/\/customers$/);
  await expect(page).toHaveTitle(/^Customers/);
  await expect(page.locator("h1")).toBeFocused();
  await expect(page.locator('nav a[aria-current="page"]').first()).toHaveAttribute("href", "/customers");
  await shown(page, () => page.locator("main tbody a").first().click());
  await expect(page).toHaveURL(/\/customers\/c/);
  await shown(page, () => page.goBack());
  await expect(page).toHaveTitle(/^Customers/);
  await shown(page, () => page.goBack());
  await expect(page).toHaveURL(/\/dashboard$/);
  await expect(page).toHaveTitle(/^Dashboard/);
  await shown(page, () => page.goForward());
  await expect(page).toHaveTitle(/^Customers/);
  expect(await stayed(page)).toBe(true);
});

test("what somebody typed stays while another form of the page is sent and while a colleague writes", async ({ page }) => {
  await signIn(page, "owner@nordwind.example");
  await checkIn(page);
  const order = new URL(page.url()).pathname;
  await page.goto(order);
  await mark(page);
  const draft = page.locator('#notes [name="body"]');
  await draft.fill("Half a senten");
  await send(form(page, `${order}/jobs`), { title: "Wheel bearing" });
  await expect(page.locator("main")).toContainText("Wheel bearing");
  await expect(draft).toHaveValue("Half a senten");
  const other = await another(page);
  await other.goto(order);
  await send(form(other, "/notes"), { body: "Called the customer" });
  await expect(page.locator("#notes")).toContainText("Called the customer");
  await expect(draft).toHaveValue("Half a senten");
  await send(form(page, "/notes"), { body: "Half a sentence" });
  await expect(page.locator("#notes")).toContainText("Half a sentence");
  await expect(draft).toHaveValue("");
  expect(await stayed(page)).toBe(true);
  await other.context().close();
});

test("a refused form shows what is wrong, with everything typed, and a reload shows the clean page", async ({ page }) => {
  await signIn(page, "owner@nordwind.example");
  await page.goto("/customers");
  await mark(page);
  await shown(page, () => page.getByRole("link", { name: "New customer" }).first().click());
  await page.locator('main [name="email"]').fill("not an address");
  // The server's own answer, not the browser's.
  await page.locator('main form[method="post"]').evaluate((form) => ((form as HTMLFormElement).noValidate = true));
  await shown(page, () => page.locator('main form[method="post"] button').last().click());
  await expect(page.locator('[aria-invalid="true"]').first()).toBeFocused();
  await expect(page.locator('main [name="email"]')).toHaveValue("not an address");
  expect(await stayed(page)).toBe(true);
  await expect(page).toHaveURL(/\/customers\/new$/);
  await page.reload();
  await expect(page.locator('main [name="email"]')).toHaveValue("");
});

test("a form that does not arrive says so, keeps what was typed, and is sent again by its button", async ({ page, context }) => {
  await signIn(page, "owner@nordwind.example");
  await checkIn(page);
  await page.goto(new URL(page.url()).pathname);
  await page.route("**/notes", (route) => route.abort());
  await form(page, "/notes").locator('[name="body"]').fill("Key is in the box");
  await form(page, "/notes").locator("button").last().click();
  await expect(page.getByRole("alert")).toContainText("This did not reach Gantry. What you typed is still here.");
  await page.unroute("**/notes");
  await shown(page, () => page.getByRole("button", { name: "Send again" }).click());
  await expect(page.locator("#notes")).toContainText("Key is in the box");
  await expect(page.getByRole("alert")).toHaveCount(0);
  const cookies = await context.cookies();
  await context.clearCookies();
  await form(page, "/notes").locator('[name="body"]').fill("Signed out meanwhile");
  await form(page, "/notes").locator('button:not([type="button"])').last().click();
  await expect(page.getByRole("alert")).toContainText("You were signed out.");
  await expect(page.locator('#notes [name="body"]')).toHaveValue("Signed out meanwhile");
  await context.addCookies(cookies);
  await shown(page, () => page.getByRole("button", { name: "Send again" }).click());
  await expect(page.locator("#notes")).toContainText("Signed out meanwhile");
});

/** Where the document differs from what the server sends for an address, islands and keys apart. */
async function unlike(page: Page, href: string) {
  if (new URL(page.url()).pathname === href) await open(page, href);
  return page.evaluate(async (href) => {
    const text = await (await fetch(href, { headers: { accept: "text/html" } })).text();
    const plain = (of: Document) => {
      const main = of.querySelector("#main")?.cloneNode(true) as HTMLElement;
      for (const gone of main.querySelectorAll("leptos-island,[name=_org],[name$=key]")) gone.remove();
      for (const node of main.querySelectorAll("[tabindex]")) node.removeAttribute("tabindex");
      return main.innerHTML.replace(/\d+ (min|s|h)\b/g, "").replace(/data-at="[^"]*"/g, "");
    };
    const [is, should] = [plain(document), plain(new DOMParser().parseFromString(text, "text/html"))];
    let at = 0;
    while (at < is.length && is[at] === should[at]) at++;
    return is === should ? "" : `${is.slice(at - 60, at + 60)} <> ${should.slice(at - 60, at + 60)}`;
  }, href);
}

test("after a walk through every page of the menu and back the document is what the server would send, with one stream", async ({ page }) => {
  await page.addInitScript(() => {
    const all = ((window as unknown as { streams: EventSource[] }).streams = []) as EventSource[];
    const Native = window.EventSource;
    window.EventSource = class extends Native {
      constructor(url: string) {
        super(url);
        all.push(this);
      }
    };
  });
  await signIn(page, "owner@nordwind.example");
  await page.goto("/dashboard");
  await mark(page);
  const links = await page.locator("nav.side-nav a, .side nav a").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const inside = [...new Set(links)].filter((href) => href.startsWith("/"));
  expect(inside.length).toBeGreaterThan(6);
  const nodes: number[] = [];
  for (let round = 0; round < 4; round++) {
    for (const href of inside) {
      await open(page, href);
      // Other journeys change what the page shows meanwhile: it is opened again then.
      if (!round) await expect(async () => expect(await unlike(page, href), href).toBe("")).toPass({ timeout: 60_000 });
    }
    nodes.push(await page.evaluate(() => document.getElementsByTagName("*").length));
  }
  expect(await stayed(page)).toBe(true);
  expect(nodes[3]).toBeLessThan((nodes[0] ?? 0) * 1.2);
  const open_streams = await page.evaluate(() => (window as unknown as { streams: EventSource[] }).streams.filter((stream) => stream.readyState < 2).length);
  expect(open_streams).toBeLessThanOrEqual(1);
});

test("what is typed before the search box is awake is searched for, and its choice opens in place", async ({ page }) => {
  await signIn(page, "owner@nordwind.example");
  const number = await checkIn(page);
  await page.goto("/customers");
  await mark(page);
  const box = page.getByRole("combobox", { name: "Search" });
  await box.fill(number);
  const found = page.getByRole("option").first();
  await expect(found).toContainText(number);
  await box.press("ArrowDown");
  await shown(page, () => box.press("Enter"));
  await expect(page.locator("h1")).toContainText(number);
  await expect(box).toHaveValue("");
  expect(await stayed(page)).toBe(true);
});
