#!/usr/bin/env python3
"""What goes wrong around a run ends with its documented exit code, one clear message, and no results lost.

  bad_conditions.py GIGASIM WORK_DIR
"""
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import time

from support import ROOT, check, finish, fresh, gigasim, results

SINGLE = ROOT / "scenarios" / "single-site.yaml"


def messages(process):
    return [line for line in process.stderr.splitlines() if line.startswith("error: ")]


def one_error(process, text, what):
    found = messages(process)
    check(len(found) == 1 and text in found[0], f"{what}: one error that says \"{text}\", got {found}")


def usage_errors(binary):
    for arguments in ([], ["fly"], ["run"], ["run", SINGLE, "--format", "pdf"], ["run", SINGLE, "--set", "seed"],
                      ["replay", SINGLE], ["compare", "only-one"], ["run", SINGLE, "--no-such-option"],
                      ["replay", SINGLE, "--accelerators", "0"], ["metrics", "explain", "queue_tim_p95"],
                      ["catalogue", "list", "factories"], ["catalogue", "show", "atlantis"]):
        done = gigasim(binary, *arguments, expect=2)
        check(done.returncode == 2 and done.stderr.strip() != "", f"usage error, exit 2: {' '.join(map(str, arguments))}")


def output_folder(binary, work):
    blocked = work / "a-file"
    blocked.write_text("not a folder")
    done = gigasim(binary, "run", SINGLE, "-o", blocked / "out", expect=2)
    one_error(done, str(blocked), "output below a file")
    foreign = work / "foreign"
    foreign.mkdir(exist_ok=True)
    (foreign / "thesis.tex").write_text("precious")
    one_error(gigasim(binary, "run", SINGLE, "-o", foreign, expect=2), str(foreign), "output over a foreign folder")
    check((foreign / "thesis.tex").read_text() == "precious", "a foreign folder is left alone")


def disk_full(binary, work):
    folder = work / "full"
    gigasim(binary, "run", SINGLE, "-o", folder, "--quiet")
    before = (folder / "results.json").read_bytes()
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    done = gigasim(binary, "run", SINGLE, "--seed", 5, "-o", folder, expect=7, preexec_fn=limit)
    one_error(done, "File too large", "a file size limit")
    check((folder / "results.json").read_bytes() == before, "the earlier results stay when new ones cannot be written")
    check([p.name for p in work.iterdir() if p.name.startswith("full.")] == [], "no temporary folder is left behind")
    with open("/dev/full", "w") as full:
        code = subprocess.run([binary, "run", SINGLE, "--no-output"], stdout=full, stderr=subprocess.PIPE).returncode
    check(code == 7, f"standard output on a full disk: exit 7, got {code}")


def wait_until_caught(child, sign):
    """Until the program catches a signal: on a busy machine it may start slowly."""
    while child.poll() is None:
        status = pathlib.Path(f"/proc/{child.pid}/status").read_text()
        caught = int(next(line for line in status.splitlines() if line.startswith("SigCgt")).split()[1], 16)
        if caught >> (sign - 1) & 1:
            return
        time.sleep(0.05)


