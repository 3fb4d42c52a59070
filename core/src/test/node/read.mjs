// node read.mjs FILE: every value of an Arrow file as polars and as arrow-js see it, one a line:
// reader, column, row, value. Dates are days, times and timestamps milliseconds; \N is missing.
import { readFileSync } from 'node:fs';
import * as arrow from 'apache-arrow';
import pl from 'nodejs-polars';

const [file] = process.argv.slice(2);
const out = [];

function line(reader, column, row, value) {
  const text = value === null ? '\\N' : encodeURIComponent(String(value));
  out.push([reader, encodeURIComponent(column), row, text].join('\t'));
}

const table = arrow.tableFromIPC(readFileSync(file));
for (const { name, type } of table.schema.fields) {
  const column = table.getChild(name);
  const unit = arrow.DataType.isDate(type) ? 86400000 : 1; // arrow-js gives days as milliseconds
  for (let row = 0; row < table.numRows; row++) {
    const value = column.get(row);
    line('arrow-js', name, row, value === null || unit === 1 ? value : value / unit);
  }
}

// Numbers of 64 bits are no JavaScript numbers: polars spells them out.
const frame = pl.readIPC(file);
for (const name of frame.columns) {
  let column = frame.getColumn(name);
  const type = String(column.dtype);
  if (/Datetime|Date|Time/.test(type)) {
    column = column.cast(pl.Int64);
  }
  const isNumber = /Float|Bool/.test(type);
  if (!isNumber) {
    column = column.cast(pl.Utf8);
  }
  const values = column.toArray();
  values.forEach((value, row) => {
    const nanos = type === 'DataType(Time)' && value !== null;
    line('polars', name, row, nanos ? BigInt(value) / 1000000n : value);
  });
}
process.stdout.write(out.join('\n') + '\n');
