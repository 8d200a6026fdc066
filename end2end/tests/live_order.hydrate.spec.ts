// A work order's page follows what others do, and never takes away what somebody is writing.
import { expect, test } from "./page";
import { checkIn, form, hydrated, send, signIn } from "./workshop";

test("the page shows a colleague's note by itself, but waits while something is typed", async ({ page, browser }) => {
  await signIn(page, "owner@nordwind.example");
  await checkIn(page, "HH-LV 1");
  const order = new URL(page.url()).pathname;
  await page.goto(order);
  await hydrated(page);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, "manager@nordwind.example");
  await other.goto(order);
  await send(form(other, "/notes"), { body: "Called the customer" });
  await expect(page.locator("#notes")).toContainText("Called the customer");

  await hydrated(page);
  const draft = page.locator('#notes [name="body"]');
  await draft.fill("Half a senten");
  await draft.blur();
  await send(form(other, "/notes"), { body: "He agrees" });
  const hint = page.getByRole("button", { name: "Show what is new" });
  await expect(hint).toBeVisible();
  await expect(draft).toHaveValue("Half a senten");
  await hint.click();
  await expect(page.locator("#notes")).toContainText("He agrees");
  await other.context().close();
});
