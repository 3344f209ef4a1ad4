"""What a deployment writes down for model monitors: Azure ML's data collector.

Managed and Kubernetes online endpoints have it. A monitor finds the data of these two collections by itself; the
endpoint's identity writes them into the workspace's blob storage.
"""

from __future__ import annotations

import datetime

from azure_facts.source import Source

SOURCE = Source(
    "learn.microsoft.com machine-learning/how-to-collect-production-data (2025-12-30), concept-data-collection",
    datetime.date(2026, 11, 30),
)

MONITORED_COLLECTIONS = ("model_inputs", "model_outputs")
