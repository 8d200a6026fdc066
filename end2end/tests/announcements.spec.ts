// The owner tells the mechanics something, and sees who read it.
import { expect, test } from "./page";
import { signIn } from "./workshop";

test("an announcement stands on the mechanic's first page until it is read, and its writer sees that", async ({ page, browser, javaScriptEnabled }, info) => {
  const title = `The lift is checked: ${info.project.name} ${info.retry + 1}`;
  await signIn(page, "owner@nordwind.example");
  await page.goto("/announcements/new");
  await page.locator('[name="title"]').fill(title);
  await page.locator('[name="body"]').fill("Nobody drives onto it before ten.");
  await page.getByLabel("Technicians").check();
  await page.getByRole("button", { name: "Announce" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/new"));
  await page.goto("/announcements?show=all");
  await page.getByRole("link", { name: title }).click();
  await expect(page.locator("h1")).toContainText(title);
  const unread = page.getByRole("row", { name: /Jonas Reimers/ });
  await expect(unread).toContainText("Not yet");

  const jonas = await (await browser.newContext({ javaScriptEnabled })).newPage();
  await signIn(jonas, "jonas@nordwind.example");
  await jonas.goto("/my-jobs");
  const card = jonas.locator("li", { hasText: title });
  await expect(card).toContainText("Nobody drives onto it before ten.");
  await card.locator("button").click();
  await expect(jonas.locator("li", { hasText: title })).toHaveCount(0);
  await jonas.context().close();

  await page.reload();
  await expect(unread).not.toContainText("Not yet");
  const reception = await (await browser.newContext({ javaScriptEnabled })).newPage();
  await signIn(reception, "reception@nordwind.example");
  await reception.goto("/announcements");
  await expect(reception.locator("main")).not.toContainText(title);
  await reception.context().close();
});
