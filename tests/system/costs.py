#!/usr/bin/env python3
"""Costs are reckoned after a run, and touch no figure of it.

  costs.py GIGASIM WORK_DIR
"""
import json
import sys

from support import ROOT, check, finish, fresh, gigasim

SINGLE = ROOT / "scenarios" / "single-site.yaml"


def close(a, b):
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-9)


def results(folder):
    return json.loads((folder / "results.json").read_text())


def without_costs(result):
    result.pop("cost")
    for site in result["platform"]["sites"]:
        site.pop("cost")
        site.pop("shares")
    return result


def untouched(binary, work):
    site = results(work / "plain")["platform"]["sites"][0]["name"]
    gigasim(binary, "run", SINGLE, "-o", work / "stated", "--quiet",
            "--set", "cost={ discount_rate: 8 %, life_it: 4 a }",
            "--set", f"sites[{site}].cost={{ capex: 1 GEUR }}", "--set", f"sites[{site}].shares={{ eu: 10 % }}")
    for name in ("jobs.csv", "sites.csv", "timeseries.csv"):
        same = (work / "plain" / name).read_bytes() == (work / "stated" / name).read_bytes()
        check(same, f"{name} is the same, byte for byte, with and without cost keys")
    plain, stated = results(work / "plain"), results(work / "stated")
    check(stated["cost"][0]["parameter"] == "discount_rate", "results.json keeps what the scenario states about costs")
    check(without_costs(plain) == without_costs(stated), "results.json is the same but for the cost keys")


def costs(binary, folder, *more):
    return json.loads(gigasim(binary, "cost", folder, "--format", "json", *more).stdout)


def reckoned(binary, work):
    plain, stated = costs(binary, work / "plain"), costs(binary, work / "stated")
    check(close(stated["network"]["capex_eur"]["total"], 1e9), "a stated capex is the capex")
    check(stated["network"]["payers"]["eu"]["share_of_capital"] == 0.1, "stated shares are the shares")
    site = plain["sites"][0]["name"]
    same = costs(binary, work / "plain", "--set", "cost={ discount_rate: 8 %, life_it: 4 a }",
                 "--set", f"sites[{site}].cost={{ capex: 1 GEUR }}", "--set", f"sites[{site}].shares={{ eu: 10 % }}")
    check(same == stated, "settings after the run give what the same keys in the scenario give")
    use = results(work / "plain")["sites"][0]
    hours = plain["period_days"] * 24
    check(close(plain["sites"][0]["h100_equivalent_hours_per_year"], use["h100_equivalent_hours"] * 8760 / hours),
          "the hours of a year are those of the run")
    cost = plain["network"]
    paid = sum(p["capital_eur_per_year"] + p["operation_eur_per_year"] for p in cost["payers"].values())
    check(close(paid, cost["total_eur_per_year"]), "the payers pay all of it")


def main():
    binary, work = sys.argv[1], fresh(sys.argv[2])
    gigasim(binary, "run", SINGLE, "-o", work / "plain", "--quiet")
    untouched(binary, work)
    reckoned(binary, work)
    finish()


main()
