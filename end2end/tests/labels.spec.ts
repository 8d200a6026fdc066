// Labels: a workshop words its phases, and orders carry the words wherever they stand.
import { expect, test } from "./page";
import { checkIn, form, moveTo, newPlate, send, signUp } from "./workshop";

test("a phase gets labels, one of them the default, and an order follows from check-in to the next phase", async ({ page }) => {
  const name = newPlate().replace(/\W/g, "").toLowerCase();
  await signUp(page, { workshop: `Werkstatt ${name}`, name: "Nora Vogt", email: `nora@${name}.example` });
  await page.goto("/settings/labels");
  for (const [phase, label, color] of [["received", "To inspect", "teal"], ["received", "Towed in", "red"], ["diagnosing", "Second opinion", "pink"]] as const) {
    await page.goto(`/settings/labels/new?phase=${phase}`);
    await send(form(page, "/settings/labels/new"), { name: label, color });
    await expect(page).toHaveURL("/settings/labels");
    await expect(page.locator(".badge-label", { hasText: label })).toBeVisible();
  }
  const row = (label: string) => page.locator("li", { has: page.locator(".badge-label", { hasText: label }) });
  await send(row("Towed in").locator('form[action$="/position"]').first());
  await expect(page.locator("main .badge-label").first()).toHaveText("Towed in");
  await send(row("To inspect").locator('form[action$="/default"]'));
  await expect(row("To inspect")).toContainText("Default");
  await send(row("Second opinion").locator('form[action$="/default"]'));

  const number = await checkIn(page);
  const order = new URL(page.url()).pathname;
  const head = page.locator("main .badge-label");
  await expect(head).toHaveText("To inspect");
  await send(page.locator('form[action$="/label"]', { hasText: "Towed in" }));
  await expect(head).toHaveText("Towed in");
  await page.goto("/board");
  await expect(page.locator(".board-card", { hasText: number }).locator(".badge-label")).toHaveText("Towed in");
  await page.goto("/work-orders");
  await send(page.locator("form", { has: page.locator('select[name="with"]') }), { with: await choice("Received · Towed in") });
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await expect(page.locator("tbody tr")).toContainText("Towed in");

  await page.goto(order);
  await moveTo(page, "diagnosing");
  await expect(head).toHaveText("Second opinion");
  await expect(page.locator("#history")).toContainText("Set the default label “Second opinion”");

  await page.goto("/settings/labels");
  await send(row("Second opinion").locator('form[action$="/archive"]'));
  await expect(page.locator("main")).toContainText("Archived");
  await page.goto(order);
  await expect(head).toHaveText("Second opinion");

  async function choice(label: string) {
    return (await page.locator('select[name="with"] option', { hasText: label }).getAttribute("value")) ?? "";
  }
});
