// Text messages through Twilio: setting it up, what goes out, what comes in, and what goes wrong.
import type { Page } from "@playwright/test";
import { composer, field, head, message, newThread, offer, openThread, row, thread, write } from "../fixtures/conversing";
import { open, openCustomer, openSettings } from "../fixtures/steps";
import { expect, test } from "../fixtures/test";
import type { Sent, Twilio } from "../fixtures/twilio";

const amelie = "+14382384411";

const fill = async (page: Page, values: Record<string, string>) => {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole("button", { name: "Save", exact: true }).click();
};

/** Where Twilio is told to bring what customers write. */
const inbound = async (page: Page) => {
  await openSettings(page, "Messages");
  return page.getByLabel("Address for Twilio to call").inputValue();
};

/** The latest message that Twilio was given, once it has been given as many. */
const given = async (twilio: Twilio, count: number): Promise<Sent> => {
  await expect.poll(() => twilio.sent.length).toBe(count);
  return twilio.sent[count - 1]!;
};

test("without a key to keep secrets under the page says what to set", async ({ page, shot, accessible }) => {
  await page.goto("/");
  await openSettings(page, "Messages");
  await expect(page.getByRole("heading", { level: 2, name: "Phone simulator" })).toBeVisible();
  await expect(page.getByText("REGULARS_SECRET_KEY")).toBeVisible();
  await expect(page.getByLabel("Auth token", { exact: true })).toBeHidden();
  await shot("no-key");
  await accessible();
});

test.describe("with a key", () => {
  test.use({ provider: "key" });

  test("settings are kept once Twilio accepts them; the simulator is gone then, and what a START in it allowed", async ({ page, twilio, shot, accessible }) => {
    await page.goto("/");
    await newThread(page, "Bruno Singh");
    await write(page, "Do you see this?");
    await head(page).getByRole("button", { name: "Phone simulator" }).click();
    const phone = page.getByRole("region", { name: "The customer’s phone" });
    for (const word of ["STOP", "START"]) {
      await phone.getByRole("button", { name: word, exact: true }).click();
      await expect(phone.getByRole("log").getByText(word === "STOP" ? "you are unsubscribed" : "you are subscribed")).toBeVisible();
    }
    await phone.getByRole("button", { name: "Close the phone" }).click();

    await openSettings(page, "Messages");
    await expect(page.getByText("Once you save this, messages reach real phones")).toBeVisible();
    await shot("to-be-set");
    // What is half below the top bar is no fair target.
    await page.getByRole("heading", { level: 1 }).scrollIntoViewIfNeeded();
    await accessible();
    const settings = { "Account SID": twilio.account, "Auth token": twilio.token, "Number or Messaging Service": "(418) 555-0000", "Messages per second": "100" };
    await fill(page, { ...settings, "Account SID": "AC1" });
    await expect(page.getByText("An Account SID is AC and 32 letters and digits.", { exact: false })).toBeVisible();
    await fill(page, { ...settings, "Auth token": "0123456789abcdef0123456789abcdef" });
    await expect(page.getByText("Twilio does not accept this Account SID with this Auth token.")).toBeVisible();
    await shot("refused");
    // What is half below the top bar is no fair target.
    await page.getByRole("heading", { level: 1 }).scrollIntoViewIfNeeded();
    await accessible();
    await openSettings(page, "Saved replies");
    await openSettings(page, "Messages");
    await expect(page.getByText("No provider is set, so that messages go to the phone simulator.")).toBeVisible();

    await fill(page, settings);
    await expect(page.getByText("Saved. Messages now go through Twilio.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Remove provider" })).toBeVisible();
    await expect(page.getByLabel("Account SID", { exact: true })).toHaveValue(twilio.account);
    await expect(page.getByLabel("Number or Messaging Service", { exact: true })).toHaveValue(twilio.number);
    await expect(page.getByLabel("Address for Twilio to call")).toHaveValue(/^http.*\/webhooks\/twilio\/[0-9a-f-]{36}\/messages$/);
    await shot("set");
    // What is half below the top bar is no fair target.
    await page.getByRole("heading", { level: 1 }).scrollIntoViewIfNeeded();
    await accessible();
    // Nobody sees the token again.
    await page.reload();
    await expect(page.getByLabel("Auth token", { exact: true })).toHaveValue("");
    expect(await page.content()).not.toContain(twilio.token);

    await page.goto("/simulator");
    await expect(page.getByText("The simulator is off").first()).toBeVisible();
    await shot("simulator-off");
    await newThread(page, "Amélie Roy");
    await expect(head(page).getByRole("button", { name: "Phone simulator" })).toBeHidden();
    await write(page, "Your car is ready.");
    expect(await given(twilio, 1)).toMatchObject({ from: twilio.number, to: amelie, body: `Your car is ready.\n${offer}` });
    await openThread(page, "Bruno Singh");
    await expect(field(page)).toBeHidden();
    await expect(composer(page).getByText("Unsubscribed since")).toBeVisible();

    await openSettings(page, "Messages");
    await page.getByRole("button", { name: "Remove provider" }).click();
    await shot("removing");
    // What is half below the top bar is no fair target.
    await page.getByRole("heading", { level: 1 }).scrollIntoViewIfNeeded();
    await accessible();
    await page.getByRole("button", { name: "Yes, remove provider" }).click();
    await expect(page.getByText("The provider was removed.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Write from another phone" })).toBeVisible();
  });

  test("Twilio that does not answer is no reason to keep or to refuse settings @desktop", async ({ page, twilio, alarms }) => {
    alarms.allow(/status (of )?5\d\d/);
    await twilio.stop();
    await page.goto("/");
    await openSettings(page, "Messages");
    const settings = { "Account SID": twilio.account, "Auth token": twilio.token, "Number or Messaging Service": twilio.number, "Messages per second": "100" };
    await fill(page, settings);
    await expect(page.getByText("The provider of text messages does not answer. Nothing was changed", { exact: false })).toBeVisible();
    await expect(page.getByLabel("Auth token", { exact: true })).toHaveValue(twilio.token);
    await twilio.start();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Saved. Messages now go through Twilio.")).toBeVisible();
  });
});

