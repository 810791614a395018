// The help page: "Deleting a Customer Profile".
import { expect, test } from "../fixtures/test";
import { open, openCustomer, pen, search } from "../fixtures/steps";

test("help page: deleting a customer profile", async ({ page, alarms, shot, accessible }) => {
  await page.goto("/");
  // 1. Select the customer's name to open the customer's profile.
  await openCustomer(page, "Bruno Singh");
  const address = page.url();
  // 2. Select the Delete icon above the customer's name.
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const asked = page.getByRole("dialog");
  await expect(asked).toContainText("This cannot be undone.");
  await expect(asked).toContainText("the conversation with all its messages");
  await expect(asked).toContainText("If they unsubscribed, that stays");
  await shot("asking");
  await accessible();
  // 3. Select Yes, delete customer.
  await page.getByRole("button", { name: "Yes, delete customer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Bruno Singh" })).toBeHidden();
  await search(page, "4422");
  await expect(page.getByText("Nobody matches")).toBeVisible();

  alarms.allow(/status of 404/);
  await page.goto(address);
  await expect(page.getByText("This customer does not exist")).toBeVisible();
});

test("a customer is kept when the question is answered with no", async ({ page }) => {
  await page.goto("/");
  await openCustomer(page, "Bruno Singh");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Keep customer" }).click();
  await open(page, "Customers");
  await expect(page.getByRole("link", { name: "Bruno Singh" })).toBeVisible();
});

test("a profile that somebody changed meanwhile is not deleted unseen", async ({ page, shop }) => {
  await page.goto("/");
  await openCustomer(page, "Bruno Singh");
  const other = await shop.again();
  await other.goto(page.url());
  await pen(other, "City").click();
  await other.getByLabel("City", { exact: true }).fill("Gatineau");
  await other.getByLabel("City", { exact: true }).press("Enter");
  await expect(other.getByText("Saved", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Yes, delete customer" }).click();
  await expect(page.getByText("The profile changed after you opened it, so it was not deleted.", { exact: false })).toBeVisible();
  await expect(page.getByText("Gatineau")).toBeVisible();
});
