"""Example values in place of real ones: a clean verdict with them is a verdict on an example."""

from __future__ import annotations

from collections.abc import Iterable

from azure_facts.placeholders import placeholder_names
from rehearsal.model.inventory import InventoryResource
from rehearsal.model.json_values import all_texts


def placeholders(resources: Iterable[InventoryResource]) -> tuple[str, ...]:
    """The distinct values of this kind among the resources' inputs, sorted."""
    texts = {text for resource in resources for text in all_texts(resource.inputs)}
    return tuple(sorted({found for text in texts for found in placeholder_names(text)}))
