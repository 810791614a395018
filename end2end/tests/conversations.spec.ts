// Conversations, with the phone simulator as the customer's phone.
import type { Request } from "@playwright/test";
import { expect, test } from "../fixtures/test";
import { composer, converse, customer, field, head, list, message, newThread, offer, onPhone, openThread, row, send, show, text, textFrom, thread, write } from "../fixtures/conversing";
import { invite, join, stranger } from "../fixtures/people";
import { addCustomer, open, openCustomer, openSettings } from "../fixtures/steps";

const amelie = "(438) 238-4411";

test("a first message carries the offer; HELP, STOP and START on the customer's phone do what they say", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await open(page, "Conversations");
  await expect(page.getByRole("heading", { level: 1, name: "Conversations" })).toBeVisible();
  await expect(page.getByText("No open conversation")).toBeVisible();
  await expect(page.getByText("messages go to the phone simulator")).toBeVisible();
  await shot("nothing-yet");
  await accessible();

  await page.getByRole("button", { name: "New conversation" }).click();
  await page.getByLabel("To", { exact: true }).fill("amel");
  await expect(page.getByRole("list", { name: "Customers found" }).getByRole("link")).toHaveCount(1);
  await shot("to-whom");
  await accessible();
  await page.getByRole("link", { name: /Amélie Roy/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Amélie Roy" })).toBeVisible();
  await expect(page.getByText(`The first message to this number ends with: “${offer}”`)).toBeVisible();
  await field(page).fill("Your car is ready.");
  await shot("first-message");
  await accessible();
  await send(page, "Your car is ready.");
  await expect(message(page, "Your car is ready.")).toContainText(offer);
  await expect(message(page, "Your car is ready.").getByText("Delivered")).toBeVisible();
  await expect(page.getByText("The first message to this number")).toBeHidden();
  await shot("sent");
  await accessible();

  await onPhone(page, async (phone) => {
    const log = phone.getByRole("log");
    await expect(log.getByText("Your car is ready.")).toContainText(offer);
    await shot("phone");
    await accessible();
    await text(phone, "Until when are you open?");
    await phone.getByRole("button", { name: "HELP", exact: true }).click();
    await expect(log.getByText("Garage Bélanger: for help reply to this message.")).toBeVisible();
  });
  await expect(message(page, "Until when are you open?")).toBeVisible();
  await expect(message(page, "Asked for help")).toBeVisible();
  // The second message does not offer it again.
  await write(page, "Until six.");
  await expect(message(page, "Until six.")).not.toContainText("STOP");

  await onPhone(page, async (phone) => {
    await phone.getByRole("button", { name: "STOP", exact: true }).click();
    await expect(phone.getByRole("log").getByText("you are unsubscribed and will receive no more messages")).toHaveCount(1);
    await text(phone, "stop");
  });
  await expect(message(page, "STOP: unsubscribed")).toHaveCount(2);
  await expect(field(page)).toBeHidden();
  await expect(composer(page).getByText("Unsubscribed since")).toBeVisible();
  await expect(composer(page).getByText("Only the customer can subscribe again, by sending START from their phone")).toBeVisible();
  await shot("unsubscribed");
  await accessible();
  await page.reload();
  await expect(field(page)).toBeHidden();

  await onPhone(page, async (phone) => {
    await phone.getByRole("button", { name: "START", exact: true }).click();
    await expect(phone.getByRole("log").getByText("Garage Bélanger: you are subscribed.")).toHaveCount(1);
    // Answers come in their order: who wrote STOP twice was told once.
    await expect(phone.getByRole("log").getByText("you are unsubscribed and will receive no more messages")).toHaveCount(1);
  });
  await expect(message(page, "START: subscribed again")).toBeVisible();
  await write(page, "Welcome back.");
  await openCustomer(page, "Amélie Roy");
  await expect(page.getByText("Unsubscribed since")).toBeHidden();
  await page.getByRole("tab", { name: "Conversations" }).click();
  await expect(page.getByRole("tabpanel").getByText("Welcome back.")).toBeVisible();
  await shot("profile");
  await accessible();
});

test("words that hold a keyword are conversation, and a keyword in French is answered in French", async ({ page }) => {
  await page.goto("/");
  await converse(page, "Amélie Roy", "See you tomorrow.");
  await onPhone(page, async (phone) => {
    await text(phone, "Can you stop by at 5?");
    await expect(phone.getByRole("log").getByText("you are unsubscribed")).toBeHidden();
    await text(phone, "ARRÊT");
    await expect(phone.getByRole("log").getByText("Garage Bélanger: désabonnement confirmé")).toHaveCount(1);
  });
  await expect(message(page, "Can you stop by at 5?")).toBeVisible();
  await expect(message(page, "ARRÊT: unsubscribed")).toHaveCount(1);
});

test("a message that is perhaps a wish to stop waits for somebody to decide", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await converse(page, "Amélie Roy", "See you tomorrow.");
  await onPhone(page, (phone) => text(phone, "please take me off your list"));
  await expect(page.getByText("may be a wish to stop", { exact: false })).toBeVisible();
  // Service goes on meanwhile.
  await expect(field(page)).toBeVisible();
  await shot("banner");
  await accessible();

  await openSettings(page, "Wishes to review");
  await expect(page.getByText("please take me off your list")).toBeVisible();
  await expect(page.getByText("To decide by")).toBeVisible();
  await shot("to-decide");
  await accessible();
  await page.getByRole("button", { name: "Yes, unsubscribe" }).click();
  await expect(page.getByText("Amélie Roy is unsubscribed.")).toBeVisible();
  await expect(page.getByText("Nothing to decide")).toBeVisible();
  await page.getByRole("tab", { name: "Decided" }).click();
  await expect(page.getByText("Odette Owner: it was a wish to stop.")).toBeVisible();
  await shot("decided");
  await openThread(page, "Amélie Roy");
  await expect(field(page)).toBeHidden();
});

