#!/usr/bin/env python3
"""`gigasim baseline`: what is recorded is what a run gives, what moves is told, nothing is lost on the way.

  baselines.py GIGASIM WORK_DIR
"""
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

from support import ROOT, check, finish, fresh, gigasim, results

SCENARIO = """gigasim: 1
seed: 7
period: { start: 2027-01-01, length: 4 d }
sites:
  - name: athens
    location: [37.98, 23.73]
    country: GR
    partitions: [{ name: main, accelerator: H100-SXM-80, count: 64 }]
workload:
  demand: { load: 80 % }
  streams:
    - { name: lab, labels: { user_type: start_up }, mix: [seren.sft, seren.eval], accelerators: { max: 32 } }
variants:
  busy: { workload: { demand: { load: 95 % } } }
"""


def scenario_in(work, name):
    folder = work / name
    folder.mkdir()
    (folder / "lab.yaml").write_text(SCENARIO)
    return folder


def recorded(binary, work, name):
    folder = scenario_in(work, name)
    gigasim(binary, "baseline", "record", folder)
    return folder, folder / "baselines/lab.baseline", folder / "baselines/lab.busy.baseline"


def figures(baseline):
    return dict(re.findall(r'^  "([^"]+)": "([^"]+)"$', baseline.read_text().split("\nmetrics:\n")[1], re.M))


def recording(binary, work):
    folder, base, busy = recorded(binary, work, "recording")
    check(base.exists() and busy.exists(), "a scenario and its variant have baselines beside it")
    gigasim(binary, "run", folder / "lab.yaml", "-o", work / "run", "--quiet")
    network = results(work / "run")["network"]
    said = figures(base)
    check(said["energy"] == f"{network['energy_mwh']!r} MWh" and said["jobs_finished"] == f"{network['jobs']['finished']} jobs",
          "the baseline holds the figures of the run in full")
    check("queue_time_mean{user_type=start_up}" in said and "utilisation{site=athens}" in said, "sites and labels are in it")
    again = gigasim(binary, "baseline", "record", folder, expect=2)
    check("update --reason" in again.stderr, "recording again is refused, and names the way")
    elsewhere = work / "elsewhere/one.baseline"
    gigasim(binary, "baseline", "record", folder / "lab.yaml", "--variant", "base", "-o", elsewhere, cwd=work)
    check(elsewhere.read_text() == base.read_text(), "-o names another place; the bytes are the same from another folder")
    gigasim(binary, "baseline", "check", folder / "lab.yaml", "--variant", "base", "--baseline", elsewhere)
    wrong = gigasim(binary, "baseline", "record", folder, "-o", elsewhere, expect=2)
    check("2 scenarios and variants" in wrong.stderr, "one file for two baselines is refused")


def checking(binary, work):
    folder, base, _ = recorded(binary, work, "checking")
    one = gigasim(binary, "baseline", "check", folder, "--jobs", 1)
    four = gigasim(binary, "baseline", "check", folder, "--jobs", 4)
    hidden = gigasim(binary, "baseline", "check", folder, env={"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2"})
    check(one.stdout == four.stdout == hidden.stdout and one.stdout.count("✓") == 2,
          "any number of processes, and a processor without FMA and AVX2, give the same figures")
    (folder / "lab.yaml").write_text(SCENARIO.replace("load: 80 %", "load: 82 %"))
    junit, markdown = work / "moved.xml", work / "moved.md"
    moved = gigasim(binary, "baseline", "check", folder, "--junit", junit, "--markdown", markdown, "--github", expect=5)
    check("input changed: lab.yaml" in moved.stdout and "code changed" not in moved.stdout, "a changed input is named as the cause")
    check(re.search(r"start_up jobs \(user_type\) wait [\d.]+ % (longer|less)", moved.stdout) is not None, "what moved is said in words")
    check("::error file=" in moved.stdout and "✗" in markdown.read_text(), "annotations and a summary are written")
    if shutil.which("xmllint"):
        valid = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", ROOT / "tests/schema/junit.xsd", junit], capture_output=True)
        check(valid.returncode == 0, f"the JUnit file is valid {valid.stderr.decode()[:300]}")
    else:
        print("SKIPPED: xmllint (libxml2-utils) is not installed")
    text = base.read_text()
    loose = text.replace('  "*": exact', '  "*": 1000 %')
    loose = re.sub(r'(\{\w+=\*\}": )exact', r"\1ignore", loose)
    base.write_text(loose)
    tolerant = gigasim(binary, "baseline", "check", folder / "lab.yaml", "--variant", "base", expect=None)
    check("within tolerance" in tolerant.stdout, "a wider rule lets small changes pass")


