// Every journey fails when the page says something went wrong in the console: hydration mismatches show nowhere else.
import { expect, test as base } from "@playwright/test";

export const test = base.extend({
  page: async ({ page }, use) => {
    const said: string[] = [];
    page.on("pageerror", (error) => said.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") said.push(message.text());
    });
    await use(page);
    expect(said, "errors in the browser's console").toEqual([]);
  },
});
export { expect };
