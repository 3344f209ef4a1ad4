"""What services make up themselves, and promises name: known once they have."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

REGISTRY_FILES = "ml-registry-files"
REGISTRY_IMAGES = "ml-registry-images"
"""ARM ids of the accounts in which an ML registry keeps files and images."""
NODES = "scoring-cluster-nodes"
"""Object id of the identity that AKS makes for the cluster's nodes."""

Made = Mapping[str, pulumi.Input[str]]
"""By the words above; without what the environment has not."""
