"""Writes the .npy files beside it, as numpy users have them: python3 make_fixtures.py (numpy 2.x)."""
import pathlib

import numpy as np
from numpy.lib import format as npy

HERE = pathlib.Path(__file__).parent
TYPES = {"boolean": "?", "byte": "i1", "unsigned_byte": "u1", "short": "i2", "int": "i4",
         "long": "i8", "float": "f4", "double": "f8"}


def write(name, array, version=None):
    with open(HERE / (name + ".npy"), "wb") as file:
        npy.write_array(file, array, version=version, allow_pickle=True)


counted = np.arange(6).reshape(2, 3)
for name, dtype in TYPES.items():
    write(name, (counted % 2 == 1) if name == "boolean" else counted.astype(dtype))
write("unsigned_byte_high", np.array([0, 127, 128, 255], "u1"))
write("version_2", counted.astype("f8"), (2, 0))
write("version_3", counted.astype("f8"), (3, 0))
write("no_axis", np.array(2.5))
write("one_axis", np.array([1.5, 2.5]))
write("empty", np.zeros((3, 0, 2)))
write("five_axes", np.arange(24, dtype="i4").reshape(2, 1, 3, 1, 4))
write("fortran", np.asfortranarray(counted.astype("f8")))
write("fortran_one_column", np.asfortranarray(np.arange(3.0).reshape(3, 1)))
write("big_endian", counted.astype(">f8"))
write("half", counted.astype("f2"))
write("unsigned_int", counted.astype("u4"))
write("complex", counted.astype("c16"))
write("text", np.array(["a", "bc"]))
write("dates", np.array(["2020-01-01"], "M8[D]"))
write("structures", np.zeros(2, [("a", "i4"), ("b", "f8")]))
write("objects", np.array([None, "x"], object))
