"""Element-wise mathematics in place on a mapped .npy file of doubles, with numpy and with numba.

usage: array_math.py array.npy repeat        (pip install numpy numba; numba is left out if missing)

Prints a line for each: library, operation, CPU seconds, wall seconds (least of the repeats).
"""
import sys
import time

import numpy as np

OPERATIONS = ["exp", "log", "sqrt", "add"]


def measured(array, repeat, operation):
    best = (float("inf"), float("inf"))
    for _ in range(repeat):
        array.fill(0.5)
        cpu, wall = time.process_time(), time.perf_counter()
        operation(array)
        best = min(best, (time.process_time() - cpu, time.perf_counter() - wall))
    return "%.3f %.3f" % best


def with_numpy(name):
    function = getattr(np, name)
    return (lambda a: function(a, 1.5, out=a)) if name == "add" else (lambda a: function(a, out=a))


def with_numba(numba, name):
    function = getattr(np, name)

    def in_place(a):
        for i in numba.prange(a.size):
            a[i] = function(a[i])

    def adding(a):
        for i in numba.prange(a.size):
            a[i] = a[i] + 1.5

    compiled = numba.njit(parallel=True)(adding if name == "add" else in_place)
    compiled(np.ones(10))
    return compiled


def main(path, repeat):
    array = np.load(path, mmap_mode="r+").view(np.ndarray)
    for name in OPERATIONS:
        print("numpy", name, measured(array, repeat, with_numpy(name)))
    try:
        import numba
    except ImportError:
        return
    for name in OPERATIONS:
        print("numba", name, measured(array, repeat, with_numba(numba, name)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
