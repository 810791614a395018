// The help page: "Exporting Customer Lists".
import { readFileSync } from "node:fs";
import { expect, owner, test } from "../fixtures/test";
import { download, exportPage, withoutPicker } from "../fixtures/exporting";
import { commit, createImport, importCustomers, pickFile, review, toRows, totals } from "../fixtures/importing";
import { open, openSettings, search } from "../fixtures/steps";
import * as files from "../fixtures/files";

const lines = (path: string) => readFileSync(path, "utf8").trimEnd().split("\r\n");

test("help page: exporting customer lists", async ({ page, shot, accessible }) => {
  await withoutPicker(page);
  await page.goto("/");
  await importCustomers(
    page,
    files.text("stops.csv", "Customer reference,First name,Cell phone,Do not contact\nS-1,Sam,(438) 238-4470,yes\nS-2,Tess,(438) 238-4471,\n"),
  );
  // 1. Select the Customers tab. 2. Select Export under New customer at the top left corner of your screen.
  await open(page, "Customers");
  await expect(page.getByRole("link", { name: "New customer" })).toBeVisible();
  await shot("list");
  await exportPage(page);
  await expect(page.getByText("5 customers", { exact: true })).toBeVisible();
  await shot("choice");
  await accessible();

  // 3. Filter your selection between All, Without cellphone, and Unsubscribed customers.
  // 5. Choose if you want your list to be exported in an Excel (XLSX) or CSV file. 6. Click on Export list.
  await page.getByRole("radio", { name: "CSV", exact: true }).check();
  const all = await download(page);
  expect(all.name).toMatch(/^Customers \d{4}-\d\d-\d\d\.csv$/);
  const [titles, ...rows] = lines(all.path);
  expect(titles).toContain("Reference,First name,Last name,Company,Cell phone");
  expect(rows).toHaveLength(5);
  expect(rows.find((row) => row.startsWith("A-100,"))).toContain("Amélie,Roy,,+14382384411");
  await shot("saved");
  await accessible();

  await page.getByRole("button", { name: "Export another list" }).click();
  await page.getByRole("radio", { name: "Without cellphone", exact: true }).check();
  await expect(page.getByText("1 customer", { exact: true })).toBeVisible();
  const without = await download(page);
  expect(lines(without.path)).toHaveLength(2);
  expect(lines(without.path)[1]).toContain("Chloé,Nguyen");

  // 4. For the Unsubscribed customers, choose all, or only those unsubscribed during a specific time range.
  await page.getByRole("button", { name: "Export another list" }).click();
  await page.getByRole("radio", { name: "Unsubscribed", exact: true }).check();
  await expect(page.getByRole("radio", { name: "All unsubscribed customers" })).toBeChecked();
  await expect(page.getByText("1 customer", { exact: true })).toBeVisible();
  await page.getByRole("radio", { name: "Only those unsubscribed during a specific time range" }).check();
  await page.getByLabel("To", { exact: true }).fill("2001-01-01");
  await expect(page.getByText("There is nobody in this list")).toBeVisible();
  await expect(page.getByRole("button", { name: "Export list" })).toBeDisabled();
  await shot("nobody");
  await page.getByLabel("From", { exact: true }).fill("2002-01-01");
  await expect(page.getByText("The first day is after the last one.").first()).toBeVisible();
  await expect(page.getByText("There is nobody in this list")).toBeHidden();
  await page.getByLabel("To", { exact: true }).fill("2999-12-31");
  await expect(page.getByText("1 customer", { exact: true })).toBeVisible();
  await shot("days");
  await accessible();
  await page.getByRole("radio", { name: "Excel (XLSX)" }).check();
  const stops = await download(page);
  expect(stops.name).toMatch(/^Unsubscribed customers .*\.xlsx$/);
  expect(readFileSync(stops.path).subarray(0, 2).toString()).toBe("PK");

  await openSettings(page, "Audit");
  await expect(page.getByRole("row")).toHaveCount(4);
  await expect(page.getByRole("row").nth(1)).toContainText(/Odette Owner.*Exported customers \(unsubscribed, 2002-01-01 to 2999-12-31\) as XLSX. Rows: 1. Columns: Reference, First name/s);
  await expect(page.getByRole("row").nth(3)).toContainText("Exported customers (all) as CSV. Rows: 5.");
  // On a phone the entries stand below each other, and nothing has to be pushed aside.
  const entries = page.getByRole("region", { name: "Audit" });
  expect(await entries.evaluate((region) => region.scrollWidth - region.clientWidth)).toBe(0);
  await shot("audit");
  await accessible();
});

