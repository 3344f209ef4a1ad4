"""Run by the pull request on the small dev cluster: `pytest tests/smoke_connect.py`."""

from databricks.connect import DatabricksSession


def test_the_cluster_answers_under_the_pipelines_identity() -> None:
    spark = DatabricksSession.builder.getOrCreate()
    assert spark.range(10).count() == 10
