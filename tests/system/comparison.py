#!/usr/bin/env python3
"""Every number in the sentences and tables of `compare` and of the report's answer is in results.json.

  comparison.py GIGASIM WORK_DIR
"""
import html
import re
import sys

from support import ROOT, check, finish, fresh, gigasim, results

NAMES = {"one": None, "four": "four", "twenty": "twenty"}
SIZES = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0, "GWh": 1e3, "MWh": 1.0, "kWh": 1.0, "million": 1e6,
         "MW": 1.0, "GW": 1e3}
# A sentence's beginning, and the paths of the figures that it lists in its parts, which semicolons divide.
LISTS = {
    "Jobs completed": ["jobs.completed", "jobs.unfinished"],
    "The wait that 95 % of the jobs do not exceed": ["queue_time_s.p95"],
    "H100-equivalent hours delivered": ["h100_equivalent_hours"],
    "Electricity, cooling included": ["energy_mwh", "energy_per_h100_hour_kwh"],
}
ITEM = re.compile(r"(?:between ([\d.,]+) and |(at least ))?([\d.,]+)(?: (million|GWh|MWh|kWh|min|h|d|s))? in (\w+)")
MOVED = re.compile(r"([^,:;(]+) \(([+-][\d.,]+)(?: to ([+-][\d.,]+))? %\)")
WORDS = {
    "jobs waiting or running at the end": "jobs.unfinished", "jobs completed": "jobs.completed",
    "wait that 95 % of the jobs do not exceed": "queue_time_s.p95",
    "electricity per H100-equivalent hour of work that counts": "energy_per_h100_hour_kwh",
    "highest power": "peak_power_mw", "wait in the queue, median": "queue_time_s.median",
}


def number(text):
    return float(text.replace(",", "").replace("−", "-"))


def at(block, path):
    """What a figure is at least and at most; None where nothing limits it."""
    value = block
    for key in path.split("."):
        value = value[key]
    bound = path in block["lower_bounds"]
    return value, (block["upper_bounds"].get(path) if bound else value)


def reads_as(shown, value):
    """Three digits: within half of the third."""
    return abs(shown - value) <= 0.00501 * abs(value) + 1e-12


def change(first, other):
    """The least and the most that a figure changed, in percent of the first."""
    (a, b), (c, d) = first, other
    return [None if b is None else (c / b - 1) * 100, None if d is None else (d / a - 1) * 100]


def check_lists(text, networks, where):
    for start, paths in LISTS.items():
        sentence = re.search(re.escape(start) + r": (.*?)\.(?= [A-Za-z]|$)", text)
        check(sentence is not None, f"{where}: {start}")
        for path, part in zip(paths, sentence[1].split("; ") if sentence else []):
            items = ITEM.findall(part)
            check(sorted(item[4] for item in items) == sorted(networks), f"{where}: all results are told: {part}")
            for low, bound, value, unit, name in items:
                least, most = at(networks[name], path)
                size = SIZES[unit] if unit else 1.0
                shown_least = number(low or value) * size
                holds = reads_as(shown_least, least)
                if bound:
                    holds = holds and most is None
                else:
                    holds = holds and most is not None and reads_as(number(value) * size, most)
                check(holds, f"{where}: {path} of {name} is {least} to {most}: {low} {value} {unit}")


def check_verdicts(text, networks, first, where):
    for name in set(networks) - {first}:
        sentence = re.search(rf"\b{name} against {first}: (.*?)\.(?= [A-Za-z]|$)", text)
        none = f"Between {first} and {name} none of the main figures is better or worse" in text
        check((sentence is None) == none, f"{where}: what moved in {name} is told, or that nothing did")
        for words, least, most in MOVED.findall(sentence[1] if sentence else ""):
            words = words.strip().removeprefix("worse: ").removeprefix("better: ")
            real = change(at(networks[first], WORDS[words]), at(networks[name], WORDS[words]))
            shown = [number(least), number(most or least)]
            check(all(real_end is not None and abs(end - real_end) <= max(0.051, 0.00501 * abs(real_end))
                      for end, real_end in zip(shown, real)), f"{where}: {words} of {name} moved by {real} %: {shown}")
            check(min(abs(end) for end in real) >= 5.0, f"{where}: a change that is told is 5 % or more: {words}")


def check_table(text, networks, paths, where):
    """Rows of `compare`: name [unit], then a value for each result."""
    rows = 0
    for line in text.splitlines():
        row = re.match(r"(\w+)(?: \[(\S+)\])?  +(.*)", line)
        if not row or row[1] not in paths:
            continue
        rows += 1
        cells = re.split(r"  +", row[3])
        values = [cell for cell in cells if "%" not in cell and cell not in ("unknown", "better", "worse")]
        for name, cell in zip(networks, values):
            least, most = at(networks[name], paths[row[1]])
            size = SIZES.get(row[2], 1.0)
            ends = [number(end) * size for end in cell.removeprefix("≥ ").split(" to ")]
            holds = reads_as(ends[0], least) and (most is None if cell.startswith("≥") else reads_as(ends[-1], most))
            check(holds, f"{where}: {row[1]} of {name} is {least} to {most}: {cell}")
        check(len(values) == len(networks), f"{where}: a value for each result: {line}")
    return rows


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    networks = {}
    for name, variant in NAMES.items():
        gigasim(binary, "run", ROOT / "scenarios" / "one-or-four.yaml", *(["--variant", variant] if variant else []), "-o",
                work / name, "-q")
        networks[name] = results(work / name)["network"]
    paths = {"queue_time_mean": "queue_time_s.mean", "queue_time_median": "queue_time_s.median",
             "queue_time_p95": "queue_time_s.p95", "queue_time_p99": "queue_time_s.p99",
             "queue_time_max": "queue_time_s.max", "energy": "energy_mwh", "peak_power": "peak_power_mw",
             "mean_power": "mean_power_mw", "energy_per_h100_hour": "energy_per_h100_hour_kwh"}
    paths |= {f"jobs_{key}": f"jobs.{key}" for key in networks["one"]["jobs"]}
    paths |= {key: key for key in ("utilisation", "offered_load", "h100_equivalent_hours", "accelerator_hours",
                                   "started_within_target", "queue_length_mean", "delivered_gini", "delivered_jain")}
    folders = [work / name for name in NAMES]
    told = gigasim(binary, "compare", *folders, env={"COLUMNS": "300"}).stdout
    flat = re.sub(r"\s+", " ", told)
    check_lists(flat, networks, "compare")
    check_verdicts(flat, networks, "one", "compare")
    check(check_table(told, networks, paths, "compare") == 15, "compare shows 15 metrics, all of which are checked here")
    check("One run each: a difference may be chance" in flat, "compare says that there is one run each")
    everything = gigasim(binary, "compare", *folders, "--all", env={"COLUMNS": "300"}).stdout
    check(check_table(everything, networks, paths, "compare --all") > 25, "compare --all shows more")
    for line in gigasim(binary, "compare", *folders, env={"COLUMNS": "80"}).stdout.splitlines():
        check(len(line) <= 80, f"fits 80 columns: {line}")

    page = gigasim(binary, "report", *folders, "-o", "-").stdout
    answer = re.search(r'<p class="answer">(.*?)</p>', page, re.S)[1]
    answer = html.unescape(re.sub(r"<[^>]+>", "", answer)).replace("−", "-")
    labelled = {("base" if name == "one" else name): network for name, network in networks.items()}
    check_lists(answer, labelled, "report")
    check_verdicts(answer, labelled, "base", "report")
    finish()


main()
