import { expect, file, test } from "../fixtures/test";
import { importCustomers } from "../fixtures/importing";
import { open, search } from "../fixtures/steps";

test("search finds any fragment, in any spelling", async ({ page, shot }) => {
  await page.goto("/customers");
  for (const [typed, found] of [
    ["4411", "Amélie Roy"],
    ["(438) 238-44 22", "Bruno Singh"],
    ["AMELIE", "Amélie Roy"],
    ["a-102", "Chloé Nguyen"],
    ["melie@exam", "Amélie Roy"],
    ["quebec", "Chloé Nguyen"],
  ] as const) {
    await search(page, typed);
    await expect(page.getByText("1 customer", { exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: found })).toBeVisible();
  }
  await shot("found");
  await search(page, "nobody at all");
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await shot("nobody");
});

test("search and filter live in the address, and stay when coming back", async ({ page, accessible, shot }) => {
  await page.goto("/customers");
  await page.getByLabel("Filter", { exact: true }).selectOption({ label: "Without cell phone" });
  await expect(page.getByRole("link", { name: "Chloé Nguyen" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Amélie Roy" })).toBeHidden();
  await accessible();
  await shot("without-cell-phone");
  await page.reload();
  await expect(page.getByRole("link", { name: "Chloé Nguyen" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Amélie Roy" })).toBeHidden();

  await page.getByRole("link", { name: "Chloé Nguyen" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Chloé Nguyen" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("link", { name: "Chloé Nguyen" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Amélie Roy" })).toBeHidden();
});

test("500 customers scroll to the end, sort, and keep the place", async ({ page, shot }) => {
  await page.goto("/customers");
  await importCustomers(page, file("clean.csv"));
  await open(page, "Customers");
  await expect(page.getByText("503 customers")).toBeVisible();
  await shot("many");

  await expect(async () => {
    await page.mouse.wheel(0, 4_000);
    await expect(page.getByText("End of the list")).toBeInViewport({ timeout: 250 });
  }).toPass({ timeout: 30_000 });
  // A person clicks what has come to rest, and not in the same frame in which it still moved.
  await page.waitForFunction(() => {
    const [earlier, now] = [(window as unknown as { rest?: number }).rest, window.scrollY];
    Object.assign(window, { rest: now });
    return earlier === now;
  }, undefined, { polling: 100 });
  const last = page.getByRole("main").getByRole("link").last();
  const name = await last.innerText();
  await last.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name.split("\n")[0] ?? "");
  await page.goBack();
  await expect(page.getByRole("link", { name: name.split("\n")[0] }).last()).toBeInViewport();
});

test("customers are selected and counted", async ({ page }) => {
  await page.goto("/customers");
  await page.getByRole("checkbox", { name: "Select Amélie Roy" }).check();
  await page.getByRole("checkbox", { name: "Select Bruno Singh" }).check();
  await expect(page.getByText("2 selected")).toBeVisible();
  await page.getByRole("button", { name: "Clear selection" }).click();
  await expect(page.getByRole("checkbox", { name: "Select Amélie Roy" })).not.toBeChecked();
});

test("the keyboard alone finds, opens and edits a customer @desktop", async ({ page }) => {
  await page.goto("/customers");
  await expect(page.getByRole("link", { name: "Amélie Roy" })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("singh");
  await expect(page.getByText("1 customer", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Bruno Singh" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Bruno Singh" })).toBeVisible();
  await page.keyboard.press("e");
  await expect(page.getByRole("button", { name: "Save profile" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Save profile" })).toBeHidden();
  await open(page, "Customers");
  await page.keyboard.press("n");
  await expect(page.getByRole("button", { name: "Create customer" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Create customer" })).toBeHidden();
});

test("a new customer needs something, and says what is wrong with it", async ({ page, accessible, shot }) => {
  await page.goto("/customers");
  await page.getByRole("link", { name: "New customer" }).click();
  await accessible();
  await shot("new-customer");
  await page.getByRole("button", { name: "Create customer" }).click();
  await expect(page.getByText("Fill at least one field.")).toBeVisible();
  await page.getByLabel("Reference", { exact: true }).fill("a-100");
  await page.getByRole("button", { name: "Create customer" }).click();
  await expect(page.getByText("This reference belongs to Amélie Roy.")).toBeVisible();
});
