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

# name, depth (0: none), and how much more an event may cost behind 100,000 waiting jobs than behind 1,000
POLICIES = [("easy", 0, 3.0), ("conservative", 100, 3.0), ("conservative-compress", 100, 3.0), ("multifactor", 100, 3.0), ("easy-saf", 0, None),
            ("easy-sjbf", 0, None)]
ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(command):
    """Runs a command; returns its wall-clock seconds and its resource usage."""
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{error.decode()}")
    return wall, usage


def measure(command, runs):
    """Returns (least wall-clock seconds, largest peak resident MiB) over `runs` runs of a command."""
    done = [run(command) for _ in range(runs)]
    return min(wall for wall, _ in done), max(usage.ru_maxrss for _, usage in done) / 1024


def failures_cost(gigasim, runs):
    """Prints what failures add to a year of the seven gigafactories: least processor time with and without, by turns."""
    year = [gigasim, "run", ROOT / "scenarios/eu-gigafactories.yaml", "--set", "period.length=365 d", "--no-output"]
    least = {(): float("inf"), ("--set", "failures={}"): float("inf")}
    for _ in range(runs):
        for options in least:
            _, usage = run(year + list(options))
            least[options] = min(least[options], usage.ru_utime + usage.ru_stime)
    without, with_failures = least.values()
    print(f"\nA year of eu-gigafactories.yaml: {without:.1f} s of processor time, with failures {with_failures:.1f} s: "
          f"{with_failures / without:.2f} times (target 1.2).")


def policy_costs(program, log, names):
    """Prints what an event costs each policy behind 1,000 and behind 100,000 waiting jobs."""
    print(f"\n{'Cost of an event, queue of 1,000 and of 100,000':48} {'us':>8} {'us':>8} {'ratio':>6} {'target':>7}")
    for name, depth, target in names:
        run = subprocess.run([program, log, "4096", name, str(depth), "1000", "100000"], capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(f"{program} {name} failed:\n{run.stderr}")
        few, many = (float(line.split()[1]) for line in run.stdout.splitlines())
        title = name + (f", depth {depth}" if depth else "")
        print(f"{title:48} {few:8.2f} {many:8.2f} {many / few:6.2f} {target if target else '':>7}")


def model_speed(program):
    """Prints how fast the models are, on one core."""
    print(f"\n{'Models':60} {'':>10} {'target':>12}")
    run = subprocess.run([program], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{program} failed:\n{run.stderr}")
    for line in run.stdout.splitlines():
        name, value, target = line.split("\t")
        print(f"{name:60} {float(value):10,.5g} {target if target != '-' else '':>12}")


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
            ("gigasim cost of that folder", [gigasim, "cost", f"{folder}/eu"], 0.2),
        ]
        million = f"{folder}/1M.swf"
        subprocess.run([sys.executable, ROOT / "tests/oracle/gen_swf.py", "1000000", "-o", million], check=True)
        long_runs = [
            ("replay, 1,000,000 jobs, EASY (target for memory: 1,500 MiB)",
             [gigasim, "replay", million, "--accelerators", "4096"], 10.0),
            ("rollout-2026-2030.yaml (target for memory: 1,000 MiB)",
             [gigasim, "run", ROOT / "scenarios/rollout-2026-2030.yaml", "--no-output"], 30.0),
        ]
        figures = {}
        print(f"{'':64} {'wall s':>8} {'target s':>9} {'peak MiB':>9}")
        for name, command, target in rows:
            seconds, memory = figures[name] = measure(command, arguments.runs)
            print(f"{name:64} {seconds:8.3f} {target if target else '':>9} {memory:9.0f}")
        for name, command, target in long_runs:
            seconds, memory = measure(command, 1)
            print(f"{name:64} {seconds:8.3f} {target:>9} {memory:9.0f}")
        loop = figures[rows[1][0]][0]
        replay = figures[rows[2][0]][0]
        print(f"\nThe replay takes {replay / loop:.1f} times the bare event loop; "
              f"{100_000 / replay:,.0f} jobs/s for the whole process.")
        full = f"{folder}/full.swf"  # load 1.0: the queue of the start stays
        subprocess.run([sys.executable, ROOT / "tests/oracle/gen_swf.py", "130000", "-l", "1.0", "-o", full], check=True)
        failures_cost(gigasim, 2)
        policy_costs(arguments.build / "policy_cost", full, POLICIES)
    model_speed(arguments.build / "model_speed")


main()
