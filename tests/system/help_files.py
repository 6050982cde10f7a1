#!/usr/bin/env python3
"""Manual pages and completions as their readers use them: troff, mandoc, bash, fish, zsh, and cmake --install.

  help_files.py GIGASIM WORK_DIR BUILD_DIR CMAKE
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

from support import check, finish, fresh, gigasim

EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}  # 2023-11-14


def not_there(tool, what):
    """True where a tool is missing; says so, for a test that is skipped must be seen."""
    if shutil.which(tool):
        return False
    print(f"SKIPPED: {what}: {tool} is not installed")
    return True


def output(command, **options):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, **options)
    return done.stdout, done.stderr


def subcommands(binary, path=()):
    """Lists all subcommands as --help shows them: ("run",), ("catalogue",), ("catalogue", "list"), ..."""
    text = gigasim(binary, *path, "--help").stdout
    below = re.search(r"^Subcommands:\n((?:  .*\n)+)", text, re.M)
    names = re.findall(r"^  (\S+)", below.group(1), re.M) if below else []
    return [found for name in names for found in [(*path, name), *subcommands(binary, (*path, name))]]


def manual(binary, work):
    pages = [(), *subcommands(binary)]
    check(len(pages) > 12 and ("catalogue", "list") in pages, f"--help shows {len(pages)} pages' worth of commands")
    folder = work / "man1"
    gigasim(binary, "man", "--output", folder, env=EPOCH)
    names = sorted("-".join(("gigasim", *path)) + ".1" for path in pages)
    check(sorted(p.name for p in folder.iterdir()) == names, "there is one page per command, and no other")
    for path in pages:
        page = folder / ("-".join(("gigasim", *path)) + ".1")
        check(gigasim(binary, "man", *path, env=EPOCH).stdout == page.read_text(), f"`gigasim man {' '.join(path)}` prints {page.name}")
    check('"2023-11-14"' in (folder / "gigasim.1").read_text(), "SOURCE_DATE_EPOCH dates a page")
    undated = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    check('.TH GIGASIM 1 "" ' in output([binary, "man"], env=undated)[0], "a page has no date otherwise")
    if not not_there("groff", "troff's warnings"):
        for page in sorted(folder.iterdir()):
            _, said = output(["groff", "-ww", "-man", "-Tutf8", "-z", page])
            check(said == "", f"{page.name}: groff warns of nothing {said[:200]}")
        shown = subprocess.run(["groff", "-man", "-Tascii", "-P-c", str(folder / "gigasim-run.1")], capture_output=True).stdout.decode()
        shown = re.sub(r".\x08", "", shown)
        check("--format table|json|csv|md" in shown and "What goes to stdout. Default: table." in shown and "EXIT STATUS" in shown,
              "the page of `run` reads well")
    if not not_there("mandoc", "mandoc -Tlint"):
        for page in sorted(folder.iterdir()):
            said, _ = output(["mandoc", "-Tlint", "-Wwarning", page])
            check(said == "", f"{page.name}: mandoc warns of nothing {said[:200]}")


CASES = [  # what stands on the line, the cursor at its end; what must be offered; whether that is all
    ("gigasim ru", ["run"], True),
    ("gigasim ", ["init", "run", "replay", "catalogue", "metrics", "completion", "man"], False),
    ("gigasim --col", ["--color"], True),
    ("gigasim --color ", ["auto", "always", "never"], True),
    ("gigasim --color never ru", ["run"], True),
    ("gigasim catalogue ", ["list", "show", "cite"], True),
    ("gigasim catalogue list a", ["accelerators", "access-modes", "ai-factories", "ai-models", "antennas"], False),
    ("gigasim catalogue list --format csv ai", ["ai-factories", "ai-models"], False),
    ("gigasim catalogue show jai", ["jaif"], True),
    ("gigasim metrics explain queue_time_p9", ["queue_time_p95", "queue_time_p99"], True),
    ("gigasim run --format ", ["table", "json", "csv", "md"], True),
    ("gigasim run --format j", ["json"], True),
    ("gigasim replay --policy f", ["fcfs"], True),
    ("gigasim run --no", ["--no-output", "--no-progress"], True),
    ("gigasim show --no", ["--no-progress"], True),
    ("gigasim run my", ["my scenario.yaml"], True),
    ("gigasim run --quiet --seed 3 my", ["my scenario.yaml"], True),
    ("gigasim replay lo", ["log.swf.gz"], True),
    ("gigasim run x.yaml -o fo", ["folder"], True),
    ("gigasim compare folder ot", ["other"], True),
    ("gigasim completion ", ["bash", "zsh", "fish"], True),
    ("gigasim man cat", ["catalogue", "catalogue-list", "catalogue-show", "catalogue-cite"], True),
]


def files_to_complete(work):
    folder = work / "files"
    for name in ("folder", "other"):
        (folder / name).mkdir(parents=True)
    for name in ("my scenario.yaml", "my notes.txt", "log.swf.gz", "fo.txt"):
        (folder / name).write_text("")
    return folder


def offered_all(found, expected, all_of_it):
    return set(expected) <= set(found) and (not all_of_it or set(expected) == set(found))


def bash(binary, work, folder):
    script = work / "gigasim.bash"
    script.write_text(gigasim(binary, "completion", "bash").stdout)
    _, said = output(["bash", "-n", script])
    check(said == "", f"bash reads its completion {said}")
    asked = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gigasim; printf "%s\\n" "${COMPREPLY[@]}"'
    extra = [(["gigasim", "run", "--format", "=", "j"], ["json"]), (["gigasim", "run", "--format", "="], ["table", "json", "csv", "md"]),
             (["gigasim", "run", "--format=j"], ["--format=json"]), (["gigasim", "run", "--format", "=", "csv", "my"], ["my scenario.yaml"]),
             (["gigasim", "run", "--variant", "r"], [])]
    # `catalogue show` and `show` have different options; a value that is called like a subcommand is still a value.
    extra += [(["gigasim", "run", "--variant", "show", "--no-o"], ["--no-output"])]
    for line, expected, all_of_it in CASES:
        words = line.split(" ")
        done, said = output(["bash", "--norc", "-c", asked, "bash", script, *words], cwd=folder)
        found = [word for word in done.splitlines() if word]
        check(offered_all(found, expected, all_of_it) and said == "", f"bash: {line}| offers {found[:5]} {said}")
    for words, expected in extra:
        done, said = output(["bash", "--norc", "-c", asked, "bash", script, *words], cwd=folder)
        found = [word for word in done.splitlines() if word]
        check(sorted(found) == sorted(expected) and said == "", f"bash: {words} offers {found[:5]} {said}")


def fish(binary, work, folder):
    if not_there("fish", "fish completion"):
        return
    script = work / "gigasim.fish"
    script.write_text(gigasim(binary, "completion", "fish").stdout)
    home = {**os.environ, "HOME": str(work), "PATH": f"{pathlib.Path(binary).parent}:{os.environ['PATH']}"}
    for line, expected, all_of_it in CASES:
        done, said = output(["fish", "--no-config", "-c", f'source "{script}"; complete -C \'{line}\''], cwd=folder, env=home)
        found = [re.sub(r"\\(.)", r"\1", word.split("\t")[0]).rstrip("/") for word in done.splitlines()]
        if any(word in line for word in (" my", " man")):
            all_of_it = False  # fish offers other files after the scenarios, and what merely holds the letters
        check(offered_all(found, expected, all_of_it) and said == "", f"fish: {line}| offers {found[:5]} {said[:200]}")


def zsh(binary, work):
    if not_there("zsh", "zsh completion"):
        return
    script = work / "_gigasim"
    script.write_text(gigasim(binary, "completion", "zsh").stdout)
    _, said = output(["zsh", "-n", script])
    check(said == "", f"zsh reads its completion {said}")
    declared, said = output(["zsh", "-f", "-c", 'autoload -Uz compinit; compinit -u -D; source "$1"; print $_comps[gigasim]; print -l ${(k)functions[(I)_gigasim*]}',
                             "zsh", script], timeout=60)
    functions = {"_" + "_".join(("gigasim", *path)) for path in [(), *subcommands(binary)]}
    check(said == "" and functions <= set(declared.split()), f"zsh: each command has its function {said[:200]}")


def installed(work, build, cmake):
    prefix = work / "prefix"
    _, said = output([cmake, "--install", build, "--prefix", prefix])
    files = {str(p.relative_to(prefix)) for p in prefix.rglob("*") if p.is_file()}
    expected = {"bin/gigasim", "share/bash-completion/completions/gigasim", "share/zsh/site-functions/_gigasim",
                "share/fish/vendor_completions.d/gigasim.fish", "share/man/man1/gigasim.1", "share/man/man1/gigasim-run.1",
                "share/man/man1/gigasim-catalogue-list.1"}
    check(expected <= files, f"cmake --install has the program, its pages and completions {sorted(expected - files)} {said[-300:]}")
    binary = prefix / "bin/gigasim"
    for shell, file in (("bash", "bash-completion/completions/gigasim"), ("zsh", "zsh/site-functions/_gigasim"),
                        ("fish", "fish/vendor_completions.d/gigasim.fish")):
        check((prefix / "share" / file).read_text() == gigasim(binary, "completion", shell).stdout, f"the installed {shell} completion is up to date")


def main():
    binary, work, build, cmake = sys.argv[1], fresh(sys.argv[2]), pathlib.Path(sys.argv[3]), sys.argv[4]
    manual(binary, work)
    folder = files_to_complete(work)
    bash(binary, work, folder)
    fish(binary, work, folder)
    zsh(binary, work)
    installed(work, build, cmake)
    finish()


main()
