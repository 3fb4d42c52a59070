"""Writes the Arrow files beside this script: python make.py, with pyarrow 25.

Each column repeats VALUES of its own, row by row; the tests know them.
"""

import datetime as dt
import decimal
import pathlib

import numpy as np
import pyarrow as pa

HERE = pathlib.Path(__file__).parent
UTC = dt.timezone.utc


def write(name, batches, codec=None):
    schema = batches[0].schema
    options = pa.ipc.IpcWriteOptions(compression=codec, emit_dictionary_deltas=True)
    with pa.OSFile(str(HERE / name), "wb") as sink:
        with pa.ipc.new_file(sink, schema, options=options) as writer:
            for batch in batches:
                writer.write_batch(batch)


def batch(columns):
    return pa.record_batch(list(columns.values()), names=list(columns.keys()))


def rubbish(type, values, valid):
    """Values of which some are missing, with what was in their slots left there."""
    array = pa.array(values, type)
    bits = np.packbits(np.array(valid, dtype=bool), bitorder="little").tobytes()
    return pa.Array.from_buffers(
        type, len(values), [pa.py_buffer(bits), *array.buffers()[1:]], valid.count(False)
    )


def every_native(offset, rows):
    """Rows offset .. offset + rows of the types that are read in place; every third is missing."""
    n = range(offset, offset + rows)
    valid = [i % 3 != 2 for i in n]
    moment = [1_700_000_000_000 + 1001 * i for i in n]
    words = ["a", "word of more than twelve bytes", "ä€😀", ""]
    columns = {
        "short": rubbish(pa.int16(), [i - 5 for i in n], valid),
        "int": rubbish(pa.int32(), [i * 1000 for i in n], valid),
        "long": rubbish(pa.int64(), [i * 10_000_000_000 for i in n], valid),
        "float": rubbish(pa.float32(), [i / 2 for i in n], valid),
        "double": rubbish(pa.float64(), [i / 4 for i in n], valid),
        "boolean": rubbish(pa.bool_(), [i % 2 == 0 for i in n], valid),
        "date": rubbish(pa.date32(), [dt.date.fromordinal(730_000 + i) for i in n], valid),
        "time": rubbish(pa.time32("ms"), [1001 * i for i in n], valid),
        "local": rubbish(pa.timestamp("ms"), moment, valid),
        "zoned": rubbish(pa.timestamp("ms", tz="Europe/Paris"), moment, valid),
        "utf8": rubbish(pa.string(), [words[i % 4] + str(i) for i in n], valid),
        "large": rubbish(pa.large_string(), [words[i % 4] + str(i) for i in n], valid),
        "view": rubbish(pa.string_view(), [words[i % 4] + str(i) for i in n], valid),
    }
    codes = [99 if not v else i % 3 for i, v in zip(n, valid)]
    for name, index in {"coded": pa.int8(), "coded16": pa.int16(), "unsigned": pa.uint32()}.items():
        columns[name] = pa.DictionaryArray.from_arrays(
            rubbish(index, codes, valid), pa.array(["x", "yy", "ä€😀"]), safe=False
        )
    return batch(columns)


def converted():
    def micro(zone=None):
        return pa.timestamp("us", tz=zone)

    moment = dt.datetime(2024, 2, 29, 12, 34, 56, 789_123)
    early = dt.datetime(1931, 7, 8, 1, 2, 3, 4)
    columns = {
        "int8": pa.array([-128, None, 127], pa.int8()),
        "uint8": pa.array([0, None, 255], pa.uint8()),
        "uint16": pa.array([0, None, 65535], pa.uint16()),
        "uint32": pa.array([0, None, 2**32 - 1], pa.uint32()),
        "uint64": pa.array([0, None, 2**63 - 1], pa.uint64()),
        "float16": pa.array(np.array([0.5, np.nan, -2.0], np.float16), mask=np.array([0, 1, 0], bool)),
        "date64": pa.array([dt.date(2024, 2, 29), None, dt.date(1931, 7, 8)], pa.date64()),
        "time32s": pa.array([dt.time(1, 2, 3), None, dt.time(23, 59, 59)], pa.time32("s")),
        "time64us": pa.array([dt.time(1, 2, 3, 4567), None, dt.time(0, 0)], pa.time64("us")),
        "time64ns": pa.array([dt.time(1, 2, 3, 4567), None, dt.time(0, 0)], pa.time64("ns")),
        "seconds": pa.array([moment.replace(microsecond=0), None, early.replace(microsecond=0)], pa.timestamp("s")),
        "micros": pa.array([moment, None, early], micro()),
        "nanos": pa.array([moment, None, early], pa.timestamp("ns")),
        "zoned": pa.array(
            [moment.replace(tzinfo=UTC), None, early.replace(tzinfo=UTC)], micro("America/New_York")
        ),
        "decimal32": pa.array([decimal.Decimal("-1.25"), None, decimal.Decimal("99.99")], pa.decimal32(6, 2)),
        "decimal64": pa.array([decimal.Decimal("-1.25"), None, decimal.Decimal("99.99")], pa.decimal64(12, 2)),
        "decimal128": pa.array(
            [decimal.Decimal("-1.25"), None, decimal.Decimal("12345678901234567890.12")], pa.decimal128(30, 2)
        ),
        "decimal256": pa.array([decimal.Decimal("-1.25"), None, decimal.Decimal("1e40")], pa.decimal256(60, 2)),
        "duration": pa.array([dt.timedelta(seconds=1), None, dt.timedelta(days=-1)], pa.duration("us")),
        "nothing": pa.nulls(3),
        "nulls-inside": pa.DictionaryArray.from_arrays(
            pa.array([0, 1, 2], pa.int8()), pa.array(["a", None, "b"])
        ),
        "twice": pa.DictionaryArray.from_arrays(pa.array([0, None, 2], pa.int8()), pa.array(["a", "b", "a"])),
        "int64-codes": pa.DictionaryArray.from_arrays(pa.array([1, None, 0], pa.int64()), pa.array(["a", "b"])),
    }
    return batch(columns)


