"""Reading the tags of a resource, wherever its type keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.frame.judged import Judged
from policies.frame.paths import MISSING, values
from policies.frame.taggable import TAG_INPUTS

_SERVERLESS = "tags.customTags"


def tag_maps(judged: Judged) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each map of tags with its path; an empty one where it is absent.

    A SQL warehouse keeps a list of key and value (`tags.customTags`).
    """
    for at, found in values(judged.props, TAG_INPUTS[judged.type]):
        if isinstance(found, Mapping):
            yield at, {str(name): str(found[name]) for name in found}
        elif found is MISSING or found is None:
            yield at, {}
        elif judged.type.endswith(":SqlEndpoint"):
            pairs = judged.items(_SERVERLESS)
            yield at, {str(pair.get("key")): str(pair.get("value")) for pair in pairs}
