"""A namespace that is spelt almost like a known one."""

from __future__ import annotations

import pytest

from pulumi_stack_files.namespaces import misspelt

KNOWN = ("mlplatform", "azure-native", "databricks", "pulumi", "aws")


@pytest.mark.parametrize(
    ("namespace", "meant"),
    [
        ("mlplatfrom", "mlplatform"),
        ("MLPlatform", "mlplatform"),
        ("ml-platform", "mlplatform"),
        ("mlplatforms", "mlplatform"),
        ("azure_native", "azure-native"),
        ("databrick", "databricks"),
        ("pulumni", "pulumi"),
        ("mlplatform", None),
        ("azuread", None),
        ("azure", None),
        ("awsx", None),
        ("platform", "mlplatform"),
        ("kubernetes", None),
    ],
)
def test_the_nearest_name(namespace: str, meant: str | None) -> None:
    assert misspelt(namespace, KNOWN) == meant
