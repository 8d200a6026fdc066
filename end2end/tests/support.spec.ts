// Our own people see how workshops stand, and into one only when its owner lets them.
import { expect, test } from "./page";
import { checkIn, form, send, signUp, SUPPORT } from "./workshop";

test("our support looks only while the owner lets it, and every look is told", async ({ page, browser, javaScriptEnabled }) => {
  const name = `Hilfe ${javaScriptEnabled ? "js" : "nojs"} ${Date.now()}`;
  await signUp(page, { workshop: name, name: "Henri Lang", email: `henri@${name.replaceAll(" ", "-").toLowerCase()}.example.com` });
  await checkIn(page);
  const order = new URL(page.url()).pathname;

  const petra = await (await browser.newContext({ javaScriptEnabled })).newPage();
  await petra.goto("/platform");
  await send(form(petra, "/platform/sign-in"), SUPPORT);
  await petra.goto(`/platform?q=${encodeURIComponent(name)}`);
  await petra.getByRole("link", { name }).click();
  await expect(petra.locator("h1")).toContainText(name);
  await expect(petra.locator("main, body").first()).toContainText("Never granted");
  const console_page = petra.url();

  await page.goto("/settings/support");
  await send(form(page, "/settings/support"), { span: "hour" });
  await expect(page.getByRole("row", { name: /Henri Lang/ })).toContainText("Active");

  await petra.reload();
  await petra.getByRole("button", { name: "Open the workshop" }).click();
  await petra.goto(order);
  await expect(petra.locator("body")).toContainText("Gantry support can see this workshop");
  await expect(petra.locator("#notes")).toBeVisible();

  await page.goto("/trail");
  await expect(page.locator("main")).toContainText(`Looked at ${order}`);
  await page.goto("/settings/support");
  await send(form(page, "/end"));
  await expect(page.getByRole("row", { name: /Henri Lang/ })).toContainText("Ended");
  await petra.goto(order);
  await expect(petra).toHaveURL(/\/sign-in/);

  // Suspended, the workshop is shut for its owner too, until it is opened again.
  await petra.goto(console_page);
  await send(form(petra, "/suspend"), { reason: "A chargeback" });
  await page.goto("/customers");
  await expect(page).toHaveURL(/\/standing/);
  await expect(page.locator("main, body").first()).toContainText("suspended");
  await send(form(petra, "/resume"), { reason: "Settled" });
  await page.goto("/customers");
  await expect(page.locator("h1")).toContainText("Customers");
  await petra.context().close();
});
