"""The tags and properties that every registered model carries: jobs write them, the gate reads them."""

from __future__ import annotations

from collections.abc import Mapping

MODEL_TAGS: Mapping[str, str] = {
    "partition_key": "which of many models of one kind it is, such as a product; `all` for a single one",
    "data_version": "version of the training data, such as the lake table's version or the data asset's",
    "code_version": "commit of the code that trained it",
}
"""Name to meaning. All of them are required for a promotion."""

METRIC_PREFIX = "metric."
"""Of the model's properties, which nobody can change later: metric.accuracy, metric.test_rows."""

TEST_ROWS = "test_rows"
"""How many rows the metrics were measured on."""
