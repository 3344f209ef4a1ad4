"""The counts of the corpus in docs/rehearsal.md: what its programs expect, which their test holds them to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.rehearsal.foreign.corpus import read_programs

_BEGIN = "<!-- corpus: begin -->"
_END = "<!-- corpus: end -->"
_VERDICTS = ("clean", "warned", "refused", "ended with one message")


def page_with_counts(path: Path) -> str:
    """The page with the table between its two marks written anew. Raises `ValueError` where a mark is missing."""
    text = path.read_text(encoding="utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{path} has no {_BEGIN} and {_END}")
    return f"{before}{_BEGIN}\n{_table()}\n{_END}{after}"


def _table() -> str:
    programs = read_programs()
    lines = [f"| programs about | {' | '.join(_VERDICTS)} |", f"|---|{'---|' * len(_VERDICTS)}"]
    for folder in sorted({program.path.parent.name for program in programs}):
        counts = Counter(one.verdict for one in programs if one.path.parent.name == folder)
        lines.append(f"| {folder} | {' | '.join(str(counts[verdict]) for verdict in _VERDICTS)} |")
    all_counts = Counter(one.verdict for one in programs)
    lines.append(
        f"| {len(programs)} in all | {' | '.join(str(all_counts[verdict]) for verdict in _VERDICTS)} |"
    )
    findings = [severity for program in programs for _, severity, _ in program.expected]
    lines += [
        "",
        f"{findings.count('refused')} refusals and {findings.count('warned')} warnings are expected, each at its line. "
        "The test of the corpus fails at any other, which would be false, at one that is missing, and at a "
        "crash that no program expects: `tests/rehearsal/foreign/test_corpus.py`, part of `make check`.",
        "",
        "Kinds of mistake that people reported in public, each wrong and right in a program:",
        "",
        "| kind | rules | program |",
        "|---|---|---|",
        *(
            f"| {text} | {', '.join(rules)} | `{program.name}.py` |"
            for program in programs
            for rules, text in program.kinds
        ),
    ]
    return "\n".join(lines)
