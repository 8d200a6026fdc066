// An owner takes everything along, leaves, looks around once more and comes back.
import { readFile } from "node:fs/promises";
import { expect, test } from "./page";
import { checkIn, form, send, signUp } from "./workshop";

test("an owner takes everything along in one file, leaves in two clicks and comes back", async ({ page, javaScriptEnabled }) => {
  const at = `${javaScriptEnabled ? "js" : "nojs"}-${Date.now()}.example.com`;
  await signUp(page, { workshop: `Abschied ${at.split(".")[0]}`, name: "Karla Abt", email: `karla@${at}` });
  await checkIn(page);
  const order = page.url();

  await page.goto("/settings/data");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download everything" }).click()]);
  expect(download.suggestedFilename()).toMatch(/^gantry-abschied-.*\.zip$/);
  const zip = await readFile(await download.path());
  expect(zip.subarray(0, 2).toString()).toBe("PK");
  // The directory at its end names every file.
  for (const table of ["customers.csv", "work_orders.csv", "audit_events.csv"]) expect(zip.includes(table), table).toBe(true);

  await page.goto("/settings");
  await page.locator('a[href="/standing"]').first().click();
  await page.getByRole("link", { name: "Leave Gantry" }).click();
  await page.locator("main").getByRole("button", { name: "Leave Gantry" }).click();
  await expect(page).toHaveURL(/\/standing/);
  await expect(page.locator("main")).toContainText("Read-only");

  await page.goto(order);
  await expect(page.locator("main")).toContainText("Brakes squeal when cold");
  await send(form(page, "/notes"), { body: "Too late" });
  await expect(page.locator("main")).toContainText("read-only");
  await page.goto(order);
  await expect(page.locator("#notes")).not.toContainText("Too late");

  await page.goto("/standing");
  await page.getByRole("button", { name: "Come back" }).click();
  await expect(page.locator("main")).not.toContainText("Read-only");
  await page.goto(order);
  await send(form(page, "/notes"), { body: "Back again" });
  await expect(page.locator("#notes")).toContainText("Back again");
});
