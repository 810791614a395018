// The help page: "By Importing Spreadsheets", and a shop's own file from the box to Undo.
import { readFileSync } from "node:fs";
import { expect, file, test } from "../fixtures/test";
import { belongsTo, commit, createImport, fix, importCustomers, pickFile, review, toRows, totals } from "../fixtures/importing";
import { change, open, openCustomer, pen, search } from "../fixtures/steps";
import * as files from "../fixtures/files";

test("help page: adding attributes by importing a spreadsheet", async ({ page, shot, accessible }) => {
  const spreadsheet = files.text(
    "hobbies.csv",
    "Customer reference,Cell phone,Hobby,Loyalty points,Customer since\nA-100,(438) 238-4411,sailing,120,2019-05-04\nH-1,(438) 238-4455,chess,7,2021-12-31\n",
  );
  await page.goto("/");
  await open(page, "Customers");
  // 1. Select the Import button on the left side of your screen.
  await page.getByRole("link", { name: "Import", exact: true }).click();
  // 2. Drag and drop your Excel sheet in the Import customers box or select browse your files.
  await expect(page.getByRole("heading", { name: "Import customers" }).first()).toBeVisible();
  await shot("box");
  await accessible();
  await page.getByLabel("browse your files").setInputFiles(spreadsheet);
  // 3. Select Create import.
  await expect(page.getByRole("button", { name: "Create import" })).toBeEnabled();
  await shot("found");
  await accessible();
  await page.getByRole("button", { name: "Create import" }).click();
  // 4. Select the field each column belongs to: New string, New number, and New date.
  // 5. Name your customer attribute under Attribute name.
  for (const [title, kind, name] of [
    ["Hobby", "New string", "Hobby"],
    ["Loyalty points", "New number", "Points"],
    ["Customer since", "New date", "Customer since"],
  ] as const) {
    await belongsTo(page, title).selectOption({ label: kind });
    await page.getByLabel(`Attribute name: ${title}`, { exact: true }).fill(name);
  }
  // 6. If you selected New date, you will need to choose the date format under Format.
  await page.getByLabel("Format: Customer since", { exact: true }).selectOption({ label: "Year, month, day" });
  await shot("belongs-to");
  await accessible();
  // 7. Select Import: after looking at what it would do.
  await toRows(page);
  await shot("rows");
  await accessible();
  await review(page);
  expect(await totals(page)).toMatchObject({ new: 1, changed: 1, failed: 0 });
  await shot("review");
  await accessible();
  await commit(page);
  await shot("report");
  await accessible();

  await openCustomer(page, "Amélie Roy");
  await expect(page.getByText("sailing")).toBeVisible();
  await expect(page.getByText("120", { exact: true })).toBeVisible();
  await expect(page.getByText("May 4, 2019")).toBeVisible();
});

test("a dealer's export: two cells corrected, reviewed, imported, used, and undone", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await pickFile(page, file("dealer-export.csv"));
  await expect(page.getByText(/windows-1252/i).first()).toBeVisible();
  await expect(page.getByText(/200 rows/).first()).toBeVisible();
  await shot("found");
  await createImport(page);
  await shot("belongs-to");

  await toRows(page);
  await expect(page.getByText("This is not a valid phone number.").first()).toBeVisible();
  await page.getByRole("checkbox", { name: "Only problems" }).check();
  await shot("only-problems");
  await accessible();
  await fix(page, "Tél. cellulaire", 14, "819-606-9999");
  await fix(page, "Date de naissance", 24, "28/02/1980");
  await expect(page.getByText("No problems")).toBeVisible();
  await shot("corrected");

  await review(page);
  expect(await totals(page)).toMatchObject({ new: 200, changed: 0, "the same": 0, failed: 0 });
  await shot("review");
  await commit(page);
  expect(await totals(page)).toEqual({ "rows read": 200, new: 200, changed: 0, "the same": 0, skipped: 0, failed: 0 });
  await shot("report");

  // Find one by the last four digits.
  await open(page, "Customers");
  await search(page, "5343");
  await page.getByRole("link", { name: "Zoë Singh" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Zoë Singh" })).toBeVisible();
  await shot("profile");

  // A number in use says whose it is.
  await pen(page, "Cell phone").click();
  await page.getByLabel("Cell phone", { exact: true }).fill("(438) 238-4411");
  await page.getByLabel("Cell phone", { exact: true }).press("Enter");
  await expect(page.getByText("This number belongs to Amélie Roy.")).toBeVisible();
  await shot("belongs-to-somebody");
  await page.keyboard.press("Escape");

  // A collection of texts, by the form.
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Add new attribute" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Interests");
  await page.getByLabel("Type", { exact: true }).selectOption({ label: "Collection of texts" });
  for (const text of ["winter tires", "leasing"]) {
    await page.getByLabel("Value", { exact: true }).fill(text);
    await page.getByLabel("Value", { exact: true }).press("Enter");
  }
  await page.getByRole("button", { name: "Add attribute", exact: true }).click();
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByText("Profile saved.")).toBeVisible();
  await expect(page.getByText("winter tires")).toBeVisible();
  await shot("attribute");

  // Undo puts back everything that nobody touched since, and lists the rest.
  await open(page, "Imports");
  await accessible();
  await shot("history");
  await page.getByRole("link", { name: "dealer-export.csv" }).click();
  await page.getByRole("button", { name: "Undo import" }).click();
  await page.getByRole("button", { name: "Yes, undo import" }).click();
  await expect(page.getByText("199 customers removed")).toBeVisible();
  await expect(page.getByRole("link", { name: "Zoë Singh" })).toBeVisible();
  await shot("undone");
  await open(page, "Customers");
  await expect(page.getByText("4 customers")).toBeVisible();
});

