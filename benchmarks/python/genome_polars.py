"""The demo's job as one vectorised polars expression: no user function, threads of one process.

usage: genome_polars.py genome-4000000.tsv result.tsv        (pip install polars)
"""
import hashlib
import os
import sys
import time

import polars as pl

from peak_pss import PeakPss

SAMPLES = [f"s{i:02d}" for i in range(31)]


def letter(column):
    return pl.when(pl.col(column).is_in(["N", "-"])).then(pl.col("REF")).otherwise(pl.col(column))


def main(source, target):
    with PeakPss() as peak:
        began = time.perf_counter()
        frame = pl.read_csv(source, separator="\t")
        letters = ["-", "A", "C", "G", "T"]
        present = [
            pl.any_horizontal([pl.col(s) == x for s in SAMPLES]) & (pl.col("REF") != x)
            for x in letters]
        alt = pl.concat_list(
            [pl.when(p).then(pl.lit(x)).otherwise(None) for p, x in zip(present, letters)]
        ).list.drop_nulls().list.join(",")
        columns = [pl.col("CHROM").alias("contig"), pl.col("POS").alias("pos"),
                   pl.col("REF").alias("ref"), alt.alias("alt")]
        for k in range(15):
            name = f"s{k:02d}s{k + 15:02d}"
            columns.append(pl.col("CHROM").alias(name + "_PI"))
            columns.append(pl.concat_str(
                [letter(SAMPLES[k]), letter(SAMPLES[k + 15])], separator="|").alias(name + "_PG_al"))
        result = frame.select(columns).filter(pl.col("alt") != "")
        result.write_csv(target, separator="\t", quote_style="never")
        wall = time.perf_counter() - began
    times = os.times()
    with open(target, "rb") as f:
        digest = hashlib.file_digest(f, "sha256").hexdigest()
    print(f"polars {pl.__version__}: wall {wall:.1f} s, CPU {sum(times[:2]):.1f} s, "
          f"peak PSS {peak.mib():.0f} MiB, sha256 {digest}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
