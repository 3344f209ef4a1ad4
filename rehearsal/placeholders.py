"""Values that stand in for real ones: a clean verdict with them is a verdict on an example."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rehearsal.model.inventory import InventoryResource
from rehearsal.model.json_values import all_texts

_DOMAIN = r"\bexample\.(?:com|org|net)\b"
"""Reserved for examples: RFC 2606, section 3."""

_ONE_DIGIT = r"\b([1-9a-f])\1{7}-\1{4}-\1{4}-\1{4}-\1{12}\b"
_NUMBERED = r"\b[0-9a-f]0{7}-0000-4000-8000-0{6}[0-9a-f]{6}\b"
"""Such as a0000000-0000-4000-8000-000000000001. No directory hands out either form. The GUID of zeros is no
placeholder: it is what the rehearsal itself answers with for a subscription that nobody named."""

_PLACEHOLDER = re.compile("|".join((_ONE_DIGIT, _NUMBERED, _DOMAIN)), re.IGNORECASE)


def placeholders(resources: Iterable[InventoryResource]) -> tuple[str, ...]:
    """The distinct values of this kind among the resources' inputs, sorted."""
    texts = {text for resource in resources for text in all_texts(resource.inputs)}
    return tuple(sorted({match[0].lower() for text in texts for match in _PLACEHOLDER.finditer(text)}))
