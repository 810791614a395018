// The help page: "Editing Customer Information" and "Editing a Customer's Phone Number".
import type { Route } from "@playwright/test";
import { expect, test } from "../fixtures/test";
import { converse, customer, row } from "../fixtures/conversing";
import { change, live, open, openCustomer, pen } from "../fixtures/steps";

test("help page: editing customer information in a customer's profile", async ({ page, shot, accessible }) => {
  await page.goto("/");
  // 1. Select the Customers tab on the left side of your screen.
  await open(page, "Customers");
  await shot("customers");
  // 2. Select the customer's name.
  await page.getByRole("link", { name: "Amélie Roy" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Amélie Roy" })).toBeVisible();
  await shot("profile");
  await accessible();
  // 3. Select the Edit icon above the customer's name.
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  // 4. Edit or add any information or attribute.
  await page.getByLabel("Street", { exact: true }).fill("12 rue Saint-Paul");
  await page.getByLabel("City", { exact: true }).fill("Lévis");
  await page.getByLabel("Birth date", { exact: true }).fill("1980-02-29");
  await shot("editing");
  await accessible();
  // 5. Select Save profile at the top right corner of your screen.
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByText("12 rue Saint-Paul")).toBeVisible();
  await expect(page.getByText("Lévis")).toBeVisible();
  await expect(page.getByText("February 29, 1980")).toBeVisible();
  await shot("saved");

  await page.reload();
  await expect(page.getByText("12 rue Saint-Paul")).toBeVisible();
});

test("help page: editing customer information in Conversations", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await converse(page, "Amélie Roy", "Your car is ready.");
  // 1. Select any conversation, your customer's information will appear on the right-hand side of your screen.
  await open(page, "Conversations");
  await row(page, "Amélie Roy").click();
  const panel = await customer(page);
  await expect(panel.getByText("amelie@example.com")).toBeVisible();
  await shot("panel");
  await accessible();
  // 2. On the right-hand side you will access your customer's details and be able to edit the information directly from there.
  await change(page, "City", "Lévis");
  await expect(panel.getByText("Lévis")).toBeVisible();
  await pen(page, "Cell phone").click();
  await page.getByLabel("Cell phone", { exact: true }).fill("438 238 4422");
  await page.getByLabel("Cell phone", { exact: true }).press("Enter");
  await expect(page.getByText("This number belongs to Bruno Singh.")).toBeVisible();
  await shot("belongs-to");
  await page.getByLabel("Cell phone", { exact: true }).press("Escape");
  await customer(page);
  // 3. If you want more options, select the customer's name, and you will be redirected to their customer profile.
  await panel.getByRole("link", { name: "Amélie Roy" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Amélie Roy" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Delete", exact: true })).toBeVisible();
  await expect(page.getByText("Lévis")).toBeVisible();
});

for (const save of ["by clicking anywhere else", "by hitting Enter", "by the green check"] as const) {
  test(`help page: a phone number is edited and saved ${save}`, async ({ page, shot }) => {
    await page.goto("/");
    await openCustomer(page, "Amélie Roy");
    // 1. Select the grey area of the phone number you want to edit.
    await pen(page, "Cell phone").click();
    // 2. Edit, add, or delete a phone number.
    const phone = page.getByLabel("Cell phone", { exact: true });
    await expect(phone).toBeFocused();
    await phone.fill("438.238.4499");
    await shot("typing");
    // 3. Save by clicking anywhere else on your page, by hitting Enter on your keyboard, or selecting the green check icon.
    if (save === "by hitting Enter") await phone.press("Enter");
    else if (save === "by the green check") await page.getByRole("button", { name: "Save Cell phone" }).click();
    else await page.getByRole("heading", { level: 1 }).click();
    await expect(phone).toBeHidden();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await expect(page.getByText("(438) 238-4499")).toBeVisible();
    await page.reload();
    await expect(page.getByText("(438) 238-4499")).toBeVisible();
  });
}

test("help page: a phone number is added, and deleted", async ({ page }) => {
  await page.goto("/");
  await openCustomer(page, "Chloé Nguyen");
  await change(page, "Cell phone", "+1 438 238 4400");
  await expect(page.getByText("(438) 238-4400")).toBeVisible();
  await change(page, "Cell phone", "");
  await expect(page.getByText("(438) 238-4400")).toBeHidden();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Chloé Nguyen" })).toBeVisible();
  await expect(page.getByText("(438) 238-4400")).toBeHidden();
});

