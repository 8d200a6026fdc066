// A work order's page follows what others do, and never takes away what somebody is writing.
import { expect, test } from "./page";
import { checkIn, form, send, signIn } from "./workshop";

test("the page shows a colleague's note by itself, and what somebody is typing stays", async ({ page, browser }) => {
  await signIn(page, "owner@nordwind.example");
  await checkIn(page);
  const order = new URL(page.url()).pathname;
  await page.goto(order);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, "manager@nordwind.example");
  await other.goto(order);
  await send(form(other, "/notes"), { body: "Called the customer" });
  await expect(page.locator("#notes")).toContainText("Called the customer");

  const draft = page.locator('#notes [name="body"]');
  await draft.fill("Half a senten");
  await draft.blur();
  await send(form(other, "/notes"), { body: "They agree" });
  await expect(page.locator("#notes")).toContainText("They agree");
  await expect(draft).toHaveValue("Half a senten");
  await other.context().close();
});

test("news that would take away what somebody types waits for them", async ({ page, browser }) => {
  await signIn(page, "owner@nordwind.example");
  await checkIn(page);
  const order = new URL(page.url()).pathname;
  await page.goto(order);
  await form(page, "/jobs").locator('[name="title"]').fill("Wheel bear");
  const other = await (await browser.newContext()).newPage();
  await signIn(other, "manager@nordwind.example");
  await other.goto(order);
  // A closed order takes no more jobs.
  const cancel = other.locator('form[action$="/moves"]:has([name="to"][value="cancelled"])').first();
  await send(cancel, { reason: "Asked for by phone" });
  const hint = page.getByRole("button", { name: "Show what is new" });
  await expect(hint).toBeVisible();
  await expect(form(page, "/jobs").locator('[name="title"]')).toHaveValue("Wheel bear");
  await hint.click();
  await expect(page.locator("main")).toContainText("cancelled and closed");
  await expect(hint).toHaveCount(0);
  await other.context().close();
});

test("what is being sent is not taken back because a colleague changed the order meanwhile", async ({ page, browser }) => {
  await signIn(page, "owner@nordwind.example");
  await checkIn(page);
  const order = new URL(page.url()).pathname;
  await page.goto(order);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, "manager@nordwind.example");
  await other.goto(order);
  // A slow way to the server, on which the colleague is faster.
  await page.route("**/notes", async (route) => {
    await send(form(other, "/notes"), { body: "Called the customer" });
    await other.waitForTimeout(3000);
    await route.continue();
  });
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await form(page, "/notes").locator('[name="body"]').fill("Ordered the bearing");
  await form(page, "/notes").locator("button").last().click();
  // The hand leaves the field, as on a tablet whose keyboard closes.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await answered;
  await expect(page.locator("#notes")).toContainText("Ordered the bearing");
  await expect(page.locator("#notes")).toContainText("Called the customer");
  await other.context().close();
});

test("a page that nobody looks at holds no stream, and catches up when somebody does", async ({ page, browser }) => {
  await signIn(page, "owner@nordwind.example");
  await checkIn(page);
  const order = new URL(page.url()).pathname;
  await page.goto(order);
  const look = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await look(true);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, "manager@nordwind.example");
  await other.goto(order);
  await send(form(other, "/notes"), { body: "Key is in the box" });
  // Longer than a page that listens would need.
  await page.waitForTimeout(3000);
  await expect(page.locator("#notes")).not.toContainText("Key is in the box");
  await look(false);
  await expect(page.locator("#notes")).toContainText("Key is in the box");
  await other.context().close();
});
