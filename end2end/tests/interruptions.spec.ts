// Nothing is lost, and nothing half-written, when something stops in the middle.
import type { Page } from "@playwright/test";
import * as database from "../fixtures/database";
import * as files from "../fixtures/files";
import { commit, createImport, pickFile, review, toRows, totals } from "../fixtures/importing";
import { open } from "../fixtures/steps";
import { expect, owner, type Shop, test } from "../fixtures/test";

const ROWS = 30_000;

/** Ready to be sent: six chunks. */
const prepare = async (page: Page) => {
  await page.goto("/customers");
  await pickFile(page, files.customers("many.csv", ROWS));
  await createImport(page);
  await toRows(page);
};

const count = (page: Page, text: string) => expect(page.getByText(text, { exact: true })).toBeVisible();

/** Begins a commit of 6,001 rows. Somebody has the last customer of the file open in a transaction: it comes as far as that. */
const commitHeld = async (page: Page, shop: Shop) => {
  const rows = Array.from({ length: 6_000 }, (_, i) => `N${i},Laval`);
  await page.goto("/customers");
  await pickFile(page, files.text("many.csv", `Reference,Street\n${rows.join("\n")}\nA-100,12 rue Saint-Paul\n`));
  await createImport(page);
  await toRows(page);
  await review(page);
  expect(await totals(page)).toMatchObject({ new: 6_000, changed: 1 });
  const letGo = await database.hold(shop.server.database, "select 1 from customer where reference = 'A-100' for update");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText(/^[1-9][\d,]* of 6,001 rows$/)).toBeVisible();
  return letGo;
};

test("the server stops in the middle of the upload, which goes on where it stopped @desktop", async ({ page, shop, alarms, shot }) => {
  alarms.allowLostConnection();
  await prepare(page);
  const chunks: string[] = [];
  page.on("requestfinished", (request) => {
    if (request.method() === "PUT") chunks.push(request.url());
  });
  const first = page.waitForResponse((answer) => answer.request().method() === "PUT" && answer.ok());
  await page.getByRole("button", { name: "Review" }).click();
  await first;
  await shop.server.kill();
  await shot("server-stopped");
  await shop.server.start();
  await expect(page.getByRole("button", { name: "Import", exact: true })).toBeEnabled({ timeout: 60_000 });
  expect(await totals(page)).toMatchObject({ new: ROWS, failed: 0 });
  await commit(page);
  await open(page, "Customers");
  await count(page, "30,003 customers");
});

test("the database ends every connection in the middle of the upload @desktop", async ({ page, shop, alarms }) => {
  alarms.allowLostConnection();
  await prepare(page);
  const first = page.waitForResponse((answer) => answer.request().method() === "PUT" && answer.ok());
  await page.getByRole("button", { name: "Review" }).click();
  await first;
  await database.disconnect(shop.server.database);
  await expect(page.getByRole("button", { name: "Import", exact: true })).toBeEnabled({ timeout: 60_000 });
  await commit(page);
  expect(await totals(page)).toMatchObject({ "rows read": ROWS, new: ROWS });
});

for (const what of ["server", "database"] as const) {
  test(`the ${what} stops in the middle of the commit: all or nothing, and it can be asked again @desktop`, async ({ page, shop, alarms, shot }) => {
    alarms.allowLostConnection();
    await prepare(page);
    await review(page);
    const asked = page.waitForRequest(/commit/);
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await asked;
    if (what === "server") {
      await shop.server.kill();
      await shot("server-stopped");
      await shop.server.start();
    } else {
      await database.disconnect(shop.server.database);
    }
    // Whatever happened, asking again ends with the same whole report.
    await expect(async () => {
      const again = page.getByRole("button", { name: /^(Import|Try again)$/ });
      if (await again.first().isVisible()) await again.first().click();
      await expect(page.getByRole("button", { name: "Undo import" })).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 60_000 });
    expect(await totals(page)).toMatchObject({ "rows read": ROWS, new: ROWS, failed: 0 });
    await open(page, "Customers");
    await count(page, "30,003 customers");
  });
}