test("Enter in a cell saves it and closes it, where the row stays in view", async ({ page }) => {
  await page.goto("/");
  await pickFile(page, files.text("stays.csv", "Reference,First name,Cell phone\nB-1,Zoé,123\nB-2,Max,(438) 238-4466\n"));
  await createImport(page);
  await toRows(page);
  await expect(page.getByRole("checkbox", { name: "Only problems" })).not.toBeChecked();
  await fix(page, "Cell phone", 2, "819-606-9999");
  await expect(page.getByRole("button", { name: /^Cell phone, row 2: \(819\) 606-9999/ })).toBeVisible();
  await review(page);
  expect(await totals(page)).toMatchObject({ new: 2, failed: 0 });
});

test("a formula without a stored result is shown as it will be imported: blank", async ({ page }) => {
  await page.goto("/");
  await pickFile(page, file("workbook.xlsx"));
  await createImport(page);
  await toRows(page);
  await expect(page.getByRole("button", { name: "Visits, row 4: A formula without stored result: blank.", exact: true })).toBeVisible();
  await expect(page.getByText("=1+0")).toHaveCount(0);
});

test("of a cell as long as a book only the beginning is shown", async ({ page, accessible }) => {
  await page.goto("/");
  await pickFile(page, files.text("long.csv", `Reference,First name,Notes\nB-1,Zoé,${"x".repeat(60_000)}\nB-2,Max,Likes tea\n`));
  await createImport(page);
  await toRows(page);
  await expect(page.getByText(`“${"x".repeat(80)}…”`, { exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(2_500);
  await accessible();
});

test("rows that are not corrected fail, and come back as a file with reasons", async ({ page }) => {
  await page.goto("/");
  await importCustomers(page, file("dealer-export.csv"));
  expect(await totals(page)).toEqual({ "rows read": 200, new: 198, changed: 0, "the same": 0, skipped: 0, failed: 2 });
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the 2 failed rows" }).click();
  const download = await waiting;
  const saved = readFileSync(await download.path(), "utf8");
  expect(saved.startsWith("\ufeff")).toBe(true);
  const lines = saved.trim().split(/\r?\n/);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain("Tél. cellulaire");
  expect(lines[1]).toContain("123");
  expect(lines[1]).toContain("This is not a valid phone number.");
  expect(lines[2]).toContain("31/02/1980");
});

test("the same file a second time changes nothing, and says that it was imported before", async ({ page, shot }) => {
  await page.goto("/");
  await importCustomers(page, file("old-excel.xls"));
  const { new: made } = await totals(page);
  expect(made).toBe(60);
  await pickFile(page, file("old-excel.xls"));
  await createImport(page);
  await toRows(page);
  await review(page);
  expect(await totals(page)).toMatchObject({ new: 0, changed: 0, "the same": 60, failed: 0 });
  await expect(page.getByText(/This file was imported before/)).toBeVisible();
  await shot("second-time");
});

test("a blank cell never erases, blanks are filled, and a filled field is replaced only when asked", async ({ page }) => {
  await page.goto("/");
  const list = files.text("cities.csv", "Reference,City,Street\nA-100,Laval,12 rue Saint-Paul\nA-102,,\n");
  await importCustomers(page, list);
  expect(await totals(page)).toMatchObject({ new: 0, changed: 1, "the same": 1 });
  await openCustomer(page, "Amélie Roy");
  await expect(page.getByText("Montréal")).toBeVisible();
  await expect(page.getByText("12 rue Saint-Paul")).toBeVisible();

  await pickFile(page, files.text("cities-again.csv", "Reference,City\nA-100,Laval\nA-102,\n"));
  await createImport(page);
  await page.getByLabel("When the customer has a value: City", { exact: true }).selectOption({ label: "Replace" });
  await toRows(page);
  await review(page);
  await expect(page.getByText("Montréal")).toBeVisible();
  await expect(page.getByText("Laval")).toBeVisible();
  await commit(page);
  await openCustomer(page, "Amélie Roy");
  await expect(page.getByText("Laval")).toBeVisible();
  await openCustomer(page, "Chloé Nguyen");
  await expect(page.getByText("Québec")).toBeVisible();
});

test("undo restores what it changed, and leaves what somebody touched since", async ({ page }) => {
  await page.goto("/");
  await importCustomers(page, files.text("streets.csv", "Reference,Street\nA-100,1 rue A\nA-101,2 rue B\n"));
  await openCustomer(page, "Bruno Singh");
  await change(page, "Street", "3 rue C");
  await open(page, "Imports");
  await page.getByRole("link", { name: "streets.csv" }).click();
  await page.getByRole("button", { name: "Undo import" }).click();
  await page.getByRole("button", { name: "Yes, undo import" }).click();
  await expect(page.getByRole("link", { name: "Bruno Singh" })).toBeVisible();
  await openCustomer(page, "Amélie Roy");
  await expect(page.getByText("1 rue A")).toBeHidden();
  await openCustomer(page, "Bruno Singh");
  await expect(page.getByText("3 rue C")).toBeVisible();
});

test("a row whose number is somebody else's is a conflict in Review and fails, the others are imported", async ({ page, shot }) => {
  await page.goto("/");
  await pickFile(page, files.text("clash.csv", "Reference,First name,Cell phone\nB-1,Taken,(438) 238-4411\nB-2,Free,(438) 238-4466\n"));
  await createImport(page);
  await toRows(page);
  await review(page);
  expect(await totals(page)).toMatchObject({ new: 1, conflicts: 1 });
  await expect(page.getByText(/This number belongs to/)).toBeVisible();
  await shot("conflict");
  await commit(page);
  expect(await totals(page)).toMatchObject({ "rows read": 2, new: 1, failed: 1 });
});

test("a conflict in Review leads to its row, which is corrected there", async ({ page, shot }) => {
  await page.goto("/");
  await pickFile(page, files.text("clash.csv", "Reference,First name,Cell phone\nB-2,Free,(438) 238-4466\nB-1,Taken,(438) 238-4411\n"));
  await createImport(page);
  await toRows(page);
  await review(page);
  expect(await totals(page)).toMatchObject({ new: 1, conflicts: 1 });
  await page.getByRole("button", { name: "Correct line 3" }).click();
  await expect(page.getByText("Only line 3 is shown.")).toBeVisible();
  await expect(page.getByText("B-1").filter({ visible: true })).toBeVisible();
  await expect(page.getByText("B-2")).toHaveCount(0);
  await shot("only-line");
  await fix(page, "Cell phone", 3, "438 238 4477");
  await page.getByRole("button", { name: "Show all rows" }).click();
  await expect(page.getByText("B-2").filter({ visible: true })).toBeVisible();
  await review(page);
  expect(await totals(page)).toMatchObject({ new: 2, conflicts: 0 });
});

test("without reference or cell phone it warns that duplicates will be made", async ({ page, shot }) => {
  await page.goto("/");
  await pickFile(page, files.text("names.csv", "First name,Last name\nAmélie,Roy\n"));
  await createImport(page);
  await expect(page.getByText(/duplicates/i).first()).toBeVisible();
  await shot("duplicates-warning");
});

test("a date column that cannot tell day from month asks, and never guesses", async ({ page, shot }) => {
  await page.goto("/");
  await pickFile(page, file("which-date.csv"));
  await createImport(page);
  await expect(page.getByText(/cannot tell|choose/i).first()).toBeVisible();
  await shot("which-date");
  await page.getByLabel("Format: Last visit", { exact: true }).selectOption({ label: "Day, month, year" });
  await toRows(page);
  await review(page);
  expect(await totals(page)).toMatchObject({ new: 25, failed: 0 });
});

test("a file is read without a network, once the page is there", { tag: "@desktop" }, async ({ page, context, alarms }) => {
  alarms.allow(/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/);
  const loaded = page.waitForResponse(/sheets_worker_bg\.wasm/);
  await page.goto("/imports/new");
  await (await loaded).finished();
  await context.setOffline(true);
  await page.getByLabel("browse your files").setInputFiles(files.text("offline.csv", "Reference,First name\nO-1,Odile\n"));
  await createImport(page);
  await expect(belongsTo(page, "Reference").locator("option:checked")).toHaveText("Reference");
  await context.setOffline(false);
});

test("the back button asks before an import is given up", { tag: "@desktop" }, async ({ page }) => {
  await page.goto("/");
  await pickFile(page, files.text("back.csv", "Reference,First name\nO-1,Odile\n"));
  await createImport(page);
  await page.evaluate(() => history.back());
  await expect(page.getByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
  await page.getByRole("button", { name: "Go on editing" }).click();
  await expect(belongsTo(page, "Reference")).toBeVisible();
});