def deltas():
    parts = []
    for words, codes in [
        (["a", "b"], [0, 1, None]),
        (["a", "b", "c"], [2, 0]),
        (["a", "b", "c", "d"], [3, None, 1, 2]),
    ]:
        parts.append(batch({"word": pa.DictionaryArray.from_arrays(pa.array(codes, pa.int8()), pa.array(words))}))
    return parts


def compressible(rows):
    return batch(
        {
            "int": pa.array([None if i % 5 == 4 else i // 16 for i in range(rows)], pa.int32()),
            "double": pa.array([i // 64 / 2 for i in range(rows)], pa.float64()),
            "flag": pa.array([None if i % 5 == 4 else i % 3 == 0 for i in range(rows)]),
            "text": pa.array([None if i % 5 == 4 else f"row {i // 32} of many, and no longer than that" for i in range(rows)]),
            "view": pa.array([None if i % 5 == 4 else f"row {i // 32} of many, and no longer than that" for i in range(rows)], pa.string_view()),
            "coded": pa.array([None if i % 5 == 4 else f"word {i % 7}" for i in range(rows)]).dictionary_encode(),
        }
    )


def runs(offset):
    """Six rows of every kind of value in runs: two, one missing, three."""
    ends = [2, 3, 6]
    moment = dt.datetime(2024, 2, 29, 12, 34, 56, 789_000)
    values = {
        "utf8": pa.array([f"a{offset}", None, "b"]),
        "large": pa.array(["a", None, "ä€😀 and so on"], pa.large_string()),
        "view": pa.array(["a", None, "longer than twelve bytes"], pa.string_view()),
        "short": pa.array([-1, None, offset], pa.int16()),
        "uint8": pa.array([255, None, 0], pa.uint8()),
        "long": pa.array([2**62, None, -1], pa.int64()),
        "double": pa.array([0.5, None, -1.25]),
        "boolean": pa.array([True, None, False]),
        "date": pa.array([moment.date(), None, dt.date(1931, 7, 8)]),
        "moment": pa.array([moment, None, moment], pa.timestamp("us", tz="UTC")),
        "decimal": pa.array([decimal.Decimal("-1.25"), None, decimal.Decimal("2.5")]),
        "nothing": pa.nulls(3),
        "coded": pa.array(["x", None, "y"]).dictionary_encode(),
        "coded-longs": pa.array([7, None, 8]).dictionary_encode(),
    }
    types = {"utf8": pa.int16(), "large": pa.int64()}
    return batch(
        {
            name: pa.RunEndEncodedArray.from_arrays(pa.array(ends, types.get(name, pa.int32())), array)
            for name, array in values.items()
        }
    )


def nested():
    return batch(
        {
            "plain": pa.array([1, 2], pa.int32()),
            "list": pa.array([[1], [2, 3]]),
            "struct": pa.array([{"a": 1, "b": "x"}, None]),
            "map": pa.array([[("k", 1)], []], pa.map_(pa.string(), pa.int32())),
            "union": pa.UnionArray.from_sparse(
                pa.array([0, 1], pa.int8()), [pa.array([1, 2]), pa.array(["a", "b"])]
            ),
            "dense": pa.UnionArray.from_dense(
                pa.array([0, 1], pa.int8()), pa.array([0, 0], pa.int32()), [pa.array([1]), pa.array(["a"])]
            ),
            "run-end": pa.RunEndEncodedArray.from_arrays(pa.array([2], pa.int32()), pa.array(["a"])),
            "run-lists": pa.RunEndEncodedArray.from_arrays(pa.array([2], pa.int32()), pa.array([[1]])),
            "interval": pa.array([pa.MonthDayNano([1, 2, 3]), None]),
            "binary": pa.array([b"a", b"b"]),
            "binary-view": pa.array([b"a", b"b"], pa.binary_view()),
            "fixed": pa.array([b"ab", b"cd"], pa.binary(2)),
            "list-view": pa.array([[1], [2]], pa.list_view(pa.int32())),
            "fixed-list": pa.array([[1, 2], [3, 4]], pa.list_(pa.int32(), 2)),
            "coded-ints": pa.array([7, 7]).dictionary_encode(),
            "nested-codes": pa.array([["a"], ["b"]], pa.list_(pa.dictionary(pa.int8(), pa.string()))),
            "last": pa.array(["behind", "all of it"], pa.string_view()),
        }
    )


write("native.arrow", [every_native(0, 7), every_native(7, 0), every_native(7, 1), every_native(8, 92)])
write("converted.arrow", [converted()])
write("deltas.arrow", deltas())
write("lz4.arrow", [compressible(3), compressible(2500)], "lz4")
write("zstd.arrow", [compressible(3), compressible(2500)], "zstd")
write("nested.arrow", [nested()])
write("runs.arrow", [runs(1), runs(1).slice(1, 3), runs(2).slice(0, 0), runs(2)])
write("runs-zstd.arrow", [runs(1)], "zstd")
write("uint64.arrow", [batch({"big": pa.array([1, 2**64 - 1], pa.uint64())})])
write("no-batches.arrow", [every_native(0, 0)])
with pa.OSFile(str(HERE / "stream.arrows"), "wb") as sink:
    with pa.ipc.new_stream(sink, compressible(1).schema) as writer:
        writer.write_batch(compressible(1))
