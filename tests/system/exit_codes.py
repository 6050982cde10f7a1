#!/usr/bin/env python3
"""Every exit code that docs/exit-codes.md documents for a subcommand is provoked, with its message.

  exit_codes.py GIGASIM WORK_DIR THROW_ERROR

To add a subcommand or a code: add its rows to ROWS. Rows that are missing, or that no document backs, are failures.
"""
import pathlib
import re
import resource
import shlex
import signal
import subprocess
import sys
import time

from support import ROOT, check, finish, fresh, gigasim

SINGLE = ROOT / "scenarios" / "single-site.yaml"
BROKEN = ROOT / "tests" / "broken" / "unknown-key.yaml"
LOG = ROOT / "scenarios" / "synthetic-1000.swf"
MEBI = 1 << 20


def ended(command, **options):
    done = subprocess.run(command, capture_output="stdout" not in options, text=True, timeout=120, **options)
    return done.returncode, done.stderr or ""


# How a row is provoked: each takes the command and the arguments behind it, and returns exit code and stderr.

def plain(command):
    return ended(command)


def full_disk(command):
    with open("/dev/full", "w") as full:
        return ended(command, stdout=full, stderr=subprocess.PIPE)


def small_files(command):
    return ended(command, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)))


def little_memory(command):
    return ended(command, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (120 * MEBI, 120 * MEBI)))


def catches(pid, number):
    """Whether a process has set up a handler: the simulation has begun."""
    mask = re.search(r"^SigCgt:\s*(\w+)", pathlib.Path(f"/proc/{pid}/status").read_text(), re.M).group(1)
    return int(mask, 16) >> (number - 1) & 1


def stopped_by(number):
    def stop(command):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        while child.poll() is None and not catches(child.pid, number):
            time.sleep(0.01)  # it still reads its input
        time.sleep(0.2)
        child.send_signal(number)
        _, error = child.communicate(timeout=120)
        return child.returncode, error
    return stop


def thrown(kind):
    """For errors that no input causes: the same mapping from errors to codes, run by a program that throws them."""
    return lambda command: ended([THROW_ERROR, kind])


interrupt, terminate = stopped_by(signal.SIGINT), stopped_by(signal.SIGTERM)
THROW_ERROR = sys.argv[3]
LONG = "--set 'period.length=2400 d' --no-progress"
NO_SPACE, TOO_LARGE = "No space left on device", "File too large"
BOOKS, FAULT, MEMORY = "the job and hour totals of this run are inconsistent", "our own fault, please report it", "out of memory"

