import { expect, test } from "../fixtures/test";
import { backToFirst, invite, join, otherAccount, stranger } from "../fixtures/people";
import { addCustomer, open, openSettings, pen, search } from "../fixtures/steps";

test("invites somebody by link, who joins with the role given", async ({ page, shop, shot, accessible }) => {
  await page.goto("/customers");
  const link = await invite(page, "Viewer");
  await accessible();
  await shot("invitation");
  const { page: theirs } = await shop.browser();
  await join(theirs, link, "Vera Viewer", "vera@example.com");

  await expect(theirs.getByRole("link", { name: "New customer" })).toBeHidden();
  await theirs.getByRole("link", { name: "Amélie Roy" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Amélie Roy" })).toBeVisible();
  await expect(pen(theirs, "City")).toBeHidden();
  await theirs.goto("/customers/export");
  await expect(theirs.getByText("Your role does not allow this.")).toBeVisible();

  await page.reload();
  await expect(page.getByText("vera@example.com")).toBeVisible();
});

test("an invitation works once", async ({ page, shop, alarms }) => {
  await page.goto("/customers");
  const link = await invite(page, "Advisor");
  const first = await shop.browser();
  await join(first.page, link, "Adele Advisor", "adele@example.com");
  alarms.allow(/status of 404/, /status of 410/);
  const second = await shop.browser();
  await second.page.goto(new URL(link).pathname);
  await expect(second.page.getByRole("heading", { name: "This invitation cannot be used" })).toBeVisible();
});

test("an advisor may edit customers but not delete them", async ({ page, shop }) => {
  await page.goto("/customers");
  const link = await invite(page, "Advisor");
  const { page: theirs } = await shop.browser();
  await join(theirs, link, "Adele Advisor", "adele@example.com");
  await theirs.getByRole("link", { name: "Amélie Roy" }).click();
  await expect(pen(theirs, "City")).toBeVisible();
  const remove = theirs.getByRole("button", { name: "Delete" });
  await expect(remove.and(theirs.locator(":enabled"))).toHaveCount(0);
});

test("a new role holds at once, and the last owner stays", async ({ page, shop, alarms }) => {
  await page.goto("/customers");
  const link = await invite(page, "Viewer");
  const { page: theirs } = await shop.browser();
  await join(theirs, link, "Vera Viewer", "vera@example.com");

  await openSettings(page, "People");
  await page.getByLabel("Role of Vera Viewer").selectOption({ label: "Advisor" });
  await expect(page.getByText("Vera Viewer is now Advisor.")).toBeVisible();
  await theirs.reload();
  await expect(theirs.getByRole("link", { name: "New customer" })).toBeVisible();

  alarms.allow(/status of 4\d\d/);
  const own = page.getByLabel("Role of Odette Owner");
  if (await own.isEnabled()) {
    await own.selectOption({ label: "Viewer" });
    await expect(page.getByText("An account keeps at least one owner. Make somebody else owner first.")).toBeVisible();
  }
});

test("a person who is removed is out at once", async ({ page, shop, alarms }) => {
  alarms.allow(/status of 40[13]/);
  await page.goto("/customers");
  const link = await invite(page, "Manager");
  const { page: theirs } = await shop.browser();
  await join(theirs, link, "Max Manager", "max@example.com");
  await openSettings(page, "People");
  await page.getByRole("button", { name: "Remove Max Manager" }).click();
  await page.getByRole("button", { name: "Yes, remove" }).click();
  await expect(page.getByText("Max Manager was removed.")).toBeVisible();
  await theirs.reload();
  await expect(theirs.getByRole("link", { name: "Amélie Roy" })).toBeHidden();
});

test("two accounts of one person never show each other's customers", async ({ page, shop, alarms }) => {
  await page.goto("/customers");
  const other = await otherAccount(shop, alarms);
  await addCustomer(other, { "First name": "Only", "Last name": "Here" });

  // Both browsers share the owner's session, so the first tab is told to follow; a browser of its own does not see it.
  await search(other, "Roy");
  await expect(other.getByText("Nobody matches")).toBeVisible();
  await backToFirst(other);
  await expect(other.getByRole("link", { name: "Only Here" })).toBeHidden();
});

test("two shops never see each other, not even by address", async ({ page, shop, alarms, shot }) => {
  const theirs = await stranger(shop, alarms);
  await page.goto("/customers");
  await page.getByRole("link", { name: "Amélie Roy" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Amélie Roy" })).toBeVisible();
  const address = new URL(page.url()).pathname;

  alarms.allow(/status of 404/);
  await theirs.goto(address);
  await expect(theirs.getByText("This customer does not exist")).toBeVisible();
  await shot("profile-of-the-first-shop");
  await open(theirs, "Customers");
  await search(theirs, "Roy");
  await expect(theirs.getByText("Nobody matches")).toBeVisible();
});
