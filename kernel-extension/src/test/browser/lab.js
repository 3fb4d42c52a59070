"use strict";

// node lab.js BROWSER URL PICTURES FOLDER NOTEBOOK...: runs notebooks in JupyterLab 4 as a reader
// would, looks at them in the dark and after a reload, and interrupts a map in the last one.

const { visit, keepTexts, cellsNow, fileAppears } = require("./visit.js");
const path = require("node:path");

const CELL = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell";
const PLACES = {
  cells: CELL,
  outputs: ".jp-OutputArea-output",
  errors: "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type$='.stderr']",
};

/** A command of JupyterLab: what its menu entries, buttons and keys call. Waits for its end. */
function command(page, name, args = {}) {
  return page.evaluate(
    async ([n, a]) => {
      await window.jupyterapp.commands.execute(n, a); // its result stays in the page
    },
    [name, args],
  );
}

function isIdle(page) {
  return page.waitForFunction(() => {
    const { sessionContext } = window.jupyterapp.shell.currentWidget ?? {};
    return sessionContext?.isReady && sessionContext.session?.kernel?.status === "idle";
  });
}

/** Adds a code cell at the end, for the next command to act upon. */
function addCell(page, source) {
  return page.evaluate((code) => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const at = content.widgets.length;
    content.model.sharedModel.insertCell(at, { cell_type: "code", source: code });
    content.activeCellIndex = at;
  }, source);
}

async function runCell(page, source) {
  await addCell(page, source);
  await command(page, "notebook:run-cell");
  await isIdle(page);
}

async function theme(page, name, isLight) {
  await command(page, "apputils:change-theme", { theme: name });
  await page.waitForFunction((light) => document.body.dataset.jpThemeLight === light, isLight);
  await page.waitForTimeout(500); // its style sheets fade in
}

async function run(page, picture, notebook) {
  await isIdle(page);
  await page.evaluate(keepTexts, PLACES);
  await command(page, "notebook:run-all-cells");
  await isIdle(page);
  const shown = await page.evaluate(() => window.shownTexts);
  const cells = await page.evaluate(cellsNow, PLACES);
  await picture(`lab-${notebook}`);
  await theme(page, "JupyterLab Dark", "false");
  const dark = await page.evaluate(cellsNow, PLACES);
  await picture(`lab-${notebook}-dark`);
  await theme(page, "JupyterLab Light", "true");
  return { shown, cells, dark };
}

async function interrupt(page, picture, folder) {
  await runCell(page, "%workers 2");
  await addCell(
    page,
    `workers().map(List.of(1, 2, 3), n -> {
    Files.writeString(Path.of("begun"), "");
    while (true) { }
})`,
  );
  const running = command(page, "notebook:run-cell").catch(() => {});
  await fileAppears(path.join(folder, "begun"));
  await command(page, "notebook:interrupt-kernel");
  await running;
  await isIdle(page);
  await runCell(page, "workers().map(List.of(1, 2, 3), n -> n * 14)");
  const cells = await page.evaluate(cellsNow, PLACES);
  await picture("lab-interrupted");
  return cells;
}

async function reload(page) {
  await command(page, "docmanager:save");
  const before = await page.evaluate(cellsNow, PLACES);
  await page.reload();
  await page.waitForFunction(
    ([cell, count]) => document.querySelectorAll(cell).length === count,
    [CELL, before.length],
  );
  const outputs = before.reduce((sum, cell) => sum + cell.texts.length, 0);
  await page.waitForFunction(
    ([{ cells, outputs: output }, count]) =>
      document.querySelectorAll(`${cells} ${output}`).length >= count,
    [PLACES, outputs],
  );
  await page.waitForTimeout(500); // until they are laid out
  return { before, after: await page.evaluate(cellsNow, PLACES) };
}

visit(async (page, picture, folder, ...notebooks) => {
  const seen = { notebooks: {} };
  await page.waitForFunction(() => window.jupyterapp);
  await page.evaluate(() => window.jupyterapp.restored);
  for (const notebook of notebooks) {
    await command(page, "docmanager:open", { path: `${notebook}.ipynb` });
    seen.notebooks[notebook] = await run(page, picture, notebook);
  }
  seen.interrupted = await interrupt(page, picture, folder);
  seen.reloaded = await reload(page);
  return seen;
});
