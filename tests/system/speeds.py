#!/usr/bin/env python3
"""Jobs run at the measured speed of the accelerator that they are on: queues and loads by hand.

  speeds.py GIGASIM WORK_DIR

The catalogue (speed-ratios, scalable-fractions) says for jobs recorded on an A100 that a GB300 takes
  eval:      0.48 + 0.52 x 0.45 / 3.6 = 0.545 of the time
  pretrain:  0.07 + 0.93 x 0.44 / 3.1 = 0.202 of the time
"""
import sys

from support import check, finish, fresh, gigasim, jobs, results

SITE = "  - {{ name: {}, country: GR, location: [38.0, 23.7], partitions: [{}] }}\n"
PARTITION = "{{ name: p, accelerator: {}, count: {} }}"

# submit and runtime on an A100; the request is the runtime. Stream 0 evaluates, stream 1 trains.
LOGS = {"eval": [(0, 1000), (20, 1000)], "pretrain": [(10, 2000), (30, 1000)]}


def swf(rows):
    return "; UnixStartTime: 0\n" + "".join(f"{i} {submit} 0 {run} 1 -1 -1 1 {run} -1 1 1 1 1 1 1 -1 -1\n"
                                             for i, (submit, run) in enumerate(rows, 1))


def starts(binary, work, accelerator):
    """Start times by submit time."""
    for name, rows in LOGS.items():
        (work / f"{name}.swf").write_text(swf(rows))
    text = "gigasim: 1\nname: two\nperiod: { start: 2027-01-01, length: until_drained }\nsites:\n"
    text += SITE.format("old", PARTITION.format("A100", 1)) + SITE.format("second", PARTITION.format(accelerator, 1))
    text += "workload:\n  streams:\n"
    for name in LOGS:
        text += f"    - {{ name: {name}, trace: {{ file: {name}.swf }}, recorded_on: {{ accelerator: A100, class: {name} }} }}\n"
    text += "scheduling: { queue_policy: fcfs, broker: earliest_start }\n"
    (work / "two.yaml").write_text(text)
    gigasim(binary, "run", work / "two.yaml", "-o", work / accelerator, "--quiet")
    return {float(job["submit_time_s"]): float(job["start_time_s"]) for job in jobs(work / accelerator)}


def faster_machine_shortens_queues(binary, work):
    # Two A100: evaluation 0 - 1000 on the first, training 10 - 2010 on the second. The second evaluation waits for the
    # first machine, 1000 - 2000, and the second training too, which is free at 2000, before the other one at 2010.
    check(starts(binary, work, "A100") == {0: 0, 10: 10, 20: 1000, 30: 2000}, "two A100: starts by hand")
    # A GB300 in the place of the second: training 10 - 414 (2000 x 0.202), evaluation 414 - 959 (1000 x 0.545), then
    # training, since 959 is before the 1000 of the A100. Waits in all: 2950 s become 1323 s.
    there = starts(binary, work, "GB300")
    by_hand = {0: 0, 10: 10, 20: 414, 30: 959}
    check(there.keys() == by_hand.keys() and all(abs(there[t] - s) < 1e-2 for t, s in by_hand.items()),
          f"a GB300 in the place of the second A100 shortens queues, by hand: {there}")


def load_is_as_asked(binary, work):
    """300 A100 at speed 1 and 100 GB300 at speed 1 / 0.545, in small. What keeps both busy is a load of 100 %."""
    site = SITE.format("both", "{ name: old, accelerator: A100, count: 30 }, { name: new, accelerator: GB300, count: 10 }")
    (work / "load.yaml").write_text(
        "gigasim: 1\nname: load\nseed: 3\nperiod: { start: 2027-01-04, warm_up: 5 d, length: 70 d }\nsites:\n" + site +
        "workload:\n  demand: { load: 100 % }\n  streams:\n"
        "    - { name: a, job: { accelerators: 1, runtime: 1 h }, recorded_on: { accelerator: A100, class: eval } }\n"
        "scheduling: { queue_policy: fcfs, broker: earliest_start }\n")
    gigasim(binary, "run", work / "load.yaml", "-o", work / "load", "--quiet")
    result = results(work / "load")
    demand = result["demand"][0]
    work_per_hour = 30 + 10 / 0.545  # hours of an A100
    expected = work_per_hour * 70 * 24  # jobs
    submitted = result["network"]["jobs"]["submitted"]
    check(abs(submitted - expected) < 4 * expected ** 0.5, f"{submitted} jobs came, {expected:.0f} fill both machines")
    # Four standard deviations of the number of jobs are 1.4 %. With the mean of 1 / speed it would be 93 %, without
    # speeds 83 %.
    check(abs(demand["load_at_mean_speed"] - submitted / expected) < 1e-6, "the load at mean speed is the jobs' number")
    check(demand["load_in_period"] == demand["load_asked"] == 1.0, "a constant rate is the same in every period")
    check(abs(demand["load_realised"] - 1.0) < 0.02, f"the load at real speeds is as asked: {demand['load_realised']}")
    check(abs(result["network"]["offered_load"] - demand["load_realised"]) < 1e-9, "the offered load is the same")


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    faster_machine_shortens_queues(binary, work)
    load_is_as_asked(binary, work)
    finish()


main()
