// Every screen: reachable, without violations that axe knows, with a picture for people to look at.
import { expect, test } from "../fixtures/test";

const screens = [
  ["/customers", "Customers"],
  ["/customers/new", "New customer"],
  ["/customers/export", "Export customers"],
  ["/conversations", "Conversations"],
  ["/conversations/new", "New conversation"],
  ["/simulator", "Phone simulator"],
  ["/imports", "Imports"],
  ["/imports/new", "Import customers"],
  ["/settings/company", "Company"],
  ["/settings/people", "People"],
  ["/settings/roles", "Roles"],
  ["/settings/attributes", "Attributes"],
  ["/settings/messages", "Messages"],
  ["/settings/replies", "Saved replies"],
  ["/settings/opt-outs", "Opt-outs"],
  ["/settings/wishes", "Wishes to review"],
  ["/settings/audit", "Audit"],
  ["/settings/devices", "Devices"],
  ["/settings/you", "You"],
  ["/settings/new-account", "New account"],
] as const;

for (const scheme of ["light", "dark"] as const) {
  test(`every screen in ${scheme} colours`, async ({ page, accessible, shot }) => {
    await page.emulateMedia({ colorScheme: scheme });
    for (const [address, title] of screens) {
      await test.step(address, async () => {
        await page.goto(address);
        await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
        await shot(`${scheme}${address.replaceAll("/", "-")}`);
        await accessible();
        // Nothing is cut off at the right on a phone.
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect.soft(overflow, `pixels too wide at ${address}`).toBeLessThanOrEqual(0);
      });
    }
  });
}

test("an address that does not exist says so", async ({ page, alarms, accessible }) => {
  alarms.allow(/status of 404/);
  await page.goto("/no/such/page");
  await expect(page.getByText("This page does not exist")).toBeVisible();
  await accessible();
});

test("pages come with a strict content security policy and are not kept by caches @desktop", async ({ page }) => {
  const answer = await page.goto("/customers");
  const headers = answer?.headers() ?? {};
  const policy = Object.fromEntries((headers["content-security-policy"] ?? "").split(/; */).map((part) => [part.split(" ")[0], part]));
  expect(policy["default-src"]).toBe("default-src 'none'");
  expect(policy["script-src"]).toMatch(/^script-src 'self' 'nonce-[^']+' 'wasm-unsafe-eval'$/);
  expect(policy["style-src"]).not.toContain("'unsafe-inline'");
  expect(headers["cache-control"]).toContain("no-store");
  expect(headers["x-content-type-options"]).toBe("nosniff");
});

test("a write from another site is refused @desktop", async ({ page, shop, request }) => {
  await page.goto("/customers");
  const answer = await request.post(`${shop.server.url}/api/v1/session/sign_out`, {
    headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site", "content-type": "application/json" },
    data: {},
  });
  expect(answer.status()).toBe(403);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
});
