// The help page: "Adding a New Attribute to a Customer Profile".
import { expect, test } from "../fixtures/test";
import { open, openCustomer, openSettings, pen } from "../fixtures/steps";
import type { Page } from "@playwright/test";

const addAttribute = async (page: Page, name: string, type: string, value: string) => {
  await page.getByRole("button", { name: "Add new attribute" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Type", { exact: true }).selectOption({ label: type });
  const field = page.getByLabel("Value", { exact: true });
  if (type === "Collection of texts") {
    for (const text of value.split(", ")) {
      await field.fill(text);
      await field.press("Enter");
    }
  } else {
    await field.fill(value);
  }
  await page.getByRole("button", { name: "Add attribute", exact: true }).click();
};

const kinds = [
  { type: "Text", name: "Vehicle", value: "Kia Soul", shown: "Kia Soul" },
  { type: "Collection of texts", name: "Interests", value: "winter tires, leasing", shown: "leasing" },
  { type: "Date", name: "Next service", value: "2027-03-01", shown: "March 1, 2027" },
  { type: "Number", name: "Balance", value: "1234.5", shown: "1,234.5" },
] as const;

for (const { type, name, value, shown } of kinds) {
  test(`help page: adding a new attribute in a customer profile: ${type.toLowerCase()}`, async ({ page, shot, accessible }) => {
    await page.goto("/");
    // 1. Select the Customers tab on the left side of your screen.
    await open(page, "Customers");
    // 2. Select the customer's name.
    await page.getByRole("link", { name: "Amélie Roy" }).click();
    // 3. Select the Edit icon above the customer's name.
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    // 4.–8. + Add new attribute, its name, type and value, Add attribute.
    await addAttribute(page, name, type, value);
    await shot("added");
    await accessible();
    // 9. Select Save profile at the top right corner of your screen.
    await page.getByRole("button", { name: "Save profile" }).click();
    await expect(page.getByRole("button", { name: "Save profile" })).toBeHidden();
    await expect(page.getByText(shown).first()).toBeVisible();
    await shot("saved");

    // The new one shows on every profile.
    await openCustomer(page, "Bruno Singh");
    await expect(pen(page, name)).toBeVisible();
  });
}

test("a name that exists is refused, whatever its case and accents", async ({ page }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await addAttribute(page, "Véhicule", "Text", "Kia Soul");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByRole("button", { name: "Save profile" })).toBeHidden();

  await openCustomer(page, "Bruno Singh");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Add new attribute" }).click();
  await page.getByLabel("Name", { exact: true }).fill("VEHICULE");
  await page.getByLabel("Value", { exact: true }).fill("Ford F-150");
  await page.getByRole("button", { name: "Add attribute", exact: true }).click();
  await expect(page.getByText("Véhicule exists already, as Text.")).toBeVisible();
});

test("attributes are added, renamed, moved, retired and merged in the settings", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await openCustomer(page, "Amélie Roy");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await addAttribute(page, "Vehicle", "Text", "Kia Soul");
  await addAttribute(page, "Car", "Text", "Honda Civic");
  await page.getByRole("button", { name: "Save profile" }).click();
  await expect(page.getByRole("button", { name: "Save profile" })).toBeHidden();

  await openSettings(page, "Attributes");
  await expect(page.getByText("1 of 3").first()).toBeVisible();
  await shot("attributes");
  await accessible();

  await page.getByRole("button", { name: "Rename Vehicle" }).click();
  await page.getByLabel("Name of Vehicle").fill("Vehicle model");
  await page.getByLabel("Name of Vehicle").press("Enter");
  await expect(page.getByText("Renamed to Vehicle model.")).toBeVisible();

  await page.getByRole("button", { name: "Move Car up" }).click();
  await expect(page.getByRole("button", { name: "Move Car up" })).toBeDisabled();

  await page.getByRole("button", { name: "Merge Car into another" }).click();
  await page.getByLabel("Move its values into").selectOption({ label: "Vehicle model" });
  await page.getByRole("button", { name: "Merge the two" }).click();
  await expect(page.getByText("Car was merged into Vehicle model.")).toBeVisible();

  await page.getByRole("button", { name: "Retire Vehicle model" }).click();
  await expect(page.getByText("Vehicle model is retired. Its values are kept.")).toBeVisible();
  await openCustomer(page, "Bruno Singh");
  await expect(pen(page, "Vehicle model")).toBeHidden();

  await openSettings(page, "Attributes");
  await page.getByRole("button", { name: "Restore Vehicle model" }).click();
  await openCustomer(page, "Amélie Roy");
  await expect(page.getByText("Kia Soul")).toBeVisible();
});