# subcommand, code, arguments, text on stderr, how (plain if left out)
ROWS = [
    ("init", 0, "{new}.yaml", ""),
    ("init", 2, "{single}", "overwrites nothing"),
    ("init", 2, "{work}/missing/x.yaml", "No such file or directory"),
    ("init", 7, "{new}.yaml", TOO_LARGE, small_files),
    ("validate", 0, "{single}", ""),
    ("validate", 2, "", "SCENARIO is required"),
    ("validate", 3, "{broken}", "unknown-key.yaml:"),
    ("validate", 7, "{single}", NO_SPACE, full_disk),
    ("show", 0, "{single}", ""),
    ("show", 2, "{single} --format pdf", "--format"),
    ("show", 3, "{broken}", "unknown-key.yaml:"),
    ("show", 7, "{single}", NO_SPACE, full_disk),
    ("schema", 0, "", ""),
    ("schema", 2, "--no-such-option", "--no-such-option"),
    ("schema", 7, "", NO_SPACE, full_disk),
    ("run", 0, "{single} --no-output", ""),
    ("run", 1, "{single} --no-output", BOOKS, thrown("unbalanced-books")),
    ("run", 2, "{single} -o {single}", "single-site.yaml"),
    ("run", 2, "{single} --no-output -o {new}", "exclude each other"),
    ("run", 3, "{broken} --no-output", "unknown-key.yaml:"),
    ("run", 3, "{work}/missing.yaml --no-output", "missing.yaml"),
    ("run", 7, "{single} --no-output", NO_SPACE, full_disk),
    ("run", 7, "{single} -o {new} --quiet", TOO_LARGE, small_files),
    ("run", 7, "{single} --no-output", MEMORY, thrown("out-of-memory")),
    ("run", 7, "{single} --no-output --yes --set 'period.length=36000 d'", MEMORY, little_memory),
    ("run", 7, "{single} --no-output --set 'period.length=36000 d'", "with --yes it is run all the same"),
    ("run", 130, "{single} -o {new} " + LONG, "marked incomplete", interrupt),
    ("run", 143, "{single} -o {new} " + LONG, "marked incomplete", terminate),
    ("replay", 0, "{log} --accelerators 4096", ""),
    ("replay", 1, "{log} --accelerators 4096", BOOKS, thrown("unbalanced-books")),
    ("replay", 2, "{log}", "--accelerators is required"),
    ("replay", 0, "{log} --accelerators 4096 --policy fcfs --policy easy", ""),
    ("replay", 3, "{single} --accelerators 8", "single-site.yaml"),
    ("replay", 7, "{log} --accelerators 4096", NO_SPACE, full_disk),
    ("replay", 7, "{log} --accelerators 4096 -o {new}", TOO_LARGE, small_files),
    ("replay", 130, "{long_log} --accelerators 4096", "marked incomplete", interrupt),
    ("replay", 143, "{long_log} --accelerators 4096", "marked incomplete", terminate),
    ("import", 0, "swf {log} -o {new}.csv", ""),
    ("import", 2, "pbs {log} -o {new}.csv", "pbs"),
    ("import", 2, "swf {log} -o {single}/x.csv", "Not a directory"),
    ("import", 3, "sacct {log} -o {new}.csv", "no column JobIDRaw"),
    ("import", 3, "swf {work}/missing.swf -o {new}.csv", "missing.swf"),
    ("import", 7, "swf {log} -o {new}.csv", TOO_LARGE, small_files),
    ("import", 7, "swf {log} -o {new}.csv", NO_SPACE, full_disk),
    ("run", 4, "{single} --no-output --set 'expect=[jobs_finished < 1]'", "1 of 1 expectation is not met"),
    ("check", 0, "{bids} --profile gigafactory-2026", ""),
    ("check", 2, "{bids}", "--profile is required"),
    ("check", 2, "{bids} --profile gigafactory-2026 --site atlantis", "there is no site"),
    ("check", 3, "{bids} --profile gigafactory-2027", "did you mean"),
    ("check", 4, "{bids} --profile gigafactory-2026 --all-variants", "not all required criteria hold"),
    ("check", 7, "{bids} --profile gigafactory-2026", NO_SPACE, full_disk),
    ("compare", 0, "{result} {result}", ""),
    ("compare", 2, "{result}", "RESULT"),
    ("compare", 3, "{result} {work}/nowhere", "nowhere"),
    ("compare", 7, "{result} {result}", NO_SPACE, full_disk),
    ("report", 0, "{result} -o {new}.html", ""),
    ("report", 2, "-o {new}.html", "RESULT"),
    ("report", 2, "{result} -o {work}/missing/x.html", "No such file or directory"),
    ("report", 3, "{result} {work}/nowhere -o {new}.html", "nowhere"),
    ("report", 7, "{result} -o -", NO_SPACE, full_disk),
    ("report", 7, "{result} -o {new}.html", TOO_LARGE, small_files),
    ("explain", 0, "{result} research-1", ""),
    ("explain", 0, "{result} research-1 --format json", ""),
    ("explain", 2, "{result}", "JOB is required"),
    ("explain", 3, "{result} reserch-1", "did you mean \"research-1\"?"),
    ("explain", 3, "{work}/nowhere research-1", "nowhere"),
    ("explain", 7, "{result} research-1", NO_SPACE, full_disk),
    ("cost", 0, "{result}", ""),
    ("cost", 2, "{result} --set discount_rate", "needs PATH=VALUE"),
    ("cost", 3, "{work}/nowhere", "nowhere"),
    ("cost", 3, "{result} --set 'cost.discont_rate=5 %'", "did you mean \"discount_rate\"?"),
    ("cost", 3, "{result} --set cost.life_it=-5", "needs a unit"),
    ("cost", 7, "{result}", NO_SPACE, full_disk),
    ("baseline record", 0, "{single} -o {new}", ""),
    ("baseline record", 1, "{single} -o {new}", BOOKS, thrown("unbalanced-books")),
    ("baseline record", 2, "{single} -o {baseline}", "these baselines exist"),
    ("baseline record", 3, "{broken} -o {new}", "unknown-key.yaml:"),
    ("baseline record", 7, "{single} -o {new}", "cannot", small_files),
    ("baseline record", 130, "{long_scenario} -o {new}", "", interrupt),
    ("baseline record", 143, "{long_scenario} -o {new}", "", terminate),
    ("baseline check", 0, "{single} --baseline {baseline}", ""),
    ("baseline check", 1, "{single} --baseline {baseline}", BOOKS, thrown("unbalanced-books")),
    ("baseline check", 2, "{single} --variant missing", "has a variant \"missing\""),
    ("baseline check", 3, "{single} --baseline {single}", "not a gigasim baseline"),
    ("baseline check", 3, "{single} --baseline {new}", "no such baseline"),
    ("baseline check", 4, "{expecting} --baseline {expecting_baseline}", ""),
    ("baseline check", 5, "{other} --baseline {baseline}", ""),
    ("baseline check", 7, "{single} --baseline {baseline}", NO_SPACE, full_disk),
    ("baseline check", 130, "{long_scenario} --baseline {baseline}", "", interrupt),
    ("baseline check", 143, "{long_scenario} --baseline {baseline}", "", terminate),
    ("baseline update", 0, "{single} --baseline {baseline} --reason same", ""),
    ("baseline update", 1, "{single} --baseline {baseline} --reason same", BOOKS, thrown("unbalanced-books")),
    ("baseline update", 2, "{single} --baseline {baseline}", "--reason"),
    ("baseline update", 3, "{broken} --baseline {baseline} --reason same", "unknown-key.yaml:"),
    ("baseline update", 7, "{other} --baseline {baseline} --reason same", "cannot", small_files),
    ("baseline update", 130, "{long_scenario} --baseline {baseline} --reason same", "", interrupt),
    ("baseline update", 143, "{long_scenario} --baseline {baseline} --reason same", "", terminate),
    ("baseline diff", 0, "{baseline} {result}", ""),
    ("baseline diff", 2, "{baseline}", "--against"),
    ("baseline diff", 3, "{baseline} {single}", "not a gigasim baseline"),
    ("baseline diff", 7, "{baseline} {result}", NO_SPACE, full_disk),
    ("catalogue list", 0, "", ""),
    ("catalogue list", 2, "factories", "did you mean"),
    ("catalogue list", 3, "accelerators --with {single}", "single-site.yaml:"),
    ("catalogue list", 7, "", NO_SPACE, full_disk),
    ("catalogue show", 0, "jaif", ""),
    ("catalogue show", 2, "atlantis", "nothing in the catalogue"),
    ("catalogue show", 7, "jaif", NO_SPACE, full_disk),
    ("catalogue cite", 0, "", ""),
    ("catalogue cite", 2, "atlantis", "nothing in the catalogue"),
    ("catalogue cite", 7, "", NO_SPACE, full_disk),
    ("models train", 0, "--model llama-3.1-70b --accelerator GH200 -n 2048 --tokens 2e12", ""),
    ("models train", 2, "--model lama-3.1-70b --accelerator GH200 -n 2048 --tokens 2e12", "did you mean"),
    ("models train", 7, "--model llama-3.1-70b --accelerator GH200 -n 2048 --tokens 2e12", NO_SPACE, full_disk),
    ("models train", 0, "--model llama-3.1-8b --accelerator H100 -n 64 --tokens 1e9 --sequence 200000 --batch 3200000",
     "longer than the context of llama-3.1-8b, 131,072 tokens"),
    ("models check", 0, "", ""),
    ("models check", 2, "--training {work}/missing.csv", "cannot be read"),
    ("models check", 3, "--inference {log}", "synthetic-1000.swf:"),
    ("models check", 7, "", NO_SPACE, full_disk),
    ("models train", 2, "--model llama-3.1-8b --accelerator H100 -n 8 --tokens -1e9", "--tokens: must be more than zero, got -1e9\n"),
    ("metrics list", 0, "", ""),
    ("metrics list", 2, "surplus", "surplus"),
    ("metrics list", 7, "", NO_SPACE, full_disk),
    ("metrics explain", 0, "energy", ""),
    ("metrics explain", 2, "enery", "did you mean \"energy\"?"),
    ("metrics explain", 7, "energy", NO_SPACE, full_disk),
    ("completion", 0, "bash", ""),
    ("completion", 2, "tcsh", "tcsh"),
    ("completion", 7, "zsh", NO_SPACE, full_disk),
    ("man", 0, "run", ""),
    ("man", 0, "catalogue list", ""),
    ("man", 2, "rum", "did you mean \"run\"?"),
    ("man", 2, "-o {single}/x", "Not a directory"),
    ("man", 7, "", NO_SPACE, full_disk),
    ("man", 7, "-o {new}", TOO_LARGE, small_files),
]