test.describe("through Twilio", () => {
  test.use({ provider: "environment" });

  test("settings of the server's environment are shown, and nobody changes them here", async ({ page, twilio, shot, accessible }) => {
    await page.goto("/");
    await openSettings(page, "Messages");
    await expect(page.getByText("These settings come from the server itself")).toBeVisible();
    await expect(page.getByText(twilio.account)).toBeVisible();
    await expect(page.getByRole("button", { name: "Save", exact: true })).toBeHidden();
    await expect(page.getByRole("button", { name: "Remove provider" })).toBeHidden();
    await shot("from-environment");
    await accessible();
  });

  test("a message goes out, and its state follows what Twilio reports", async ({ page, twilio, shot, accessible }) => {
    await page.goto("/");
    await newThread(page, "Amélie Roy");
    await expect(head(page).getByRole("button", { name: "Phone simulator" })).toBeHidden();
    const letGo = twilio.holdNext();
    await write(page, "Your car is ready.");
    const first = message(page, "Your car is ready.");
    await expect(first.getByText("Being sent")).toBeVisible();
    letGo();
    await expect(first.getByText("Sent", { exact: true })).toBeVisible();
    const sent = await given(twilio, 1);
    expect(sent).toMatchObject({ from: twilio.number, to: amelie, body: `Your car is ready.\n${offer}` });
    await shot("sent");
    await accessible();
    expect((await twilio.report(sent, "delivered")).status).toBe(204);
    await expect(first.getByText("Delivered", { exact: true })).toBeVisible();
    // A report that comes late takes nothing back.
    expect((await twilio.report(sent, "sent")).status).toBe(204);

    await write(page, "We close at six.");
    const second = await given(twilio, 2);
    expect(second.body).toBe("We close at six.");
    expect((await twilio.report(second, "undelivered", 30003)).status).toBe(204);
    const failed = message(page, "We close at six.");
    await expect(failed.getByText("Not delivered")).toBeVisible();
    await expect(failed.getByText("The phone could not be reached.", { exact: false })).toBeVisible();
    await expect(first.getByText("Delivered", { exact: true })).toBeVisible();
    await shot("not-delivered");
    await accessible();
    await failed.getByRole("button", { name: "Retry" }).click();
    const again = await given(twilio, 3);
    expect(again.body).toBe("We close at six.");
    await twilio.report(again, "delivered");
    await expect(failed.getByText("Delivered", { exact: true })).toBeVisible();
  });

  test("what customers write arrives once, and a STOP is answered once and stops everything until START", async ({ page, twilio, shot, accessible }) => {
    await page.goto("/");
    const address = await inbound(page);
    await open(page, "Conversations");
    await expect(page.getByText("No open conversation")).toBeVisible();
    const id = { MessageSid: "SM00000000000000000000000000000001" };
    for (let time = 0; time < 2; time += 1) {
      expect((await twilio.text(address, amelie, "Is my car ready?", id)).status).toBe(200);
    }
    await expect(row(page, "Amélie Roy")).toContainText("Is my car ready?");
    await expect(row(page, "Amélie Roy")).toContainText("1 unread message");
    await row(page, "Amélie Roy").click();
    await expect(message(page, "Is my car ready?")).toHaveCount(1);
    expect((await twilio.text(address, amelie, "", { NumMedia: "1", MediaUrl0: "https://api.twilio.com/media/1", MediaContentType0: "image/jpeg" })).status).toBe(200);
    await expect(thread(page).getByText("Picture", { exact: true })).toBeVisible();
    await shot("arrived");
    await accessible();

    expect((await twilio.text(address, amelie, "Stop.")).status).toBe(200);
    await expect(field(page)).toBeHidden();
    await expect(composer(page).getByText("Unsubscribed since")).toBeVisible();
    const confirmed = await given(twilio, 1);
    expect(confirmed.body).toContain("Garage Bélanger: you are unsubscribed and will receive no more messages. Reply START to subscribe again.");
    await expect(message(page, "you are unsubscribed").getByText("Automatic answer")).toBeVisible();
    await shot("stopped");
    await openCustomer(page, "Amélie Roy");
    await page.getByRole("tab", { name: "Consent" }).click();
    await expect(page.getByText("(438) 238-4411 was unsubscribed")).toBeVisible();

    await openThread(page, "Amélie Roy");
    expect((await twilio.text(address, amelie, "START")).status).toBe(200);
    await expect(field(page)).toBeVisible();
    expect((await given(twilio, 2)).body).toContain("Garage Bélanger: you are subscribed.");
    await write(page, "Welcome back.");
    expect((await given(twilio, 3)).body).toContain("Welcome back.");
  });

  test("where Twilio answers keywords itself, nothing is answered besides @desktop", async ({ page, twilio }) => {
    await page.goto("/");
    const address = await inbound(page);
    await newThread(page, "Amélie Roy");
    await write(page, "Your car is ready.");
    await given(twilio, 1);
    expect((await twilio.text(address, amelie, "Ferme-la", { OptOutType: "STOP" })).status).toBe(200);
    await expect(field(page)).toBeHidden();
    expect((await twilio.text(address, amelie, "Pardon", { OptOutType: "START" })).status).toBe(200);
    // Where only one of the two heard a START, the stricter reading holds.
    await expect(message(page, "Pardon")).toBeVisible();
    await expect(field(page)).toBeHidden();
    expect((await twilio.text(address, amelie, "Start", { OptOutType: "START" })).status).toBe(200);
    await expect(field(page)).toBeVisible();
    await write(page, "Welcome back.");
    expect((await given(twilio, 2)).body).toBe("Welcome back.");
  });

  test("what is not signed by Twilio does not arrive @desktop", async ({ page, twilio }) => {
    await page.goto("/");
    const address = await inbound(page);
    const fields = { MessageSid: "SM00000000000000000000000000000002", AccountSid: twilio.account, From: amelie, To: twilio.number, Body: "STOP", NumMedia: "0" };
    for (const signature of ["", twilio.sign(address, fields, "another token"), twilio.sign(address, { ...fields, Body: "Hello" }), twilio.sign(`${address}?`, fields)]) {
      expect((await twilio.post(address, fields, signature)).status).toBe(403);
    }
    await open(page, "Conversations");
    await expect(page.getByText("No open conversation")).toBeVisible();
    await newThread(page, "Amélie Roy");
    await write(page, "Your car is ready.");
    const sent = await given(twilio, 1);
    const report = { MessageSid: sent.sid, MessageStatus: "failed", AccountSid: twilio.account };
    expect((await twilio.post(sent.callback!, report, twilio.sign(sent.callback!, report, "another token"))).status).toBe(403);
    expect((await twilio.text(address, amelie, "Thank you")).status).toBe(200);
    await expect(message(page, "Thank you")).toBeVisible();
    await expect(message(page, "Your car is ready.").getByText("Sent", { exact: true })).toBeVisible();
  });

  test("a customer who wrote STOP to Twilio is unsubscribed here too", async ({ page, twilio, shot, accessible }) => {
    await page.goto("/");
    twilio.refuse(21610);
    await newThread(page, "Amélie Roy");
    await field(page).fill("Your car is ready.");
    await composer(page).getByRole("button", { name: "Send", exact: true }).click();
    await expect(message(page, "Your car is ready.").getByText("Held back: unsubscribed")).toBeVisible();
    await expect(message(page, "Your car is ready.").getByText("The provider says that the customer wrote STOP.", { exact: false })).toBeVisible();
    await expect(field(page)).toBeHidden();
    await expect(composer(page).getByText("Unsubscribed since")).toBeVisible();
    await shot("held-back");
    await accessible();
    expect(twilio.sent).toHaveLength(0);
    await openCustomer(page, "Amélie Roy");
    await expect(page.getByText("Unsubscribed since")).toBeVisible();
  });

  test("while Twilio is down messages wait with the reason, and go out in their order when it is back @desktop", async ({ page, twilio, shot, accessible }) => {
    test.slow();
    await page.goto("/");
    await twilio.stop();
    await newThread(page, "Amélie Roy");
    await write(page, "First.");
    const first = message(page, "First.");
    await expect(first.getByText("Waiting")).toBeVisible();
    await expect(first.getByText("The provider could not be reached. It is tried again by itself.")).toBeVisible();
    await expect(first.getByText("Next try:")).toBeVisible();
    await write(page, "Second.");
    await write(page, "Third.");
    await shot("waiting");
    await accessible();
    await message(page, "Third.").getByRole("button", { name: "Cancel" }).click();
    await expect(message(page, "Third.").getByText("Taken back")).toBeVisible();
    await twilio.start();
    await expect(first.getByText("Sent", { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(message(page, "Second.").getByText("Sent", { exact: true })).toBeVisible();
    expect(twilio.sent.map(({ body }) => body)).toEqual([`First.\n${offer}`, "Second."]);
  });

  test("a message whose answer is lost is asked about, and not sent twice @desktop", async ({ page, twilio, shot }) => {
    test.slow();
    await page.goto("/");
    await newThread(page, "Amélie Roy");
    twilio.loseAnswer();
    await write(page, "Your car is ready.");
    await given(twilio, 1);
    const sent = message(page, "Your car is ready.");
    await expect(sent.getByText("The provider did not answer whether it took the message.")).toBeVisible();
    await shot("in-doubt");
    await expect(sent.getByText("Sent", { exact: true })).toBeVisible({ timeout: 90_000 });
    await write(page, "We close at six.");
    expect((await given(twilio, 2)).body).toBe("We close at six.");
  });

  test("a server that stops in the middle of sending sends each message once @desktop", async ({ page, twilio, shop, alarms }) => {
    test.slow();
    alarms.allowLostConnection();
    await page.goto("/");
    await newThread(page, "Amélie Roy");
    const letGo = twilio.holdNext();
    await write(page, "Your car is ready.");
    await expect(message(page, "Your car is ready.").getByText("Being sent")).toBeVisible();
    await shop.server.kill();
    letGo();
    await given(twilio, 1);
    await shop.server.start();
    await page.reload();
    await expect(message(page, "Your car is ready.").getByText("Sent", { exact: true })).toBeVisible({ timeout: 90_000 });
    await write(page, "We close at six.");
    await given(twilio, 2);
    expect(twilio.sent.map(({ body }) => body)).toEqual([`Your car is ready.\n${offer}`, "We close at six."]);
  });
});
