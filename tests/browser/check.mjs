// Checks pages in Chromium: node check.mjs FOLDER [SCREENSHOTS]
//
// FOLDER holds pages written by `MOVIENIGHT_PAGES=FOLDER cargo test pages_for_a_browser`. Each page must be
// valid for html-validate. In light and dark, on a phone and on a desktop, it must have no violation found
// by axe-core, make no request, print nothing to the console and fit the screen. With SCREENSHOTS, that
// folder gets pictures of all of this, and a PDF of the printed page.

import { createRequire } from "node:module";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, screenshots] = process.argv.slice(2);
const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = places.find((path) => path && existsSync(path));
if (!executablePath) {
  console.log("not tested in a browser: Chromium is absent");
  process.exit(0);
}

const { chromium } = await import("playwright-core");
const { HtmlValidate, StaticConfigLoader } = await import("html-validate");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const faults = [];
let checks = 0;
const check = (what, found) => {
  checks += 1;
  for (const fault of found) {
    faults.push(`${what}: ${fault}`);
  }
};

const rules = {
  extends: ["html-validate:recommended"],
  // The rule long-title counts `&lt;` as four characters.
  rules: { "long-title": "off", "void-style": ["error", { style: "omit" }] },
};
const validator = new HtmlValidate(new StaticConfigLoader(rules));

const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const browser = await chromium.launch({ executablePath, args: [...args, "--disable-component-update", "--disable-sync"] });
const names = readdirSync(folder).filter((name) => name.endsWith(".html"));
if (names.length === 0) {
  faults.push(`no page in ${folder}`);
}
for (const name of names) {
  const path = resolve(folder, name);
  const report = await validator.validateString(readFileSync(path, "utf8"), path);
  const messages = report.results.flatMap((result) => result.messages);
  check(`${name} html-validate`, messages.map((m) => `${m.ruleId}: ${m.message} (${m.selector})`));

  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1200]) {
      const what = `${name} ${colorScheme} ${width}`;
      const viewport = { width, height: 800 };
      // The page's policy blocks all scripts, so axe-core runs without it. The policy is checked below.
      const context = await browser.newContext({ colorScheme, viewport, bypassCSP: true });
      const page = await context.newPage();
      const requests = [];
      const console_ = [];
      page.on("request", (request) => requests.push(request.url()));
      page.on("console", (message) => console_.push(message.text()));
      page.on("pageerror", (error) => console_.push(String(error)));
      await page.goto(pathToFileURL(path).href);
      check(`${what} requests`, requests.slice(1).filter((url) => !url.startsWith("data:")));
      check(`${what} overflow`, await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth > clientWidth ? [`${scrollWidth} of ${clientWidth} pixels`] : [];
      }));
      check(`${what} pictures`, await page.evaluate(() =>
        [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.alt)));
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      check(`${what} axe`, violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.target).join(", ")})`));
      check(`${what} console`, console_);
      if (screenshots) {
        mkdirSync(screenshots, { recursive: true });
        const file = name.replace(".html", `-${colorScheme}-${width}.png`);
        await page.screenshot({ path: join(screenshots, file), fullPage: true });
      }
      await context.close();
    }
  }

  // With the policy in force, a script or a style that it blocks is reported to the console.
  const context = await browser.newContext();
  const page = await context.newPage();
  const console_ = [];
  page.on("console", (message) => console_.push(message.text()));
  page.on("dialog", (dialog) => { console_.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(pathToFileURL(path).href);
  const styled = await page.evaluate(() => getComputedStyle(document.querySelector("header")).textAlign);
  check(`${name} policy`, styled === "center" ? console_ : [...console_, "the style was refused"]);
  const refused = await page.evaluate(() => new Promise((done) => {
    addEventListener("securitypolicyviolation", () => done([]));
    setTimeout(() => done(["a script that is put in is not refused"]), 1000);
    document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }));
  }));
  check(`${name} policy`, refused);
  if (screenshots) {
    await page.pdf({ path: join(screenshots, name.replace(".html", ".pdf")), format: "A4", preferCSSPageSize: true });
  }
  await context.close();
}
await browser.close();

faults.forEach((fault) => console.error(fault));
console.log(`browser: ${checks} checks of ${names.length} pages, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
