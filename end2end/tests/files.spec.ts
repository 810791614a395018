// Real-life files, read as their answer key says. @desktop
import { readFileSync } from "node:fs";
import { chosen, chooseFile, createImport, pickFile, review, toRows, totals } from "../fixtures/importing";
import { expect, file, test } from "../fixtures/test";

type Key = {
  encoding?: string;
  delimiter?: string;
  sheet?: string;
  header_row?: number;
  data_rows: number;
  problems?: { line: number; column: string; value: string; why: string }[];
  columns?: Record<string, string>;
  new_customers?: number;
  refused_with_a_clear_message?: boolean;
};
const keys: Record<string, Key> = JSON.parse(readFileSync(file("expected.json"), "utf8"));

/** The word on the screen for what the key says a column is. */
const onScreen = (title: string, belongs: string): RegExp => {
  const [field] = belongs.split(" (");
  const fields: Record<string, RegExp> = {
    reference: /^Reference$/,
    cell_phone: /^Cell phone$/,
    email: /^E-mail$/,
    birth_date: /^Birth date$/,
    "full name": /^Full name/,
    "attribute text": /^New string$/,
    "attribute number": /^New number$/,
    "attribute date": /^New date$/,
    "attribute collection of texts": /^New collection of texts$/,
    "notes or attribute text": /^(Notes|New string)$/,
  };
  const found = fields[field ?? ""];
  if (!found) throw new Error(`no word for ${belongs} of ${title}`);
  return found;
};

for (const [name, key] of Object.entries(keys)) {
  // What becomes of appointments comes later; the list of those not to contact belongs to consent.
  if (key.refused_with_a_clear_message || name === "appointments.xlsx") continue;

  test(`${name} is read as its key says @desktop`, async ({ page, shot }) => {
    await page.goto("/customers");
    await pickFile(page, file(name));
    await expect(page.getByText(new RegExp(`\\b${key.data_rows} rows`)).first()).toBeVisible();
    if (key.encoding) await expect(page.getByText(new RegExp(key.encoding, "i")).first()).toBeVisible();
    if (key.sheet) await expect(page.getByText(key.sheet).first()).toBeVisible();
    await shot("found");
    await createImport(page);
    await shot("columns");
    for (const [title, belongs] of Object.entries(key.columns ?? {})) {
      await expect(chosen(page, title), title).toHaveText(onScreen(title, belongs));
    }
    if (name === "which-date.csv") return;
    await toRows(page);
    await shot("rows");
    await review(page);
    const found = await totals(page);
    expect(found["rows read"]).toBe(key.data_rows);
    if (key.problems) expect(found.failed).toBe(key.problems.length);
    if (key.new_customers) expect(found.new).toBe(key.new_customers);
  });
}

test("the same person twice in a file is folded, and a number of two people fails the later one @desktop", async ({ page, shot }) => {
  await page.goto("/customers");
  await pickFile(page, file("duplicates.csv"));
  await createImport(page);
  await toRows(page);
  await page.getByRole("checkbox", { name: "Only problems" }).check();
  await shot("folded");
  await review(page);
  expect(await totals(page)).toMatchObject({ "rows read": 43, new: 40, skipped: 2, failed: 1 });
});

test("a do-not-contact list says whom it would unsubscribe, and subscribes nobody @desktop", async ({ page, shot }) => {
  await page.goto("/customers");
  await chooseFile(page, file("do-not-contact.csv"));
  await createImport(page);
  await expect(chosen(page, "Phone")).toHaveText("Cell phone");
  await expect(chosen(page, "Unsubscribed")).toHaveText(/Unsubscribed/);
  await toRows(page);
  await review(page);
  await expect(page.getByText(/15/).first()).toBeVisible();
  await shot("unsubscribes");
});
