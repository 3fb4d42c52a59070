"use strict";

// One visit to a front end: a browser without a window, pictures on the way, and at the end all
// that was observed as one line of JSON. What it must have been, the Java test says.

const { chromium } = require("playwright-core");
const fs = require("node:fs");
const path = require("node:path");

// Tall, so that a whole notebook is in view and front ends that draw only what is seen draw it all.
const VIEW = { width: 1280, height: 9000 };
const PATIENCE = 240_000; // ms; of a machine with other work to do

/**
 * Runs the steps with the words of the command line after the first three: BROWSER URL PICTURES.
 * Whatever fails, the browser ends, and a picture shows where it stood.
 */
async function visit(steps) {
  const [executablePath, url, pictures, ...words] = process.argv.slice(2);
  const browser = await chromium.launch({
    executablePath,
    args: ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"],
    chromiumSandbox: false, // root in a container may not have one
  });
  let page;
  const picture = (name) => page.screenshot({ path: path.join(pictures, name + ".png") });
  try {
    page = await browser.newPage({ viewport: VIEW });
    page.setDefaultTimeout(PATIENCE);
    await page.goto(url);
    const seen = await steps(page, picture, ...words);
    process.stdout.write(JSON.stringify(seen) + "\n");
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    await picture("failed").catch(() => {});
  } finally {
    await browser.close();
  }
}

/**
 * In the page: keeps every text that the outputs of each cell show, in order. Front ends change the
 * page whenever an output is updated, so an observer misses none that was drawn.
 */
function keepTexts({ cells, outputs }) {
  const shown = [];
  const look = () => {
    document.querySelectorAll(cells).forEach((cell, index) => {
      shown[index] ??= [];
      for (const output of cell.querySelectorAll(outputs)) {
        const text = output.innerText.trim();
        if (text && shown[index].at(-1) !== text) {
          shown[index].push(text);
        }
      }
    });
  };
  new MutationObserver(look).observe(document.body, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  window.shownTexts = shown;
}

/** In the page: what each cell shows now. */
function cellsNow({ cells, outputs, errors }) {
  const chart = (svg) => {
    const box = svg.getBoundingClientRect();
    const outside = [...svg.querySelectorAll("text")].filter((text) => {
      const at = text.getBoundingClientRect();
      return at.left < box.left - 1 || at.right > box.right + 1 || at.bottom > box.bottom + 1;
    });
    return {
      title: svg.getAttribute("aria-label") ?? "",
      width: box.width,
      height: box.height,
      shapes: svg.querySelectorAll("rect, path, polygon, polyline, line, circle").length,
      outside: outside.map((text) => text.textContent),
      ink: getComputedStyle(svg).fill,
      pageInk: getComputedStyle(svg.parentElement).color,
    };
  };
  return [...document.querySelectorAll(cells)].map((cell) => ({
    texts: [...cell.querySelectorAll(outputs)].map((output) => output.innerText.trim()),
    errors: [...cell.querySelectorAll(errors)].map((error) => error.innerText),
    charts: [...cell.querySelectorAll("svg")].filter((svg) => svg.closest(outputs)).map(chart),
  }));
}

/** Waits for a file that a cell or its workers write. */
async function fileAppears(file) {
  const end = Date.now() + PATIENCE;
  while (!fs.existsSync(file)) {
    if (Date.now() > end) {
      throw new Error("nobody has written " + file);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

module.exports = { visit, keepTexts, cellsNow, fileAppears };