test("a number that nobody knows writes, and becomes a customer with its conversation", async ({ page, alarms, shot, accessible }) => {
  alarms.allow(/status of 422/);
  await page.goto("/");
  await openSettings(page, "Messages");
  await expect(page.getByRole("heading", { level: 2, name: "Phone simulator" })).toBeVisible();
  await page.getByRole("link", { name: "Write from another phone" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Phone simulator" })).toBeVisible();
  await page.getByLabel("Number of that phone").fill("not a number");
  await page.getByLabel("Text message", { exact: true }).fill("Do you fix brakes?");
  await page.getByRole("button", { name: "Send to the shop" }).click();
  await expect(page.getByText("This is not a valid phone number.")).toBeVisible();
  await page.getByLabel("Number of that phone").fill("438 238 4477");
  await shot("another-phone");
  await accessible();
  await page.getByRole("button", { name: "Send to the shop" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "(438) 238-4477" })).toBeVisible();
  await expect(message(page, "Do you fix brakes?")).toBeVisible();
  await shot("unknown");
  await accessible();
  await page.getByRole("link", { name: "Add customer" }).click();
  await expect(page.getByLabel("Cell phone", { exact: true })).toHaveValue("(438) 238-4477");
  await page.getByLabel("First name", { exact: true }).fill("Nadia");
  await page.getByRole("button", { name: "Create customer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Nadia" })).toBeVisible();
  await expect(message(page, "Do you fix brakes?")).toBeVisible();
  await write(page, "We do, Nadia.");
  await expect(message(page, "We do, Nadia.")).toContainText(offer);
});

test("a message to a number that somebody types begins a conversation", async ({ page, isMobile, shot }) => {
  await page.goto("/");
  await open(page, "Conversations");
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.getByLabel("To", { exact: true }).fill("438-238-4478");
  await page.getByRole("button", { name: "Write to 438-238-4478" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "(438) 238-4478" })).toBeVisible();
  // Whoever writes on keeps the field when the first message makes the thread.
  await field(page).evaluate((area) => area.setAttribute("data-first", ""));
  await write(page, "Is this your number?");
  await field(page).fill("Write back when you can");
  await expect(message(page, "Is this your number?")).toContainText(offer);
  await expect(page).toHaveURL(/\/conversations\/[0-9a-f-]{36}/);
  if (!isMobile) await expect(row(page, "(438) 238-4478")).toHaveAttribute("aria-current", "page");
  await expect(field(page)).toHaveAttribute("data-first", "");
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue("Write back when you can");
  await shot("begun");
  await page.reload();
  await expect(message(page, "Is this your number?")).toBeVisible();
});

test("from a thread that has just begun one goes on to a new one", { tag: "@desktop" }, async ({ page }) => {
  await page.goto("/");
  await open(page, "Conversations");
  for (const number of ["438-238-4478", "438-238-4479"]) {
    await page.getByRole("button", { name: "New conversation" }).click();
    await page.getByLabel("To", { exact: true }).fill(number);
    await page.getByRole("button", { name: `Write to ${number}` }).click();
    await write(page, `Is this ${number}?`);
    await expect(page).toHaveURL(/\/conversations\/[0-9a-f-]{36}/);
  }
  await row(page, "(438) 238-4478").click();
  await expect(message(page, "Is this 438-238-4478?")).toBeVisible();
  await expect(message(page, "Is this 438-238-4479?")).toBeHidden();
});