test("help page: an incorrect phone number, and one in use, are refused with an error message", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  await pen(page, "Cell phone").click();
  const phone = page.getByLabel("Cell phone", { exact: true });
  await phone.fill("123");
  await phone.press("Enter");
  await expect(page.getByText("This is not a valid phone number.")).toBeVisible();
  await shot("not-a-phone");
  await accessible();

  await phone.fill("438 238 4422");
  await phone.press("Enter");
  await expect(page.getByText("This number belongs to Bruno Singh.")).toBeVisible();
  await shot("belongs-to");
  await page.getByRole("link", { name: /Bruno Singh/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Bruno Singh" })).toBeVisible();

  await openCustomer(page, "Amélie Roy");
  await expect(page.getByText("(438) 238-4411")).toBeVisible();
});

test("Esc gives the old value back", async ({ page }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  await pen(page, "City").click();
  const city = page.getByLabel("City", { exact: true });
  await city.fill("Nowhere");
  await city.press("Escape");
  await expect(city).toBeHidden();
  await expect(page.getByText("Montréal")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Montréal")).toBeVisible();
  await expect(page.getByText("Nowhere")).toBeHidden();
});

test("leaving with unsaved changes asks first", async ({ page, shot }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("City", { exact: true }).fill("Lévis");
  await open(page, "Customers");
  await expect(page.getByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
  await shot("leaving");
  await page.getByRole("button", { name: "Go on editing" }).click();
  await expect(page.getByLabel("City", { exact: true })).toHaveValue("Lévis");
  await open(page, "Customers");
  await page.getByRole("button", { name: "Leave without saving" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await openCustomer(page, "Amélie Roy");
  await expect(page.getByText("Montréal")).toBeVisible();
});

test("the back button asks first too, and the address stays", async ({ page }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  const profile = page.url();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("City", { exact: true }).fill("Lévis");
  const back = () => page.evaluate(() => history.back());
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  for (const _ of [1, 2]) {
    await back();
    await expect(dialog).toBeVisible();
    await expect(page).toHaveURL(profile);
    await page.getByRole("button", { name: "Go on editing" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByLabel("City", { exact: true })).toHaveValue("Lévis");
  }
  await back();
  await page.getByRole("button", { name: "Leave without saving" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  // Nothing holds a step from there on.
  await openCustomer(page, "Bruno Singh");
  await back();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
});

test("whoever goes elsewhere while a profile is saved gets there once it is, and is asked if it is not", async ({ page, alarms }) => {
  alarms.allow(/ERR_FAILED/);
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  const sent: Route[] = [];
  await page.route("**/api/v1/sync/push", (route) => void sent.push(route));
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("Street", { exact: true }).fill("12 rue Saint-Paul");
  const asked = page.getByRole("dialog", { name: "Leave without saving?" });

  await page.getByRole("button", { name: "Save profile" }).click();
  await expect.poll(() => sent.length).toBe(1);
  await open(page, "Imports");
  await expect(page.getByLabel("Street", { exact: true })).toBeVisible();
  await expect(asked).toBeHidden();
  await sent[0]!.abort();
  await expect(asked).toBeVisible();
  await asked.getByRole("button", { name: "Go on editing" }).click();
  // The top bar has said meanwhile that the server cannot be reached, and is no wider for it.
  await expect(page.getByRole("status").getByText(/^Offline since/)).toBeAttached();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.screen.width)).toBe(true);

  await page.getByRole("button", { name: "Save profile" }).click();
  await expect.poll(() => sent.length).toBe(2);
  await open(page, "Imports");
  await expect(page.getByLabel("Street", { exact: true })).toBeVisible();
  await sent[1]!.continue();
  await expect(page.getByRole("heading", { level: 1, name: "Imports" })).toBeVisible();
  await expect(asked).toBeHidden();
  await openCustomer(page, "Amélie Roy");
  await expect(page.getByText("12 rue Saint-Paul")).toBeVisible();
});

test("whoever writes already is not led back to the first field of a form @desktop", async ({ page }) => {
  await page.goto("/customers");
  await live(page);
  // Frames wait until they are let go, as on a device that is busy.
  await page.evaluate(() => {
    const held: FrameRequestCallback[] = [];
    const frame = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => held.push(callback);
    Object.assign(window, {
      letGo: () => {
        window.requestAnimationFrame = frame;
        held.forEach((callback) => callback(performance.now()));
      },
    });
  });
  await page.getByRole("link", { name: "New customer" }).click();
  await page.getByLabel("Last name", { exact: true }).fill("Roy");
  await page.evaluate(() => (window as unknown as { letGo(): void }).letGo());
  await expect(page.getByLabel("Last name", { exact: true })).toBeFocused();
});

test("a form that is refused keeps everything typed and marks the field", async ({ page }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("Street", { exact: true }).fill("12 rue Saint-Paul");
  await page.getByLabel("E-mail", { exact: true }).fill("not an address");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByText("This is not an e-mail address.")).toBeVisible();
  await expect(page.getByLabel("E-mail", { exact: true })).toHaveValue("not an address");
  await expect(page.getByLabel("Street", { exact: true })).toHaveValue("12 rue Saint-Paul");
});

test("the history says who changed which field from what to what", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  await change(page, "City", "Lévis");
  await page.getByRole("tab", { name: "History" }).click();
  await expect(page.getByText("City changed from Montréal to Lévis")).toBeVisible();
  await expect(page.getByText(/Odette Owner/).last()).toBeVisible();
  await accessible();
  await shot("history");
  // What is changed while it is shown joins it.
  await change(page, "City", "Québec");
  await expect(page.getByText("City changed from Lévis to Québec")).toBeVisible();
});

test("the tab of a profile is there again after a reload, and on the way back", async ({ page }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  const tab = (name: string) => page.getByRole("tab", { name });
  for (const name of ["Conversations", "History", "Consent"]) {
    await tab(name).click();
    await expect(page).toHaveURL(new RegExp(`\\?tab=${name.toLowerCase()}$`));
    await page.reload();
    await expect(tab(name)).toHaveAttribute("aria-selected", "true");
  }
  await page.getByRole("link", { name: "Evidence" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Consent of Amélie Roy" })).toBeVisible();
  await page.goBack();
  await expect(tab("Consent")).toHaveAttribute("aria-selected", "true");
  await tab("Notes").click();
  await expect(page).toHaveURL(/\/customers\/[0-9a-f-]+$/);
});
