// Makes the pictures of the README: node docs/pictures/make.mjs MOVIENIGHT [POSTERS]
//
// See README.md beside this. With POSTERS, the posters themselves are put into that folder, too.

import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { movies, svg, watched } from "./movies.mjs";
import { terminal } from "./screen.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(here, "../../tests/browser/package.json"));
const { chromium } = require("playwright-core");

const program = resolve(process.argv[2] ?? "target/release/movienight");
const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = places.find((path) => path && existsSync(path));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

/** The bytes of a picture: WebP, without what lies around the clip. */
const picture = async (page, clip, format, quality) => {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format, quality, clip: { ...clip, scale: 1 }, captureBeyondViewport: true });
  return Buffer.from(data, "base64");
};

const poster = async (movie) => {
  const page = await browser.newPage({ viewport: { width: 300, height: 450 } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg(movie)}`);
  const bytes = await page.screenshot({ type: "jpeg", quality: 86 });
  await page.close();
  return bytes;
};

const posters = new Map();
for (const movie of movies) {
  posters.set(`/${movie.id}.jpg`, await poster(movie));
}
if (process.argv[3]) {
  posters.forEach((bytes, name) => writeFileSync(join(process.argv[3], name), bytes));
}

// A service with these movies.
const server = createServer((request, response) => {
  const url = new URL(request.url, "http://127.0.0.1");
  if (posters.has(url.pathname)) {
    response.end(posters.get(url.pathname));
    return;
  }
  const known = [...movies, watched].filter(({ id }) => request.url.includes(id));
  const title = (movie) => ({
    id: movie.id, type: "movie", primaryTitle: movie.title, startYear: movie.year, runtimeSeconds: movie.minutes * 60,
    genres: movie.genres, plot: movie.plot, rating: { aggregateRating: movie.rating, voteCount: movie.raters },
    directors: (movie.directors ?? []).map((displayName) => ({ displayName })),
    stars: (movie.stars ?? []).map((displayName) => ({ displayName })),
    primaryImage: { url: `http://${request.headers.host}/${movie.id}.jpg` },
  });
  const batch = request.url.includes("batchGet");
  response.end(JSON.stringify(batch ? { titles: known.map(title) } : title(known[0])));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));

const folder = mkdtempSync(join(tmpdir(), "movienight-pictures-"));
const env = {
  PATH: process.env.PATH, HOME: folder, TZ: "UTC", LC_ALL: "C.UTF-8", MOVIENIGHT_DB: join(folder, "friends.db"),
  XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder, MOVIENIGHT_SOURCES: "imdbapi",
  MOVIENIGHT_IMDBAPI_URL: `http://127.0.0.1:${server.address().port}`,
};

/** Runs a program without holding up the server. */
const run = (command, args, more = {}) =>
  new Promise((done, failed) => {
    const child = spawn(command, args, { env: { ...env, ...more }, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    const out = [];
    let errors = "";
    child.stdout.on("data", (data) => out.push(data));
    child.stderr.on("data", (data) => (errors += data));
    child.on("close", (code) => (code === 0 ? done(Buffer.concat(out).toString()) : failed(new Error(`${args}: ${errors}`))));
  });
const movienight = (line, name = "Ana") => run(program, [...line.split(" "), "--as", name]);

await movienight(`propose ${watched.id}`);
await movienight("watched 1");
await run(program, ["propose", movies[0].id, "--note", "On our list since the storm in March", "--as", "Ana"]);
for (const [at, name] of [[1, "Ben"], [2, "Cleo"], [3, "Dan"], [4, "Ben"], [5, "Cleo"], [6, "Ana"]]) {
  await movienight(`propose ${movies[at].id}`, name);
}
for (const [ids, name] of [[[0, 1, 2], "Ben"], [[0, 1, 3], "Cleo"], [[0, 2], "Dan"], [[1, 4], "Ana"]]) {
  await movienight(`vote ${ids.map((at) => movies[at].id).join(" ")}`, name);
}
await movienight(`vote --favorite ${movies[0].id}`, "Cleo");
await movienight(`vote --favorite ${movies[1].id}`, "Ben");
await movienight("cache refresh");

/** What the program prints on a terminal of that width. */
const printed = async (line, columns, vars) => {
  const command = `stty cols ${columns} rows 50 && '${program}' ${line}`;
  const typescript = await run("script", ["-qec", command, "/dev/null"], { TERM: "xterm-256color", COLORTERM: "truecolor", ...vars });
  return `\x1b[2m$\x1b[0m movienight ${line.replace(/ --as Ana$/, "")}\n${typescript.replaceAll("\r\n", "\n")}`;
};

const save = (name, bytes) => {
  writeFileSync(join(here, name), bytes);
  console.log(`${name}: ${bytes.length.toLocaleString("en")} bytes`);
};

const shots = [["board", "vote --as Ana", 104, {}], ["show", "show 2", 84, { TERM_PROGRAM: "WezTerm" }]];
for (const [name, line, columns, vars] of shots) {
  const text = await printed(line, columns, vars);
  for (const scheme of ["light", "dark"]) {
    const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 1200, height: 900 } });
    await page.setContent(terminal(text, columns, scheme));
    await page.evaluate(() => document.fonts.ready);
    const clip = await page.locator("#window").boundingBox();
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setDefaultBackgroundColorOverride", { color: { r: 0, g: 0, b: 0, a: 0 } });
    save(`${name}-${scheme}.webp`, await picture(page, clip, "webp", 82));
    await page.close();
  }
}

const file = join(folder, "tonight.html");
await movienight(`page --out ${file} --start 20:30 --by 23:00`);
for (const colorScheme of ["light", "dark"]) {
  const context = await browser.newContext({ colorScheme, deviceScaleFactor: 1.25, viewport: { width: 1000, height: 1180 } });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  save(`page-${colorScheme}.webp`, await picture(page, { x: 0, y: 0, width: 1000, height: 1180 }, "webp", 66));
  await context.close();
}

await browser.close();
server.close();
rmSync(folder, { recursive: true });