test("saved replies and attributes say what is in the profile, and something else where nothing is", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await openSettings(page, "Saved replies");
  await expect(page.getByText("No saved reply yet")).toBeVisible();
  await page.getByRole("button", { name: "New saved reply" }).click();
  await page.getByLabel("Title", { exact: true }).fill(" ");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("A saved reply needs a title.")).toBeVisible();
  await expect(page.getByText("A saved reply needs a text.")).toBeVisible();
  await page.getByLabel("Title", { exact: true }).fill("Ready");
  await page.getByLabel("Text", { exact: true }).fill("Hello {First name|there}, your car is ready.");
  await shot("writing");
  await accessible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The reply was saved.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Ready" })).toBeVisible();
  await shot("saved");

  await newThread(page, "Amélie Roy");
  await page.getByRole("button", { name: "Saved replies" }).click();
  const replies = page.getByRole("dialog", { name: "Saved replies" });
  await replies.getByRole("searchbox").fill("car");
  await shot("choosing");
  await accessible();
  await replies.getByRole("button", { name: /^Ready/ }).click();
  await expect(field(page)).toHaveValue("Hello {First name|there}, your car is ready.");
  await expect(composer(page).getByText("Hello Amélie, your car is ready.")).toBeVisible();
  await field(page).press("Control+End");
  await field(page).pressSequentially(" Greetings to ");
  await page.getByRole("button", { name: "Insert attribute" }).click();
  await page.getByRole("button", { name: "City", exact: true }).click();
  // What stands there where nothing is known is chosen right away.
  const selected = () => field(page).evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
  await expect(field(page)).toBeFocused();
  await expect.poll(selected).toBe("fall-back");
  await page.keyboard.type("your town");
  await expect(field(page)).toHaveValue(/Greetings to \{City\|your town\}$/);
  await expect(composer(page).getByText("Greetings to Montréal")).toBeVisible();
  await shot("preview");
  await accessible();
  await send(page, "Hello Amélie, your car is ready. Greetings to Montréal");

  // Of a number that nobody knows nothing is known.
  await open(page, "Conversations");
  await page.getByRole("button", { name: "New conversation" }).click();
  await page.getByLabel("To", { exact: true }).fill("438-238-4478");
  await page.getByRole("button", { name: "Write to 438-238-4478" }).click();
  await field(page).fill("Hello {First name|there}, greetings to {City}");
  await expect(composer(page).getByText("Nothing is known for: City.")).toBeVisible();
  await field(page).fill("Hello {First name|there}, greetings to {City|your town}");
  await expect(composer(page).getByText("Nothing is known for")).toBeHidden();
  await send(page, "Hello there, greetings to your town");
  await field(page).fill("Hello {Nobody|there}");
  await page.getByRole("heading", { level: 1 }).click();
  await expect(composer(page).getByText("No field and no attribute is called that")).toBeVisible();
  await composer(page).getByRole("button", { name: "Send", exact: true }).click();
  await expect(field(page)).toHaveValue("Hello {Nobody|there}");
});

test("a note is for the staff alone", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await converse(page, "Amélie Roy", "See you tomorrow.");
  await composer(page).getByRole("tab", { name: "Note" }).click();
  await page.getByRole("textbox", { name: "Note for the staff" }).fill("Wants the blue one.");
  await shot("writing");
  await accessible();
  await page.getByRole("button", { name: "Add note", exact: true }).click();
  await expect(message(page, "Wants the blue one.")).toContainText("Odette Owner");
  await shot("noted");
  await onPhone(page, async (phone) => {
    await expect(phone.getByRole("log").getByText("See you tomorrow.")).toBeVisible();
    await expect(phone.getByText("Wants the blue one.")).toBeHidden();
  });
  await page.reload();
  await expect(message(page, "Wants the blue one.")).toBeVisible();
});

