// The board: four ways to move a card, seen by everybody at once, and refused with everything that is missing.
import { type Browser, type Page } from "@playwright/test";
import { expect, test } from "./page";
import { checkIn, hydrated, newPlate, signIn } from "./workshop";

test.use({ refusals: ["/api/"] });

const card = (page: Page, number: string) => page.locator(`.board-card:has(a:text-is("${number}"))`);
const column = (page: Page, phase: string) => page.locator(`.board-col[data-phase="${phase}"]`);
const inColumn = (page: Page, phase: string, number: string) => column(page, phase).locator(`a:text-is("${number}")`);

/** A car that was just received; the board is open. */
async function received(page: Page, plate = newPlate()) {
  await signIn(page, "owner@nordwind.example");
  const number = await checkIn(page, plate);
  await page.goto("/board");
  await hydrated(page);
  await expect(inColumn(page, "received", number)).toBeVisible();
  return number;
}

async function anotherScreen(browser: Browser) {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, "manager@nordwind.example");
  await page.goto("/board");
  await hydrated(page);
  return page;
}

test("a card is dragged to the next column, and another screen shows it by itself within two seconds", async ({ page, browser }) => {
  const number = await received(page);
  const other = await anotherScreen(browser);
  await expect(inColumn(other, "received", number)).toBeVisible();
  await card(page, number).scrollIntoViewIfNeeded();
  const grip = await card(page, number).locator(".drag-handle").boundingBox();
  const target = await column(page, "diagnosing").boundingBox();
  if (!grip || !target) throw new Error("nothing to drag");
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x + target.width / 2, grip.y + 20, { steps: 12 });
  await page.mouse.up();
  await expect(inColumn(page, "diagnosing", number)).toBeVisible();
  await expect(inColumn(other, "diagnosing", number)).toBeVisible({ timeout: 2_000 });
  await other.context().close();
});

test("the arrow keys and the menu move a card as well", async ({ page }) => {
  const plate = newPlate();
  const number = await received(page, plate);
  await card(page, number).locator(".drag-handle").focus();
  await page.keyboard.press("ArrowRight");
  await expect(inColumn(page, "diagnosing", number)).toBeVisible();
  await expect(card(page, number).locator(".drag-handle")).toBeFocused();
  // The other journeys move cards meanwhile, and a board that is read anew closes its menus.
  await expect(async () => {
    const ask = card(page, number).getByRole("button", { name: "Ask for approval" });
    if (!(await ask.isVisible())) await card(page, number).getByRole("button", { name: "to…" }).click({ timeout: 5_000 });
    await ask.click({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  // Nothing was offered to the customer yet.
  await expect(page.getByRole("alert").filter({ hasText: `${number} · ${plate} is not ready for this move` })).toBeVisible();
  await expect(page.getByRole("alert").locator("li a").first()).toHaveAttribute("href", /\/work-orders\/wo_/);
  await expect(inColumn(page, "diagnosing", number)).toBeVisible();
});
