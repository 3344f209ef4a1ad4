"""What a name rule is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from azure_facts.source import Source


class NameScope(StrEnum):
    """Where a name must be unique."""

    GLOBAL = "global"
    TENANT = "tenant"
    SUBSCRIPTION = "subscription"
    REGION = "region"
    RESOURCE_GROUP = "resource group"
    PARENT = "parent"


SHARED_SCOPES = frozenset({NameScope.GLOBAL, NameScope.TENANT, NameScope.REGION})
"""Scopes in which the name may belong to a stranger already."""


@dataclass(frozen=True)
class NameRule:
    """What the service allows as the name of one type.

    Lengths are in characters, inclusive; `max_length` is None where no limit is documented. `pattern` must match the
    whole name, `allowed` says it in words. `refuses_reserved_words`: see `reserved_words`.
    """

    min_length: int
    max_length: int | None
    pattern: str
    allowed: str
    scope: NameScope
    refuses_reserved_words: bool
    source: Source

    def problem_with(self, name: str) -> str | None:
        """What is wrong with the length or the characters of `name`, to be read after the name; None if nothing is."""
        if len(name) < self.min_length or (self.max_length is not None and len(name) > self.max_length):
            limits = f"at least {self.min_length}"
            if self.max_length is not None:
                limits = f"{self.min_length} to {self.max_length}"
            return f"has {len(name)} characters; it must have {limits}"
        if not re.fullmatch(self.pattern, name):
            return f"must be made of {self.allowed}"
        return None
