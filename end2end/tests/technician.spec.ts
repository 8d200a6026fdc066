// The technician's tablet at the bay: take a free job, start it, write a note, finish it.
import { expect, test } from "./page";
import { checkIn, form, send, signIn } from "./workshop";

test.use({ viewport: { width: 820, height: 1180 }, hasTouch: true });

test("a technician takes a free job, starts it, writes a note and finishes it", async ({ page, browser }, info) => {
  const title = `Wheel bearing ${info.project.name} ${info.retry + 1}`;
  const office = await (await browser.newContext({ javaScriptEnabled: info.project.name !== "nojs" })).newPage();
  await signIn(office, "manager@nordwind.example");
  await checkIn(office);
  const order = new URL(office.url()).pathname;
  await send(form(office, `${order}/jobs`), { title });
  const action = await office.locator('form[action$="/lines"]').first().getAttribute("action");
  const job = action?.split("/").at(-2) ?? "";
  await send(form(office, "/decisions"), { [job]: "approved", contact_name: "Paula", method: "phone" });
  await expect(office.locator("main")).toContainText("Moved to Approved");

  await signIn(page, "tomas@nordwind.example");
  await page.goto("/my-jobs");
  await send(page.locator(`form[action$="${job}/take"]`));
  const sheet = page.locator("article.work").filter({ hasText: title });
  await expect(sheet).toBeVisible();
  for (const button of await sheet.locator("button:visible, summary:visible").all()) {
    expect((await button.boundingBox())?.height, "a finger's width").toBeGreaterThanOrEqual(44);
  }
  await send(sheet.locator(`form[action$="${job}/start"]`));
  await expect(sheet).toContainText("Running since");
  await expect(sheet).toContainText("In progress");
  await send(sheet.locator('form[action$="/notes"]'), { body: "Bearing was loose" });
  await expect(sheet).toContainText("Bearing was loose");
  await send(sheet.locator(`form[action$="${job}/finish"]`));
  await expect(page.locator("main")).toContainText("Finished today");
  await office.goto(order);
  await expect(office.locator("main")).toContainText("Bearing was loose");
  await office.context().close();
});
