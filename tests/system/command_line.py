#!/usr/bin/env python3
"""The command line as a user meets it: every README command runs, formats parse, stable paths of results.json exist.

  command_line.py GIGASIM WORK_DIR
"""
import csv
import io
import json
import re
import shutil
import sys

from support import ROOT, check, finish, fresh, gigasim

STABLE = ["jobs.submitted", "jobs.finished", "jobs.killed", "jobs.unfinished", "queue_time_s.mean", "queue_time_s.median",
          "queue_time_s.p95", "queue_time_s.p99", "queue_time_s.max", "bounded_slowdown.mean", "utilisation",
          "accelerator_hours", "energy_mwh", "peak_power_mw"]
JOB_COLUMNS = ("job_id,stream,access_class,labels,origin,site,partition,accelerators,pods,submit_time_s,start_time_s,end_time_s,"
               "queue_time_s,runtime_s,walltime_s,outcome,refusal_reason,decision,why,brokered_time_s,expected_start_time_s,score,next_site,"
               "next_partition,next_score,moves")


def at(block, path):
    for key in path.split("."):
        block = block[key]
    return block


def readme_commands(binary, work):
    text = (ROOT / "README.md").read_text()
    commands = [line.split("#")[0].strip() for fence in re.findall(r"```sh\n(.*?)```", text, re.S) for line in fence.splitlines()]
    commands = [c for c in commands if c.startswith("gigasim ")]
    check(len(commands) >= 8, f"the README shows {len(commands)} commands")
    shutil.copytree(ROOT / "scenarios", work / "scenarios", dirs_exist_ok=True)
    for command in commands:
        arguments = [word.strip('"') for word in re.findall(r'(?:[^\s"]+|"[^"]*")+', command)[1:]]
        arguments = [word.replace('"', "") for word in arguments]
        done = gigasim(binary, *arguments, expect=None, cwd=work)
        check(done.returncode == 0 and (done.stdout or "-o" in arguments), f"README: {command}{done.stderr[-300:] if done.returncode else ''}")


def scenarios(binary, work):
    files = sorted((ROOT / "scenarios").glob("*.yaml"))
    done = gigasim(binary, "validate", *files)
    check(done.stdout.count(": ok") == len(files) >= 5, f"all {len(files)} shipped scenarios and their variants are valid")
    shown = work / "shown.yaml"
    shown.write_text(gigasim(binary, "show", ROOT / "scenarios/single-site.yaml").stdout)
    for file, folder in ((ROOT / "scenarios/single-site.yaml", "original"), (shown, "shown")):
        gigasim(binary, "run", file, "-o", work / folder, "--quiet")
    same = all((work / "original" / name).read_bytes() == (work / "shown" / name).read_bytes() for name in ("jobs.csv", "sites.csv"))
    check(same, "a scenario and what `show` prints of it give the same jobs and sites")


def results(binary, work):
    file = ROOT / "scenarios/eu-network.yaml"
    settings = ["--set", "period.warm_up=1 d", "--set", "period.length=2 d", "--set", "expect=[]"]  # bounds are for a month
    found = json.loads(gigasim(binary, "run", file, *settings, "-o", work / "eu", "--format", "json", "--quiet").stdout)
    check(found == json.loads((work / "eu/results.json").read_text()), "--format json prints results.json")
    check(isinstance(found["schema_version"], int), "results.json has a schema_version")
    blocks = [found["network"], *found["sites"], *found["access_classes"], *found["origins"]]
    check(len(found["sites"]) == 19 and len(found["access_classes"]) == 5 and len(found["origins"]) > 25,
          "there are blocks for 19 sites, 5 access classes and the countries of origin")
    check(all("name" in block for block in blocks[1:]), "every block has its name")
    missing = [path for block in blocks for path in STABLE if not isinstance(at(block, path), (int, float, type(None)))]
    check(missing == [], f"every stable path exists in every block {missing[:3]}")
    total = sum(at(site, "accelerator_hours") for site in found["sites"])
    check(abs(total - at(found["network"], "accelerator_hours")) < 1e-6 * total, "accelerator-hours of the sites add up to the network's")
    energy = sum(at(site, "energy_mwh") for site in found["sites"])
    check(abs(energy - at(found["network"], "energy_mwh")) < 1e-9 * energy, "energy of the sites adds up to the network's")
    check((work / "eu/jobs.csv").read_text().split("\n", 1)[0] == JOB_COLUMNS, "jobs.csv has the documented columns")
    table = gigasim(binary, "run", file, *settings, "--no-output", "--quiet", env={"COLUMNS": "90"}).stdout
    check("\x1b[" not in table and max(map(len, table.splitlines())) <= 90, "a table off a terminal has no colour and keeps to its width")
    check("\x1b[" in gigasim(binary, "run", file, *settings, "--no-output", "--quiet", "--color", "always").stdout, "--color always colours")
    rows = list(csv.reader(io.StringIO(gigasim(binary, "run", file, *settings, "--no-output", "--quiet", "--format", "csv").stdout)))
    check(len(rows) == 21 and len({len(row) for row in rows}) == 1, "--format csv is one network row and 19 sites")
    check("| " in gigasim(binary, "run", file, *settings, "--no-output", "--quiet", "--format", "md").stdout, "--format md prints tables")


