// Money is never edited: a payment is reversed, a posted invoice is voided by a credit note.
import { expect, test } from "./page";
import { checkIn, form, send, signIn } from "./workshop";

test("a payment is reversed, the invoice voided by a credit note, and the work invoiced again", async ({ page }) => {
  const main = page.locator("main");
  await signIn(page, "owner@nordwind.example");
  await checkIn(page);
  const order = new URL(page.url()).pathname;
  await send(form(page, `${order}/jobs`), { title: "Battery" });
  await send(form(page, "/lines"), { "kind[]": "part", "description[]": "Battery", "quantity[]": "1", "unit_price[]": "100.00" });
  const action = await page.locator('form[action$="/lines"]').first().getAttribute("action");
  const job = action?.split("/").at(-2) ?? "";
  await send(form(page, "/decisions"), { [job]: "approved", contact_name: "Paula", method: "phone" });
  await send(form(page, `${job}/work`));
  await send(form(page, `${job}/work`));
  await send(form(page, `${order}/invoice`));
  await send(form(page, "/post"));
  const invoice = new URL(page.url()).pathname;
  const number = (await main.locator("h1").innerText()).replace("Invoice ", "");

  await send(form(page, "/payments"), { method: "cash" });
  await expect(main).toContainText("Paid");
  await send(form(page, "/reverse"), { reason: "Counted twice" });
  await expect(main).toContainText("Open");
  await send(form(page, "/void"), { reason: "Wrong customer" });
  await expect(page).not.toHaveURL(invoice);
  await expect(main).toContainText("Credit note");
  await expect(main).toContainText(number);
  await page.goto(invoice);
  await expect(main).toContainText("Void");
  await page.goto(order);
  await send(form(page, `${order}/invoice`));
  await expect(main).toContainText("Draft");
});
