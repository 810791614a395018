import type { Page } from "@playwright/test";
import { company, expect, test } from "../fixtures/test";
import { addCustomer, live, open, openSettings, pen, search } from "../fixtures/steps";

const invite = async (page: Page, role: string) => {
  await openSettings(page, "People");
  await page.getByLabel("Role", { exact: true }).selectOption({ label: role });
  await page.getByRole("button", { name: "Make link" }).click();
  return page.getByLabel("Invitation link").inputValue();
};

const join = async (page: Page, link: string, name: string, email: string) => {
  await page.goto(new URL(link).pathname);
  await expect(page.getByRole("heading", { name: `Join ${company}` })).toBeVisible();
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("a password of her own");
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Customers" })).toBeVisible();
  await live(page);
};

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

test("two accounts of one person never show each other's customers", async ({ page, shop }) => {
  await page.goto("/customers");
  const otherAccount = await shop.again();
  await otherAccount.goto("/settings/new-account");
  await otherAccount.getByLabel("Company name").fill("Clinique du Lac");
  await otherAccount.getByRole("button", { name: "Create account" }).click();
  await expect(otherAccount.getByText("No customers yet")).toBeVisible();
  await live(otherAccount);
  await addCustomer(otherAccount, { "First name": "Only", "Last name": "Here" });

  // Both browsers share the owner's session, so the first tab is told to follow; a browser of its own does not see it.
  await search(otherAccount, "Roy");
  await expect(otherAccount.getByText("Nobody matches")).toBeVisible();
  await otherAccount.getByRole("button", { name: /: menu$/ }).click();
  await otherAccount.getByRole("button", { name: new RegExp(company) }).click();
  await expect(otherAccount.getByRole("link", { name: "Amélie Roy" })).toBeVisible();
  await expect(otherAccount.getByRole("link", { name: "Only Here" })).toBeHidden();
});

test("two shops never see each other, not even by address", async ({ page, shop, alarms, shot }) => {
  // The owner's other account, with a member who belongs to that account alone.
  const elsewhere = await shop.again();
  await elsewhere.goto("/settings/new-account");
  await elsewhere.getByLabel("Company name").fill("Clinique du Lac");
  await elsewhere.getByRole("button", { name: "Create account" }).click();
  await expect(elsewhere.getByText("No customers yet")).toBeVisible();
  await live(elsewhere);
  await openSettings(elsewhere, "People");
  await elsewhere.getByLabel("Role", { exact: true }).selectOption({ label: "Manager" });
  await elsewhere.getByRole("button", { name: "Make link" }).click();
  const link = await elsewhere.getByLabel("Invitation link").inputValue();
  const { page: stranger } = await shop.browser();
  await stranger.goto(new URL(link).pathname);
  await stranger.getByLabel("Your name").fill("Strange Manager");
  await stranger.getByLabel("E-mail").fill("strange@example.com");
  await stranger.getByLabel("Password", { exact: true }).fill("a password of his own");
  await stranger.getByRole("button", { name: "Join", exact: true }).click();
  await expect(stranger.getByText("No customers yet")).toBeVisible();
  await elsewhere.getByRole("button", { name: /: menu$/ }).click();
  await elsewhere.getByRole("button", { name: new RegExp(company) }).click();
  await expect(elsewhere.getByRole("link", { name: "Amélie Roy" })).toBeVisible();

  await page.goto("/customers");
  await page.getByRole("link", { name: "Amélie Roy" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Amélie Roy" })).toBeVisible();
  const address = new URL(page.url()).pathname;

  alarms.allow(/status of 404/);
  await stranger.goto(address);
  await expect(stranger.getByText("This customer does not exist")).toBeVisible();
  await shot("profile-of-the-first-shop");
  await open(stranger, "Customers");
  await search(stranger, "Roy");
  await expect(stranger.getByText("Nobody matches")).toBeVisible();
});
