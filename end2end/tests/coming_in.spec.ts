// A workshop fills with people: nobody of ours is needed, and the mail really travels.
import { type Browser } from "@playwright/test";
import { letter, link } from "./mail";
import { expect, test } from "./page";
import { form, PHRASE, send, signUp } from "./workshop";

/** Follows an invitation in a browser of one's own. */
async function accept(browser: Browser, email: string, name: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link(await letter(email, /invites you/)));
  await expect(page.locator("main")).toContainText(email);
  await send(page.locator('form[action^="/invite/"]'), { name, password: PHRASE });
  return page;
}

test("a new owner is inside with a branch and two members in under five minutes", async ({ page, browser }, info) => {
  test.setTimeout(300_000);
  const begun = Date.now();
  const at = `${info.project.name}-${begun}.example.com`;
  await signUp(page, { workshop: `Nordlicht ${info.project.name}`, name: "Olga Petrova", email: `olga@${at}` });

  await page.goto(link(await letter(`olga@${at}`, /Confirm your e-mail/)));
  await send(page.locator('form[action^="/verify/"]'));
  await expect(page.locator("main")).toContainText("Your e-mail is confirmed");

  for (const [who, role] of [
    ["rita", "receptionist"],
    ["tom", "technician"],
  ]) {
    await page.goto("/settings/members");
    await send(form(page, "/settings/members/invites"), { email: `${who}@${at}`, role, reach: "all" });
    await expect(page.locator("#invites")).toContainText(`${who}@${at}`);
  }

  const rita = await accept(browser, `rita@${at}`, "Rita Sommer");
  await rita.goto("/check-in");
  await expect(rita.locator("h1")).toBeVisible();
  expect((await rita.goto("/settings/members"))?.status()).toBe(403);

  const tom = await accept(browser, `tom@${at}`, "Tom Berger");
  await tom.goto("/my-jobs");
  await expect(tom.locator("h1")).toContainText("My jobs");

  await page.goto("/settings/members");
  const members = page.locator("table").first();
  await expect(members).toContainText("Rita Sommer");
  await expect(members).toContainText("Tom Berger");
  expect(Date.now() - begun).toBeLessThan(5 * 60_000);

  // A link works once.
  const again = await browser.newPage();
  expect((await again.goto(link(await letter(`tom@${at}`, /invites you/))))?.status()).toBe(404);

  // Who leaves is out at once, and stays in the history.
  await page.locator("table").first().getByRole("link", { name: "Tom Berger" }).click();
  await send(form(page, "/deactivate"), { reason: "Left at the end of May" });
  await expect(members).toContainText("Deactivated");
  await tom.goto("/my-jobs");
  await expect(tom).toHaveURL(/\/sign-in/);
  await again.close();
  await rita.context().close();
  await tom.context().close();
});

test("a code that is shared brings a request, and the owner decides", async ({ page, browser }, info) => {
  const at = `${info.project.name}-${Date.now()}.example.com`;
  await signUp(page, { workshop: "Südwind", name: "Omar Said", email: `omar@${at}` });
  await page.goto("/settings/members");
  await send(form(page, "/settings/members/code"));
  const code = await page.locator("#code code").innerText();

  const context = await browser.newContext();
  const ida = await context.newPage();
  await ida.goto("/join");
  await send(form(ida, "/join"), { code, name: "Ida Krug", email: `ida@${at}` });
  await page.goto("/settings/members");
  await page.getByRole("link", { name: "Ida Krug" }).click();
  await send(page.locator('form[action*="/requests/"]:not([action$="/refuse"])').first(), { role: "technician", reach: "all" });
  await ida.goto(link(await letter(`ida@${at}`, /invites you/)));
  await send(ida.locator("form[method=post]").first(), { password: PHRASE });
  await ida.goto("/my-jobs");
  await expect(ida.locator("h1")).toContainText("My jobs");
  await context.close();
});