test("a commit shows how far it is and is cancelled: nothing of it is written, and it can be asked again", async ({ page, shop, alarms, shot, accessible }) => {
  alarms.allow(/status of 422/);
  const letGo = await commitHeld(page, shop);
  await expect(page.getByRole("progressbar", { name: "Importing" })).toHaveAttribute("max", "6001");
  await shot("importing");
  await accessible();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect(page.getByRole("progressbar", { name: "Stopping" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel", exact: true })).toBeDisabled();
  await shot("stopping");
  await letGo();

  await expect(page.getByText("The import was stopped. Nothing was written.")).toBeVisible();
  expect(await page.getByRole("progressbar").count(), "it does not go on any more").toBe(0);
  await expect(page.getByRole("button", { name: "Import", exact: true })).toBeEnabled();
  await shot("stopped");
  const other = await shop.again();
  await other.goto("/customers");
  await count(other, "3 customers");
  await commit(page);
  expect(await totals(page)).toEqual({ "rows read": 6_001, new: 6_000, changed: 1, "the same": 0, skipped: 0, failed: 0 });
});

test("the network goes away while an import is committed: it waits, and its report comes by itself", async ({ page, context, shop, alarms, shot }) => {
  alarms.allow(/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/);
  const letGo = await commitHeld(page, shop);
  await context.setOffline(true);
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().includes("imports/progress")) asked += 1;
  });
  await expect(page.getByRole("progressbar", { name: "Waiting for the network. It goes on by itself." })).toBeVisible();
  await shot("waiting");
  // Longer than it would otherwise be until the next question.
  const other = await shop.again();
  await other.goto("/customers");
  await count(other, "3 customers");
  expect(asked, "a page that waits for the network does not knock").toBeLessThan(2);
  await letGo();
  // It is written without this page.
  await expect(async () => {
    await other.goto("/customers");
    await expect(other.getByText("6,003 customers", { exact: true })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await context.setOffline(false);
  await expect(page.getByRole("button", { name: "Undo import" })).toBeVisible({ timeout: 60_000 });
  expect(await totals(page)).toMatchObject({ "rows read": 6_001, new: 6_000, changed: 1, failed: 0 });
});

test("a page that is opened without network comes by itself when it is back", async ({ page, context, alarms, shot }) => {
  alarms.allow(/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/);
  await page.goto("/customers");
  await context.setOffline(true);
  await page.getByRole("link", { name: "Amélie Roy" }).click();
  await expect(page.getByText("The server cannot be reached. Nothing was lost").first()).toBeVisible();
  await shot("offline");
  await context.setOffline(false);
  await expect(page.getByRole("heading", { level: 1, name: "Amélie Roy" })).toBeVisible();
  await expect(page.getByText("The server cannot be reached. Nothing was lost")).toHaveCount(0);
});

test("the session ends in the middle of an import, which goes on after signing in again", async ({ page, context, alarms, shot, accessible }) => {
  alarms.allow(/status of 401/);
  await prepare(page);
  await context.clearCookies();
  await page.getByRole("button", { name: "Review" }).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  await shot("sign-in-again");
  await accessible();
  await dialog.getByLabel("Password", { exact: true }).fill(owner.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Import", exact: true })).toBeEnabled({ timeout: 60_000 });
  await commit(page);
  expect(await totals(page)).toMatchObject({ "rows read": ROWS, new: ROWS });
});

test("a session that ends while a field is edited loses nothing typed", async ({ page, context, alarms }) => {
  alarms.allow(/status of 401/);
  await page.goto("/customers");
  await page.getByRole("link", { name: "Amélie Roy" }).click();
  await page.getByRole("button", { name: "Edit City" }).click();
  await page.getByLabel("City", { exact: true }).fill("Lévis");
  await context.clearCookies();
  await page.getByLabel("City", { exact: true }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.getByLabel("Password", { exact: true }).fill(owner.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText("Lévis")).toBeVisible();
});

test("a tab closed in the middle of the upload: the import goes on with the same file, and only the rest is sent", async ({ page, shop }) => {
  await prepare(page);
  const first = page.waitForResponse((answer) => answer.request().method() === "PUT" && answer.ok());
  await page.getByRole("button", { name: "Review" }).click();
  await first;
  await page.close({ runBeforeUnload: false });

  const later = await shop.again();
  await later.goto("/imports");
  await later.getByRole("link", { name: "Continue" }).click();
  const box = later.getByLabel("browse your files");
  const ready = later.getByRole("button", { name: "Import", exact: true });
  await expect(box.or(ready)).toBeVisible();
  if (await box.isVisible()) await box.setInputFiles(files.customers("many.csv", ROWS));
  await expect(ready).toBeEnabled({ timeout: 60_000 });
  await commit(later);
  expect(await totals(later)).toMatchObject({ "rows read": ROWS, new: ROWS });
});

test("a tab closed at Review: the import waits there", async ({ page, shop }) => {
  await prepare(page);
  await review(page);
  await page.close({ runBeforeUnload: false });
  const later = await shop.again();
  await later.goto("/imports");
  await expect(later.getByText("waits for Review", { exact: false })).toBeVisible();
  await later.getByRole("link", { name: "Continue" }).click();
  await commit(later);
  expect(await totals(later)).toMatchObject({ "rows read": ROWS, new: ROWS });
});

test("two people import the same customers at once: each is made once, and who comes second sees it before", async ({ page, shop, alarms }) => {
  alarms.allow(/status of 409/);
  const other = await shop.again();
  const mine = files.text("mine.csv", `Reference,City\n${Array.from({ length: 200 }, (_, i) => `T${i},Laval`).join("\n")}\n`);
  const theirs = files.text("theirs.csv", `Reference,City\n${Array.from({ length: 200 }, (_, i) => `T${i + 100},Gatineau`).join("\n")}\n`);
  for (const [who, list] of [[page, mine], [other, theirs]] as const) {
    await who.goto("/customers");
    await pickFile(who, list);
    await createImport(who);
    await toRows(who);
    await review(who);
  }
  const asReviewed = async (who: Page) => {
    await who.getByRole("button", { name: "Import", exact: true }).click();
    const done = who.getByRole("button", { name: "Undo import" });
    const anew = who.getByText("changed while you were looking");
    await expect(done.or(anew).first()).toBeVisible({ timeout: 60_000 });
    if (await anew.isVisible()) await commit(who);
  };
  await Promise.all([asReviewed(page), asReviewed(other)]);
  const [a, b] = [await totals(page), await totals(other)];
  expect((a.new ?? 0) + (b.new ?? 0)).toBe(300);
  for (const report of [a, b]) expect(report["rows read"]).toBe((report.new ?? 0) + (report.changed ?? 0) + (report["the same"] ?? 0) + (report.skipped ?? 0) + (report.failed ?? 0));
  await open(page, "Customers");
  await count(page, "303 customers");
});

test("the network goes away while a field is saved: it says so, and nothing typed is lost", async ({ page, context, alarms, shot }) => {
  alarms.allow(/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/);
  await page.goto("/customers");
  await page.getByRole("link", { name: "Amélie Roy" }).click();
  await page.getByRole("button", { name: "Edit City" }).click();
  await context.setOffline(true);
  const city = page.getByLabel("City", { exact: true });
  await city.fill("Lévis");
  await city.press("Enter");
  await expect(page.getByText(/cannot be reached/).first()).toBeVisible();
  await shot("offline");
  await expect(city).toHaveValue("Lévis");
  await context.setOffline(false);
  await city.press("Enter");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(city).toBeHidden();
  await page.reload();
  await expect(page.getByText("Lévis")).toBeVisible();
});
