"""Writes the Parquet files of the tests, each by another library and in another layout.

usage: make.py, in this folder            (pip install pyarrow polars duckdb)
"""
import datetime as dt
import decimal
import uuid

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 300
UTC = dt.timezone.utc


def column(value):
    """Every seventh value is null."""
    return [None if i % 7 == 3 else value(i) for i in range(ROWS)]


def everything():
    noon = dt.datetime(1969, 12, 31, 12, 0, 0, 123000)
    return pa.table({
        "int8": pa.array(column(lambda i: i % 100 - 50), pa.int8()),
        "int16": pa.array(column(lambda i: i - 150), pa.int16()),
        "int32": pa.array(column(lambda i: i * 1000), pa.int32()),
        "int64": pa.array(column(lambda i: i * 10**15), pa.int64()),
        "uint8": pa.array(column(lambda i: i % 256), pa.uint8()),
        "uint16": pa.array(column(lambda i: 65535 - i), pa.uint16()),
        "uint32": pa.array(column(lambda i: 2**32 - 1 - i), pa.uint32()),
        "uint64": pa.array(column(lambda i: 2**63 + 2048 * i), pa.uint64()),
        "half": pa.array(column(lambda i: i / 4), pa.float16()),
        "float": pa.array(column(lambda i: i / 8), pa.float32()),
        "double": pa.array(column(lambda i: i / 10), pa.float64()),
        "bool": pa.array(column(lambda i: i % 3 == 0), pa.bool_()),
        "word": pa.array(column(lambda i: f"w\u00e4{i % 5}"), pa.string()),
        "text": pa.array(column(lambda i: f"row {i} \U0001f600"), pa.large_string()),
        "date": pa.array(column(lambda i: dt.date(1960, 2, 29) + dt.timedelta(days=i)), pa.date32()),
        "time_ms": pa.array(column(lambda i: i * 1001), pa.time32("ms")),
        "time_us": pa.array(column(lambda i: i * 1001 * 1000 + 1), pa.time64("us")),
        "time_ns": pa.array(column(lambda i: i * 1001 * 10**6 + 1), pa.time64("ns")),
        "local_ms": pa.array(column(lambda i: noon + dt.timedelta(hours=i)), pa.timestamp("ms")),
        "local_us": pa.array(column(lambda i: noon + dt.timedelta(hours=i)), pa.timestamp("us")),
        "local_ns": pa.array(column(lambda i: noon + dt.timedelta(hours=i)), pa.timestamp("ns")),
        "zoned_us": pa.array(column(lambda i: noon.replace(tzinfo=UTC) + dt.timedelta(hours=i)),
                             pa.timestamp("us", "Europe/Vienna")),
        "dec4": pa.array(column(lambda i: decimal.Decimal(i)), pa.decimal128(4, 0)),
        "dec18": pa.array(column(lambda i: decimal.Decimal(i * 10**14)), pa.decimal128(18, 0)),
        "dec9_2": pa.array(column(lambda i: decimal.Decimal(i) / 4), pa.decimal128(9, 2)),
        "dec38_10": pa.array(column(lambda i: decimal.Decimal(i) / 1024), pa.decimal128(38, 10)),
        "uuid": pa.array(column(lambda i: uuid.UUID(int=i).bytes), pa.uuid()),
        "null": pa.nulls(ROWS),
    })


def main():
    table = everything()
    pq.write_table(table, "pyarrow-snappy.parquet", compression="snappy", row_group_size=130)
    some = table.select(["int32", "double", "word", "text", "local_us"])
    pq.write_table(some, "pyarrow-v2-gzip.parquet", compression="gzip", data_page_version="2.0",
                   use_dictionary=False, data_page_size=2000, write_page_checksum=True)
    pq.write_table(some, "pyarrow-lz4.parquet", compression="lz4", dictionary_pagesize_limit=200,
                   column_encoding=None)
    pq.write_table(table.select(["local_ns"]), "pyarrow-int96.parquet", compression="none",
                   use_deprecated_int96_timestamps=True)
    pl.from_arrow(some).write_parquet("polars-zstd.parquet", compression="zstd", row_group_size=120)
    duckdb.register("part", some)
    duckdb.sql("copy (select *, int32::decimal(12,3) d, 'a'::enum('a','b') e from part)"
               " to 'duckdb-zstd.parquet' (format parquet, compression zstd)")
    nested = pa.table({"id": [1, 2], "tags": [["a"], []]})
    pq.write_table(nested, "nested.parquet")
    pq.write_table(pa.table({"id": [1], "raw": [b"\0\1"]}), "bytes.parquet")
    pq.write_table(table.slice(0, 0).select(["int32", "word"]), "empty.parquet")


if __name__ == "__main__":
    main()