def interrupted(binary, work):
    for sign, expected in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        folder = work / f"stopped-{expected}"
        # Five years of it: long enough to be caught in the middle.
        child = subprocess.Popen([binary, "run", SINGLE, "--set", "period.length=1800 d",
                                  "--set", "expect=[queue_time_max < 1 s]", "-o", folder],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        wait_until_caught(child, sign)
        time.sleep(1.0)  # some jobs
        child.send_signal(sign)
        _, error = child.communicate()
        check(child.returncode == expected, f"{sign.name}: exit {child.returncode}, expected {expected}: {error[-300:]}")
        if child.returncode == expected:
            found = results(folder)
            check(found["complete"] is False and found["network"]["jobs"]["submitted"] > 0,
                  f"{sign.name}: what was reached is readable and marked incomplete")
            check("expectations are not checked" in error and found["expectations"] == [],
                  f"{sign.name}: expectations of half a run are not checked, and that is said")


def broken_logs(binary, work):
    cases = {
        "empty.swf": (b"", "no job line"),
        "comments.swf": (b"; Version: 2\n; no job at all\n", "no job line"),
        "garbage.swf": (bytes(range(256)) * 40, "garbage.swf"),
        "words.swf": (b"1 0 -1 ten 4 -1 -1 4 20 -1 1 1 1 1 1 1 -1 -1\n", "words.swf:1:8"),
        "truncated.swf.gz": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x33\x54", "truncated"),
        "long.swf": (b"1 " * 5_000_000, "longer than"),
        "too-wide.swf": (b"1 0 -1 10 64 -1 -1 64 20 -1 1 1 1 1 1 1 -1 -1\n", "no usable job"),
    }
    for name, (content, text) in cases.items():
        log = work / name
        log.write_bytes(content)
        done = gigasim(binary, "replay", log, "--accelerators", 8, expect=3)
        check(messages(done) and text in messages(done)[0], f"{name}: says \"{text}\", got {messages(done)[:1]}")
    done = gigasim(binary, "replay", work / "missing.swf", "--accelerators", 8, expect=3)
    one_error(done, "missing.swf", "a log that is not there")
    done = gigasim(binary, "replay", work / "missing.swf", "--accelerators", 8, "--policy", "all", expect=3)
    one_error(done, "missing.swf", "a log that is not there, for all policies")
    log = work / "one.swf"
    log.write_bytes(b"1 0 5 10 4 -1 -1 4 20 -1 1 1 1 1 1 1 -1 -1\n")
    for setting, text in {"scheduling.priority.agge=1": "did you mean \"age\"?", "scheduling.backfill.depth=0": "depth",
                          "scheduling.broker=home": "broker", "seed=1": "seed",
                          "scheduling.priority.levels={ high: 1 }": "a log has no access classes and labels"}.items():
        done = gigasim(binary, "replay", log, "--accelerators", 8, "--set", setting, expect=3)
        one_error(done, text, f"--set {setting} of a replay")


def request_traces(binary, work):
    """The requests of a service from a file: what is wrong with it is told by validate and by run, and a good one stands in the
    manifest."""
    trace = work / "requests.csv"
    scenario = work / "service.yaml"
    scenario.write_text("""
gigasim: 1
period: { start: 2027-01-01, length: 10 min }
sites:
  - { name: athens, country: GR, location: [37.7, 24.1], partitions: [{ accelerator: H100, count: 4 }] }
workload:
  streams:
    - { name: research, arrivals: { rate: 1 jobs/h }, job: { accelerators: 1, runtime: 1 h } }
  services:
    - { name: chat, ai_model: llama-3.1-8b, demand: { origin: GR, trace: { file: requests.csv } }, when_short: queue, fidelity: requests }
""")
    heading = "TIMESTAMP,ContextTokens,GeneratedTokens\n"
    for content, text in (("", "requests.csv:1:1: the file is empty"), ("a,b\n1,2\n", "requests.csv:1:1: no column TIMESTAMP"),
                          (heading + "2024-05-10 00:00:00,,7\n", "requests.csv:2:21: ContextTokens")):
        trace.write_text(content)
        for command in (["validate", scenario], ["run", scenario, "-o", work / "traced"]):
            one_error(gigasim(binary, *command, expect=3), text, f"{command[0]} with a broken request trace")
    trace.write_text(heading + "2024-05-10 00:00:01,5,7\n2024-05-10 00:00:00,5,7\n")
    told = gigasim(binary, "validate", scenario).stderr
    check("requests.csv: 1 request is earlier than the one above: sorted by time" in told, f"requests out of order are sorted: {told}")
    trace.write_text(heading + "2024-05-10 00:00:00,500,70\n2024-05-10 00:05:00,300,30\n")
    gigasim(binary, "run", scenario, "-o", work / "traced", "--quiet")
    service = results(work / "traced")["services"][0]
    check(service["requests_served"] == 2 and service["input_tokens"] == 800, f"both requests of a trace are served: {service}")
    check("requests.csv" in (work / "traced" / "manifest.json").read_text(), "a request trace stands in the manifest")


def broken_results(binary, work):
    gigasim(binary, "run", SINGLE, "-o", work / "good", "--quiet")
    bad = work / "bad.json"
    bad.write_text("{ \"schema_version\": 1, ")
    for path, text in ((bad, "bad.json"), (work / "nowhere", "nowhere"), (SINGLE, "single-site.yaml")):
        one_error(gigasim(binary, "compare", work / "good", path, expect=3), text, f"compare with {path.name}")


def too_large(binary, work):
    """A run that would take all memory is not started unasked; started, it ends with one sentence, also where SimGrid finds none."""
    scenario = work / "too-large.yaml"
    scenario.write_text("""
gigasim: 1
period: { start: 2027-01-01, length: 1 d }
sites:
  - { name: a, country: GR, location: [37, 24], partitions: [{ accelerator: GH200, count: 100000000, per_node: 4 }] }
workload:
  demand: { load: 80 % }
  streams:
    - { name: research, job: { accelerators: 4, runtime: 1 h } }
""")
    # 80 % of 100 million accelerators in jobs of 4 accelerator-hours: 20 million at a time, 480 million a day.
    one_error(gigasim(binary, "run", scenario, expect=7), "480 million jobs, 20 million of them at a time", "a run too large")
    one_error(gigasim(binary, "baseline", "record", scenario, expect=7), "with --yes it is run all the same", "a baseline too large")
    # An address sanitizer needs more addresses than these limits leave.
    for mebi in () if is_sanitized(binary) else (300, 700):
        limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (mebi << 20, mebi << 20))
        done = gigasim(binary, "run", scenario, "--yes", "--no-output", "--quiet", expect=7, preexec_fn=limit)
        check(done.stderr.startswith("error: out of memory: ") and done.stderr.count("\n") == 1,
              f"{mebi} MiB are not enough: one sentence, got {done.stderr[:300]}")
    scenario.write_text("gigasim: 1\nextends: %s\nperiod: { length: 36000 d }\n" % SINGLE)
    one_error(gigasim(binary, "report", scenario, "-o", work / "x.html", expect=7, cwd=work), "--yes", "a report of a run too large")