def overload(binary, work):
    file = ROOT / "scenarios/single-site.yaml"
    done = gigasim(binary, "run", file, "--set", "workload.demand.load=150 %", "-o", work / "overload", "--quiet")
    network = json.loads((work / "overload/results.json").read_text())["network"]
    check("unstable" in done.stdout, "a load above 1 is called unstable in words")
    check(network["offered_load"] > 1 and network["jobs"]["unfinished"] > 0 and "queue_time_s.max" in network["lower_bounds"],
          "overload shows: offered load, unfinished jobs, and a longest wait that is a lower bound")


def expectations(binary, work):
    file = work / "expect.yaml"
    base = ROOT / "scenarios/single-site.yaml"
    file.write_text(f"""gigasim: 1
extends: {base}
expect:
  - queue_time_p95 < 100 d
  - jobs_killed == 0
  - "utilisation{{site=athens}} in 1..2 %"
variants:
  kept: {{ expect: ["utilisation{{stream=research}} < 100 %"] }}
  slip: {{ expect: [queue_time_p59 < 2 d] }}
""")
    done = gigasim(binary, "validate", file, expect=3)
    check('expect.yaml:9:20: variants.slip.expect[0]: unknown metric "queue_time_p59" (did you mean "queue_time_p95"?' in done.stderr,
          "a slip in an expectation is an error at its place that names the nearest metric")
    file.write_text(file.read_text().replace("p59", "p95"))
    done = gigasim(binary, "run", file, "-o", work / "breached", "--no-progress", expect=4)
    check("✓ queue_time_p95 < 100 d: " in done.stdout and "✗ utilisation{site=athens} in 1..2 %: " in done.stdout,
          "the report has a tick or a cross for each expectation")
    check("exceeded by" in done.stdout and "margin" in done.stdout, "it says by how much each is met or missed")
    check("1 of 3 expectations are not met" in done.stderr, "exit code 4 is explained on stderr")
    found = json.loads((work / "breached/results.json").read_text())["expectations"]
    check([one["verdict"] for one in found] == ["met", "met", "breached"], "results are written, with the verdicts")
    check(found[2]["low"] == 0.01 and found[2]["high"] == 0.02 and found[2]["margin"] == 0.02 - found[2]["value"],
          "the verdict comes with limits, value and margin")
    done = gigasim(binary, "run", file, "--no-output", "--format", "json", "--quiet", expect=4)
    check(json.loads(done.stdout)["expectations"] == found and "expect.yaml:6:5: utilisation{site=athens}" in done.stderr,
          "with --format json stdout stays JSON and stderr names what is not met, with its place")
    done = gigasim(binary, "run", file, "--variant", "kept", "--no-output")
    check("Expectations: 1 of 1 met" in done.stdout and "not met" not in done.stderr, "a variant's expectations replace the base's")
    check("Expectations" not in gigasim(binary, "run", file, "--set", "expect=[]", "--no-output").stdout, "--set expect=[] expects nothing")
    shown = work / "expect-shown.yaml"
    shown.write_text(gigasim(binary, "show", file).stdout)
    gigasim(binary, "run", shown, "--no-output", "--quiet", expect=4)


def facts(binary):
    check("Exit codes:" in gigasim(binary, "--help").stdout, "--help lists the exit codes")
    kinds = gigasim(binary, "catalogue", "list").stdout
    check(all(kind in kinds for kind in ("ai-factories", "antennas", "accelerators", "access-modes", "wan-links")), "the catalogue lists its kinds")
    check("23536" in gigasim(binary, "catalogue", "show", "jaif").stdout, "a fact sheet shows its figures")
    check("http" in gigasim(binary, "catalogue", "cite", "jaif").stdout, "a fact is cited with its source")
    check("queue_time_s.p95" in gigasim(binary, "metrics", "explain", "queue_time_p95").stdout, "a metric is explained with its path")
    schema = json.loads(gigasim(binary, "schema").stdout)
    check(schema["$schema"].startswith("https://json-schema.org/"), "the schema is a JSON Schema")
    check(json.loads((ROOT / "docs/gigasim.schema.json").read_text()) == schema, "docs/gigasim.schema.json is what `schema` prints")


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    readme_commands(binary, work)
    scenarios(binary, work)
    results(binary, work)
    overload(binary, work)
    expectations(binary, work)
    facts(binary)
    finish()


main()