test("an answer that comes late does not bring back how the thread was before @desktop", async ({ page }) => {
  await page.goto("/");
  await converse(page, "Amélie Roy", "See you tomorrow.");
  await composer(page).getByRole("tab", { name: "Note" }).click();
  const note = async (text: string) => {
    await page.getByRole("textbox", { name: "Note for the staff" }).fill(text);
    await page.getByRole("button", { name: "Add note", exact: true }).click();
  };
  // The first answer is fetched at once, and is on its way until it is let go.
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  let late: Request | undefined;
  await page.route("**/api/v1/conversations/thread", async (route) => {
    if (late) return route.continue();
    late = route.request();
    const answer = await route.fetch();
    await held;
    await route.fulfill({ response: answer });
  });
  await note("Wants the blue one.");
  await expect.poll(() => late !== undefined).toBe(true);
  await note("No, the red one.");
  await expect(message(page, "No, the red one.")).toContainText("Odette Owner");
  const arrived = page.waitForEvent("requestfinished", (request) => request === late);
  letGo();
  await arrived;
  // The page has had a turn to show it.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  await expect(message(page, "No, the red one.")).toContainText("Odette Owner");
  await expect(message(page, "Wants the blue one.")).toContainText("Odette Owner");
});

test("two decisions reach the server in their order, and what it said before does not undo them on the screen @desktop", async ({ page, shop }) => {
  await page.goto("/");
  await converse(page, "Amélie Roy", "See you tomorrow.");
  // The first is on its way until it is let go.
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  const pushed: string[] = [];
  await page.route("**/api/v1/sync/push", async (route) => {
    pushed.push(route.request().postData() ?? "");
    if (pushed.length === 1) await held;
    await route.continue();
  });
  const close = head(page).getByRole("button", { name: "Close", exact: true });
  const reopen = head(page).getByRole("button", { name: "Reopen" });
  await close.click();
  await expect(reopen).toBeVisible();
  await expect.poll(() => pushed.length).toBe(1);
  // Something else moves, and the page asks how things are.
  const asked = page.waitForResponse("**/api/v1/conversations/list");
  await textFrom(page, shop, "(438) 238-4422", "Thank you!");
  await asked;
  await expect(row(page, "Bruno Singh")).toContainText("Thank you!");
  await expect(reopen).toBeVisible();
  await reopen.click();
  await expect(close).toBeVisible();
  await reopen.waitFor({ state: "hidden" });
  const both = page.waitForResponse((response) => response.url().endsWith("/sync/push") && pushed.length === 2);
  letGo();
  await both;
  await expect(close).toBeVisible();
  expect(pushed[0]).toContain('"closed":true');
  expect(pushed[1]).toContain('"closed":false');
  await page.reload();
  await expect(close).toBeVisible();
});

test("a message stays in sight while what was decided after it is on its way @desktop", async ({ page }) => {
  await page.goto("/");
  await converse(page, "Amélie Roy", "See you tomorrow.");
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  let closing = false;
  await page.route("**/api/v1/sync/push", async (route) => {
    if (route.request().postData()?.includes('"closed":true')) {
      closing = true;
      await held;
    }
    await route.continue();
  });
  const answered = page.waitForResponse((response) => response.request().postData()?.includes("At nine.") ?? false);
  await field(page).fill("At nine.");
  await composer(page).getByRole("button", { name: "Send", exact: true }).click();
  await head(page).getByRole("button", { name: "Close", exact: true }).click();
  await expect.poll(() => closing).toBe(true);
  await (await answered).finished();
  // The page has had a turn to show the answer.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  await expect(message(page, "At nine.")).toBeVisible();
  letGo();
  await expect(message(page, "At nine.")).toContainText("Odette Owner");
  await expect(head(page).getByRole("button", { name: "Reopen" })).toBeVisible();
});

