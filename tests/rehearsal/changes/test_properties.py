"""Properties compared to their leaves."""

from __future__ import annotations

import pytest

from rehearsal.changes.properties import property_changes
from rehearsal.cloud.differences import changed_paths


@pytest.mark.parametrize(
    ("old", "new", "path", "tag"),
    [
        ({"tags": {"a.b": "1"}}, {"tags": {"a.b": "2"}}, 'tags["a.b"]', "a.b"),
        ({"customTags": {"owner": "1"}}, {"customTags": {"owner": "2"}}, "customTags.owner", "owner"),
        (
            {"tags": {"customTags": [{"key": "owner", "value": "1"}]}},
            {"tags": {"customTags": [{"key": "owner", "value": "2"}]}},
            "tags.customTags[0].value",
            "owner",
        ),
        (
            {"definition": '{"custom_tags.owner": {"value": "1"}}'},
            {"definition": '{"custom_tags.owner": {"value": "2"}}'},
            'definition["custom_tags.owner"].value',
            "owner",
        ),
        ({"definition": '{"workers": 1}'}, {"definition": '{"workers": 2}'}, "definition.workers", ""),
        ({"text": "{no json"}, {"text": "{no json at all"}, "text", ""),
    ],
)
def test_properties_are_compared_to_their_leaves_and_tags_known_by_name(
    old: dict[str, object], new: dict[str, object], path: str, tag: str
) -> None:
    (change,) = property_changes(changed_paths(old, new), old, new)
    assert (change.path, change.tag) == (path, tag)