test("an untouched export changes nothing when it is imported again", async ({ page }) => {
  await withoutPicker(page);
  await page.goto("/");
  await importCustomers(
    page,
    files.text(
      "hostile.csv",
      'Customer reference,First name,City,Notes,Born\n007,=1+1,"Saint-""Jean""","one\ntwo",1899-12-31\n+15,@SUM(A1),1e10,😀 é,2024-02-29\n\'=x,-2+3,\'007,a  b,1980-01-01\n',
    ),
  );
  for (const format of ["Excel (XLSX)", "CSV"]) {
    await exportPage(page);
    await page.getByRole("radio", { name: format, exact: true }).check();
    const { path, name } = await download(page);
    await pickFile(page, files.text(name, readFileSync(path)));
    await createImport(page);
    await toRows(page);
    await review(page);
    expect(await totals(page), format).toMatchObject({ "rows read": 6, new: 0, changed: 0, "the same": 6, conflicts: 0, skipped: 0, failed: 0 });
    await commit(page);
  }
});

test("what the list shows can be exported, with some columns, to a place that is picked @desktop", async ({ page }) => {
  // A real file of the browser's own file system, instead of the system's dialogue, which no test can answer.
  await page.addInitScript(() => {
    const showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) => {
      const root = await navigator.storage.getDirectory();
      return root.getFileHandle(suggestedName, { create: true });
    };
    Object.defineProperty(window, "showSaveFilePicker", { value: showSaveFilePicker });
  });
  await page.goto("/customers");
  await search(page, "singh");
  await expect(page.getByText("1 customer", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Export", exact: true }).click();
  await expect(page.getByRole("radio", { name: /^As the list shows them now/ })).toBeChecked();
  await page.getByText("Columns", { exact: false }).first().click();
  await page.getByRole("button", { name: "None" }).click();
  await expect(page.getByRole("button", { name: "Export list" })).toBeDisabled();
  await page.getByRole("checkbox", { name: "Last name" }).check();
  await page.getByRole("radio", { name: "CSV", exact: true }).check();
  await page.getByRole("button", { name: "Export list" }).click();
  await expect(page.getByText(/was saved, with 1 customer/)).toBeVisible();
  const saved = await page.evaluate(async () => {
    const root = (await navigator.storage.getDirectory()) as unknown as { values: () => AsyncIterable<FileSystemFileHandle> };
    const texts: string[] = [];
    for await (const handle of root.values()) texts.push(await (await handle.getFile()).text());
    return texts;
  });
  expect(saved).toEqual(["Last name\r\nSingh\r\n"]);
});

test("an export survives a lost network, and a cancelled one saves nothing @desktop", async ({ page, alarms }) => {
  alarms.allow(/ERR_FAILED/, /Failed to fetch/);
  await withoutPicker(page);
  await page.goto("/");
  await exportPage(page);
  let lost = true;
  await page.route("**/api/v1/exports/*/rows*", (route) => (lost ? route.abort() : route.continue()));
  await page.getByRole("button", { name: "Export list" }).click();
  await expect(page.getByText("The server does not answer: trying again")).toBeVisible();
  const waiting = page.waitForEvent("download");
  lost = false;
  await waiting;
  await expect(page.getByText(/was saved, with 3 customers/)).toBeVisible();

  lost = true;
  await page.getByRole("button", { name: "Export another list" }).click();
  await page.getByRole("button", { name: "Export list" }).click();
  await expect(page.getByText("The server does not answer: trying again")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("The export was cancelled. No file was saved.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Export list" })).toBeEnabled();
});

test("a session that ends before the pages come: the export goes on after signing in again @desktop", async ({ page, context, alarms }) => {
  alarms.allow(/status of 401/);
  await withoutPicker(page);
  await page.goto("/");
  await exportPage(page);
  await expect(page.getByText("3 customers", { exact: true })).toBeVisible();
  // The export begins, and then the session is gone.
  let ended = false;
  await page.route("**/api/v1/exports/**", async (route) => {
    if (!ended) await context.clearCookies();
    ended = true;
    await route.continue();
  });
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export list" }).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await dialog.getByLabel("Password", { exact: true }).fill(owner.password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await waiting;
  await expect(page.getByText(/was saved, with 3 customers/)).toBeVisible();
});
