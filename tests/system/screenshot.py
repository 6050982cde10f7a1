#!/usr/bin/env python3
"""Draws the picture of the HTML report that the README shows.

  screenshot.py GIGASIM PICTURE
"""
import pathlib
import sys
import tempfile

import browser
from support import ROOT, gigasim

LARGEST = 200_000  # bytes in the repository
WIDTH, HEIGHT = 800, 1230
# What the picture leaves out, so that it shows figures and map; the page itself stays as it is.
SHORTENED = ("<style>nav,details,.lead,#key-figures,#sites>p{display:none}body{padding-top:1rem;font-size:.85rem}h2{margin-top:1.4rem}"
             ".answer{font-size:1rem}</style>")


def main():
    binary, picture = sys.argv[1], pathlib.Path(sys.argv[2])
    program = browser.find()
    if program is None:
        sys.exit("chromium is not installed")
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        gigasim(binary, "run", ROOT / "scenarios/eu-network.yaml", "-q", "-o", work / "result")
        gigasim(binary, "report", work / "result", "-o", work / "report.html")
        page = work / "picture.html"
        page.write_text((work / "report.html").read_text().replace("</head>", SHORTENED + "</head>"))
        browser.run(program, page, f"--screenshot={picture}", "--force-device-scale-factor=0.8", width=WIDTH, height=HEIGHT)
    size = picture.stat().st_size
    print(f"{picture}: {size} bytes")
    if size > LARGEST:
        sys.exit(f"{picture} is larger than {LARGEST} bytes")


main()