def is_sanitized(binary):
    return b"__asan_init" in pathlib.Path(binary).read_bytes()


def killed_child(binary, work):
    """What ends a run's process from outside is no fault of ours."""
    scenario = work / "long.yaml"
    scenario.write_text(f"gigasim: 1\nextends: {SINGLE}\nperiod: {{ length: 2400 d }}\n")
    signals = [(signal.SIGKILL, "was ended by signal 9 (killed from outside, for instance by the kernel's out-of-memory "
                              "handler)", 7), (signal.SIGSEGV, "was ended by signal 11: our own fault, please report it", 70)]
    if is_sanitized(binary):
        signals.pop()  # its handler takes that signal
    for sign, text, code in signals:
        parent = subprocess.Popen([binary, "report", scenario, "-o", work / "x.html"], cwd=work, stderr=subprocess.PIPE, text=True)
        children = pathlib.Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        while parent.poll() is None and not children.read_text().split():
            time.sleep(0.05)
        child = int(children.read_text().split()[0])
        wait = pathlib.Path(f"/proc/{child}/status")
        while int(re.search(r"^SigCgt:\s*(\w+)", wait.read_text(), re.M).group(1), 16) >> (signal.SIGINT - 1) & 1 == 0:
            time.sleep(0.05)
        os.kill(child, sign)
        _, error = parent.communicate()
        check(parent.returncode == code and error.count("error: ") == 1 and text in error,
              f"{sign.name}: exit {code} and {text!r}; got {parent.returncode} {error[-300:]}")


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    usage_errors(binary)
    output_folder(binary, work)
    disk_full(binary, work)
    interrupted(binary, work)
    too_large(binary, work)
    killed_child(binary, work)
    broken_logs(binary, work)
    request_traces(binary, work)
    broken_results(binary, work)
    finish()


main()
