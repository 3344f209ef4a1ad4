"""Metrics that a gate can ask for, as a table: range, and which way is better."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True)
class Metric:
    """`lowest` and `highest` are the values it can have at all."""

    lowest: float
    highest: float
    higher_is_better: bool

    def better(self, value: float, than: float, by: float = 0.0) -> bool:
        """Strictly better, and by `by` at least, for finite numbers.

        In decimals, as people write them: 0.83 - 0.80 of binary fractions is less than 0.03.
        """
        gain = Decimal(str(value)) - Decimal(str(than))
        return (gain if self.higher_is_better else -gain) >= Decimal(str(by)) and value != than


METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        # learn.microsoft.com machine-learning/how-to-understand-automated-ml, metrics
        "accuracy": Metric(0, 1, higher_is_better=True),
        "balanced_accuracy": Metric(0, 1, higher_is_better=True),
        "precision": Metric(0, 1, higher_is_better=True),
        "recall": Metric(0, 1, higher_is_better=True),
        "f1_score": Metric(0, 1, higher_is_better=True),
        "auc": Metric(0, 1, higher_is_better=True),
        "log_loss": Metric(0, math.inf, higher_is_better=False),
        "r2_score": Metric(-math.inf, 1, higher_is_better=True),
        "mean_absolute_error": Metric(0, math.inf, higher_is_better=False),
        "mean_absolute_percentage_error": Metric(0, math.inf, higher_is_better=False),
        "root_mean_squared_error": Metric(0, math.inf, higher_is_better=False),
        "weighted_absolute_percentage_error": Metric(0, math.inf, higher_is_better=False),
    }
)
