// Two servers on one database behind a proxy that gives every request to the next one: people notice nothing of it.
import type { Page } from "@playwright/test";
import { expect, test } from "./page";
import { checkIn, form, send, signIn } from "./workshop";

const PROXY = { baseURL: "http://127.0.0.1:3102" };
const BOTH = ["3100", "3101"];
test.use(PROXY);

/** The servers that answered the page's own forms. */
function heard(page: Page) {
  const servers = new Set<string>();
  page.on("response", (answer) => answer.request().method() === "POST" && servers.add(answer.headers()["x-served-by"]));
  return servers;
}

/** Writes notes until both servers have had one; `seen` looks at each. */
async function note(page: Page, order: string, seen: (body: string) => Promise<void>) {
  const servers = heard(page);
  for (let tries = 1; servers.size < BOTH.length; tries++) {
    expect(tries, "notes that one server alone took").toBeLessThan(8);
    const body = `Two servers, one book: ${tries}`;
    await page.goto(order);
    await send(form(page, "/notes"), { body });
    await seen(body);
  }
}

test("who signed in at one server works at the other, and is signed out of both", async ({ page }) => {
  await signIn(page, "owner@nordwind.example");
  await checkIn(page);
  await note(page, new URL(page.url()).pathname, (body) => expect(page.locator("#notes")).toContainText(body));
  await send(form(page, "/sign-out"));
  const asked = new Set<string>();
  for (let tries = 1; asked.size < BOTH.length && tries < 20; tries++) {
    const answer = await page.request.get("/board");
    expect(answer.status()).toBe(401);
    asked.add(answer.headers()["x-served-by"]);
  }
  expect([...asked].sort()).toEqual(BOTH);
});

test("what is done at either server is seen on screens of both", async ({ page, browser, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "live screens are for browsers with JavaScript");
  await signIn(page, "owner@nordwind.example");
  await checkIn(page);
  const order = new URL(page.url()).pathname;
  const colleague = await (await browser.newContext(PROXY)).newPage();
  await signIn(colleague, "manager@nordwind.example");
  const streams = new Set<string>();
  for (const screen of [page, colleague]) {
    // The proxy gives each new stream to the server that holds fewer.
    const stream = screen.waitForResponse((answer) => new URL(answer.url()).pathname === "/events");
    await screen.goto(order);
    streams.add((await stream).headers()["x-served-by"]);
  }
  expect([...streams].sort()).toEqual(BOTH);
  const writer = await (await browser.newContext({ ...PROXY, javaScriptEnabled: false })).newPage();
  await signIn(writer, "manager@nordwind.example");
  await note(writer, order, async (body) => {
    for (const screen of [page, colleague]) await expect(screen.locator("#notes")).toContainText(body);
  });
  for (const screen of [colleague, writer]) await screen.context().close();
});
