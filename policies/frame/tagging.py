"""Reading the tags of a resource, wherever its type keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policies.frame.judged import Judged
from policies.frame.paths import MISSING, values
from policies.frame.taggable import TAG_INPUTS


def tag_maps(judged: Judged) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each map of tags with its path; an empty one where it is absent."""
    for path in TAG_INPUTS[judged.type]:
        for at, found in values(judged.props, path):
            if isinstance(found, Mapping):
                yield at, {str(name): str(found[name]) for name in found}
            elif isinstance(found, Sequence) and not isinstance(found, str):
                pairs = [pair for pair in found if isinstance(pair, Mapping)]
                yield at, {str(pair.get("key")): str(pair.get("value")) for pair in pairs}
            elif found is MISSING or found is None:
                yield at, {}
