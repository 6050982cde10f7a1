"""A real browser without a window, for the tests of the HTML report: what it draws, measures and complains about."""
import json
import os
import re
import shutil
import subprocess
import tempfile

NAMES = ("chromium-headless-shell", "chromium")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]
DARK = "--blink-settings=preferredColorScheme=0"  # 0 is dark in Blink's enumeration

# Runs in a copy of the page, without its security policy: the page itself has no scripts.
MEASURE = """
<script>
const shown = (e) => e.getClientRects().length > 0 && getComputedStyle(e).display !== "none";
const found = { width: innerWidth, scroll: document.documentElement.scrollWidth, overlaps: [], outside: [],
                background: getComputedStyle(document.body).backgroundColor, headings: [] };
for (const h of document.querySelectorAll("h1, h2, h3")) if (shown(h)) found.headings.push(h.textContent);
for (const svg of document.querySelectorAll("svg[role=img]")) {
  const texts = [...svg.querySelectorAll("text")].filter((t) => shown(t) && t.textContent);
  const boxes = texts.map((t) => t.getBoundingClientRect());
  for (let i = 0; i < texts.length; ++i) {
    if (boxes[i].left < -1 || boxes[i].right > innerWidth + 1) found.outside.push(texts[i].textContent);
    for (let j = i + 1; j < texts.length; ++j) {
      const across = Math.min(boxes[i].right, boxes[j].right) - Math.max(boxes[i].left, boxes[j].left);
      const down = Math.min(boxes[i].bottom, boxes[j].bottom) - Math.max(boxes[i].top, boxes[j].top);
      if (across > 1 && down > 3) found.overlaps.push(texts[i].textContent + " / " + texts[j].textContent);
    }
  }
}
for (const d of document.querySelectorAll("details")) d.open = true;
found.opened = document.documentElement.scrollWidth;
document.documentElement.setAttribute("data-found", JSON.stringify(found));
</script>
"""


def find():
    """The program's path; None where there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def run(program, page, *arguments, width=1280, height=900):
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run([program, *FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}", *arguments,
                               f"file://{os.path.abspath(page)}"], capture_output=True, text=True, timeout=120)


def complaints(program, page):
    """What the browser writes to its console about a page: blocked content, errors."""
    log = run(program, page, "--enable-logging=stderr", "--dump-dom").stderr
    return [line for line in log.splitlines() if "CONSOLE" in line]


A4_WIDTH = 680  # CSS pixels within the page's margins: 180 mm


def measure(program, page, work, *arguments, printed=False, **size):
    """Widths, overlapping and cut off texts, headings and colours as drawn, or as printed."""
    text = page.read_text()
    if printed:
        text = text.replace("@media print", "@media screen")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    copy = work / ("measured-" + page.name)
    copy.write_text(text.replace("</body>", MEASURE + "</body>"))
    dom = run(program, copy, "--dump-dom", *arguments, **size).stdout
    found = re.search(r'data-found="([^"]*)"', dom)
    return json.loads(found.group(1).replace("&quot;", '"').replace("&amp;", "&")) if found else None
