// Two people work on one customer at once.
import { expect, test } from "../fixtures/test";
import { change, openCustomer, pen } from "../fixtures/steps";

for (const choice of ["Use mine", "Keep theirs"] as const) {
  test(`the second of two edits of one field sees both values and chooses: ${choice}`, async ({ page, shop, shot, accessible }) => {
    await page.goto("/");
    await openCustomer(page, "Amélie Roy");
    await pen(page, "City").click();
    const mine = page.getByLabel("City", { exact: true });
    await mine.fill("Lévis");

    const other = await shop.again();
    await other.goto(page.url());
    await change(other, "City", "Gatineau");
    await expect(other.getByText("Gatineau")).toBeVisible();

    await mine.press("Enter");
    await expect(page.getByText("Changed by somebody else")).toBeVisible();
    await expect(page.getByText(/You typed “Lévis”\. Odette Owner saved “Gatineau”/)).toBeVisible();
    await shot("conflict");
    await accessible();
    await page.getByRole("button", { name: choice }).click();
    await expect(page.getByText("Changed by somebody else")).toBeHidden();
    if (choice === "Use mine") await expect(page.getByText("Saved", { exact: true })).toBeVisible();

    await page.reload();
    await expect(page.getByText(choice === "Use mine" ? "Lévis" : "Gatineau")).toBeVisible();
    await expect(page.getByText(choice === "Use mine" ? "Gatineau" : "Lévis")).toBeHidden();
  });
}

test("edits of different fields both hold", async ({ page, shop }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  await pen(page, "City").click();
  const other = await shop.again();
  await other.goto(page.url());
  await change(other, "Street", "12 rue Saint-Paul");
  await page.getByLabel("City", { exact: true }).fill("Lévis");
  await page.getByLabel("City", { exact: true }).press("Enter");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText("Lévis")).toBeVisible();
  await expect(page.getByText("12 rue Saint-Paul")).toBeVisible();
});

test("a whole form saves what it can and asks about the rest", async ({ page, shop }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("City", { exact: true }).fill("Lévis");
  await page.getByLabel("Street", { exact: true }).fill("12 rue Saint-Paul");
  const other = await shop.again();
  await other.goto(page.url());
  await change(other, "City", "Gatineau");

  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByText(/Odette Owner saved “Gatineau”/)).toBeVisible();
  await page.getByRole("button", { name: "Keep theirs" }).click();
  await page.reload();
  await expect(page.getByText("Gatineau")).toBeVisible();
  await expect(page.getByText("12 rue Saint-Paul")).toBeVisible();
});
