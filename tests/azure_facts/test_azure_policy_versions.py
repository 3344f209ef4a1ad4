"""Which versions of a policy definition an assignment means."""

from __future__ import annotations

import pytest

from azure_facts.azure_policy import allows_version, version_order


@pytest.mark.parametrize(
    ("pattern", "version", "allowed"),
    [
        ("1.*.*", "1.2.0", True),
        ("1.*.*", "2.0.0", False),
        ("1.2.*", "1.20.0", False),
        ("1.0.1", "1.0.1", True),
        ("1.*.*", "1.0.0-preview", False),
        ("1.*.*-preview", "1.0.0-PREVIEW", True),
        ("3.*.*-preview", "3.9.0", True),
        ("3.*.*-preview", "3.9.0-deprecated", False),
    ],
)
def test_a_pattern_allows_its_versions(pattern: str, version: str, allowed: bool) -> None:  # noqa: FBT001
    assert allows_version(pattern, version) is allowed


def test_versions_sort_by_their_numbers_and_previews_come_first() -> None:
    versions = ["1.10.0", "1.9.0", "1.10.0-preview", "2.0.0-preview"]
    assert sorted(versions, key=version_order) == ["1.9.0", "1.10.0-preview", "1.10.0", "2.0.0-preview"]
