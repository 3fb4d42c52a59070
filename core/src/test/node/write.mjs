// node write.mjs FOLDER: Arrow files by polars and arrow-js. Row i of each column holds what the
// test computes from i; every third row is missing.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as arrow from 'apache-arrow';
import pl from 'nodejs-polars';

const [folder] = process.argv.slice(2);
const WORDS = ['a', 'word of more than twelve bytes', 'ä€😀'];
const MOMENT = 1700000000000;

const rows = (value) => Array.from({ length: 100 }, (_, i) => (i % 3 === 2 ? null : value(i)));

const vector = (type, value) => arrow.vectorFromArray(rows(value), type);
const one = new arrow.Table({
  int8: vector(new arrow.Int8(), (i) => (i % 100) - 50),
  int16: vector(new arrow.Int16(), (i) => i - 50),
  int32: vector(new arrow.Int32(), (i) => i * 1000),
  int64: vector(new arrow.Int64(), (i) => BigInt(i) * 10000000000n),
  uint8: vector(new arrow.Uint8(), (i) => i % 256),
  uint32: vector(new arrow.Uint32(), (i) => i + 3000000000),
  float32: vector(new arrow.Float32(), (i) => i / 2),
  float64: vector(new arrow.Float64(), (i) => i / 4),
  bool: vector(new arrow.Bool(), (i) => i % 2 === 0),
  date: vector(new arrow.DateDay(), (i) => new Date(i * 86400000)),
  timestamp: vector(new arrow.TimestampMillisecond(), (i) => MOMENT + i),
  micros: vector(new arrow.TimestampMicrosecond('UTC'), (i) => MOMENT + i),
  text: vector(new arrow.Utf8(), (i) => WORDS[i % 3] + i),
  words: vector(new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), (i) => WORDS[i % 3]),
});
writeFileSync(join(folder, 'arrow-js.arrow'), arrow.tableToIPC(one, 'file'));
const writer = new arrow.RecordBatchFileWriter();
for (const [begin, end] of [[0, 1], [1, 65], [65, 100]]) {
  one.slice(begin, end).batches.forEach((batch) => writer.write(batch));
}
writer.finish();
writeFileSync(join(folder, 'arrow-js-batches.arrow'), await writer.toUint8Array());

const column = (name, type, value) => pl.Series(name, rows(value), type);
const frame = pl.DataFrame([
  column('int8', pl.Int8, (i) => (i % 100) - 50),
  column('int16', pl.Int16, (i) => i - 50),
  column('int32', pl.Int32, (i) => i * 1000),
  column('int64', pl.Int64, (i) => i * 10000000000),
  column('uint8', pl.UInt8, (i) => i % 256),
  column('uint32', pl.UInt32, (i) => i + 3000000000),
  column('float32', pl.Float32, (i) => i / 2),
  column('float64', pl.Float64, (i) => i / 4),
  column('bool', pl.Bool, (i) => i % 2 === 0),
  column('date', pl.Int32, (i) => i).cast(pl.Date),
  column('timestamp', pl.Int64, (i) => MOMENT + i).cast(pl.Datetime('ms')),
  column('micros', pl.Int64, (i) => (MOMENT + i) * 1000).cast(pl.Datetime('us', 'UTC')),
  column('text', pl.Utf8, (i) => WORDS[i % 3] + i),
  column('words', pl.Utf8, (i) => WORDS[i % 3]).cast(pl.Categorical),
]);
for (const compression of ['uncompressed', 'lz4', 'zstd']) {
  frame.writeIPC(join(folder, `polars-${compression}.arrow`), { compression });
}
