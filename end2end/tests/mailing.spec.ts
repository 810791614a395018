// "Also e-mail it to me", under "Exporting Customer Lists".
import { readFileSync } from "node:fs";
import { expect, owner, test } from "../fixtures/test";
import { ask, signedIn } from "../fixtures/database";
import { download, exportPage, withoutPicker } from "../fixtures/exporting";
import * as files from "../fixtures/files";
import { createImport, importCustomers, pickFile, review, toRows, totals } from "../fixtures/importing";
import { openSettings } from "../fixtures/steps";

const choice = { name: `Also e-mail it to me: ${owner.email}` };

test("without a mail server the choice says what to set", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await exportPage(page);
  await expect(page.getByRole("checkbox", choice)).toBeDisabled();
  await expect(page.getByText(/The server cannot send e-mails yet.*SMTP_URL.*SMTP_FROM/)).toBeVisible();
  await shot("not-set-up");
  await accessible();
});

test.describe("with a mail server", () => {
  test.use({ smtp: true });

  test("an exported list arrives as it was saved", async ({ page, mail, shot, accessible }) => {
    await withoutPicker(page);
    await page.goto("/");
    await exportPage(page);
    await expect(page.getByRole("checkbox", choice)).not.toBeChecked();
    await page.getByRole("checkbox", choice).check();
    await expect(page.getByText("3 customers", { exact: true })).toBeVisible();
    await shot("choice");
    await accessible();
    const saved = await download(page);
    await expect(page.getByText(`Sent to ${owner.email}.`)).toBeVisible();
    await shot("sent");
    await accessible();

    expect(mail.inbox).toHaveLength(1);
    const arrived = mail.inbox[0]!;
    expect(arrived.to).toMatchObject({ text: owner.email });
    expect(arrived.from?.text).toContain("crm@regulars.test");
    expect(arrived.subject).toMatch(/^Customers \d{4}-\d\d-\d\d – exported from Garage Bélanger$/);
    expect(arrived.text).toContain(saved.name);
    expect(arrived.attachments).toHaveLength(1);
    const { filename, content, contentType } = arrived.attachments[0]!;
    expect(filename).toBe(saved.name);
    expect(contentType).toBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    expect(content.equals(readFileSync(saved.path))).toBe(true);

    // What arrived can be opened, and holds what is there.
    await pickFile(page, files.text(saved.name, content));
    await createImport(page);
    await toRows(page);
    await review(page);
    expect(await totals(page)).toMatchObject({ "rows read": 3, new: 0, changed: 0, "the same": 3, failed: 0 });

    await openSettings(page, "Audit");
    await expect(page.getByRole("row").nth(1)).toContainText(/Odette Owner.*Had the exported file e-mailed to themselves: customers \(all\) as XLSX/s);
    await expect(page.getByRole("row").nth(2)).toContainText("Exported customers (all) as XLSX. Rows: 3.");
  });

  test("a mail server that is busy is asked again, one that refuses is not @desktop", async ({ page, mail }) => {
    await withoutPicker(page);
    await page.goto("/");
    mail.refuse(451);
    await exportPage(page);
    await page.getByRole("checkbox", choice).check();
    await download(page);
    await expect(page.getByText(`Waiting to be sent to ${owner.email}: the mail server takes no mail at the moment (reply 451).`)).toBeVisible();
    await expect(page.getByText(`Sent to ${owner.email}.`)).toBeVisible();
    expect(mail.inbox).toHaveLength(1);

    mail.refuse(550);
    await page.getByRole("button", { name: "Export another list" }).click();
    await expect(page.getByRole("checkbox", choice)).toBeChecked();
    await download(page);
    await expect(page.getByText(`Could not send to ${owner.email}: the mail server refuses it (reply 550).`)).toBeVisible();
    expect(mail.inbox).toHaveLength(1);
  });

  test("a file survives a lost network on its way to the server @desktop", async ({ page, mail, alarms }) => {
    alarms.allow(/ERR_FAILED/, /Failed to fetch/);
    await withoutPicker(page);
    await page.goto("/");
    await exportPage(page);
    let lost = true;
    await page.route("**/api/v1/exports/*/mail/*", (route) => (lost ? route.abort() : route.continue()));
    await page.getByRole("checkbox", choice).check();
    await download(page);
    await expect(page.getByText("The server does not answer: trying again")).toBeVisible();
    lost = false;
    await expect(page.getByText(`Sent to ${owner.email}.`)).toBeVisible();
    expect(mail.inbox).toHaveLength(1);
  });

  test("a file too large to be attached is a link that ends @desktop", async ({ page, mail, shop, shot, accessible }) => {
    test.slow();
    await withoutPicker(page);
    await page.goto("/");
    const rows = Array.from({ length: 600 }, (_, i) => `L-${i},${"x".repeat(31_000)}`);
    await importCustomers(page, files.text("long.csv", `Reference,Notes\n${rows.join("\n")}\n`));
    await exportPage(page);
    await page.getByRole("radio", { name: "CSV", exact: true }).check();
    await page.getByRole("checkbox", choice).check();
    const saved = await download(page);
    await expect(page.getByText(`Sent to ${owner.email}, as a link because the file is large.`)).toBeVisible({ timeout: 60_000 });
    const arrived = mail.inbox[0]!;
    expect(arrived.attachments).toHaveLength(0);
    const link = arrived.text?.match(/http\S+\/exports\/\S+/)?.[0] ?? "";

    // Whoever is not signed in has to sign in first, and is led on.
    const { page: other } = await shop.browser();
    await other.goto(link);
    await other.getByLabel("E-mail").fill(owner.email);
    await other.getByLabel("Password", { exact: true }).fill(owner.password);
    await other.getByRole("button", { name: "Sign in" }).click();
    await expect(other.getByRole("heading", { level: 1, name: "Exported file" })).toBeVisible();

    await page.goto(link);
    await expect(page.getByText(saved.name)).toBeVisible();
    await shot("link");
    await accessible();
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download" }).click();
    const file = await waiting;
    expect(file.suggestedFilename()).toBe(saved.name);
    expect(readFileSync(await file.path()).equals(readFileSync(saved.path))).toBe(true);

    await ask(shop.server.database, `${signedIn}; update export_mail set kept_until = now()`);
    await page.reload();
    await expect(page.getByRole("heading", { name: "This file is not kept any more" })).toBeVisible();
    await shot("over");
    await accessible();
  });
});
