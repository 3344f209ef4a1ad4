"""Small programs of our own writing, one for each thing that people's programs do, with what a rehearsal says of each.

A program says what is expected where it is expected: `# refused: NET368` and `# warned: SEC001` at the end of the line
that declares the resource. At its beginning stand comments with its surroundings:

    # config: KEY=VALUE        a value of its stack file, as YAML
    # option: KEY=VALUE        as `--config`
    # stack-outputs: JSON      what other stacks give
    # file: NAME TEXT          another file of its folder
    # ends: KIND TEXT          the program fails with this kind of error, and the text is in what is said
    # kind: RULES TEXT         a kind of mistake that people reported, and the rules that name it

`exports` stands for what no line declares.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from rehearsal.model.errors import ProgramErrorKind
from rehearsal.model.finding import Finding
from rehearsal.run import Rehearsal, rehearse

DATA = Path(__file__).parents[2] / "data" / "rehearsal"
PROGRAMS = DATA / "programs"
SDKS = DATA / "sdks"
"""Providers whose SDKs are not installed here: written as generators write them, with a few types each."""

EXPORTS = 0
"""The line of what no line declares."""

_HEADER = re.compile(r"^# (?P<key>config|option|stack-outputs|file|ends|kind): (?P<value>.*)$", re.MULTILINE)
_EXPECTED = re.compile(r"# (?P<severity>refused|warned): (?P<rules>[A-Z0-9, ]+)")
_KIND = re.compile(r"(?P<rules>[A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)*) (?P<text>.+)")


@dataclass(frozen=True)
class Program:
    """One program. `expected` are line, severity and rule of each finding; `ends` is a kind of error and part of its
    text, empty where the program ends well."""

    path: Path
    text: str
    expected: frozenset[tuple[int, str, str]]
    ends: tuple[str, str] = ("", "")
    header: dict[str, list[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The folder and the file."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def kinds(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The reported kinds of mistake that it shows: the rules of each and what they hold."""
        found = (_KIND.fullmatch(text) for text in self.header.get("kind", ()))
        return tuple((tuple(one["rules"].split(", ")), one["text"]) for one in found if one)

    @property
    def verdict(self) -> str:
        """What the page of counts calls it."""
        if self.ends[0]:
            return "ended with one message"
        severities = {severity for _, severity, _ in self.expected}
        return "refused" if "refused" in severities else "warned" if severities else "clean"


def read_programs() -> tuple[Program, ...]:
    """All programs, by name."""
    return tuple(_read(path) for path in sorted(PROGRAMS.glob("*/*.py")))


def _read(path: Path) -> Program:
    text = path.read_text(encoding="utf-8")
    header: dict[str, list[str]] = {}
    for found in _HEADER.finditer(text):
        header.setdefault(found["key"], []).append(found["value"])
    expected = {
        (EXPORTS if "# exports" in line else number, found["severity"], rule.strip())
        for number, line in enumerate(text.splitlines(), 1)
        for found in _EXPECTED.finditer(line)
        for rule in found["rules"].split(",")
    }
    kind, _, said = (header.get("ends") or [""])[0].partition(" ")
    return Program(path, text, frozenset(expected), (kind, said), header)


def run(program: Program, folder: Path) -> Rehearsal:
    """Rehearses the program in an empty folder."""
    folder.mkdir(exist_ok=True)
    (folder / "Pulumi.yaml").write_text("name: sample\nruntime: python\n")
    (folder / "__main__.py").write_text(program.text)
    config = "".join(f"  {key}: {value}\n" for key, _, value in _pairs(program, "config"))
    (folder / "Pulumi.dev.yaml").write_text(f"config:\n{config}" if config else "config: {}\n")
    for name, _, text in (value.partition(" ") for value in program.header.get("file", ())):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace("\\n", "\n"))
    return rehearse(
        folder,
        "dev",
        config_overrides={key: value for key, _, value in _pairs(program, "option")},
        stack_outputs=json.loads((program.header.get("stack-outputs") or ["{}"])[0]),
    )


def _pairs(program: Program, key: str) -> list[tuple[str, str, str]]:
    return [value.partition("=") for value in program.header.get(key, ())]


def found_by(result: Rehearsal) -> frozenset[tuple[int, str, str]]:
    """What a rehearsal found, as a program expects it."""
    return frozenset(
        (_line(finding), severity, finding.rule)
        for severity, findings in (("refused", result.refusals), ("warned", result.warnings))
        for finding in findings
    )


def _line(finding: Finding) -> int:
    return finding.position.line if finding.position else EXPORTS


def problems_of(program: Program, result: Rehearsal) -> list[str]:
    """What a rehearsal says otherwise than the program expects; empty where they agree."""
    kind, said = program.ends
    if result.error is not None:
        agrees = kind == result.error.kind and said in result.error.text
        return [] if agrees else [f"{result.error.kind}: {result.error.text}"]
    if kind:
        return [f"it should end with: {ProgramErrorKind(kind)}"]
    found = found_by(result)
    texts = {
        (_line(one), one.rule): f"{one.path}: {one.message}" for one in (*result.refusals, *result.warnings)
    }
    return [
        *(
            f"not expected: {line} {how} {rule} {texts[line, rule]}"
            for line, how, rule in sorted(found - program.expected)
        ),
        *(f"not found: {line} {how} {rule}" for line, how, rule in sorted(program.expected - found)),
    ]
