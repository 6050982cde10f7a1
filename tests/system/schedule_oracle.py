#!/usr/bin/env python3
"""Every start time of a replay equals that of an independent program (tests/oracle/ref_easy.cpp).

  schedule_oracle.py GIGASIM REF_EASY WORK_DIR

Logs: the synthetic ones of 10,000 and 100,000 jobs, and KTH-SP2 where it is at hand, less the jobs of run time 0 (which the
oracle drops).
"""
import subprocess
import sys

from support import ROOT, TRACES, check, finish, fresh, gigasim, jobs


def oracle_starts(oracle, log, machine, policy, work):
    table = work / "oracle.txt"
    subprocess.run([oracle, log, str(machine), policy, "-o", table], check=True, stdout=subprocess.DEVNULL)
    rows = (line.split() for line in table.read_text().splitlines())
    return {number: (float(start), float(end)) for number, _, start, end in rows}


def compare(binary, oracle, log, machine, policy, work):
    folder = work / f"{log.stem}-{policy}"
    gigasim(binary, "replay", log, "--accelerators", machine, "--policy", policy, "-o", folder)
    expected = oracle_starts(oracle, log, machine, policy, work)
    ours = {row["job_id"]: (float(row["start_time_s"]), float(row["end_time_s"])) for row in jobs(folder)}
    differing = sum(1 for number, times in expected.items() if ours.get(number) != times)
    check(len(ours) == len(expected) and differing == 0,
          f"{log.name} {policy}: {len(expected)} jobs, {differing} differ from the oracle")


def main():
    binary, oracle, work = sys.argv[1], sys.argv[2], fresh(sys.argv[3])
    for count in (10_000, 100_000):
        log = work / f"synthetic-{count}.swf"
        subprocess.run([sys.executable, ROOT / "tests/oracle/gen_swf.py", str(count), "-o", log], check=True)
        for policy in ("easy", "fcfs"):
            compare(binary, oracle, log, 4096, policy, work)
    kth = TRACES / "kth-sp2-1996" / "KTH-SP2-1996-2.1-cln.swf"
    if kth.exists():
        log = work / "kth-run-time-above-0.swf"
        lines = kth.read_text(errors="replace").splitlines()
        log.write_text("\n".join(l for l in lines if l.startswith(";") or (l.split() and float(l.split()[3]) > 0)) + "\n")
        for policy in ("easy", "fcfs"):
            compare(binary, oracle, log, 100, policy, work)
    else:
        print(f"SKIPPED: {kth} is not at hand")
    finish()


main()
