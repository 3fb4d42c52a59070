"""The demo's job with pandas and a process pool: read, group by CHROM, map the groups, put together, write.

usage: genome_pandas.py WORKERS genome-4000000.tsv result.tsv        (pip install pandas)
The matrix is the one that ./trestle demo leaves in target/demo; the result must have the same sha256.
"""
import hashlib
import io
import os
import sys
import time
from multiprocessing import Pool

import pandas as pd

from peak_pss import PeakPss

PAIRS = [(3 + k, 18 + k) for k in range(15)]
HEADER = ["contig", "pos", "ref", "alt"] + [
    f"s{a - 3:02d}s{b - 3:02d}_{x}" for a, b in PAIRS for x in ("PI", "PG_al")]


def haplotypes(frame):
    out = ["\t".join(HEADER)]
    for line in frame.to_csv(sep="\t", index=False, header=False).rstrip("\n").split("\n"):
        cells = line.split("\t")
        ref = cells[2]
        alt = sorted(x for x in set(cells[3:]) if x != "N" and x != ref)
        if not alt:
            continue
        pairs = []
        for a, b in PAIRS:
            pairs += [cells[0], (cells[a] + "|" + cells[b]).replace("N", ref).replace("-", ref)]
        out.append("\t".join(cells[:3]) + "\t" + ",".join(alt) + "\t" + "\t".join(pairs))
    return pd.read_csv(io.StringIO("\n".join(out) + "\n"), sep="\t")


def main(workers, source, target):
    with PeakPss() as peak:
        began = time.perf_counter()
        frame = pd.read_csv(source, sep="\t")
        groups = [group for _, group in frame.groupby("CHROM")]
        del frame
        with Pool(workers) as pool:
            results = pool.map(haplotypes, groups)
        del groups
        pd.concat(results).to_csv(target, sep="\t", index=False)
        wall = time.perf_counter() - began
    times = os.times()
    with open(target, "rb") as f:
        digest = hashlib.file_digest(f, "sha256").hexdigest()
    print(f"pandas {pd.__version__}, {workers} workers: wall {wall:.1f} s, "
          f"CPU {sum(times[:4]):.1f} s, peak PSS {peak.mib():.0f} MiB, sha256 {digest}")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
