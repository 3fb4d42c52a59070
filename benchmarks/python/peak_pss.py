"""The peak of the summed PSS of this process and its children, sampled by a process of its own."""
import multiprocessing
import os
import time


def _tree(root):
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as f:
                    parents[int(name)] = int(f.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                pass
    tree, found = {root}, True
    while found:
        found = {p for p, parent in parents.items() if parent in tree} - tree
        tree |= found
    return tree


def _pss(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup") as f:
            return next(int(line.split()[1]) for line in f if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def _watch(root, peak, done):
    while not done.is_set():
        began = time.perf_counter()
        total = sum(_pss(pid) for pid in _tree(root) if pid != os.getpid())
        peak.value = max(peak.value, total)
        time.sleep(0.05 + 3 * (time.perf_counter() - began))  # a quarter of a core at most


class PeakPss:
    """with PeakPss() as peak: ...; peak.mib()"""

    def __enter__(self):
        self._peak = multiprocessing.Value("q", 0)
        self._done = multiprocessing.Event()
        self._watcher = multiprocessing.Process(
            target=_watch, args=(os.getpid(), self._peak, self._done), daemon=True)
        self._watcher.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._watcher.join()

    def mib(self):
        return self._peak.value / 1024
