import { expect, test } from "./page";

test("the first page comes with a title and its style sheet", async ({ page }) => {
  const response = await page.goto("/");
  expect(response?.ok()).toBe(true);
  await expect(page).toHaveTitle(/Gantry/);
  await expect(page.locator('link[rel="stylesheet"][href^="/pkg/gantry."]')).toHaveCount(1);
});
