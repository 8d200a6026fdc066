// The ways back in: a forgotten password, a code from the telephone, four digits on the bay's tablet.
import { createHmac } from "node:crypto";
import { letter, link } from "./mail";
import { expect, test } from "./page";
import { form, PHRASE, send, signUp } from "./workshop";

/** What an authenticator app shows for a key at a time (RFC 6238: SHA-1, 30 seconds, six digits). */
function code(key: string, at: number): string {
  const bits = [...key.replace(/\s/g, "").toUpperCase()].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"));
  const bytes = bits.join("").match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const offset = digest[19] & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const NEW = "three other words 9 times";

test("a forgotten password is set anew by mail, and every browser is signed out", async ({ page, browser }, info) => {
  const email = `vera@${info.project.name}-${Date.now()}.example.com`;
  await signUp(page, { workshop: "Vergesslich", name: "Vera Lang", email });
  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  await elsewhere.goto("/forgot");
  await send(form(elsewhere, "/forgot"), { email });
  await expect(elsewhere.locator("body")).toContainText("Check your e-mail");
  const address = link(await letter(email, /Set a new password/));
  await elsewhere.goto(address);
  await send(elsewhere.locator('form[action^="/reset/"]'), { new: NEW });
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await expect(elsewhere.locator("body")).toContainText("Your password was changed");
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in/);
  await send(form(elsewhere, "/sign-in"), { email, password: PHRASE });
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await send(form(elsewhere, "/sign-in"), { email, password: NEW });
  await expect(elsewhere).toHaveURL(/\/dashboard/);
  await letter(email, /Your password was changed/);
  expect((await elsewhere.goto(address))?.status(), "a link works once").toBe(404);
  await context.close();
});

test("a second factor is set up, asked for, and replaced by a recovery code", async ({ page, browser }, info) => {
  const email = `sina@${info.project.name}-${Date.now()}.example.com`;
  await signUp(page, { workshop: "Sicher", name: "Sina Fest", email });
  await page.goto("/account/second-factor");
  await send(form(page, "/account/second-factor/begin"));
  const key = await page.locator("p.select-all").innerText();
  const first = Date.now();
  await send(form(page, "/account/second-factor/confirm"), { code: code(key, first) });
  const recovery = await page.locator("ul.font-mono li").allInnerTexts();
  expect(recovery.length).toBe(10);

  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  const enter = async (answer: string) => {
    await elsewhere.goto("/sign-in");
    await send(form(elsewhere, "/sign-in"), { email, password: PHRASE });
    await expect(elsewhere).toHaveURL(/\/sign-in\/code/);
    await send(form(elsewhere, "/sign-in/code"), { code: answer });
  };
  await enter(code(key, first));
  await expect(elsewhere.locator(".field-error").first(), "a code counts once").toBeVisible();
  await enter(recovery[0]);
  await expect(elsewhere).toHaveURL(/\/dashboard/);
  await letter(email, /New sign-in to your account/);
  await context.clearCookies();
  await enter(recovery[0]);
  await expect(elsewhere.locator(".field-error").first(), "a recovery code counts once").toBeVisible();
  await enter(code(key, first + 30_000));
  await expect(elsewhere).toHaveURL(/\/dashboard/);
  await context.close();
});

test("two people share the bay's tablet by PIN, and the trail names each", async ({ page }, info) => {
  const email = `tara@${info.project.name}-${Date.now()}.example.com`;
  await signUp(page, { workshop: "Tablett", name: "Tara Blum", email });
  await page.goto("/account");
  await send(form(page, "/account/pin"), { pin: "7294" });
  await page.goto("/settings/tablets");
  await send(form(page, "/settings/tablets"), { name: "Bay 2" });
  await page.goto("/switch");
  await expect(page.locator("h1")).toContainText("Who is working?");
  await page.getByRole("link", { name: "Tara Blum" }).click();
  await send(form(page, "/switch"), { pin: "1111" });
  await expect(page.locator(".field-error").first()).toBeVisible();
  await send(form(page, "/switch"), { pin: "7294" });
  await expect(page).toHaveURL(/\/(dashboard|my-jobs)/);
  // Four digits open the bay; the office asks for the password once more.
  await page.goto("/settings/members");
  await send(form(page, "/settings/members/invites"), { email: `new@${email.split("@")[1]}`, role: "technician", reach: "all" });
  await expect(page.locator('[name="confirm_password"]')).toBeVisible();
  await page.goto("/trail");
  await expect(page.locator("main")).toContainText("Tara Blum");
});
