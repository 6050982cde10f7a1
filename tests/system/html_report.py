#!/usr/bin/env python3
"""The HTML report as people meet it: structure, colours, and how a real browser draws it on wide and narrow screens.

  html_report.py GIGASIM WORK_DIR MAP_PACKAGES

MAP_PACKAGES is the folder in which the map was made. Without Chromium the checks that need it are left out, and the test
counts as skipped.
"""
import html.parser
import itertools
import json
import pathlib
import re
import shutil
import subprocess
import sys

import browser
from support import ROOT, check, finish, fresh, gigasim, skip
import support

SECTIONS = ["The answer", "Key figures", "Where the machines are", "How long jobs wait", "Utilisation and queues over time",
            "Assumptions", "How this report was made"]
HOSTILE = '<script>document.title="run"</script>"><img src=x onerror=alert(1)>'


class Structure(html.parser.HTMLParser):
    """What a page is made of, for the checks below."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.headings, self.attributes = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        attributes = dict(attrs)
        self.attributes.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag in ("a", "use"):
            self.links.append(attributes["href"])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))


AI_SECTIONS = ["What became of the accelerator-hours", "Training and other AI work", "Inference services", "Failures and checkpoints"]


def pages(binary, work):
    """One result with everything on it, three variants side by side, and AI work alone and side by side."""
    gigasim(binary, "run", ROOT / "scenarios/eu-days.yaml", "-q", "-o", work / "days", "--set", "period.length=3 d")
    folders = []
    for variant in ("", "four", "twenty"):
        folders.append(work / ("one" + variant))
        gigasim(binary, "run", ROOT / "scenarios/one-or-four.yaml", "-q", "-o", folders[-1], "--set", "period.warm_up=1 d",
                "--set", "period.length=4 d", *(["--variant", variant] if variant else []))
    gigasim(binary, "report", work / "days", "-o", work / "days.html")
    gigasim(binary, "report", *folders, "-o", work / "variants.html")
    sides = {"many": ("national-shares", ("", "caps", "targets", "uneven", "uneven-caps")), "rights": ("sme-access", ("", "reserved", "lent", "priority"))}
    for name, (scenario, variants) in sides.items():
        for variant in variants:
            gigasim(binary, "run", ROOT / f"scenarios/{scenario}.yaml", "-q", "-o", work / name / (variant or "base"), "--set", "period.warm_up=1 d",
                    "--set", "period.length=6 d", *(["--variant", variant] if variant else []))
        gigasim(binary, "report", *[work / name / (variant or "base") for variant in variants], "-o", work / f"{name}.html")
    gigasim(binary, "run", ROOT / "scenarios/train-and-serve.yaml", "-q", "-o", work / "serve", "--set", "period.warm_up=12 h",
            "--set", "period.length=1 d")
    gigasim(binary, "run", ROOT / "scenarios/inference-day.yaml", "-q", "-o", work / "day")
    gigasim(binary, "report", work / "serve", "-o", work / "serve.html")
    gigasim(binary, "report", work / "serve", work / "day", "-o", work / "ai.html")
    return [work / name for name in ("days.html", "variants.html", "many.html", "rights.html", "serve.html", "ai.html")]


def ai_sections(page):
    """What AI work adds to a page, and only to such a page."""
    parts = {heading: re.search(rf"<h2 [^>]*>{heading}</h2>(.*?)</section>", page.read_text(), re.S) for heading in AI_SECTIONS}
    return {heading: part.group(1) for heading, part in parts.items() if part}


def ai_work(results, page):
    """The parts on AI work say what results.json does."""
    found = ai_sections(page)
    check(list(found) == AI_SECTIONS, f"{page.name}: all parts on AI work are there {list(found)}")
    network = results["network"]
    split = network["accelerator_hours_split"]
    hours = network["accelerator_hours_available"]
    check(abs(sum(split.values()) - hours) < 1e-6 * hours and min(split.values()) >= 0.0, "the parts of accelerator-hours add up to those available")
    check(f"work of jobs {100 * split['work'] / hours:.1f} %" in found[AI_SECTIONS[0]], "the share of work is told")
    check(f"{100 * network['ai']['mfu']:.1f} %" in found[AI_SECTIONS[1]], "the utilisation of the models is told")
    served = float(f"{network['requests']['served']:.2e}")  # three digits
    check(f"{served:,.0f}" in found[AI_SECTIONS[2]], "the requests served are told")
    check(f"{network['reliability']['interruptions']:,}" in found[AI_SECTIONS[3]], "the interruptions are told")


def structure(page):
    text, name = page.read_text(), page.name
    found = Structure(text)
    check("script" not in found.tags and not any(k.startswith("on") for _, a in found.attributes for k in a), f"{name}: no script at all")
    foreign = [(tag, k, v) for tag, a in found.attributes for k, v in a.items()
               if k in ("src", "href", "xlink:href", "srcset", "data", "action") and not v.startswith("#") or "://" in (v or "")]
    check(not foreign and not re.search(r"url\(|@import", text), f"{name}: nothing from elsewhere {foreign[:2]}")
    check(len(found.ids) == len(set(found.ids)), f"{name}: no id is given twice")
    check(all(link[1:] in found.ids for link in found.links), f"{name}: every link leads somewhere on the page")
    check(found.headings[0] == 1 and all(b <= a + 1 for a, b in itertools.pairwise(found.headings)), f"{name}: no level of heading is skipped")
    drawings = [a for tag, a in found.attributes if tag == "svg" and "role" in a]
    check(len(drawings) >= 4 and all(set(a["aria-labelledby"].split()) <= set(found.ids) for a in drawings),
          f"{name}: all {len(drawings)} drawings have a title and a description")
    check(found.tags.count("caption") == found.tags.count("table") >= 5, f"{name}: every table has a caption")
    check(len(text.encode()) < 400_000, f"{name}: {len(text.encode())} bytes can be sent by mail")


def hostile(binary, work):
    scenario = work / "hostile.yaml"
    quoted = json.dumps(HOSTILE)
    scenario.write_text((ROOT / "scenarios/single-site.yaml").read_text())
    gigasim(binary, "run", scenario, "-q", "-o", work / "hostile", "--set", f"description={quoted}")
    gigasim(binary, "report", work / "hostile", "-o", work / "hostile.html")
    found = Structure((work / "hostile.html").read_text())
    check("script" not in found.tags and "img" not in found.tags, "a description that tries to be a script is text")
    check("onerror=alert" in (work / "hostile.html").read_text(), "that description is on the page")


# ---- colours --------------------------------------------------------------------------------------------------------

def linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def linear_rgb(colour):
    return [linear(int(colour[i:i + 2], 16) / 255) for i in (1, 3, 5)]


def contrast(a, b):
    """The contrast ratio of WCAG 2.1."""
    light, dark = sorted((sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear_rgb(x))) for x in (a, b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# Linear RGB as seen without red and without green cones: Vienot, Brettel and Mollon (1999), Color Research and
# Application 24(4), reduced to the sRGB primaries.
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red cones": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "no green cones": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}


def lab(rgb):
    x, y, z = (sum(m * c for m, c in zip(row, rgb)) for row in
               ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)))
    f = [c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in (x / 0.9505, y, z / 1.089)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def difference(a, b, seen):
    def point(colour):
        rgb = linear_rgb(colour)
        return lab([max(0.0, sum(m * c for m, c in zip(row, rgb))) for row in SEEN[seen]])
    return sum((p - q) ** 2 for p, q in zip(point(a), point(b))) ** 0.5


def colours(page):
    style = re.search(r"<style>(.*?)</style>", page.read_text(), re.S).group(1)
    themes = [dict(re.findall(r"--([\w]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", style, re.S)]
    check(len(themes) == 3, "there are colours for light, dark and paper")
    for name, theme in zip(("light", "dark", "print"), themes):
        for text in ("ink", "soft", "link", "good", "warn", "bad"):
            ratio = contrast(theme[text], theme["paper"])
            check(ratio >= 4.5, f"{name}: text colour {text} has contrast {ratio:.1f} >= 4.5")
        for ground in ("alarm", "sea", "land", "eu"):
            check(contrast(theme["ink"], theme[ground]) >= 4.5, f"{name}: text on {ground} can be read")
        series = [theme[f"s{i}"] for i in range(1, 9)]
        check(min(contrast(s, theme["paper"]) for s in series) >= 3.0, f"{name}: all eight series stand out from the page")
        for seen in SEEN:
            least = min(difference(a, b, seen) for a, b in itertools.combinations(series[:4], 2))
            check(least >= 12, f"{name}, {seen}: the first four series differ by {least:.0f} >= 12 (Lab)")


# ---- the map --------------------------------------------------------------------------------------------------------

def projection(page, results, packages):
    """Sites stand where d3-geo, which drew the coasts, puts them."""
    node = shutil.which("node")
    if not node or not (packages / "node_modules").exists():
        print("left out: the map was built without its packages, so there is nothing to compare with")
        return
    script = """import { geoAzimuthalEqualArea } from "d3-geo";
      const p = geoAzimuthalEqualArea().rotate([-10, -52]).scale(950).translate([300, 350]);
      console.log(JSON.stringify(JSON.parse(process.argv[1]).map((s) => p(s))));"""
    sites = [s for s in results["platform"]["sites"] if s["kind"] != "antenna"]
    places = json.dumps([[s["longitude_deg"], s["latitude_deg"]] for s in sites])
    expected = json.loads(subprocess.run([node, "--input-type=module", "-e", script, places], cwd=packages, check=True,
                                         capture_output=True, text=True).stdout)
    drawn = [(float(x), float(y)) for x, y in re.findall(r'class="site [^"]*" cx="([\d.]+)" cy="([\d.]+)"', page.read_text())]
    far = [p for p in expected if min(max(abs(p[0] - x), abs(p[1] - y)) for x, y in drawn) > 0.1]
    check(len(drawn) == len(sites) and not far, f"all {len(sites)} sites are within 0.1 px of where d3-geo projects them")
    check(page.read_text().count('class="land') > 30, "the map has coasts and borders")


# ---- in the browser -------------------------------------------------------------------------------------------------

def drawn(program, page, work):
    name = page.name
    check(not browser.complaints(program, page), f"{name}: the browser has nothing to complain of")
    for width in (360, 768, 1280):
        found = browser.measure(program, page, work, width=width)
        if found is None:
            check(False, f"{name}: measured at {width} px")
            continue
        check(found["width"] == width and found["scroll"] <= width, f"{name}: fits {width} px, folded ({found['scroll']})")
        check(found["opened"] <= width, f"{name}: fits {width} px with all tables open ({found['opened']})")
        check(not found["overlaps"], f"{name}: no text covers another at {width} px {found['overlaps'][:3]}")
        check(not found["outside"], f"{name}: no text is cut off at {width} px {found['outside'][:3]}")
    printed = browser.measure(program, page, work, printed=True, width=browser.A4_WIDTH)
    check(printed is not None and printed["opened"] <= browser.A4_WIDTH, f"{name}: fits a printed page, all tables open ({printed})")
    expected = SECTIONS + list(ai_sections(page))
    check(all(any(heading == h for h in found["headings"]) for heading in expected), f"{name}: all sections are there")
    check(found["background"] == "rgb(255, 255, 255)", f"{name}: light by default")
    dark = browser.measure(program, page, work, browser.DARK)
    check(dark is not None and dark["background"] != found["background"], f"{name}: dark where the reader wants it dark")


def policy(program, page, work):
    """That the checks above would see a script that the policy blocks."""
    attacked = work / "attacked.html"
    attacked.write_text(page.read_text().replace("</body>", "<script>document.title = 'run'</script></body>"))
    check(any("script" in line for line in browser.complaints(program, attacked)), "an injected script is blocked, and seen to be")


def main():
    binary, work, packages = sys.argv[1], fresh(sys.argv[2]), pathlib.Path(sys.argv[3])
    made = pages(binary, work)
    for page in made:
        structure(page)
    hostile(binary, work)
    ai_work(support.results(work / "serve"), work / "serve.html")
    check(not ai_sections(made[0]), "a page without AI work has no parts on it")
    check("Rights before others" in (work / "rights.html").read_text(), "privileges have a part of their own")
    check("Rights before others" not in (work / "many.html").read_text(), "and only where there are any")
    colours(made[0])
    projection(made[0], support.results(work / "days"), packages)
    again = work / "again.html"
    gigasim(binary, "report", work / "days", "-o", again)
    check(again.read_bytes() == made[0].read_bytes(), "the same results give the same bytes")

    program = browser.find()
    if program is None:
        if support.failures:
            finish()
        skip("chromium is not installed; what needs no browser was checked")
    for page in made:
        drawn(program, page, work)
    policy(program, made[0], work)
    finish()


main()