def wrong_baselines(binary, work):
    folder, base, busy = recorded(binary, work, "wrong")
    text = base.read_text()
    good = figures(base)
    for what, damaged, said in (
            ("changed by hand", text.replace(good["energy"], "1 MWh"), "changed by hand or damaged"),
            ("cut off", text[:len(text) // 2], "lab.baseline:"),
            ("of another format", text.replace("baseline: 1", "baseline: 9"), "a baseline of format \"9\""),
            ("with a mistyped metric", text.replace('"energy"', '"enregy"'), "unknown metric enregy; did you mean energy?"),
            ("with a mistyped rule", text.replace('"*": exact', '"enregy": exact'), "fits no metric; did you mean energy?"),
            ("binary", "\x00\x01\x7f", "lab.baseline:")):
        base.write_text(damaged)
        done = gigasim(binary, "baseline", "check", folder, expect=3)
        check(done.stderr.count("error:") == 1 and said in done.stderr, f"a baseline {what} is one clear error {done.stderr.strip()[:200]}")
    busy.unlink()
    base.write_text(text)
    missing = gigasim(binary, "baseline", "check", folder, expect=3)
    check("baseline record" in missing.stderr and "--variant busy" in missing.stderr, "a missing baseline names the command that makes it")


def updating(binary, work):
    folder, base, busy = recorded(binary, work, "updating")
    check("--reason" in gigasim(binary, "baseline", "update", folder, expect=2).stderr, "an update needs a reason")
    same = gigasim(binary, "baseline", "update", folder, "--reason", "none")
    check(same.stdout.count("unchanged") == 2, "an update without a change leaves the file as it is")
    before = base.read_bytes()
    (folder / "lab.yaml").write_text(SCENARIO.replace("count: 64", "count: 72"))

    # The signal may come before, between and after the two files: each is the old one or the new one, whole.
    files, old = (base, busy), (before, busy.read_bytes())
    same_day = {**os.environ, "SOURCE_DATE_EPOCH": "1800000000"}
    update = [binary, "baseline", "update", folder, "--reason", "grown"]
    subprocess.run(update, capture_output=True, check=True, env=same_day)
    new = tuple(file.read_bytes() for file in files)
    for file, text in zip(files, old):
        file.write_bytes(text)
    stop = subprocess.Popen(update, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=same_day)
    time.sleep(0.06)
    stop.send_signal(signal.SIGINT)
    code = stop.wait(timeout=60)
    check(code in (130, -signal.SIGINT, 0), f"an interrupted update ends by the signal, or had ended ({code})")
    check(all(file.read_bytes() in either for file, either in zip(files, zip(old, new))), "it leaves whole files, old or new")
    busy.write_bytes(old[1])
    base.write_bytes(before)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    full = subprocess.run([binary, "baseline", "update", folder / "lab.yaml", "--variant", "base", "--reason", "grown"],
                          capture_output=True, text=True, preexec_fn=limit)
    check(full.returncode == 7 and base.read_bytes() == before, f"so does a full disk ({full.returncode} {full.stderr.strip()[-200:]})")
    check(sorted(p.name for p in base.parent.iterdir()) == ["lab.baseline", "lab.busy.baseline"], "nothing else is left in the folder")

    gigasim(binary, "baseline", "update", folder, "--reason", "eight more: a \"new\" node", env={"SOURCE_DATE_EPOCH": "1800000000"})
    check('{ date: "2027-01-15", gigasim: "' in base.read_text() and 'reason: "eight more: a \\"new\\" node"' in base.read_text(),
          "the reason is in the file's history")
    gigasim(binary, "baseline", "check", folder)


def differences(binary, work):
    folder, base, busy = recorded(binary, work, "differences")
    git = lambda *words: subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *words], cwd=folder, capture_output=True, check=True)
    two = gigasim(binary, "baseline", "diff", base, busy)
    check("another scenario or variant" in two.stdout and "queue_time_mean" in two.stdout, "two baselines are compared")
    if shutil.which("git"):
        git("init", "-q")
        git("add", ".")
        git("commit", "-qm", "first")
        (folder / "lab.yaml").write_text(SCENARIO.replace("seed: 7", "seed: 8"))
        gigasim(binary, "baseline", "update", folder, "--reason", "another seed")
        against = gigasim(binary, "baseline", "diff", base, "--against", "HEAD")
        check("input changed: lab.yaml" in against.stdout, "a baseline is compared with its git revision")
        unknown = gigasim(binary, "baseline", "diff", base, "--against", "no-such-revision", expect=2)
        check("no-such-revision" in unknown.stderr, "an unknown revision is git's error")
    else:
        print("SKIPPED: git is not installed")
    for seed in (1, 2):
        gigasim(binary, "run", folder / "lab.yaml", "--seed", seed, "-o", work / f"seed-{seed}", "--quiet")
    check("figures of" in gigasim(binary, "baseline", "diff", work / "seed-1", work / "seed-2").stdout, "two result folders are compared")
    same = gigasim(binary, "baseline", "diff", work / "seed-1", work / "seed-1").stdout
    check(same.startswith("✓") and ": 0 figures" in same, "a result does not differ from itself")


def examples(binary, work):
    """The files for CI systems are parsed, and their commands run as they stand."""
    try:
        import yaml
    except ImportError:
        print("SKIPPED: python3-yaml is not installed")
        return
    github = yaml.safe_load((ROOT / "docs/ci/github-actions.yml").read_text())
    gitlab = yaml.safe_load((ROOT / "docs/ci/gitlab-ci.yml").read_text())
    scripts = {
        "github": [step["run"] for step in github["jobs"]["baselines"]["steps"] if "run" in step],
        "gitlab": gitlab["baselines"]["script"],
    }
    for system, commands in scripts.items():
        checkout = work / system
        checkout.mkdir()
        recorded(binary, checkout, "scenarios")
        summary = checkout / "summary.md"
        env = {**os.environ, "PATH": f"{pathlib.Path(binary).parent}:{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": str(summary)}
        run = lambda command: subprocess.run(["sh", "-ec", command], cwd=checkout, env=env, capture_output=True, text=True)
        done = [run(command) for command in commands]
        check(len(commands) >= 2 and all(d.returncode == 0 for d in done), f"{system}: every command succeeds {[d.stderr for d in done if d.returncode]}")
        (checkout / "scenarios/lab.yaml").write_text(SCENARIO.replace("seed: 7", "seed: 9"))
        codes = [run(command).returncode for command in commands]
        check(codes[1] == 5, f"{system}: a moved figure fails the job ({codes})")
        check(system != "github" or "✗" in summary.read_text(), f"{system}: the summary reaches the pull request")


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    for part in (recording, checking, wrong_baselines, updating, differences, examples):
        part(binary, work)
    finish()


main()
