import { company, expect, owner, setUp, test, waitUntilLive } from "../fixtures/test";
import { open, openSettings, signIn, signOut } from "../fixtures/steps";
import * as database from "../fixtures/database";
import { Server } from "../fixtures/server";

test("signs out, and in again with e-mail and password", async ({ page, shot, accessible, alarms }) => {
  // What the page asks at that moment is answered so.
  alarms.allow(/status of 401 .*\/conversations\/counts/);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await signOut(page);
  await accessible();
  await shot("sign-in");

  await signIn(page, owner);
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await expect(page.getByRole("button", { name: `${owner.name}, ${company}: menu` })).toBeVisible();
});

test("says what is wrong with a wrong password, and nothing about whether the e-mail exists", async ({ shop, alarms }) => {
  alarms.allow(/status of 401/, /status of 400/, /status of 429/);
  const { page } = await shop.browser();
  const message = "E-mail or password is not right. Check both and try again.";
  await signIn(page, { ...owner, password: "not the password" });
  await expect(page.getByText(message)).toBeVisible();
  await signIn(page, { email: "nobody@example.com", password: "not the password" });
  await expect(page.getByText(message)).toBeVisible();
});

test("slows down whoever tries many passwords @desktop", async ({ shop, alarms }) => {
  alarms.allow(/status of 4\d\d/);
  const { page } = await shop.browser();
  await page.goto("/sign-in");
  await expect(async () => {
    await page.getByLabel("E-mail").fill(owner.email);
    await page.getByLabel("Password", { exact: true }).fill("a wrong password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText(/^Too many tries\. Try again in /)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 45_000 });
});

test("leads to sign-in, and from there to the page that was asked for", async ({ shop }) => {
  const { page } = await shop.browser();
  await page.goto("/settings/people");
  await expect(page.getByRole("heading", { name: "Sign in to Regulars" })).toBeVisible();
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password", { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
});

test("stays signed in when the server restarts @desktop", async ({ page, shop, alarms }) => {
  await page.goto("/customers");
  await shop.server.stop();
  await shop.server.start();
  alarms.allowLostConnection();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
});

test("signs another browser out from the list of devices", async ({ page, shop, alarms }) => {
  alarms.allow(/status of 401/);
  const { page: other } = await shop.browser();
  await signIn(other, owner);
  await expect(other.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();

  await page.goto("/customers");
  await openSettings(page, "Devices");
  await page.getByRole("button", { name: /^Sign out/ }).last().click();
  await expect(page.getByText("That browser is signed out.")).toBeVisible();

  await other.reload();
  await expect(other.getByRole("heading", { name: /^Sign in/ })).toBeVisible();
});

test("changes the password, which ends every other session", async ({ page, shop, alarms }) => {
  alarms.allow(/status of 401/);
  const other = await shop.again();
  await page.goto("/customers");
  await openSettings(page, "You");
  await page.getByLabel("Current password").fill(owner.password);
  await page.getByLabel("New password").fill("a longer one than before");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password was changed.")).toBeVisible();
  await open(page, "Customers");
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();

  const { page: fresh } = await shop.browser();
  await signIn(fresh, { ...owner, password: "a longer one than before" });
  await expect(fresh.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await other.context().clearCookies();
});

test("speaks French when asked to, also after a reload", async ({ page, accessible, shot }) => {
  await page.goto("/customers");
  await page.getByRole("button", { name: /: menu$/ }).click();
  await page.getByRole("button", { name: "Français" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Clients" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Clients" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await accessible();
  await shot("customers-in-french");
});

test("the set-up link makes the first owner, once", async ({ browser, contextOptions, alarms }, info) => {
  const name = `setup_${info.testId.replaceAll("-", "_")}`.slice(0, 60);
  await database.drop(name);
  await database.create(name);
  const server = new Server(name);
  try {
    await server.command("migrate");
    await server.start();
    const stranger = async () => {
      const context = await browser.newContext({ ...contextOptions, baseURL: server.url, storageState: undefined });
      const page = await context.newPage();
      alarms.watch(page);
      await waitUntilLive(page);
      return { context, page };
    };
    const link = await server.setupPath();
    const first = await stranger();
    await setUp(first.page, link);
    await first.context.close();
    alarms.allow(/status of 404/, /status of 410/);
    const second = await stranger();
    await second.page.goto(link);
    await expect(second.page.getByRole("heading", { name: "This set-up link cannot be used" })).toBeVisible();
    await second.context.close();
  } finally {
    await server.kill();
    await database.drop(name);
  }
});
