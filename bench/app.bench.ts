// A whole import of 100,000 rows through the real pages, with every long task of the page's main thread.
import { test } from "../end2end/fixtures/test";
import { commit, createImport, pickFile, review, toRows } from "../end2end/fixtures/importing";

declare global {
  interface Window {
    longTasks: { at: number; ms: number }[];
  }
}

for (const kind of ["csv", "xlsx"] as const) {
  test(`import of 100,000 rows as ${kind}`, async ({ page }) => {
    const { list } = await import("./generate.mjs");
    const { save, table } = await import("./report.mjs");
    const file = await list(kind, 100_000);
    await page.addInitScript(() => {
      window.longTasks = [];
      new PerformanceObserver((seen) => {
        for (const task of seen.getEntries()) window.longTasks.push({ at: task.startTime, ms: task.duration });
      }).observe({ type: "longtask" });
    });
    await page.goto("/customers");

    const steps: { name: string; until: number; now: number }[] = [];
    let began = await page.evaluate(() => performance.now());
    const timed = async (name: string, work: () => Promise<unknown>) => {
      await work();
      const now = await page.evaluate(() => performance.now());
      steps.push({ name, until: now, now: now - began });
      began = now;
    };
    // What the page did to load is not part of the import.
    const loaded = began;
    await timed("Read and understand", () => pickFile(page, file));
    await timed("Preview", async () => {
      await createImport(page);
      await toRows(page);
    });
    await timed("Check, send and review", () => review(page));
    await timed("Commit", () => commit(page));

    const long = (await page.evaluate(() => window.longTasks)).filter(({ at }) => at > loaded);
    let from = loaded;
    const rows = steps.map(({ name, until, now }) => {
      const tasks = long.filter(({ at }) => at > from && at <= until).map(({ ms }) => ms);
      from = until;
      return { Step: name, "Time (s)": (now / 1000).toFixed(1), "Tasks over 50 ms": tasks.length, "Longest (ms)": tasks.length ? Math.max(...tasks).toFixed(0) : "–" };
    });
    save(`app-${kind}`, `Import of 100,000 × 20 as ${kind.toUpperCase()} through the app, the page's main thread:\n\n${table(rows)}`);
  });
}
