// Files that cannot be imported, or not as they are: each gets a clear message, leaves nothing behind, and lets the person go on.
import type { Page } from "@playwright/test";
import * as files from "../fixtures/files";
import { belongsTo, chooseFile, commit, createImport, pickFile, review, toRows, totals } from "../fixtures/importing";
import { open, openCustomer } from "../fixtures/steps";
import { expect, file, test } from "../fixtures/test";

/** Refused with this message; the next file is read as if nothing had been. */
const refused = async (page: Page, path: string, why: RegExp) => {
  await page.goto("/customers");
  await chooseFile(page, path);
  await expect(page.getByText(why)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("button", { name: "Create import" })).toBeHidden();
  await page.getByLabel("browse your files").setInputFiles(file("clean.csv"));
  await expect(page.getByRole("button", { name: "Create import" })).toBeEnabled();
  await open(page, "Imports");
  await expect(page.getByText("No imports yet")).toBeVisible();
};

const kept: [string, string, RegExp][] = [
  ["an empty file", "empty.csv", /nothing in it|is empty/i],
  ["column titles without data", "header-only.csv", /no rows|no data|only column titles/i],
  ["a picture named as a workbook", "picture.xlsx", /picture/i],
  ["a workbook that was cut off", "cut.xlsx", /cut off|incomplete/i],
  ["a workbook with a password", "password.xlsx", /password/i],
];
for (const [what, name, why] of kept) {
  test(`${what} is refused with a clear message`, async ({ page, shot }) => {
    await page.goto("/customers");
    await chooseFile(page, file(name));
    await expect(page.getByText(why)).toBeVisible();
    await shot("refused");
    await refused(page, file(name), why);
  });
}

test("something that is no spreadsheet is refused @desktop", async ({ page }) => {
  await refused(page, files.text("letter.pdf", "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"), /PDF/);
});

test("a workbook that inflates without end is refused @desktop", async ({ page }) => {
  await refused(page, files.zipBomb("bomb.xlsx"), /unpacks|far more/i);
});

test("more than 500 columns are refused @desktop", async ({ page }) => {
  await refused(page, files.withColumns("wide.csv", 501), /501 columns/);
});

test("more than 1,048,576 rows are refused @desktop", async ({ page }) => {
  await refused(page, await files.withRows("long.csv", 1_048_577), /1,048,576/);
});

test("more than 200 MB are refused @desktop", async ({ page }) => {
  await refused(page, await files.ofSize("large.csv", 201 * 2 ** 20), /200/);
});

test("a text file named as a workbook is read, and the wrong ending is said @desktop", async ({ page }) => {
  await page.goto("/customers");
  await pickFile(page, files.text("list.xlsx", "Reference,City\nB-1,Laval\n"));
  await expect(page.getByText(/ending/i).first()).toBeVisible();
  await createImport(page);
  await toRows(page);
  await review(page);
  expect(await totals(page)).toMatchObject({ new: 1, failed: 0 });
});

test("ragged rows, NUL bytes and blank rows are read, each repair is said, and nothing is lost @desktop", async ({ page, shot }) => {
  await page.goto("/customers");
  await pickFile(page, files.text("ragged.csv", "Reference,First name,City\nB-1,Ann\n,,\nB-2,Be\0n,Laval,too,many\n\nB-3,Cem,Lévis\n"));
  await shot("repairs");
  await createImport(page);
  await toRows(page);
  await review(page);
  expect(await totals(page)).toMatchObject({ new: 3, failed: 0 });
  await commit(page);
  await openCustomer(page, "Cem");
  await expect(page.getByText("Lévis")).toBeVisible();
});

test("text in the wrong encoding can be read again in another one @desktop", async ({ page }) => {
  await page.goto("/customers");
  await pickFile(page, files.text("latin.csv", Buffer.from("Reference,First name\nB-1,Andr\xe9\n", "latin1")));
  await createImport(page);
  await toRows(page);
  await expect(page.getByText("André").first()).toBeVisible();
});

test("a column mapped twice stops at the columns and says which @desktop", async ({ page, shot }) => {
  await page.goto("/customers");
  await pickFile(page, files.text("twice.csv", "Reference,Branch,City\nB-1,Laval,Lévis\n"));
  await createImport(page);
  await belongsTo(page, "Branch").selectOption({ label: "City" });
  await expect(page.getByText(/“(Branch|City)”/).first()).toBeVisible();
  await shot("mapped-twice");
  await expect(page.getByRole("button", { name: "Review" })).toBeDisabled();
  await belongsTo(page, "Branch").selectOption({ label: "Ignore" });
  await toRows(page);
  await review(page);
});

test("a name of a new attribute that exists is refused where it is typed @desktop", async ({ page }) => {
  await page.goto("/customers");
  await pickFile(page, files.text("hobby.csv", "Reference,Hobby\nA-100,sailing\n"));
  await createImport(page);
  await belongsTo(page, "Hobby").selectOption({ label: "New string" });
  await page.getByLabel("Attribute name: Hobby", { exact: true }).fill("Hobby");
  await toRows(page);
  await review(page);
  await commit(page);
  await pickFile(page, files.text("again.csv", "Reference,Pastime\nA-100,sailing\n"));
  await createImport(page);
  await belongsTo(page, "Pastime").selectOption({ label: "New number" });
  await page.getByLabel("Attribute name: Pastime", { exact: true }).fill("hobby");
  await expect(page.getByText(/exists already/)).toBeVisible();
});
