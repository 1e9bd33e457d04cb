// Opens report pages in a real browser, looks for what bars people, and takes pictures.
// node browser.js MODULES CHROMIUM FOLDER PAGE...  prints one JSON object a page and way to look.
const fs = require("fs");
const path = require("path");

const [modules, chromium, folder, ...pages] = process.argv.slice(2);
const { chromium: browserType } = require(path.join(modules, "playwright-core"));
const axe = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
const looks = {
  light: { viewport: { width: 1100, height: 900 } },
  dark: { viewport: { width: 1100, height: 900 }, colorScheme: "dark" },
  narrow: { viewport: { width: 400, height: 800 } },
};

// What the page itself does: under its own policy, nothing may be asked for or complained of.
async function open(browser, page, options) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const noise = [];
  tab.on("console", (message) => noise.push(message.text()));
  tab.on("pageerror", (error) => noise.push(String(error)));
  tab.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) noise.push(`asks for ${request.url()}`);
  });
  await tab.goto(`file://${path.resolve(page)}`);
  return { context, tab, noise };
}

async function violations(tab) {
  await tab.evaluate(axe);
  const result = await tab.evaluate(
    (values) => axe.run(document, { runOnly: { type: "tag", values } }), tags);
  return result.violations.map((v) => `${v.id}: ${v.nodes.length}, as ${v.nodes[0].html}`);
}

async function look(browser, page, name, options) {
  const picture = path.join(folder, `${path.basename(page, ".html")}.${name}`);
  const own = await open(browser, page, options);
  await own.tab.screenshot({ path: `${picture}.png` });
  if (name === "light") await own.tab.pdf({ path: `${picture}.pdf`, format: "A4" });
  const overflow = await own.tab.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  // A link into what is closed opens it.
  const revealed = await own.tab.evaluate(async () => {
    const mention = document.querySelector("details li[id^='m-']");
    if (!mention) return true;
    location.hash = mention.id;
    await new Promise((done) => setTimeout(done, 100));
    return mention.closest("details").open;
  });
  await own.context.close();
  // axe is a script, which the page's policy forbids: for it alone the policy is put aside.
  const free = await open(browser, page, { ...options, bypassCSP: true });
  const closed = await violations(free.tab);
  await free.tab.evaluate(() => {
    for (const each of document.querySelectorAll("details")) each.open = true;
  });
  const opened = await violations(free.tab);
  await free.tab.screenshot({ path: `${picture}.open.png`, fullPage: true });
  await free.context.close();
  return { page, name, noise: own.noise, overflow, revealed, closed, opened };
}

(async () => {
  const browser = await browserType.launch({ executablePath: chromium, args: flags });
  try {
    for (const page of pages) {
      for (const [name, options] of Object.entries(looks)) {
        console.log(JSON.stringify(await look(browser, page, name, options)));
      }
    }
  } finally {
    await browser.close();
  }
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