def leaves(binary, path=()):
    """Reads the subcommands that do something from --help."""
    text = gigasim(binary, *path, "--help").stdout
    below = re.search(r"^Subcommands:\n((?:  .*\n)+)", text, re.M)
    if not below:
        return [" ".join(path)]
    return [leaf for name in re.findall(r"^  (\S+)", below.group(1), re.M) for leaf in leaves(binary, (*path, name))]


def documented(commands):
    """Reads which subcommand returns which code from docs/exit-codes.md."""
    rows = re.findall(r"^\| (\d+) \| .* \| (.*) \|$", (ROOT / "docs/exit-codes.md").read_text(), re.M)
    check(len(rows) >= 8, f"docs/exit-codes.md documents {len(rows)} codes")
    return {(command, int(code)) for code, who in rows for command in (commands if who == "all" else re.findall("`(.*?)`", who))}


def values(binary, work):
    """What the arguments may name. The log is long enough to be caught in the middle."""
    gigasim(binary, "run", SINGLE, "-o", work / "result", "--quiet")
    gigasim(binary, "baseline", "record", SINGLE, "-o", work / "single.baseline")
    other, long_scenario = work / "other.yaml", work / "long.yaml"
    other.write_text(f"gigasim: 1\nextends: {SINGLE}\nseed: 5\n")
    expecting = work / "expecting.yaml"
    expecting.write_text(f"gigasim: 1\nextends: {SINGLE}\nexpect: [jobs_finished < 1]\n")
    gigasim(binary, "baseline", "record", expecting, "-o", work / "expecting.baseline")
    long_scenario.write_text(f"gigasim: 1\nextends: {SINGLE}\nperiod: {{ length: 2400 d }}\n")
    long_log = work / "long.swf"
    with long_log.open("w") as file:
        for n in range(1_500_000):
            # One job of a node each 10 s.
            file.write(f"{n + 1} {n * 10} -1 {100 + n % 977} 64 -1 -1 64 2000 -1 1 1 1 1 1 1 -1 -1\n")
    return {"single": SINGLE, "broken": BROKEN, "log": LOG, "bids": ROOT / "tests/tender/bids.yaml", "work": work, "result": work / "result", "long_log": long_log,
            "baseline": work / "single.baseline", "expecting": expecting, "expecting_baseline": work / "expecting.baseline", "other": other, "long_scenario": long_scenario}


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    commands = leaves(binary)
    # Our own fault can end any subcommand, in one and the same way.
    rows = ROWS + [(command, 70, "", FAULT, thrown("our-fault")) for command in commands]
    expected = documented(commands)
    tested = {(row[0], row[1]) for row in rows}
    check(expected - tested == set(), f"every documented code of every subcommand has a row {sorted(expected - tested)}")
    check(tested - expected == set(), f"every row is documented {sorted(tested - expected)}")
    named = values(binary, work)
    sanitized = b"__asan_init" in pathlib.Path(binary).read_bytes()
    for number, (command, code, arguments, text, *how) in enumerate(rows):
        if sanitized and how == [little_memory]:
            print(f"SKIPPED: {command}: an address sanitizer needs more addresses than this limit leaves")
            continue
        words = shlex.split(arguments.format(**named, new=work / f"new-{number}"))
        found, error = (how[0] if how else plain)([binary, *command.split(), *words])
        check(found == code and text in error, f"{command} {arguments}: exit {code}, {text!r}; got {found} {error[-300:].strip() if found != code or text not in error else ''}")
    left = sorted(p.name for p in work.iterdir() if p.name.startswith("new-") and p.name.endswith(".yaml"))
    check(len(left) == 1, f"no half file is left by `init` {left}")
    finish()


main()
