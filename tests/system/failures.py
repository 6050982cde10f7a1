#!/usr/bin/env python3
"""Long runs with failures against closed forms: the share of effective training time, the best interval, Llama 3's count.

  failures.py GIGASIM WORK_DIR

A run of one job that takes a checkpoint every D of work, which stops it for w, and is interrupted at a constant rate of
1 / M; R later it goes on. Of its time
    ETTR = (D / M) exp(-R / M) / (exp((D + w) / M) - 1)
is work that counts. Half of the nodes are spares and a node is back after a second, so that there always is one.
"""
import json
import math
import statistics
import subprocess
import sys

from support import check, finish, fresh, gigasim

NODES = 32
SCENARIO = """gigasim: 1
period: {{ start: 2030-01-01, length: until_drained }}
sites:
  - name: athens
    location: [37.98, 23.73]
    country: GR
    storage: {{ bandwidth: 1 TB/s }}
    partitions: [{{ name: main, accelerator: H100-SXM-80, count: 512, per_node: 8, pod: 512 }}]
workload:
  streams:
    - name: run
      arrivals: {{ rate: 1 jobs/s, max_jobs: 1 }}
      job: {{ accelerators: 256, runtime: {hours} h }}
      checkpoint: {{ size: {size} TB, interval: {interval} }}
scheduling: {{ overrun: extend }}
failures: {{ rate: {rate!r} per node-d, repair: 1 s, restart: {restart} s, spares: 50 % }}
"""


def ettr(mean_time, interval, blocking, restart):
    rate = 1.0 / mean_time
    return rate * interval * math.exp(-rate * restart) / (math.exp(rate * (interval + blocking)) - 1.0)


def simulated(binary, work, mean_time, blocking, restart, hours, seeds, interval="optimal"):
    """ETTR of each seed. The checkpoint is read back within R: restart = R - w."""
    path = work / "run.yaml"
    path.write_text(SCENARIO.format(hours=hours, size=blocking, interval=interval, restart=restart - blocking,
                                    rate=86400.0 / mean_time / NODES))
    shares = []
    for seed in seeds:
        network = json.loads(gigasim(binary, "run", path, "--seed", seed, "--no-output", "--format", "json").stdout)["network"]
        shares.append(network["reliability"]["goodput"])
    return shares


def effective_time(binary, work):
    """The two cases of Llama 3's failure rate at 16,384 and at 100,000 GPUs: 200 seeds each."""
    for mean_time, hours, published in ((2.8 * 3600, 120, 0.876), (27.5 * 60, 40, 0.59)):
        blocking, restart = 30.0, 540.0
        interval = math.sqrt(2.0 * blocking * mean_time)
        expected = ettr(mean_time, interval, blocking, restart)
        check(abs(expected - published) < 0.006, f"the formula gives {expected:.3f}, published {published}")
        shares = simulated(binary, work, mean_time, blocking, restart, hours, range(1, 201), f"{interval:.6f} s")
        mean, error = statistics.mean(shares), statistics.stdev(shares) / math.sqrt(len(shares))
        # The share of a run of finite length is biased by what its last interval lacks: well below the error.
        check(abs(mean - expected) < 3 * error + 0.002,
              f"{len(shares)} runs with {mean_time / 60:.0f} min between failures: {mean:.4f} +- {error:.4f}, formula {expected:.4f}")


def best_interval(binary, work, mean_time, restart, hours, seeds):
    """What is lost at the interval that is called optimal is within 5 % of the least over a grid around it."""
    blocking = 30.0
    young = math.sqrt(2.0 * blocking * mean_time)
    lost = {}
    for factor in (0.5, 0.7, 1.0, 1.4, 2.0):
        shares = simulated(binary, work, mean_time, blocking, restart, hours, range(1, seeds + 1), f"{factor * young:.6f} s")
        lost[factor] = statistics.mean(1.0 / share - 1.0 for share in shares)
    shares = simulated(binary, work, mean_time, blocking, restart, hours, range(1, seeds + 1))
    optimal = statistics.mean(1.0 / share - 1.0 for share in shares)
    check(optimal <= 1.05 * min(lost.values()), f"lost per work at the optimal interval {optimal:.4f}, on the grid {lost}")
    check(lost[0.5] > 1.05 * optimal and lost[2.0] > 1.05 * optimal, "half and twice the interval lose more")


def llama(binary, work):
    """16,384 GPUs over 54 days at 3.8 per 1000 node-days: 419 interruptions were counted."""
    path = work / "llama.yaml"
    path.write_text("""gigasim: 1
period: { start: 2030-01-01, length: 54 d }
sites:
  - name: athens
    location: [37.98, 23.73]
    country: GR
    partitions: [{ name: main, accelerator: H100-SXM-80, count: 16896, per_node: 8, pod: 512 }]
workload:
  streams:
    - name: run
      arrivals: { rate: 1 jobs/s, max_jobs: 1 }
      job: { accelerators: 16384, runtime: 400 d }
      checkpoint: { size: 6 TB }
scheduling: { overrun: extend }
failures: { rate: 3.8 per 1000 node-d, spares: 3 % }
""")
    counts = []
    for seed in range(1, 6):
        reliability = json.loads(gigasim(binary, "run", path, "--seed", seed, "--no-output", "--format", "json").stdout)["network"]["reliability"]
        counts.append(reliability["interruptions"])
        check(reliability["goodput"] > 0.90, f"effective training time {reliability['goodput']:.3f}, reported above 0.90")
    check(all(abs(count - 419) <= 3 * math.sqrt(419) for count in counts), f"interruptions {counts}, counted 419, 3 sigma 61")


def never_ends(binary, work):
    """Ten failures a day and a job of ten days that saves nothing: it begins exp(100) = 3e43 times in the mean."""
    path = work / "never.yaml"
    path.write_text("""gigasim: 1
period: { start: 2027-01-01, length: until_drained }
sites: [{ name: m, country: FR, location: [45, 5], partitions: [{ accelerator: H100, count: 800, per_node: 8 }] }]
workload: { streams: [{ name: log, trace: { file: never.swf } }] }
failures: { rate: 100 per 1000 node-d }
""")
    (work / "never.swf").write_text("1 0 -1 864000 800 -1 -1 800 864000 -1 1 1 1 -1 -1 -1 -1 -1\n")
    run = subprocess.run([binary, "run", path, "--no-output"], capture_output=True, text=True, timeout=60)
    errors = [line for line in run.stderr.splitlines() if line.startswith("error:")]
    check(run.returncode == 3 and len(errors) == 1 and "job 1 (800 accelerators at site m) would never end" in errors[0],
          f"a job that never ends is named: exit {run.returncode}, {errors}")
    told = subprocess.run([binary, "validate", path], capture_output=True, text=True, timeout=60)
    check(told.returncode == 0 and "failures will not let job 1 (800 accelerators, 10.0 d) finish" in told.stderr,
          f"validate warns of it: exit {told.returncode}, {told.stderr.strip()}")


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    never_ends(binary, work)
    effective_time(binary, work)
    best_interval(binary, work, 3600.0, 300.0, 60, 30)
    best_interval(binary, work, 600.0, 60.0, 60, 4)  # failures so often that Young's interval is no longer short against them
    llama(binary, work)
    finish()


main()