test("conversations are listed by who takes care of them, by what is unread, and by whether they are done", async ({ page, shop, shot, accessible, isMobile }) => {
  const toList = async () => {
    if (isMobile) await page.getByRole("link", { name: "Back to the conversations" }).click();
  };
  await page.goto("/conversations");
  await textFrom(page, shop, amelie, "Is my car ready?");
  await textFrom(page, shop, "(438) 238-4422", "Thank you!");
  // New messages come by themselves.
  await expect(row(page, "Bruno Singh")).toContainText("Thank you!");
  await expect(row(page, "Amélie Roy")).toContainText("1 unread message");
  await expect(page.getByRole("navigation", { name: "Main" }).getByText("2 unread conversations")).toBeAttached();
  await show(page, "Unread");
  await expect(list(page).getByRole("link")).toHaveCount(2);
  await shot("unread");
  await accessible();

  await row(page, "Amélie Roy").click();
  await expect(message(page, "Is my car ready?")).toBeVisible();
  await page.getByLabel("Taken care of by").selectOption({ label: "Odette Owner" });
  await toList();
  // What is open stays in the list beside it.
  if (isMobile) await expect(row(page, "Amélie Roy")).toBeHidden();
  else await expect(row(page, "Amélie Roy")).not.toContainText("unread message");
  await show(page, "Mine");
  await expect(row(page, "Amélie Roy")).toContainText("Assigned to Odette Owner");
  await expect(row(page, "Bruno Singh")).toBeHidden();
  await shot("mine");

  await row(page, "Amélie Roy").click();
  await head(page).getByRole("button", { name: "Close", exact: true }).click();
  await expect(head(page).getByRole("button", { name: "Reopen" })).toBeVisible();
  await toList();
  if (isMobile) await expect(page.getByText("Nothing is assigned to you")).toBeVisible();
  await show(page, "Closed");
  await expect(row(page, "Amélie Roy")).toBeVisible();
  await shot("closed");
  await row(page, "Amélie Roy").click();
  await head(page).getByRole("button", { name: "Reopen" }).click();
  await expect(head(page).getByRole("button", { name: "Close", exact: true })).toBeVisible();
  await head(page).getByRole("button", { name: "Close", exact: true }).click();
  await expect(head(page).getByRole("button", { name: "Reopen" })).toBeVisible();
  // A new message opens it again.
  await textFrom(page, shop, amelie, "One more thing");
  await expect(head(page).getByRole("button", { name: "Close", exact: true })).toBeVisible();
  await expect(message(page, "One more thing")).toBeVisible();
  await toList();
  await show(page, "Open");
  await expect(list(page).getByRole("link")).toHaveCount(2);

  // By words, by name, by number.
  const box = list(page).getByRole("searchbox", { name: "Search conversations" });
  for (const words of ["thank", "singh", "4422"]) {
    await box.fill(words);
    await expect(row(page, "Bruno Singh")).toBeVisible();
    await expect(row(page, "Amélie Roy")).toBeHidden();
  }
  await box.fill("nobody said this");
  await expect(page.getByText("Nothing found")).toBeVisible();
  await shot("nothing-found");
  await page.getByRole("link", { name: "Clear the search" }).click();
  await expect(row(page, "Amélie Roy")).toBeVisible();
});

test("what one writes, the other sees without loading the page anew", async ({ page, shop }) => {
  await page.goto("/");
  await converse(page, "Amélie Roy", "See you tomorrow.");
  const other = await shop.again();
  await other.goto("/");
  await openThread(other, "Amélie Roy");
  await write(page, "At nine.");
  await expect(message(other, "At nine.")).toBeVisible();
  await textFrom(page, shop, amelie, "Fine, thank you.");
  for (const who of [page, other]) await expect(message(who, "Fine, thank you.")).toBeVisible();
  await textFrom(page, shop, amelie, "STOP");
  for (const who of [page, other]) await expect(field(who)).toBeHidden();
});

