// Reads a shared table as any Arrow file: rows, columns, and the wettest day.
const { readFileSync } = require("node:fs");
const { tableFromIPC } = require("apache-arrow");

const table = tableFromIPC(readFileSync(process.argv[2]));
let wettest = table.get(0);
for (const day of table) {
  if (day.precipitation > wettest.precipitation) wettest = day;
}
console.log(`${table.numRows} rows, ${table.schema.fields.map((f) => f.name).join(", ")}`);
console.log(`the wettest day: ${new Date(Number(wettest.date)).toISOString().slice(0, 10)} in ${wettest.location}, ${wettest.precipitation} mm`);
