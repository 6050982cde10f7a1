#!/usr/bin/env python3
"""No bare number of the model hides in the sources: each numeric constant is a units::ModelConstant, or on the allow-list.

  source_scan.py SOURCE_DIR

Looks for constants that are initialised with a number (constexpr, const at namespace scope, static const), default member
initialisers of scenario.hpp other than 0 and 1, and literal defaults in declare_*.cpp. The allow-list is
not_model_constants.txt: `name | file | reason`, where name and file may hold `*`. An entry that fits nothing fails too.
"""
import fnmatch
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
NUMBER = re.compile(r"(?<![\w.\"])(?:0[xX][0-9a-fA-F.']+(?:p[+-]?\d+)?|(?:\d[\d']*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
CONSTANT = re.compile(r"(?:^|[;{}\s])(?:(?:inline|static)\s+)*(?:constexpr|constinit|const)\s+[\w:<>,\s*&]*?\b(k[A-Z]\w*)\s*(?:=|\{)([^;]*);", re.S)
MEMBER = re.compile(r"^ +[\w:<>,\s]*?\b(\w+)\s*(?:=\s*([^;{}()]+)|\{([^;{}()]*)\})\s*;", re.M)
MEMBERS = re.compile(r"\b(\w+)\s*=\s*([^;,(){}]+)")
DEFAULT = re.compile(r'field\(\s*"(\w+)"[^;]*?(?:defaults_to\("([^"]*)"\))', re.S)


def without_comments_and_texts(code):
    """The code without comments, raw strings and string contents, of the same number of lines."""
    keep_lines = lambda match: "\n" * match.group().count("\n")
    code = re.sub(r'R"(\w*)\(.*?\)\1"', lambda m: '""' + keep_lines(m), code, flags=re.S)
    code = re.sub(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/',
                  lambda m: '""' if m.group().startswith('"') else keep_lines(m), code, flags=re.S)
    return re.sub(r"'(?:\\.|[^'\\])'", "' '", code)


def constants(code):
    """Names of constants whose initialiser holds a number, and which are no ModelConstant."""
    code = without_comments_and_texts(code)
    for match in CONSTANT.finditer(code):
        if "ModelConstant" not in match.group() and NUMBER.search(match.group(2)):
            yield match.group(1)


def members(code):
    """Names of members with a default that is a number other than 0 and 1 (neutral: nothing, and the factor one)."""
    for match in MEMBER.finditer(without_comments_and_texts(code)):
        if "constexpr" in match.group() or "return" in match.group():
            continue
        text = match.group().strip()
        pairs = MEMBERS.findall(text) or [(match.group(1), match.group(3) or "")]
        for name, value in pairs:
            if any(float(n.replace("'", "")) not in (0.0, 1.0) for n in NUMBER.findall(value) if not n.startswith("0x")):
                yield name


def literal_defaults(code):
    """Keys of the format whose default is written as a text with a number."""
    for key, default in DEFAULT.findall(code):
        if re.search(r"\d", default):
            yield key


def findings(path, code):
    found = set(constants(code))
    if path.endswith("scenario/scenario.hpp"):
        found |= set(members(code))
    if re.search(r"scenario/declare_\w+\.cpp$", path):
        found |= set(literal_defaults(code))
    return sorted(found)


def allow_list(text):
    entries = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, file, reason = (part.strip() for part in line.split("|"))
            assert reason, f"{name}: an entry needs a reason"
            entries.append((name, file))
    return entries


def self_test():
    snippet = '''
    constexpr double kGravity = 9.81;  // a comment with kOther = 3
    inline constexpr units::Seconds kPatience{3600.0};
    const std::array kSteps{1.0, 2.0};
    static constexpr std::size_t kBig = std::size_t{1} << 20U;
    const units::ModelConstant kFine{6371.0, {"a", "km", "b", "c 3"}};
    constexpr std::string_view kText = "12 monkeys";
    constexpr auto kNone = std::numeric_limits<double>::max();
    const char* const kWords = "5";
    '''
    assert list(constants(snippet)) == ["kGravity", "kPatience", "kSteps", "kBig"], list(constants(snippet))
    assert list(members("struct A {\n  double pue = 1.3;\n  int a = 0, b = 7;\n  Seconds limit{72 * 3600.0};\n  double one = 1.0;\n"
                        "  double set = kFine.value();\n};")) == ["pue", "b", "limit"]
    assert list(literal_defaults('o.field("pod", &P::pod, whole(1), defaults_to("128"), "doc 1");\n'
                                 'o.field("kind", &P::kind, words(), defaults_to("easy"), "x");')) == ["pod"]
    assert findings("include/gigasim/scenario/scenario.hpp", "struct A {\n  double pue = 1.3;\n};") == ["pue"]
    assert allow_list("# comment\n\nkA | src/*.cpp | why\n") == [("kA", "src/*.cpp")]


def main():
    self_test()
    root = pathlib.Path(sys.argv[1])
    allowed = allow_list((HERE / "not_model_constants.txt").read_text())
    used, failures = set(), 0
    for file in sorted([*root.glob("src/**/*.[ch]pp"), *root.glob("include/**/*.hpp")]):
        path = file.relative_to(root).as_posix()
        for name in findings(path, file.read_text()):
            entry = next((e for e in allowed if fnmatch.fnmatchcase(name, e[0]) and fnmatch.fnmatchcase(path, e[1])), None)
            if entry is None:
                failures += 1
                print(f"FAILED {path}: {name} is a bare number. If the model depends on it, declare it as a units::ModelConstant and "
                      "list it in tests/constants/listed.cpp; if not, say why in tests/constants/not_model_constants.txt")
            used.add(entry)
    for entry in allowed:
        if entry not in used:
            failures += 1
            print(f"FAILED not_model_constants.txt: nothing is called {entry[0]} in {entry[1]} any more")
    print(f"{len(used)} entries of the allow-list in use, {failures} failures")
    sys.exit(1 if failures else 0)


main()
