// From nothing to the first work order: one form, no human in between.
import { expect, test } from "./page";
import { checkIn, signUp } from "./workshop";

test("a new owner signs up and books in the first car", async ({ page }, info) => {
  const name = info.project.name;
  await signUp(page, { workshop: `Werkstatt ${name}`, name: "Olga Petrova", email: `olga.${name}@example.com` });
  await expect(page.locator("main")).toContainText("Olga");
  const number = await checkIn(page);
  expect(number).toMatch(/-1$/);
  await page.goto("/work-orders?show=today");
  await expect(page.locator("main")).toContainText(number);
});
