"use strict";

// node classic.js BROWSER URL PICTURES NOTEBOOK: runs a notebook in the classic Notebook.

const { visit, keepTexts, cellsNow } = require("./visit.js");

const PLACES = {
  cells: "#notebook .code_cell",
  outputs: ".output_subarea",
  errors: ".output_error, .output_stderr",
};

visit(async (page, picture, notebook) => {
  await page.waitForFunction(() => window.Jupyter?.notebook?.kernel?.is_connected());
  await page.evaluate(keepTexts, PLACES);
  await page.evaluate(() => window.Jupyter.notebook.execute_all_cells());
  await page.waitForFunction(() =>
    window.Jupyter.notebook
      .get_cells()
      .every((cell) => cell.cell_type !== "code" || /^\d+$/.test(cell.input_prompt_number)),
  );
  await page.waitForTimeout(500); // until the last output is laid out
  const shown = await page.evaluate(() => window.shownTexts);
  const cells = await page.evaluate(cellsNow, PLACES);
  await picture(`classic-${notebook}`);
  return { shown, cells };
});
