"""What a scalar of YAML means to gopkg.in/yaml.v3 (resolve.go), the Go library behind the Pulumi CLI.

Neither YAML 1.1, which PyYAML follows, nor 1.2: `0123` is 83 and `4_000` is 4000, while `yes` and `1:30` are text.
"""

from __future__ import annotations

import math
import re

from pulumi_stack_files.times import go_time

Scalar = str | int | float | bool | None

_WORDS: dict[str, bool | float | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
_INTEGER = re.compile(
    r"(?P<sign>[-+]?)(?:0[xX](?P<hex>[0-9a-fA-F]+)|0[bB](?P<binary>[01]+)|0[oO]?(?P<octal>[0-7]+)"
    r"|(?P<decimal>0|[1-9][0-9]*))"
)
_BASES = {"hex": 16, "binary": 2, "octal": 8, "decimal": 10}
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_POINT_FIRST = re.compile(r"\.[0-9]+([eE][-+]?[0-9]+)?")

MOST_UNSIGNED = 2**64 - 1
LEAST_SIGNED = -(2**63)


def resolve(text: str, *, times: bool) -> Scalar:
    """The value of an unquoted scalar. With `times`, a date or time becomes Go's text of it; without, it stays as
    written."""
    if text in _WORDS:
        return _WORDS[text]
    if text.startswith("."):
        return _float(text) if _POINT_FIRST.fullmatch(text) else text
    if text[0] not in "+-0123456789":
        return text
    if times and (time := go_time(text)) is not None:
        return time
    # Go takes the underscores out wherever they are, so `0_1` is the octal 01.
    plain = text.replace("_", "")
    whole = _integer(plain)
    if whole is not None:
        return whole
    number = _float(plain) if _FLOAT.fullmatch(plain) else plain
    return text if isinstance(number, str) else number


def _integer(text: str) -> int | None:
    match = _INTEGER.fullmatch(text)
    if match is None or match.lastgroup is None:
        return None
    digits = match[match.lastgroup]
    # Longer than any number of 64 bits in any base; and Python refuses to read thousands of digits.
    if len(digits.lstrip("0")) > 64:
        return None
    value = int(digits, _BASES[match.lastgroup])
    if match["sign"]:
        value = -value if match["sign"] == "-" else value
        return value if LEAST_SIGNED <= value < 2**63 else None
    return value if value <= MOST_UNSIGNED else None


def _float(text: str) -> float | str:
    # Python gives infinity for a number that is too large, Go an error, on which the scalar stays text.
    value = float(text)
    return text if math.isinf(value) else value
