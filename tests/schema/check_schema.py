#!/usr/bin/python3
"""Checks scenarios against the JSON Schema with a validator that is not ours.

usage: check_schema.py SCHEMA.json [SOURCE_DIRECTORY]

Every scenarios/*.yaml must pass. Every file of tests/broken must be refused or accepted as its line in expected.txt says.
Needs Debian's python3-jsonschema and python3-yaml.
"""
import json
import pathlib
import re
import sys

import jsonschema
import yaml


class Yaml12Loader(yaml.SafeLoader):
    """Reads scalars as YAML 1.2 does: NO is a text (Norway), 1e6 is a number, and dates stay text."""


Yaml12Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    Yaml12Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), list(first))


def construct_int(loader, node):
    return int(loader.construct_scalar(node))


Yaml12Loader.add_constructor("tag:yaml.org,2002:int", construct_int)


def text_keys(value):
    """JSON knows only text as keys; `{ 8: 50 % }` has a number."""
    if isinstance(value, dict):
        return {str(key): text_keys(item) for key, item in value.items()}
    return [text_keys(item) for item in value] if isinstance(value, list) else value


def read(path):
    with open(path, encoding="utf-8") as stream:
        return text_keys(yaml.load(stream, Loader=Yaml12Loader))


def broken_cases(folder):
    for line in (folder / "expected.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            name, flag = line[3:].split()
            yield folder / name, flag


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    root = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parents[2])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong = []
    shipped = sorted((root / "scenarios").glob("*.yaml"))
    for path in shipped:
        wrong += [f"{path}: refused: {error.json_path}: {error.message}" for error in validator.iter_errors(read(path))]
    counts = {"refuse": 0, "accept": 0, "unreadable": 0}
    for path, flag in broken_cases(root / "tests" / "broken"):
        counts[flag] += 1
        if flag == "unreadable":
            continue
        errors = list(validator.iter_errors(read(path)))
        if flag == "refuse" and not errors:
            wrong.append(f"{path}: accepted, but its structure is wrong")
        if flag == "accept" and errors:
            wrong += [f"{path}: refused: {error.json_path}: {error.message}" for error in errors]
    print("\n".join(wrong) or f"{len(shipped)} shipped scenarios pass; broken ones: {counts}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
