"""The tags and properties that every registered model carries: jobs write them, the gate reads them."""

from __future__ import annotations

from collections.abc import Mapping

PARTITION_KEY = "partition_key"

MODEL_TAGS: Mapping[str, str] = {
    PARTITION_KEY: "which of many models of one kind it is, such as a product; `all` for a single one",
    "data_version": "version of the training data, such as the lake table's version or the data asset's",
    "code_version": "commit of the code that trained it",
}
"""Name to meaning. All of them are required for a promotion."""

METRIC_PREFIX = "metric."
"""Of the model's properties, which nobody can change later: metric.accuracy, metric.test_rows."""

TEST_ROWS = "test_rows"
"""How many rows the metrics were measured on."""

CONTENT_PROPERTY = "content.sha256"
"""Of the model's properties: the digest of its files when they were registered (`infra.promotion.content`)."""

MODEL_TAGS_VARIABLE = "MODEL_TAGS"
"""Environment variable that tells every job which tags a model must carry: their names, with commas between."""


def model_tags_variable() -> dict[str, str]:
    """The variable and its value."""
    return {MODEL_TAGS_VARIABLE: ",".join(MODEL_TAGS)}
