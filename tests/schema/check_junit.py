#!/usr/bin/env python3
"""JUnit XML of the report room is valid by the schema of the common format, and its readers see the texts as they were.

  check_junit.py PRINT_JUNIT        (prints to_junit() of samples, one document per argument: sample, hostile, empty)
"""
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree

SCHEMA = pathlib.Path(__file__).with_name("junit.xsd")
SKIPPED = 77


def main():
    if not shutil.which("xmllint"):
        print("SKIPPED: xmllint (libxml2-utils) is not installed")
        return SKIPPED
    failures = 0
    for sample in ("sample", "hostile", "empty"):
        text = subprocess.run([sys.argv[1], sample], capture_output=True, check=True).stdout
        done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", SCHEMA, "-"], input=text, capture_output=True)
        good = done.returncode == 0
        print(("ok    " if good else "FAILED ") + f"{sample}: valid JUnit XML{'' if good else ': ' + done.stderr.decode()}")
        failures += not good
        cases = xml.etree.ElementTree.fromstring(text).findall("./testsuite/testcase")
        expected = {"sample": 4, "hostile": 1, "empty": 0}[sample]
        failures += len(cases) != expected
        print(f"{'ok    ' if len(cases) == expected else 'FAILED '}{sample}: a reader finds {len(cases)} cases")
        if sample == "hostile":
            read = (cases[0].get("name"), cases[0].find("failure").get("message"), cases[0].find("failure").text)
            good = read == ("a\tb\nc\rd\ufffd", "<&>\"'", "]]>\r\n\ufffd[0m")
            failures += not good
            print(f"{'ok    ' if good else 'FAILED '}hostile: a reader gets the texts back {read}")
    # The schema itself must be able to say no.
    broken = b'<testsuites><testsuite name="s" tests="1" failures="0" errors="0"><testcase name="n"/></testsuite></testsuites>'
    refused = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", SCHEMA, "-"], input=broken, capture_output=True).returncode
    print(("ok    " if refused else "FAILED ") + "a case without its class is refused")
    return 1 if failures or not refused else 0


sys.exit(main())
