"""What is a GUID."""

from __future__ import annotations

import pytest

from azure_facts.guids import is_guid


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11111111-2222-3333-4444-555555555555", True),
        ("ABCDEF00-0000-0000-0000-00000000000f", True),
        ("11111111222233334444555555555555", False),
        ("{11111111-2222-3333-4444-555555555555}", False),
        ("11111111-2222-3333-4444-55555555555g", False),
        ("11111111-2222-3333-4444-555555555555\n", False),
        ("", False),
    ],
)
def test_guids(text: str, expected: bool) -> None:  # noqa: FBT001
    assert is_guid(text) is expected
