#!/usr/bin/env python3
"""A tournament of queue policies on one log: one command, one table, the same figures as one replay each.

  tournament.py GIGASIM WORK_DIR
"""
import csv
import io
import json
import random
import sys

from support import check, finish, fresh, gigasim, jobs, results, within


def write_log(file):
    """300 jobs of 7 users on 64 processors, about as much work as fits."""
    draw = random.Random(5)
    submit, users, lines = 0, {}, []
    for number in range(1, 301):
        submit += draw.randrange(120)
        size, runtime, user = draw.choice([1, 2, 4, 8, 16, 32]), draw.randrange(1, 900), draw.randrange(1, 8)
        users[str(number)] = user
        request = int(runtime * draw.choice([1, 1.5, 4])) + 1
        lines.append(f"{number} {submit} -1 {runtime} {size} -1 -1 {size} {request} -1 1 {user} 1 1 1 1 -1 -1")
    file.write_text("\n".join(lines) + "\n")
    return users


def fairness(folder, users):
    """Jain's index of the users' mean bounded slowdowns, from the job table alone."""
    slowdowns = {}
    for job in jobs(folder):
        run = float(job["runtime_s"])
        slowdown = max(1.0, (float(job["queue_time_s"]) + run) / max(run, 10.0))
        slowdowns.setdefault(users[job["job_id"]], []).append(slowdown)
    means = [sum(own) / len(own) for own in slowdowns.values()]
    return sum(means) ** 2 / (len(means) * sum(mean * mean for mean in means))


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    users = write_log(work / "log.swf")
    command = ["replay", work / "log.swf", "--accelerators", 64, "--quiet"]

    done = gigasim(binary, *command, "--policy", "easy", "--policy", "fcfs", "--policy", "multifactor", "--format", "csv",
                   "-o", work / "all")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    check([row["policy"] for row in rows] == ["easy", "fcfs", "multifactor"], "a row for each policy, in the order asked for")
    for row in rows:
        policy = row["policy"]
        gigasim(binary, *command, "--policy", policy, "-o", work / policy)
        network = results(work / policy)["network"]
        check((work / policy / "jobs.csv").read_bytes() == (work / "all" / policy / "jobs.csv").read_bytes(),
              f"{policy}: its folder holds what a replay of its own writes")
        check(float(row["queue_time_mean_s"]) == network["queue_time_s"]["mean"]
              and float(row["queue_time_p95_s"]) == network["queue_time_s"]["p95"]
              and float(row["queue_time_max_s"]) == network["queue_time_s"]["max"]
              and float(row["bounded_slowdown_mean"]) == network["bounded_slowdown"]["mean"]
              and float(row["utilisation"]) == network["utilisation"], f"{policy}: its figures are those of its own replay")
        check(within(float(row["users_slowdown_jain"]), fairness(work / policy, users), 1e-12),
              f"{policy}: fairness over users follows from the job table")
        check(network["users"]["count"] == 7, f"{policy}: 7 users")

    done = gigasim(binary, *command, "--policy", "all", "--format", "json")
    names = [row["policy"] for row in json.loads(done.stdout)["policies"]]
    check({"fcfs", "easy", "multifactor"} <= set(names) and len(names) == len(set(names)), "--policy all runs each policy once")
    schema = json.loads(gigasim(binary, "schema").stdout)
    check(set(names) == set(schema["$defs"]["scheduling"]["properties"]["queue_policy"]["enum"]),
          "scenarios name the policies that replay knows, and no others")
    table = gigasim(binary, *command, "--policy", "all").stdout
    check("max wait" in table and "fairness" in table and all(name in table for name in names),
          "the table for people has all of them, and the longest wait")
    check("| policy |" in gigasim(binary, *command, "--policy", "all", "--format", "md").stdout, "--format md is a table too")
    done = gigasim(binary, *command, "--policy", "easy", "--policy", "esy", expect=2)
    check("esy" in done.stderr, "an unknown policy is a usage error that names it")
    done = gigasim(binary, "replay", work / "none.swf", "--accelerators", 64, "--policy", "all", expect=3)
    check("none.swf" in done.stderr, "a log that cannot be read is an input error")

    # Three jobs: waits 0, 30 and 90 s as logged, runs of 100, 5 and 10 s: 40 s in the mean, slowdowns 1, 3.5 and 10.
    (work / "waited.swf").write_text("".join(
        f"{number} {submit} {wait} {runtime} 4 -1 -1 4 100 -1 1 1 1 1 1 1 -1 -1\n"
        for number, submit, wait, runtime in [(1, 0, 0, 100), (2, 5, 30, 5), (3, 6, 90, 10)]))
    done = gigasim(binary, "replay", work / "waited.swf", "--accelerators", 64, "--quiet", "--policy", "easy", "--policy",
                   "fcfs", "--format", "csv")
    last = list(csv.DictReader(io.StringIO(done.stdout)))[-1]
    check(last["policy"] == "as logged" and float(last["queue_time_mean_s"]) == 40.0
          and float(last["queue_time_p95_s"]) == 90.0 and float(last["queue_time_max_s"]) == 90.0
          and within(float(last["bounded_slowdown_mean"]), 14.5 / 3, 1e-12) and last["utilisation"] == "",
          f"the last row is how jobs waited on the machine that wrote the log: {last}")

    # A machine of 4. The first job holds it until 100; then one of 1 for 10 s, submitted first, and one of 4 for 10 s
    # wait. By age the first of them goes before, by size alone the larger one.
    (work / "sizes.swf").write_text("".join(
        f"{number} {submit} -1 {runtime} {size} -1 -1 {size} {runtime} -1 1 1 1 1 1 1 -1 -1\n"
        for number, submit, runtime, size in [(1, 0, 100, 4), (2, 1, 10, 1), (3, 2, 10, 4)]))
    for settings, starts in (([], ["0", "100", "110"]),
                             (["scheduling.priority.size=1000", "scheduling.priority.age=0",
                               "scheduling.priority.fair_share=0"], ["0", "110", "100"])):
        gigasim(binary, "replay", work / "sizes.swf", "--accelerators", 4, "--quiet", "--policy", "easy", "--policy",
                "multifactor", "-o", work / f"sizes-{len(settings)}", *(word for one in settings for word in ("--set", one)))
        found = [job["start_time_s"] for job in jobs(work / f"sizes-{len(settings)}" / "multifactor")]
        check(found == starts, f"multifactor with {settings}: starts at {starts}, got {found}")
        found = [job["start_time_s"] for job in jobs(work / f"sizes-{len(settings)}" / "easy")]
        check(found == ["0", "100", "110"], f"easy ignores {settings}, got {found}")
    finish()


main()
