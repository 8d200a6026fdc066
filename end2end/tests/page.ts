// Every journey fails when the page says something went wrong in the console: hydration mismatches show nowhere else.
import { expect, test as base } from "@playwright/test";

// What a journey means to be refused, by a piece of the address: `test.use({ refusals: ["/api/move"] })`.
export const test = base.extend<{ refusals: string[] }>({
  refusals: [[], { option: true }],
  page: async ({ page, refusals }, use, info) => {
    const said: string[] = [];
    const script = "**/pkg/in_place.*";
    if (info.project.name === "blocked") await page.context().route(script, (route) => route.abort());
    // What the page asks for in place is a page too.
    const asked = new Set<string>();
    page.on("request", (request) => {
      if (request.headers()["x-gantry-in-place"]) asked.add(request.url());
    });
    page.on("pageerror", (error) => said.push(String(error)));
    page.on("console", (message) => {
      // A page that is meant to be a 404 or a 422 is reported by the browser too; a missing file stays an error.
      const missed = message.text().startsWith("Failed to load resource");
      const refused = refusals.some((piece) => message.location().url.includes(piece)) && /status of 409|net::ERR_FAILED/.test(message.text());
      if (message.location().url.includes("/pkg/in_place.") && info.project.name === "blocked") return;
      const answer = missed && (refused || message.location().url === page.url() || (asked.has(message.location().url) && message.text().includes("status of 4")));
      if (message.type() === "error" && !answer) said.push(`${message.text()} (${message.location().url})`);
    });
    await use(page);
    expect(said, "errors in the browser's console").toEqual([]);
  },
});
export { expect };
