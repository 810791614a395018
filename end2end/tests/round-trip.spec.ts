// Exports that come back: nothing changes but what was corrected in the file, and nothing is overwritten unseen.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Page } from "@playwright/test";
import { company, expect, test } from "../fixtures/test";
import { download, exportPage, withoutPicker } from "../fixtures/exporting";
import { chosen, commit, createImport, importCustomers, pickFile, review, toRows, totals } from "../fixtures/importing";
import { change, openCustomer } from "../fixtures/steps";
import * as files from "../fixtures/files";

/** Values that other programs run, cut, or take for something else. */
const HOSTILE =
  'Customer reference,First name,City,Notes,Last visit,Tags,Points\n007,=1+1,"Saint-""Jean""","one\ntwo",1899-12-31,"vip; fleet",1234.5\n+15,@SUM(A1),1e10,😀 é,2024-02-29,vip,-3\n\'=x,-2+3,\'007,a  b,1980-01-01,fleet; senior,0.25\n';

/** What openpyxl reads of a workbook. */
const openedInOpenpyxl = (path: string) => {
  const told = execFileSync(process.env.PYTHON ?? "python3", [join(__dirname, "../fixtures/workbook.py"), path], { encoding: "utf8" });
  return JSON.parse(told) as { title: string; creator: string; frozen: string; filter: string; rows: Record<string, { type: string; value: string; format: string }>[] };
};

/** Opens a file in LibreOffice and saves it as a workbook. */
const savedInLibreOffice = (path: string) => {
  const folder = test.info().outputPath("saved");
  const profile = test.info().outputPath("libreoffice");
  mkdirSync(folder, { recursive: true });
  execFileSync(process.env.SOFFICE ?? "soffice", ["--headless", `-env:UserInstallation=file://${profile}`, "--convert-to", "xlsx", "--outdir", folder, path], {
    stdio: "pipe",
  });
  return join(folder, basename(path));
};

const exported = async (page: Page, format: "Excel (XLSX)" | "CSV") => {
  await exportPage(page);
  await page.getByRole("radio", { name: format, exact: true }).check();
  const { path, name } = await download(page);
  return files.text(name, readFileSync(path));
};

const reviewed = async (page: Page, path: string) => {
  await pickFile(page, path);
  await createImport(page);
  await expect(chosen(page, "Regulars version")).toHaveText("Version of the export");
  await toRows(page);
  await review(page);
};

test("an export that LibreOffice has saved changes nothing when it is imported again", async ({ page }) => {
  await withoutPicker(page);
  await page.goto("/");
  await importCustomers(
    page,
    files.text("hostile.csv", HOSTILE),
  );
  const path = savedInLibreOffice(await exported(page, "Excel (XLSX)"));
  // Whatever happens in the app meanwhile, nobody wrote it into the file.
  await openCustomer(page, "Amélie Roy");
  await change(page, "City", "Lévis");
  await reviewed(page, path);
  expect(await totals(page)).toMatchObject({ "rows read": 6, new: 0, changed: 0, "the same": 6, conflicts: 0, skipped: 0, failed: 0 });
  await expect(page.getByRole("heading", { name: "Changed in the file and in Regulars" })).toHaveCount(0);
  await commit(page);
  await openCustomer(page, "Amélie Roy");
  await expect(page.getByText("Lévis").first()).toBeVisible();
});

test("an exported workbook has for openpyxl the values and types that Regulars has", async ({ page }) => {
  await withoutPicker(page);
  await page.goto("/");
  await importCustomers(page, files.text("hostile.csv", HOSTILE));
  const book = openedInOpenpyxl(await exported(page, "Excel (XLSX)"));
  expect(book).toMatchObject({ title: "Customers", creator: company, frozen: "A2" });
  expect(book.filter).toMatch(/^A1:[A-Z]+7$/);
  const row = (reference: string) => book.rows.find((row) => row.Reference?.value === reference)!;
  const text = (value: string) => ({ type: "s", value, format: "@" });
  expect(row("007")).toMatchObject({
    Reference: text("007"),
    "First name": text("=1+1"),
    City: text('Saint-"Jean"'),
    Notes: text("one\ntwo"),
    // No workbook has dates before March 1900.
    "Last visit": text("1899-12-31"),
    Tags: text("vip, fleet"),
    Points: { type: "n", value: "1234.5", format: "General" },
  });
  expect(row("+15")).toMatchObject({
    "First name": text("@SUM(A1)"),
    City: text("1e10"),
    Notes: text("😀 é"),
    "Last visit": { type: "d", value: "2024-02-29 00:00:00" },
    Points: { type: "n", value: "-3" },
  });
  expect(row("=x")).toMatchObject({ "First name": text("-2+3"), City: text("007"), Notes: text("a  b"), Points: { value: "0.25" } });
  expect(row("A-100")["Cell phone"]).toEqual(text("+14382384411"));
});

test("what was changed in the file and in the app is shown to choose from", async ({ page, shot, accessible }) => {
  await withoutPicker(page);
  await page.goto("/");
  const before = readFileSync(await exported(page, "CSV"), "utf8");
  await openCustomer(page, "Amélie Roy");
  await change(page, "Cell phone", "(438) 238-4499");
  await openCustomer(page, "Chloé Nguyen");
  await change(page, "City", "Gatineau");

  const corrected = before.replace("+14382384411", "+14382384455").replace("Québec", "Laval").replace("Bruno", "Brunon");
  await reviewed(page, files.text("corrected.csv", corrected));
  const section = page.getByRole("region", { name: "Changed in the file and in Regulars" });
  await expect(section).toContainText("2 values were changed both in the file and in Regulars since the export.");
  const phone = section.getByRole("group", { name: "Cell phone of Amélie Roy" });
  await expect(phone.getByRole("radio", { name: /^Regulars: \(438\) 238-4499 \(changed by Odette Owner/ })).toBeChecked();
  await expect(phone).toContainText("When exported: (438) 238-4411");
  expect(await totals(page)).toMatchObject({ changed: 1, "the same": 2, conflicts: 0, "values changed in both places": 2 });
  await shot("choice");
  await accessible();

  // All of a column, taken and given back; then one.
  await section.getByLabel("Choose for").selectOption({ label: "City" });
  await section.getByRole("button", { name: "Take the file’s" }).click();
  await expect(section.getByRole("group", { name: "City of Chloé Nguyen" }).getByRole("radio", { name: "File: Laval" })).toBeChecked();
  await section.getByRole("button", { name: "Keep those in Regulars" }).click();
  await expect(section.getByRole("radio", { name: /^Regulars: Gatineau/ })).toBeChecked();
  await phone.getByRole("radio", { name: "File: (438) 238-4455" }).check();
  await expect(section).toContainText("The file’s is chosen for 1.");
  await expect.poll(async () => (await totals(page)).changed).toBe(2);
  await shot("chosen");
  await commit(page);
  expect(await totals(page)).toMatchObject({ "rows read": 3, new: 0, changed: 2, "the same": 1, skipped: 0, failed: 0 });

  await openCustomer(page, "Amélie Roy");
  await expect(page.getByText("(438) 238-4455").first()).toBeVisible();
  await openCustomer(page, "Chloé Nguyen");
  await expect(page.getByText("Gatineau").first()).toBeVisible();
  await openCustomer(page, "Brunon Singh");
});
