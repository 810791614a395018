// The help page: "Manually Unsubscribing a Customer"; and that it stays, whatever happens to the profile.
import { readFileSync } from "node:fs";
import { expect, test } from "../fixtures/test";
import { composer, converse, field, row } from "../fixtures/conversing";
import { importCustomers } from "../fixtures/importing";
import { addCustomer, change, open, openCustomer, openSettings, search } from "../fixtures/steps";
import * as files from "../fixtures/files";
import type { Locator, Page } from "@playwright/test";

const since = (place: Page | Locator) => place.getByText("Unsubscribed since");

/** On whichever screen the profile is shown: by the button, or by the options menu of a phone. */
const unsubscribe = async (page: Page, isMobile: boolean) => {
  if (isMobile) {
    await page.getByRole("button", { name: "Options" }).click();
    await page.getByRole("button", { name: "Unsubscribe from receiving messages" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Unsubscribe", exact: true }).click();
  } else {
    await page.getByRole("button", { name: "Unsubscribe", exact: true }).click();
    await page.getByRole("button", { name: "Yes, unsubscribe", exact: true }).click();
  }
  await expect(since(page)).toBeVisible();
};

test("help page: unsubscribing in a conversation, from a desktop @desktop", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await converse(page, "Bruno Singh", "Your car is ready.");
  // 1. Select the customer's conversation.
  await open(page, "Conversations");
  await row(page, "Bruno Singh").click();
  await expect(page.getByRole("heading", { level: 1, name: "Bruno Singh" })).toBeVisible();
  // 2. Select Unsubscribe at the top right corner of your screen.
  await page.getByRole("button", { name: "Unsubscribe", exact: true }).click();
  await expect(page.getByText("replies START in the last text conversation", { exact: false })).toBeVisible();
  await shot("asking");
  await accessible();
  // 3. Select Yes, unsubscribe.
  await page.getByRole("button", { name: "Yes, unsubscribe", exact: true }).click();
  await expect(since(composer(page))).toBeVisible();
  await expect(field(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Unsubscribe", exact: true })).toBeHidden();
  await shot("done");
  await accessible();
  await openCustomer(page, "Bruno Singh");
  await expect(since(page)).toBeVisible();
  await expect(page.getByText("Odette Owner, in a conversation").first()).toBeVisible();
});

test("help page: unsubscribing in a conversation, from a mobile @phone", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await converse(page, "Bruno Singh", "Your car is ready.");
  // 1. Select the customer's conversation.
  await open(page, "Conversations");
  await row(page, "Bruno Singh").click();
  await expect(page.getByRole("heading", { level: 1, name: "Bruno Singh" })).toBeVisible();
  // 2. Select the options menu at the top right corner of your screen.
  await page.getByRole("button", { name: "Options" }).click();
  await shot("options");
  // 3. Select Unsubscribe from receiving messages.
  await page.getByRole("button", { name: "Unsubscribe from receiving messages" }).click();
  await shot("asking");
  await accessible();
  // 4. Select Unsubscribe.
  await page.getByRole("dialog").getByRole("button", { name: "Unsubscribe", exact: true }).click();
  await expect(since(composer(page))).toBeVisible();
  await expect(field(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Options" })).toBeHidden();
  await shot("done");
  await accessible();
});

test("help page: unsubscribing in Customers, from a desktop @desktop", async ({ page, shot, accessible }) => {
  await page.goto("/");
  // 1. Select Customers.
  await open(page, "Customers");
  // 2. Search for your customer's name.
  await search(page, "Bruno");
  await expect(page.getByText("1 customer", { exact: true })).toBeVisible();
  // 3. Select the checkbox next to your customer's name.
  await page.getByRole("checkbox", { name: "Select Bruno Singh" }).check();
  // 4. Select Unsubscribe.
  await page.getByRole("button", { name: "Unsubscribe", exact: true }).click();
  await expect(page.getByText("replies START in the last text conversation", { exact: false })).toBeVisible();
  await shot("asking");
  await accessible();
  // 5. Select Yes, unsubscribe customer.
  await page.getByRole("button", { name: "Yes, unsubscribe customer" }).click();
  await expect(page.getByText("1 customer unsubscribed.")).toBeVisible();
  await expect(page.getByRole("cell", { name: "Unsubscribed", exact: true })).toBeVisible();
  await shot("done");
  await accessible();
});

test("help page: unsubscribing in Customers, from a mobile @phone", async ({ page, shot, accessible }) => {
  await page.goto("/");
  // 1. Select the Customers tab at the bottom of your screen. 2. Select your customer's name.
  await openCustomer(page, "Amélie Roy");
  // 3. Select the options menu at the top right corner of your screen.
  await page.getByRole("button", { name: "Options" }).click();
  await shot("options");
  // 4. Select Unsubscribe from receiving messages.
  await page.getByRole("button", { name: "Unsubscribe from receiving messages" }).click();
  await shot("asking");
  await accessible();
  // 5. Select Unsubscribe.
  await page.getByRole("dialog").getByRole("button", { name: "Unsubscribe", exact: true }).click();
  await expect(since(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Options" })).toBeHidden();
  await shot("done");
  await accessible();
});

test("help page: unsubscribing in a customer profile @desktop", async ({ page, shot, accessible }) => {
  await page.goto("/");
  // 1. Select the Customers tab. 2. Search for your customer's name. 3. Select your customer's name.
  await open(page, "Customers");
  await search(page, "Amélie");
  await expect(page.getByText("1 customer", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Amélie Roy" }).click();
  // 4. Select Unsubscribe under your customer's name.
  await page.getByRole("button", { name: "Unsubscribe", exact: true }).click();
  await shot("asking");
  await accessible();
  // 5. Select Yes, unsubscribe.
  await page.getByRole("button", { name: "Yes, unsubscribe", exact: true }).click();
  await expect(since(page)).toBeVisible();
  await expect(page.getByText("Odette Owner, on the profile").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Unsubscribe", exact: true })).toBeHidden();
  await shot("done");
  await accessible();
});

test("who wants to subscribe somebody again learns that only the customer's START can", async ({ page, shot, accessible, isMobile }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  await unsubscribe(page, isMobile);
  await page.getByRole("button", { name: "Subscribe again" }).click();
  await expect(page.getByRole("heading", { name: "Only the customer can subscribe again" })).toBeVisible();
  await expect(page.getByText("texts START to your number", { exact: false })).toBeVisible();
  await shot("explained");
  await accessible();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(since(page)).toBeVisible();
});

test("many are unsubscribed at once, with their count, and the list can show them alone", async ({ page, shot }) => {
  await page.goto("/");
  for (const name of ["Amélie Roy", "Bruno Singh", "Chloé Nguyen"]) {
    await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  }
  await page.getByRole("button", { name: "Unsubscribe", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Unsubscribe 3 customers?" })).toBeVisible();
  await page.getByRole("button", { name: "Yes, unsubscribe 3 customers" }).click();
  // One of them has no phone number: the wish is the person's.
  await expect(page.getByText("3 customers unsubscribed.")).toBeVisible();
  // Who is unsubscribed is not asked for once more.
  await expect(page.getByRole("button", { name: "Unsubscribe", exact: true })).toBeDisabled();
  await page.getByLabel("Filter", { exact: true }).selectOption({ label: "Unsubscribed" });
  await expect(page.getByText("3 customers", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Chloé Nguyen" })).toBeVisible();
  await shot("unsubscribed");
  await page.reload();
  await expect(page.getByText("3 customers", { exact: true })).toBeVisible();
});

test("it survives another number, a deletion, a new profile, an import and its undo", async ({ page, isMobile }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  await unsubscribe(page, isMobile);
  await change(page, "Cell phone", "(438) 238-4499");
  await expect(since(page)).toBeVisible();
  await page.reload();
  await expect(since(page)).toBeVisible();
  await expect(page.getByText("(438) 238-4499").first()).toBeVisible();

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Yes, delete customer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await addCustomer(page, { "First name": "Amélie", "Last name": "Again", "Cell phone": "(438) 238-4411" });
  await expect(since(page)).toBeVisible();

  await importCustomers(page, files.text("again.csv", "Reference,First name,Last name,Cell phone\nZ-1,Amélie,Imported,(438) 238-4499\n"));
  await openCustomer(page, "Amélie Imported");
  await expect(since(page)).toBeVisible();
  await open(page, "Imports");
  await page.getByRole("link", { name: "again.csv" }).click();
  await page.getByRole("button", { name: "Undo import" }).click();
  await page.getByRole("button", { name: "Yes, undo import" }).click();
  await expect(page.getByText("1 customer removed", { exact: false })).toBeVisible();
  await addCustomer(page, { "First name": "Amélie", "Last name": "Once more", "Cell phone": "(438) 238-4499" });
  await expect(since(page)).toBeVisible();
});

test("the Consent tab tells the history, and the evidence can be printed and saved", async ({ page, shot, accessible, isMobile }) => {
  await page.goto("/");
  await openCustomer(page, "Bruno Singh");
  await page.getByRole("tab", { name: "Consent" }).click();
  await expect(page.getByText("Subscribed (implied)")).toBeVisible();
  await expect(page.getByText("24 months after the last business", { exact: false })).toBeVisible();
  await expect(page.getByText("Nothing was ever said about these numbers", { exact: false })).toBeVisible();
  await unsubscribe(page, isMobile);
  await expect(page.getByText("(438) 238-4422 was unsubscribed")).toBeVisible();
  await shot("tab");
  await accessible();

  await page.getByRole("link", { name: "Evidence" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Consent of Bruno Singh" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Print" })).toBeVisible();
  await shot("evidence");
  await accessible();
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const saved = await waiting;
  expect(saved.suggestedFilename()).toBe("Consent of Bruno Singh.csv");
  const [titles, ...rows] = readFileSync(await saved.path(), "utf8").trimEnd().split("\r\n");
  expect(titles).toContain("Phone,Event,By,Happened,Recorded");
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('(438) 238-4422 was unsubscribed,"Odette Owner, on the profile"');
  // Printed, the page is the evidence and nothing around it.
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByText("(438) 238-4422 was unsubscribed")).toBeVisible();
});

test("Settings show opt-outs over time, to look at and to read", async ({ page, shot, accessible, isMobile }) => {
  await page.goto("/");
  await openSettings(page, "Opt-outs");
  await expect(page.getByText("Nobody unsubscribed in the last twelve months")).toBeVisible();
  await openCustomer(page, "Bruno Singh");
  await unsubscribe(page, isMobile);
  await openSettings(page, "Opt-outs");
  await expect(page.getByText("1 number is unsubscribed now.")).toBeVisible();
  await expect(page.getByRole("img", { name: "Opt-outs in the last twelve months" })).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(13);
  await expect(page.getByRole("row").nth(1).getByRole("cell").first()).toHaveText("1");
  await shot("chart");
  await accessible();
});

test("without a network nobody believes that they have unsubscribed somebody", async ({ page, context, alarms, isMobile, shot }) => {
  alarms.allow(/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/);
  await page.goto("/");
  await openCustomer(page, "Bruno Singh");
  await context.setOffline(true);
  const yes = isMobile ? "Unsubscribe" : "Yes, unsubscribe";
  if (isMobile) {
    await page.getByRole("button", { name: "Options" }).click();
    await page.getByRole("button", { name: "Unsubscribe from receiving messages" }).click();
  } else {
    await page.getByRole("button", { name: "Unsubscribe", exact: true }).click();
  }
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: yes, exact: true }).click();
  await expect(dialog.getByText("Bruno Singh is not unsubscribed yet.")).toBeVisible();
  await shot("not-yet");
  await context.setOffline(false);
  await dialog.getByRole("button", { name: yes, exact: true }).click();
  await expect(since(page)).toBeVisible();
  await expect(dialog).toBeHidden();
});
