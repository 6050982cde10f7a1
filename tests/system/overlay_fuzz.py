#!/usr/bin/env python3
"""Every numeric column of every catalogue table is set to -1, 0, 1e308 and NaN in a user's own table, one cell at a time: either
there is one error, at the line of the cell, or a run that uses the table ends well.

  overlay_fuzz.py GIGASIM WORK_DIR
"""
import concurrent.futures
import csv
import io
import os
import re
import subprocess
import sys

from support import check, finish, fresh, gigasim

VALUES = ("-1", "0", "1e308", "NaN")
SCENARIO = """gigasim: 1
period: { start: 2027-03-01, length: 6 h }
catalogue: { %s: %s }
sites:
  - { catalogue: hammerhai }
  - { catalogue: karolina }
  - { catalogue: be }
  - name: athens
    country: GR
    location: [37.72, 24.05]
    wan: { attach: nren_gr }
    partitions: [{ accelerator: GH200-96, count: 256 }]
workload:
  demand: { load: 60 %%, of: 600 accelerators }
  streams:
    - name: mix
      mix: seren
      share: 70 %%
      walltime: kth
      arrivals: { profile: kth, bursts: philly }
      origin: population
      accelerators: { max: 64 }
    - { name: industry, share: 20 %%, access_class: aif_fast_lane, job: { accelerators: 8, runtime: 1 h }, checkpoint: { size: 100 GB } }
    - { name: training, share: 10 %%, job: { accelerators: 64, ai_model: llama-3.1-8b, task: sft, training_tokens: 1e8 tokens }, origin: gdp }
  services:
    - name: chat
      ai_model: llama-3.1-8b
      demand: { origin: GR, mean: 0.05 requests/s, request_lengths: azure_conversation }
      fidelity: requests
failures: {}
scheduling: { broker: weighted, weights: { queue: 1, distance: 1, carbon: 1, price: 1 } }
"""
# The rows that the scenario or the command uses, else the first one.
USED = {"accelerators": "GH200-96", "access-modes": "aif_fast_lane", "ai-factories": "hammerhai", "supercomputers": "karolina",
        "ai-models": "llama-3.1-8b", "antennas": "be", "arrival-profiles": "kth", "bursts": "philly", "carbon-intensity": "GR",
        "countries": "GR", "job-durations": "seren.eval/4", "job-mixes": "seren.eval", "job-sizes": "seren.eval/1",
        "request-lengths": "azure_conversation", "walltime-models": "kth", "cost-parameters": "electricity_price/GR"}


def tables(binary):
    kinds = [line.split()[0] for line in gigasim(binary, "catalogue", "list").stdout.splitlines()[1:]]
    for kind in kinds:
        yield kind, list(csv.reader(io.StringIO(gigasim(binary, "catalogue", "list", kind, "--format", "csv").stdout)))


def is_number(cell):
    return re.fullmatch(r"[+-]?[0-9.]+([eE][+-]?[0-9]+)?", cell) is not None


def cases(binary, work):
    """One file for each kind, column and value, with one row."""
    for kind, (header, *rows) in tables(binary):
        row = next((r for r in rows if r[0] == USED.get(kind)), rows[0])
        for index, column in enumerate(header):
            cells = [r[index] for r in rows if r[index]]
            if index == 0 or not cells or not all(map(is_number, cells)):
                continue
            for value in VALUES:
                name = f"{kind}.{column}.{value}"
                with open(work / f"{name}.csv", "w", newline="") as file:
                    csv.writer(file).writerows([header, row[:index] + [value] + row[index + 1:]])
                (work / f"{name}.yaml").write_text(SCENARIO % (kind, f"{name}.csv"))
                yield kind, name


def run(binary, work, kind, name):
    if kind == "training-runs":
        command = ["models", "check", "--training", f"{name}.csv"]
    elif kind == "inference-benchmarks":
        command = ["models", "check", "--inference", f"{name}.csv"]
    else:
        command = ["run", f"{name}.yaml", "--no-output", "--quiet", "--format", "json"]
    try:
        done = subprocess.run([binary, *command], capture_output=True, text=True, cwd=work, timeout=60)
    except subprocess.TimeoutExpired:
        return name, None, "", ""
    return name, done.returncode, done.stdout, done.stderr


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    all_cases = list(cases(binary, work))
    check(len(all_cases) > 800, f"{len(all_cases)} cells are tried")
    # One child reads all files: it tells every mistake, and goes on to the next file.
    read = subprocess.run([binary, "validate", *(f"{name}.yaml" for _, name in all_cases)], capture_output=True, text=True,
                          cwd=work, timeout=300)
    check(read.returncode == 3, f"validate ends with 3: {read.returncode}")
    errors = {}
    for line in read.stderr.splitlines():
        match = re.match(r"error: (.*?)\.(csv|yaml):(\d+):(\d+): ", line)
        if match:
            errors.setdefault(match[1], []).append(line)
    many = {name: lines for name, lines in errors.items() if len(lines) > 1}
    check(not many, f"each mistake is one error: {list(many.items())[:3]}")
    good = [(kind, name) for kind, name in all_cases if name not in errors]
    wrong = [name for _, name in good if name.endswith((".1e308", ".NaN"))]
    check(not wrong, f"1e308 and NaN are errors everywhere: {wrong}")
    check(len(errors) > 600, f"{len(errors)} of {len(all_cases)} values are refused")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        ended = list(pool.map(lambda case: run(binary, work, *case), good))
    bad = [(name, code, error[-300:]) for name, code, _, error in ended if code != 0]
    check(not bad, f"the {len(good)} others run to their end: {bad[:5]}")
    nonsense = [name for name, _, out, _ in ended if re.search(r"\b(nan|inf)\b", out, re.I)]
    check(not nonsense, f"their figures are finite: {nonsense}")
    finish()


main()