test("the customer is beside the conversation, and the thread keeps its place on a phone", async ({ page, shot, accessible, isMobile }) => {
  await page.goto("/");
  await converse(page, "Amélie Roy", "See you tomorrow.");
  const panel = await customer(page);
  await expect(panel.getByText("amelie@example.com")).toBeVisible();
  await shot("customer");
  await accessible();
  if (isMobile) {
    await panel.getByRole("button", { name: "Close", exact: true }).click();
    await expect(panel).toBeHidden();
    await expect(field(page)).toBeVisible();
    await page.getByRole("link", { name: "Back to the conversations" }).click();
    await expect(field(page)).toBeHidden();
    await expect(page.getByRole("heading", { level: 1, name: "Conversations" })).toBeVisible();
    await row(page, "Amélie Roy").click();
  }
  await expect(field(page)).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test("Enter sends, Shift and Enter begin a line @desktop", async ({ page }) => {
  await page.goto("/");
  await newThread(page, "Amélie Roy");
  await field(page).pressSequentially("Two");
  await field(page).press("Shift+Enter");
  await field(page).pressSequentially("lines");
  await expect(field(page)).toHaveValue("Two\nlines");
  await field(page).press("Enter");
  await expect(message(page, "lines")).toBeVisible();
  await expect(field(page)).toHaveValue("");
});

test("from the profile a message is one step away, if there is a number and it is subscribed", async ({ page, shop, shot }) => {
  await page.goto("/");
  await openCustomer(page, "Chloé Nguyen");
  await expect(page.getByRole("link", { name: "Message", exact: true })).toBeHidden();
  await openCustomer(page, "Amélie Roy");
  await page.getByRole("link", { name: "Message", exact: true }).click();
  await expect(field(page)).toBeVisible();
  await textFrom(page, shop, amelie, "STOP");
  await expect(field(page)).toBeHidden();
  await openCustomer(page, "Amélie Roy");
  await expect(page.getByRole("button", { name: "Message", exact: true })).toBeDisabled();
  await expect(page.getByText("Unsubscribed customers cannot be written to.")).toBeVisible();
  await shot("not-possible");
});

test("somebody who is writing when the customer says STOP sees why they cannot go on, and their words come back", async ({ page, shop }) => {
  await page.goto("/");
  await converse(page, "Amélie Roy", "Your car is ready.");
  await field(page).pressSequentially("By the way");
  const other = await shop.again();
  await other.goto("/");
  await openThread(other, "Amélie Roy");
  await onPhone(other, async (phone) => text(phone, "STOP"));
  await expect(composer(page).getByText("Unsubscribed since")).toBeVisible();
  await expect(field(page)).toBeHidden();
  await onPhone(other, async (phone) => text(phone, "START"));
  await expect(field(page)).toHaveValue("By the way");
});

test("what could not be sent is in the composer again, and says why", async ({ page, context, alarms, shot }) => {
  alarms.allow(/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/);
  await page.goto("/");
  await newThread(page, "Amélie Roy");
  await context.setOffline(true);
  await field(page).fill("Your car is ready.");
  await composer(page).getByRole("button", { name: "Send", exact: true }).click();
  await expect(composer(page).getByText(/^Not sent: /)).toBeVisible();
  await expect(field(page)).toHaveValue("Your car is ready.");
  await shot("not-sent");
  await context.setOffline(false);
  await send(page, "Your car is ready.");
  await expect(message(page, "Your car is ready.")).toHaveCount(1);
});

test("a viewer reads conversations and cannot write", async ({ page, shop, shot }) => {
  await page.goto("/");
  await converse(page, "Amélie Roy", "See you tomorrow.");
  const link = await invite(page, "Viewer");
  const { page: theirs } = await shop.browser();
  await join(theirs, link, "Vera Viewer", "vera@example.com");
  await openThread(theirs, "Amélie Roy");
  await expect(message(theirs, "See you tomorrow.")).toBeVisible();
  await expect(theirs.getByText("Your role does not allow writing messages.")).toBeVisible();
  await expect(field(theirs)).toBeHidden();
  await expect(head(theirs).getByRole("button", { name: "Close", exact: true })).toBeHidden();
  await expect(head(theirs).getByRole("button", { name: "Phone simulator" })).toBeHidden();
  await expect(theirs.getByRole("button", { name: "New conversation" })).toBeHidden();
  for (const address of ["/conversations/new", "/customers/new"]) {
    await theirs.goto(address);
    await expect(theirs.getByText("Your role does not allow this.", { exact: false })).toBeVisible();
    await expect(theirs.getByRole("main").getByRole("textbox")).toHaveCount(0);
  }
  await theirs.goto("/settings/messages");
  await expect(theirs.getByText("No provider is set, so that messages go to the phone simulator.")).toBeVisible();
  await expect(theirs.getByRole("link", { name: "Write from another phone" })).toBeHidden();
  await shot("as-owner");
});

test("two shops never see each other's conversations, not even of the same number", async ({ page, shop, alarms }) => {
  const theirs = await stranger(shop, alarms);
  await page.goto("/");
  await converse(page, "Amélie Roy", "See you tomorrow.");
  await openThread(page, "Amélie Roy");
  await expect(page).toHaveURL(/\/conversations\/[0-9a-f-]{36}/);
  const address = new URL(page.url()).pathname;

  await open(theirs, "Conversations");
  await expect(theirs.getByText("No open conversation")).toBeVisible();
  alarms.allow(/status of 404/);
  await theirs.goto(address);
  await expect(theirs.getByText("This conversation does not exist")).toBeVisible();

  await addCustomer(theirs, { "First name": "Amélie", "Last name": "Roy", "Cell phone": amelie });
  await converse(theirs, "Amélie Roy", "From the other shop.");
  await expect(message(theirs, "From the other shop.")).toContainText(offer);
  await expect(thread(theirs).getByText("See you tomorrow.")).toBeHidden();
  await page.reload();
  await expect(message(page, "See you tomorrow.")).toBeVisible();
  await expect(thread(page).getByText("From the other shop.")).toBeHidden();
});
