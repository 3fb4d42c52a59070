"""Reads a tab-separated file into memory once, with one library; prints the seconds that took.

usage: ingest.py polars|pandas|duckdb genome-4000000.tsv        (pip install polars pandas duckdb)
Prints wall and CPU seconds of the reading alone, without the start of Python and the imports.
"""
import importlib
import sys
import time


def read(library, module, path):
    if library == "polars":
        return module.read_csv(path, separator="\t").height
    if library == "pandas":
        return len(module.read_csv(path, sep="\t"))
    connection = module.connect()
    connection.execute("create table t as select * from read_csv(?, delim='\t')", [path])
    return connection.execute("select count(*) from t").fetchone()[0]


def main(library, path):
    module = importlib.import_module(library)
    wall, cpu = time.perf_counter(), time.process_time()
    rows = read(library, module, path)
    print(f"{rows} {time.perf_counter() - wall:.3f} {time.process_time() - cpu:.3f}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
