"""What can be wrong with a resource as the program declares it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ProblemKind(StrEnum):
    """The six ways in which a declaration can disagree with the installed SDK."""

    UNKNOWN_TYPE = "unknown-type"
    UNKNOWN_PROPERTY = "unknown-property"
    WRONG_TYPE = "wrong-type"
    MISSING_REQUIRED = "missing-required"
    BAD_ENUM_VALUE = "bad-enum-value"
    BAD_PATH = "bad-path"


@dataclass(frozen=True)
class SdkProblem:
    """One disagreement: where (`path`, in Pulumi's property-path syntax, camelCase), what is wrong and what would
    be right (`message`). A warning only where the service may know a value that the SDK does not; `only_case`: it
    differs from one that the SDK knows in its letters' case alone."""

    kind: ProblemKind
    path: str
    message: str
    is_warning: bool = False
    only_case: bool = field(default=False, compare=False)


def is_taken(type_token: str, problem: SdkProblem) -> bool:
    """Whether neither provider nor service refuse it: azure-native sends the properties that it knows and drops others
    without a word, and looks at no enum; Azure compares most of those without regard to case (pulumi-azure-native
    3.29.0 provider.go `validateType`, `validateProperty`)."""
    if not type_token.startswith("azure-native:"):
        return False
    return problem.kind is ProblemKind.UNKNOWN_PROPERTY or problem.only_case
