#!/usr/bin/python3
"""Imports of logs as users give them: commands of docs/import.md, standard input, --strict, and as-logged waits."""
import json
import re
import subprocess
import sys

import support
from support import ROOT, finish, fresh

SACCT = "JobIDRaw|Submit|Start|End|ElapsedRaw|AllocTRES|State\n"
JOB = "{}|2024-05-01T08:00:00|2024-05-01T08:10:00|2024-05-01T08:20:00|600|gres/gpu=4|COMPLETED\n"


def check(holds, what, seen=""):
    support.check(holds, what if holds else f"{what}: {seen}")


def run(binary, folder, *words, text=None):
    return subprocess.run([binary, *words], cwd=folder, input=text, capture_output=True, text=True, timeout=120)


def documented_commands(binary, work):
    (work / "scenarios").symlink_to(ROOT / "scenarios")
    commands = re.findall(r"^    gigasim (.*)$", (ROOT / "docs/import.md").read_text(), re.MULTILINE)
    check(len(commands) >= 2, "docs/import.md has commands")
    for command in commands:
        done = run(binary, work, *command.split())
        check(done.returncode == 0, f"gigasim {command}", done.stderr)


def standard_input(binary, work):
    done = run(binary, work, "import", "sacct", "-", "-o", "in.csv", "--format", "json", text=SACCT + JOB.format(1))
    check(done.returncode == 0, "a log comes through standard input", done.stderr)
    check(json.loads(done.stdout)["file"] == "standard input", "which the account names")
    done = run(binary, work, "replay", "-", "--accelerators", "4", "--policy", "fcfs", "--policy", "easy",
               text=(work / "in.csv").read_text())
    check(done.returncode == 0 and "as logged" in done.stdout, "several policies replay standard input", done.stderr)


def bad_rows(binary, work):
    log = SACCT + JOB.format(1) + "2|\x1b[31mnever|x\n" + JOB.format(3)
    done = run(binary, work, "import", "sacct", "-", "-o", "bad.csv", "--format", "json", text=log)
    account = json.loads(done.stdout)
    check(done.returncode == 0, "a row that cannot be read refuses no log", done.stderr)
    check(account["dropped"] == {"fewer cells than the heading": 1}, "it is counted", done.stdout)
    check(account["dropped_lines"] == {"fewer cells than the heading": [3]}, "with its line", done.stdout)
    check("1 of 3 rows could not be read" in done.stderr and "\x1b" not in done.stderr, "and told", done.stderr)
    done = run(binary, work, "import", "sacct", "-", "-o", "strict.csv", "--strict", text=log)
    check(done.returncode == 3, "--strict refuses it", done.stderr)
    check("standard input:3:1: 3 cells where the heading has 7" in done.stderr, "with its place", done.stderr)
    check(not (work / "strict.csv").exists(), "and writes nothing")


def options(binary, work):
    for share in ("shard", "shard=0", "shard=2", "=0.5", "shard=x"):
        done = run(binary, work, "import", "sacct", "-", "-o", "x.csv", "--gpu-share", share, text=SACCT)
        check(done.returncode == 2, f"--gpu-share {share} is refused", done.stderr)
    check(run(binary, work, "import", "sacct", "-", "-o", "x.csv", "--delimiter", "", text=SACCT).returncode == 2,
          "an empty delimiter is refused")


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    documented_commands(binary, work)
    standard_input(binary, work)
    bad_rows(binary, work)
    options(binary, work)
    finish()


if __name__ == "__main__":
    main()
