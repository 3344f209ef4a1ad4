"""The parts of a preview's report that are shown when asked for; its summary is always there."""

from __future__ import annotations

from enum import StrEnum


class Section(StrEnum):
    """One part. Its value is the option that shows it."""

    TREE = "tree"
    TYPES = "types"
    DEPLOYMENT = "deployment"
    ACCESS = "access"
    PROMISES = "promises"
    FINDINGS = "findings"
    ACTS = "acts"
    OUTSIDE = "outside"
    QUOTAS = "quotas"
    COSTS = "costs"

    @property
    def help(self) -> str:
        """What `--help` says of it."""
        return _HELP[self]


_HELP = {
    Section.TREE: "show every resource, as a tree",
    Section.TYPES: "show how many resources there are of each type",
    Section.DEPLOYMENT: "show the critical path of a first deployment",
    Section.ACCESS: "show who gets which role and permission",
    Section.PROMISES: "show every promise of the program and requirement of its resources, with what is missing",
    Section.FINDINGS: "show every refusal, warning and policy finding whole",
    Section.ACTS: "show which acts of Acts.<stack>.yaml would be refused, and the rights that they lack",
    Section.OUTSIDE: "show the resources that are assumed to exist outside the stack",
    Section.QUOTAS: "show the vCPU quotas to request",
    Section.COSTS: "show costs by part and item, and what the program logs whole instead of its first lines",
}

ALL = frozenset(Section)
