// The whole job: a car is booked in, priced, approved, worked on, invoiced with a legal number, paid and handed over.
import { expect, test } from "./page";
import { FIRST, form, moveTo, newPlate, send, signIn } from "./workshop";

test("an advisor books a car in, bills it and hands it over", async ({ page }) => {
  const n = 100 + Math.floor(Math.random() * 900);
  const main = page.locator("main");
  await signIn(page, "owner@nordwind.example");

  await page.goto("/check-in");
  await send(form(page, "/check-in"), {
    plate: newPlate(),
    make: "Seat",
    model: "Leon",
    odometer_in: "84250",
    name: `Paula Winkelmann ${n}`,
    phone: `+49 40 555 0${n}`,
    concerns: "Brakes squeal when cold",
    promise: "none",
  });
  await expect(page).toHaveURL(/\/work-orders\/wo_/);
  await expect(main).toContainText("Brakes squeal when cold");
  const order = new URL(page.url()).pathname;

  await send(form(page, `${order}/jobs`), { title: "Front brakes" });
  await send(form(page, "/lines"), {
    "kind[]": "labor",
    "description[]": "Replace pads",
    "quantity[]": "1.5",
    "unit_price[]": "96.00",
  });
  await expect(main).toContainText("171.36"); // 1.5 h at 96.00 and 19 % tax

  const job = await page.locator('form[action$="/lines"]').first().getAttribute("action");
  const jobId = job?.split("/").at(-2) ?? "";
  await send(form(page, "/decisions"), { [jobId]: "approved", contact_name: "Paula Winkelmann", method: "phone" });
  await send(page.locator('form[action$="/assignments"]:has(select[name="member"])').first(), { member: FIRST });
  // Everything is decided, so it is approved by itself; starting begins the work, and the last finish leads to the check.
  await expect(main).toContainText("Moved to Approved");
  await send(form(page, `${jobId}/work`)); // start
  await expect(main).toContainText("Moved to In progress");
  await send(form(page, `${jobId}/work`)); // finish
  await expect(main).toContainText("Moved to Quality check");
  await send(form(page, "/odometer"), { point: "out", value: "84258" });
  await moveTo(page, "ready");

  await send(form(page, `${order}/invoice`));
  await expect(page).toHaveURL(/\/invoices\/inv_/);
  await send(form(page, "/post"));
  await expect(main).toContainText(/HH-\d{4}-\d+/);
  await send(form(page, "/payments"), { amount: "71.36", method: "cash" });
  await send(form(page, "/payments"), { method: "card" }); // the rest is what the field offers
  await expect(main).toContainText(/paid/i);

  await page.goto(order);
  await send(form(page, "/hand-over"), { collected_by: "Paula Winkelmann", typed: "P. Winkelmann" });
  await expect(main).toContainText("Delivered");
});

test("bad input is told at the field and nothing typed is lost", async ({ page }) => {
  await signIn(page, "reception@nordwind.example");
  await page.goto("/customers/new");
  const target = form(page, "/customers/new");
  await target.locator('[name="phone"]').fill("call me");
  await target.locator('[name="city"]').fill("Hamburg");
  await target.evaluate((element) => element.setAttribute("novalidate", ""));
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await target.locator('button:not([type="button"])').last().click();
  expect((await answer).status()).toBe(422);
  await expect(page.locator('[name="city"]')).toHaveValue("Hamburg");
  await expect(page.locator('[name="name"][aria-invalid="true"]')).toBeVisible();
  await expect(page.locator('[name="phone"][aria-invalid="true"]')).toBeVisible();
});
