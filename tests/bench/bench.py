#!/usr/bin/env python3
"""Prints the speed figures of a build: whole processes, wall clock (least of several runs) and peak memory.

  bench.py BUILD_DIR [--runs N]
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def measure(command, runs):
    """Returns (least wall-clock seconds, largest peak resident MiB) over `runs` runs of a command."""
    best, peak = float("inf"), 0
    for _ in range(runs):
        begun = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        error = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        best = min(best, time.perf_counter() - begun)
        peak = max(peak, usage.ru_maxrss / 1024)
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"{' '.join(map(str, command))} failed:\n{error.decode()}")
    return best, peak


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    gigasim = arguments.build / "gigasim"
    bare = arguments.build / "bare_event_loop"
    with tempfile.TemporaryDirectory() as folder:
        log = f"{folder}/100k.swf"
        subprocess.run([sys.executable, ROOT / "tests/oracle/gen_swf.py", "100000", "-o", log], check=True)
        rows = [
            ("gigasim --help", [gigasim, "--help"], 0.05),
            ("bare event loop, 100,000 jobs, EASY", [bare, log, "4096"], None),
            ("replay, 100,000 jobs, 4,096 accelerators, EASY, result folder",
             [gigasim, "replay", log, "--accelerators", "4096", "-o", f"{folder}/replay"], 1.0),
            ("eu-network.yaml, result folder",
             [gigasim, "run", ROOT / "scenarios/eu-network.yaml", "-o", f"{folder}/eu"], 3.0),
        ]
        figures = {}
        print(f"{'':64} {'wall s':>8} {'target s':>9} {'peak MiB':>9}")
        for name, command, target in rows:
            seconds, memory = figures[name] = measure(command, arguments.runs)
            print(f"{name:64} {seconds:8.3f} {target if target else '':>9} {memory:9.0f}")
        loop = figures[rows[1][0]][0]
        replay = figures[rows[2][0]][0]
        print(f"\nThe replay takes {replay / loop:.1f} times the bare event loop; "
              f"{100_000 / replay:,.0f} jobs/s for the whole process.")


main()
