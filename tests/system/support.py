"""What the system tests share: running the binary, reading its results, saying what was checked."""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRACES = ROOT.parent / "shared" / "data" / "traces"  # public logs, not part of this project; present on some machines
SKIPPED = 77

failures = 0


def check(holds, what):
    """Prints and counts one checked statement."""
    global failures
    print(("ok    " if holds else "FAILED ") + what, flush=True)
    if not holds:
        failures += 1


def finish():
    sys.exit(1 if failures else 0)


def skip(why):
    print("SKIPPED: " + why)
    sys.exit(SKIPPED)


def fresh(folder):
    """An empty folder: what an earlier run of the test left could hide a mistake of this one."""
    folder = pathlib.Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def gigasim(binary, *arguments, expect=0, env=None, cwd=None, **options):
    """Runs the binary; returns the completed process; a surprising exit code is a failure with its output."""
    done = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, cwd=cwd,
                          env={**os.environ, **(env or {})}, **options)
    if expect is not None and done.returncode != expect:
        check(False, f"exit {done.returncode} instead of {expect}: {' '.join(map(str, arguments))}\n{done.stderr}")
    return done


def results(folder):
    return json.loads((pathlib.Path(folder) / "results.json").read_text())


def jobs(folder):
    with open(pathlib.Path(folder) / "jobs.csv", newline="") as file:
        return list(csv.DictReader(file))


def within(value, expected, relative):
    return abs(value - expected) <= relative * abs(expected)
