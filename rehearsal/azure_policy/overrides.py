"""Overrides: other effects that an assignment gives to some of its policies, perhaps in some locations only.

Source: `azure_facts.azure_policy.ASSIGNMENT_SOURCE`, Overrides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from rehearsal.azure_policy.definitions import effect_name
from rehearsal.azure_policy.scopes import Selection, selection_of
from rehearsal.azure_policy.verdict import PolicyError
from rehearsal.model.json_values import objects_at, text_at, texts_at
from rehearsal.model.values import JsonObject

_REFERENCE = "policydefinitionreferenceid"
_MOST_LOCATIONS = 4
"""Overrides by location of one policy: each divides the resources once more."""


@dataclass(frozen=True)
class Part:
    """The effect that a policy has for the resources that `only` selects. `in_doubt` says why it is not certain."""

    effect: str
    only: Selection = ()
    in_doubt: str = ""


def parts_of(raw: Sequence[JsonObject], reference: str, effect: str) -> Iterator[Part]:
    """The effects of one policy, which has `effect` where nothing overrides it. Raises `PolicyError` for overrides that
    are not evaluated."""
    found = [one for one in raw if _is_about(one, reference)]
    if any(text_at(one, "kind").lower() != "policyeffect" for one in found):
        raise PolicyError("its overrides are not evaluated: one changes its version")
    effects = [(effect_name(text_at(one, "value")), _locations(one)) for one in found]
    always = [name for name, selection in effects if not selection]
    by_location = [(name, selection) for name, selection in effects if selection]
    if len(by_location) > _MOST_LOCATIONS or any(len(selection) > 1 for _, selection in by_location):
        raise PolicyError("its overrides are not evaluated: too many concern locations")
    for choice in product((True, False), repeat=len(by_location)):
        chosen = list(zip(choice, by_location, strict=True))
        only = tuple(one if taken else one.opposite() for taken, (_, (one,)) in chosen)
        yield _part([*always, *(name for taken, (name, _) in chosen if taken)], effect, only)


def _part(effects: Sequence[str], effect: str, only: Selection) -> Part:
    different = list(dict.fromkeys(effects))
    if len(different) < 2:
        return Part(different[0] if different else effect, only)
    told = "deny" if "deny" in different else different[0]
    why = f"overrides give it {' and '.join(different)}, and Azure's documentation does not say which of them counts"
    return Part("audit" if told == "disabled" else told, only, why)


def _is_about(raw: JsonObject, reference: str) -> bool:
    for selector in objects_at(raw, "selectors"):
        if text_at(selector, "kind").lower() == _REFERENCE:
            inside = {each.lower() for each in texts_at(selector, "in")}
            outside = {each.lower() for each in texts_at(selector, "notIn")}
            if (inside and reference.lower() not in inside) or reference.lower() in outside:
                return False
    return True


def _locations(raw: JsonObject) -> Selection:
    others = [one for one in objects_at(raw, "selectors") if text_at(one, "kind").lower() != _REFERENCE]
    return selection_of(others)
