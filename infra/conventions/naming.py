"""Names of Azure and Databricks resources: one pure function over the table of `name_conventions`."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from azure_facts.name_rules.reserved_words import reserved_word_problem
from azure_facts.regions import REGIONS
from infra.conventions.name_conventions import NAME_CONVENTIONS
from infra.conventions.name_rules import NameConvention, ResourceKind
from infra.conventions.region_codes import REGION_CODES

# Key Vault has 24 characters for "kv-<workload>-<environment>-<hash>": 24 - 2 - 3 dashes - 5 = 14. Storage
# accounts (no dashes) and ML compute instances leave no less. So 14 is what always shows in full.
MAX_WORKLOAD_AND_ENVIRONMENT = 14
MAX_PART = 40
MAX_GENERATION = 99
HASH_LENGTH = 5

_WORKLOAD = re.compile(r"[a-z][a-z0-9]{1,9}")
_ENVIRONMENT = re.compile(r"[a-z][a-z0-9]{1,7}")
_PART = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_GENERATION_WORD = re.compile(r"g[0-9]+")


class NamingError(ValueError):
    """A name cannot be made legal; the text names the piece at fault and says what would be right."""


@dataclass(frozen=True)
class Naming:
    """Names of everything in one environment of one workload in one region.

    Does not own names given by users (existing resources): `check_name` judges those.

    Guarantee of `name`: the same arguments always give the same name; the name is legal by its `NameConvention`,
    has at most `max_length` characters, and shows workload and environment in full (unless the rule says that
    the parent does). Two calls for one kind that differ in part or generation give two names: exactly so
    while no hash is in them, and up to the chance of a 5-character hash repeating (1 in 27 million per pair)
    where one is.

    `unique_seed` is any text of the owner's own (the subscription id, say): it makes the hash differ from
    that of a stranger who uses the same words. Raises `NamingError` for pieces no name could be built from.

    `nonce` is for environments that come and go: with one, every name that shows the environment ends in a hash
    that differs from nonce to nonce, because what is deleted softly still holds its old name.
    """

    workload: str
    environment: str
    location: str
    unique_seed: str
    nonce: str = ""

    def __post_init__(self) -> None:
        problems = [
            problem
            for problem in (
                _check_word("workload", self.workload, _WORKLOAD, "2 to 10", "mlplat"),
                _check_word("environment", self.environment, _ENVIRONMENT, "2 to 8", "dev"),
                self._check_together(),
                self._check_location(),
            )
            if problem
        ]
        if problems:
            raise NamingError("; ".join(problems))

    def name(self, kind: ResourceKind, part: str = "", *, generation: int = 1) -> str:
        """`<abbreviation>-<workload>-<part>-<environment>-<region>`, with `-g2` from the second generation
        on.

        A hash follows where the name is shared with strangers (global, tenant, region), where the part had to
        be cut to fit, and where joining without a separator could make two parts look alike ("a-b" and "ab").
        Where even the generation does not fit beside the hash, the hash alone carries it.

        `part` is lowercase words joined by '-', at most 40 characters; `generation` is 1 to 99.
        """
        rule = NAME_CONVENTIONS[kind]
        self._check_part(kind, part)
        if rule.is_shared_with_strangers and not self.unique_seed:
            raise NamingError(
                f"{kind}: unique_seed is empty, so a stranger with the same words would get the same name: "
                "give a text of your own, e.g. the subscription id"
            )
        if not 1 <= generation <= MAX_GENERATION:
            raise NamingError(f"{kind}: generation {generation} is not between 1 and {MAX_GENERATION}")
        marker = f"g{generation}" if generation > 1 else ""
        digest = self._hash(kind, part, generation)
        joining_is_ambiguous = not rule.separator and ("-" in part or generation > 1)
        comes_and_goes = bool(self.nonce) and rule.shows_environment
        needs_hash = rule.is_shared_with_strangers or joining_is_ambiguous or comes_and_goes
        name = self._compose(rule, part, marker, digest if needs_hash else "")
        if len(name) > rule.max_length:
            name = self._shortened(rule, part, marker, digest)
        problem = check_name(kind, name)
        if problem:
            raise NamingError(f"part {part!r} gives an illegal name: {problem}")
        return name

    def _shortened(self, rule: NameConvention, part: str, marker: str, digest: str) -> str:
        for shown_marker in dict.fromkeys((marker, "")):
            room = rule.max_length - len(self._compose(rule, "", shown_marker, digest))
            if room >= 0:
                kept = part[: max(0, room - len(rule.separator))].rstrip("-")
                return self._compose(rule, kept, shown_marker, digest)
        return self._compose(rule, "", "", digest)

    def _compose(self, rule: NameConvention, part: str, marker: str, digest: str) -> str:
        words = (
            rule.abbreviation,
            self.workload if rule.shows_environment else "",
            part.replace("-", rule.separator),
            self.environment if rule.shows_environment else "",
            REGION_CODES[self.location] if rule.shows_region else "",
            marker,
            digest,
        )
        return rule.separator.join(word for word in words if word)

    def _hash(self, kind: ResourceKind, part: str, generation: int) -> str:
        """Five characters a-z2-7, the first a letter: an ML compute name may not end in '-' and digits."""
        pieces = (
            self.unique_seed.lower(),
            kind.name,
            self.workload,
            part,
            self.environment,
            self.location,
            str(generation),
            # Absent and not empty: names of lasting environments are what they were before there were others.
            *((self.nonce,) if self.nonce else ()),
        )
        digest = hashlib.sha256("\0".join(pieces).encode()).digest()
        first = "abcdefghijklmnopqrstuvwxyz"[digest[-1] % 26]
        return first + base64.b32encode(digest).decode().lower()[: HASH_LENGTH - 1]

    def _check_part(self, kind: ResourceKind, part: str) -> None:
        if not part:
            rule = NAME_CONVENTIONS[kind]
            if not rule.abbreviation and not rule.shows_environment:
                raise NamingError(
                    f"{kind}: the name is its part alone, and the part is empty: give one, e.g. 'raw'"
                )
            return
        if len(part) > MAX_PART:
            raise NamingError(
                f"{kind}: part {part!r} has {len(part)} characters, at most {MAX_PART} are allowed"
            )
        if not _PART.fullmatch(part):
            raise NamingError(
                f"{kind}: part {part!r} must be lowercase letters and digits in words joined by single '-', "
                "e.g. 'batch-scoring'"
            )
        if any(_GENERATION_WORD.fullmatch(word) for word in part.split("-")):
            raise NamingError(
                f"{kind}: part {part!r} has a word that looks like a generation (g2): pass generation=2 "
                "instead"
            )

    def _check_together(self) -> str | None:
        length = len(self.workload) + len(self.environment)
        if length <= MAX_WORKLOAD_AND_ENVIRONMENT:
            return None
        return (
            f"workload {self.workload!r} and environment {self.environment!r} have {length} characters "
            f"together: at most {MAX_WORKLOAD_AND_ENVIRONMENT} show in full in the 24 characters of a key "
            "vault or storage account: shorten one"
        )

    def _check_location(self) -> str | None:
        if self.location in REGIONS:
            return None
        return f"location {self.location!r} is not an Azure region: write it like 'westeurope'"


def check_name(kind: ResourceKind, name: str) -> str | None:
    """What is wrong with `name` as the name of a `kind`, or None; for names that users give."""
    rule = NAME_CONVENTIONS[kind]
    problem = rule.problem_with(name)
    if problem is None and rule.service is not None and rule.service.refuses_reserved_words:
        problem = reserved_word_problem(name)
    return None if problem is None else f"{kind} name {name!r} {problem}"


def _check_word(what: str, value: str, pattern: re.Pattern[str], length: str, example: str) -> str | None:
    if not pattern.fullmatch(value):
        rule = f"{length} lowercase letters and digits, first a letter"
        return f"{what} {value!r} must be {rule}, e.g. {example!r}"
    if _GENERATION_WORD.fullmatch(value):
        return f"{what} {value!r} looks like a generation (g2), which names append: choose another word"
    return None
