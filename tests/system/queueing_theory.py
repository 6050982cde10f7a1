#!/usr/bin/env python3
"""Mean queue times of M/M/c and M/D/1, and the losses of M/M/c+M, agree with theory: the 99 % interval over seeds contains the exact mean and its
half-width is at most 2 %.

  queueing_theory.py GIGASIM WORK_DIR

Erlang C:             W = C(c, a) / (c mu - lambda),  a = lambda / mu
Pollaczek-Khinchine:  W = rho / (2 mu (1 - rho))  for constant service times and one server
Erlang A (M/M/c+M):   share that leaves = theta E[waiting] / lambda, from the birth-death chain with deaths
                      min(n, c) mu + max(0, n - c) theta, for jobs whose patience is exponential with rate theta
"""
import concurrent.futures
import math
import os
import statistics
import sys

from support import check, finish, fresh, gigasim, results

SEEDS = range(1, 21)
T_99 = 2.861  # Student's t, 19 degrees of freedom, two-sided 99 %
SERVICE_H = 1.0


def scenario(servers, load, runtime, patience=""):
    rate = load * servers / SERVICE_H
    return f"""
gigasim: 1
period: {{ start: 2027-01-01, warm_up: {500 / rate} h, length: until_drained }}
sites:
  - {{ name: a, country: LU, location: [49.6, 6.1], partitions: [{{ accelerator: H100, count: {servers} }}] }}
workload:
  streams:
    - name: queue
      arrivals: {{ rate: {rate} jobs/h, max_jobs: 100000 }}
      job: {{ accelerators: 1, runtime: {runtime} }}
      walltime: exact
      {patience}
scheduling: {{ queue_policy: fcfs }}
"""


def erlang_c_wait_h(servers, load):
    a = servers * load
    tail = a ** servers / math.factorial(servers) / (1 - load)
    probability = tail / (sum(a ** k / math.factorial(k) for k in range(servers)) + tail)
    return probability / (servers * (1 - load)) * SERVICE_H


def erlang_a_left(servers, load, patience_h):
    rate, weight, total, waiting, n = servers * load / SERVICE_H, 1.0, 1.0, 0.0, 0
    while n < servers or weight > 1e-15 * total:
        n += 1
        weight *= rate / (min(n, servers) / SERVICE_H + max(0, n - servers) / patience_h)
        total += weight
        waiting += max(0, n - servers) * weight
    return waiting / total / patience_h / rate


def measure(binary, file, seed, work):
    folder = work / f"{file.stem}-{seed}"
    gigasim(binary, "run", file, "--seed", seed, "-o", folder, "--quiet")
    return results(folder)["network"]


def mean_wait_h(network):
    return network["queue_time_s"]["mean"] / 3600


def share_left(network):
    return network["jobs"]["left"] / network["jobs"]["submitted"]


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    cases = [
        ("M/M/1 at 0.6", scenario(1, 0.6, "{ exponential: 1 h }"), mean_wait_h, "h", erlang_c_wait_h(1, 0.6)),
        ("M/M/4 at 0.7", scenario(4, 0.7, "{ exponential: 1 h }"), mean_wait_h, "h", erlang_c_wait_h(4, 0.7)),
        ("M/D/1 at 0.7", scenario(1, 0.7, "1 h"), mean_wait_h, "h", 0.7 / (2 * (1 - 0.7)) * SERVICE_H),
        ("M/M/4+M at 1.2", scenario(4, 1.2, "{ exponential: 1 h }", "patience: { exponential: 30 min }"), share_left,
         "of the jobs leave,", erlang_a_left(4, 1.2, 0.5)),
    ]
    for name, text, figure, unit, exact in cases:
        file = work / (name.replace("/", "").replace(" ", "-") + ".yaml")
        file.write_text(text)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            values = list(pool.map(lambda seed: figure(measure(binary, file, seed, work)), SEEDS))
        mean = statistics.mean(values)
        half = T_99 * statistics.stdev(values) / math.sqrt(len(values))
        check(abs(mean - exact) <= half, f"{name}: {mean:.4f} +- {half:.4f} {unit} contains {exact:.4f}")
        check(half <= 0.02 * exact, f"{name}: half-width {100 * half / exact:.2f} % of the exact mean, at most 2 %")
    finish()


main()
