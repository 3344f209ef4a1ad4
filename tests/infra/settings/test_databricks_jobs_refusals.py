"""What a stack may not ask of Databricks' jobs, and what it is told."""

from __future__ import annotations

import pytest

from tests.infra.settings.databricks_edits import CLUSTER, DAILY, JOB, SCHEDULE, SOURCE, Areas, Refusals, put

ONE_PROBLEM: list[tuple[str, object, str, str]] = [
    # What a job names
    (f"{JOB}.git_source", SOURCE, f"{JOB}.git_source", "is used by no task"),
    (
        f"{JOB}.git_source",
        {**SOURCE, "tag": "v1"},
        f"{JOB}.git_source.branch",
        "2 references are given; give one of branch, tag and commit",
    ),
    (
        f"{JOB}.tasks.train.notebook.git_folder",
        None,
        f"{JOB}.tasks.train.notebook.git_folder",
        "is missing; name a git folder, or give the job a git_source",
    ),
    (
        f"{JOB}.failure_destinations",
        ["chat"],
        f"{JOB}.failure_destinations",
        "'chat' is not in notification_destinations (there: none)",
    ),
    (
        "notification_destinations.chat",
        {"kind": "slack"},
        "notification_destinations.chat.url",
        "is missing; slack is called with it, such as env:ALERTS_URL",
    ),
    (
        "notification_destinations.chat",
        {"kind": "pagerduty", "integration_key": "env:KEY", "url": "env:URL"},
        "notification_destinations.chat.url",
        "is given, and pagerduty takes integration_key; remove it",
    ),
    (
        "notification_destinations.chat",
        {"kind": "slack", "url": "https://hooks.example.com/services/T/B/x"},
        "notification_destinations.chat.url",
        "is written in the stack file in clear; name it as env:NAME",
    ),
    (
        "notification_destinations.hook",
        {"kind": "generic_webhook", "url": "env:URL", "username": "ci"},
        "notification_destinations.hook.username",
        "is given alone; give username and password, or neither",
    ),
    (f"{CLUSTER}.pool", "scoring", f"{CLUSTER}.pool", "'scoring' is not in pools (there: training)"),
    (f"{CLUSTER}.policy", "scoring", f"{CLUSTER}.policy", "'scoring' is not in cluster_policies (there: "),
    (
        f"{CLUSTER}.node_type",
        "Standard_D4ds_v5",
        f"{CLUSTER}.node_type",
        "is given beside pool, which fixes it",
    ),
    (f"{CLUSTER}.pool", None, f"{CLUSTER}.pool", "is missing; give pool, or node_type"),
    (f"{CLUSTER}.availability", "SPOT_AZURE", f"{CLUSTER}.availability", "is given beside pool"),
    (f"{CLUSTER}.workers", 9, f"{CLUSTER}.workers", "is 9; the policy allows at most 4: keep to that"),
    (f"{CLUSTER}.workers", None, f"{CLUSTER}.workers", "give either workers or autoscale"),
    (
        f"{CLUSTER}.runtime",
        "17.3.x-scala2.13",
        f"{CLUSTER}.runtime",
        "is 17.3.x-scala2.13; the policy allows only: use one of 16.4.x-cpu-ml-scala2.12, 16.4.x-scala2.12",
    ),
    (f"{CLUSTER}.runtime", "7.3.x-scala2.12", f"{CLUSTER}.runtime", "was retired on"),
    (
        f"{CLUSTER}.environment",
        {"KEY": "{{secrets/forecast-platform-dev/key}}"},
        f"{CLUSTER}.environment.KEY",
        "is a secret's reference; name the secret under secrets",
    ),
    (
        f"{CLUSTER}.secrets",
        {"KEY": {"secret_scope": "vault", "secret_name": "key"}},
        f"{CLUSTER}.secrets.KEY.secret_scope",
        "'vault' is not in secret_scopes (there: platform)",
    ),
    (
        f"{CLUSTER}.init_scripts",
        ["dbfs:/init.sh"],
        f"{CLUSTER}.init_scripts[0]",
        "give a script in the workspace",
    ),
    (
        f"{JOB}.tasks.train.notebook.git_folder",
        "features",
        f"{JOB}.tasks.train.notebook.git_folder",
        "'features' is not in git_folders (there: forecasting)",
    ),
    (f"{JOB}.tasks.train.notebook.path", "train.py", f"{JOB}.tasks.train.notebook.path", "has no extension"),
    (
        f"{JOB}.tasks.train.notebook.path",
        "notebooks/../../secrets",
        f"{JOB}.tasks.train.notebook.path",
        "'notebooks/../../secrets' is not a path inside the repository",
    ),
    (
        f"{JOB}.tasks.train.notebook.path",
        "/train",
        f"{JOB}.tasks.train.notebook.path",
        "without a leading '/'",
    ),
    (
        f"{JOB}.tasks.train.libraries",
        {"pypi": {"light gbm": "4.5.0"}},
        f"{JOB}.tasks.train.libraries.pypi.light gbm",
        "'light gbm' is not the name of a Python package; for example lightgbm",
    ),
    (
        f"{JOB}.tasks.train.libraries",
        {"pypi": {"lightgbm": ">=4"}},
        f"{JOB}.tasks.train.libraries.pypi.lightgbm",
        "'>=4' is not one version of a Python package",
    ),
    (
        f"{JOB}.tasks.train.libraries",
        {"maven": ["com.example:scoring"]},
        f"{JOB}.tasks.train.libraries.maven[0]",
        "are not Maven coordinates; give group:artifact:version",
    ),
    (
        f"{JOB}.tasks.train.libraries",
        {"maven": ["com.example:scoring:LATEST"]},
        f"{JOB}.tasks.train.libraries.maven[0]",
        "changes under a running platform; give a released version",
    ),
    (
        f"{JOB}.tasks.train.cluster",
        "big",
        f"{JOB}.tasks.train.cluster",
        "'big' is not in clusters (there: main)",
    ),
    (f"{JOB}.tasks.train.cluster", None, f"{JOB}.tasks.train.cluster", "would run on serverless compute"),
    (
        f"{JOB}.tasks.train.python",
        {"git_folder": "forecasting", "path": "train.py"},
        f"{JOB}.tasks.train.notebook",
        "2 kinds are given; give one of notebook, python, wheel, jar, sql, run_job",
    ),
    (
        f"{JOB}.tasks.report",
        {"sql": {"git_folder": "forecasting", "path": "report.sql", "warehouse": "big"}},
        f"{JOB}.tasks.report.sql.warehouse",
        "'big' is not in sql_warehouses (there: analysis)",
    ),
    (
        f"{JOB}.tasks.wheel",
        {"cluster": "main", "wheel": {"package": "forecasting", "entry_point": "train"}},
        f"{JOB}.tasks.wheel.libraries",
        "brings no package",
    ),
    (
        f"{JOB}.clusters.spare",
        {"runtime": "16.4.x-scala2.12", "policy": "training", "pool": "training", "workers": 1},
        f"{JOB}.clusters.spare",
        "is used by no task",
    ),
    (
        f"{JOB}.tasks.prepare.depends_on",
        ["train"],
        f"{JOB}.tasks",
        "wait for each other in a circle, prepare -> train -> prepare; remove one depends_on",
    ),
    (f"{JOB}.tasks.train.depends_on", ["load"], f"{JOB}.tasks.train.depends_on", "'load' is not a task"),
    (
        f"{JOB}.tasks.train.depends_on",
        ["prepare"] * 2,
        f"{JOB}.tasks.train.depends_on",
        "names one task twice",
    ),
    (
        f"{CLUSTER}.environment",
        {"MLFLOW_REGISTRY_URI": "databricks"},
        f"{CLUSTER}.environment.MLFLOW_REGISTRY_URI",
        "is set by model_registry for every cluster; remove it",
    ),
    (
        f"{CLUSTER}.environment",
        {"AZURE_CLIENT_SECRET": "x"},
        f"{CLUSTER}.environment.AZURE_CLIENT_SECRET",
        "is a secret in clear; use ml_tracking, or secrets",
    ),
    # What a job runs
    (
        f"{DAILY}.tasks.score.run_job.job",
        "score",
        f"{DAILY}.tasks.score.run_job.job",
        "'score' is not in jobs (there: make-tables, score-batch, set-aside, train-many-models)",
    ),
    (
        f"{DAILY}.tasks.score.cluster",
        "main",
        f"{DAILY}.tasks.score.cluster",
        "is given on a run_job task, whose job has its own; remove it",
    ),
    (
        f"{DAILY}.tasks.score.libraries",
        {"pypi": {"lightgbm": "4.5.0"}},
        f"{DAILY}.tasks.score.libraries",
        "are given on a task without a cluster to install them on; remove them",
    ),
    (
        "jobs.score-batch.tasks.again",
        {"run_job": {"job": "train-and-score"}},
        "jobs",
        "run each other in a circle, ",
    ),
    (
        f"{DAILY}.timeout_minutes",
        80,
        f"{DAILY}.timeout_minutes",
        "is 80, and it runs 'train-many-models', which may take 90; give more",
    ),
    # When
    (f"{SCHEDULE}.quartz_cron", "0 3 * * *", f"{SCHEDULE}.quartz_cron", "has 5 fields; Quartz takes 6 or 7"),
    (f"{SCHEDULE}.time_zone", "Amsterdam", f"{SCHEDULE}.time_zone", "'Amsterdam' is not an IANA time zone"),
    (
        f"{DAILY}.trigger.continuous",
        {},
        f"{DAILY}.trigger.schedule",
        "continuous, schedule are given; give one of",
    ),
    (f"{JOB}.trigger", {"continuous": {}}, f"{JOB}.trigger.continuous", "set max_retries: 0 on every task"),
    (
        f"{JOB}.trigger",
        {"file_arrival": {"url": "/Volumes/lake/gold/landing"}},
        f"{JOB}.trigger.file_arrival.url",
        "give a folder of a volume or of storage that ends with a slash",
    ),
    (
        f"{JOB}.trigger",
        {"table_update": {"tables": ["sales"]}},
        f"{JOB}.trigger.table_update.tables[0]",
        "give catalog.schema.name",
    ),
    (f"{JOB}.trigger", {"continuous": None}, f"{JOB}.trigger.schedule", "nothing is given; give one of"),
    (
        f"{JOB}.trigger",
        {"file_arrival": {"url": "/Volumes//"}},
        f"{JOB}.trigger.file_arrival.url",
        "give a folder of a volume or of storage that ends with a slash",
    ),
    (
        f"{JOB}.trigger",
        {"table_update": {"tables": ["lake.gold.sales", "lake.gold.Sales"]}},
        f"{JOB}.trigger.table_update.tables",
        "names one table twice; keep one",
    ),
    (
        f"{SCHEDULE}.quartz_cron",
        "0 0 " + "9" * 5000 + " * * ?",
        f"{SCHEDULE}.quartz_cron",
        "more than nine digits",
    ),
    (f"{JOB}.trigger", {}, f"{JOB}.trigger.schedule", "nothing is given; give one of schedule, file_arrival"),
    (f"{JOB}.warn_after_minutes", 90, f"{JOB}.warn_after_minutes", "comes after the timeout of 90 minutes"),
    # Who
    (
        f"{JOB}.permissions.ml_engineer",
        "CAN_RUN",
        f"{JOB}.permissions.ml_engineer",
        "'CAN_RUN' is not a level of a job; give one of CAN_VIEW, CAN_MANAGE_RUN, CAN_MANAGE",
    ),
    (
        f"{JOB}.permissions.ci",
        "CAN_VIEW",
        f"{JOB}.permissions.ci",
        "has no group; give it one in access.personas (there: analyst, auditor, data_engineer, ",
    ),
    (
        f"{JOB}.permissions.auditor",
        "CAN_VIEW",
        f"{JOB}.permissions.auditor",
        "may not open the workspace in nonprod environments",
    ),
]


ALONG_WITH: dict[str, tuple[str, ...]] = {
    "jobs.train-many-models.git_source": ("jobs.train-many-models.git_source.url",),
    "jobs.train-many-models.git_source.branch": (
        "jobs.train-many-models.git_source",
        "jobs.train-many-models.git_source.url",
    ),
    "jobs.train-many-models.trigger.continuous": ("jobs.train-and-score.tasks.train.run_job.job",),
}
"""What else is refused where the key is: one run tells every problem."""


@pytest.mark.parametrize(("path", "value", "key", "message"), ONE_PROBLEM)
def test_a_refused_setting_names_its_key_and_what_would_be_right(
    refusals: Refusals, path: str, value: object, key: str, message: str
) -> None:
    found = refusals(put(path, value))
    assert found.keys() - {f"databricks.{other}" for other in ALONG_WITH.get(key, ())} == {
        f"databricks.{key}"
    }
    assert message in found[f"databricks.{key}"]


def test_a_job_that_never_ends_is_not_waited_for(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        job = areas["databricks"]["jobs"]["score-batch"]
        job["trigger"] = {"continuous": {}}
        for task in job["tasks"].values():
            task["max_retries"] = 0

    assert refusals(edit) == {
        f"databricks.{DAILY}.tasks.score.run_job.job": "'score-batch' is continuous and never ends; run one that does"
    }


def test_jobs_run_each_other_three_deep_at_most(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        jobs = areas["databricks"]["jobs"]
        inner = "train-and-score"
        for outer in ("second", "third", "fourth"):
            jobs[outer] = {**jobs["train-and-score"], "tasks": {"inner": {"run_job": {"job": inner}}}}
            inner = outer

    assert refusals(edit) == {
        "databricks.jobs.fourth.tasks": "run jobs 4 deep; Databricks supports 3: run the innermost from here"
    }


def test_a_continuous_job_is_one_run(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        job = areas["databricks"]["jobs"]["train-many-models"]
        job |= {"trigger": {"continuous": {}}, "max_concurrent_runs": 2}
        for task in job["tasks"].values():
            task["max_retries"] = 0

    message = refusals(edit)[f"databricks.{JOB}.max_concurrent_runs"]
    assert message == "is above 1 on a continuous job, which is one run; leave it out"


def test_a_pool_gives_no_machine_that_the_policy_does_not_allow(refusals: Refusals) -> None:
    """A spot pool has no fallback, and a policy that wants one, or none of them, shuts it out."""

    def edit(areas: Areas) -> None:
        areas["databricks"]["cluster_policies"]["training"]["spot"] = "with-fallback"

    found = refusals(edit)
    assert found["databricks.jobs.score-batch.clusters.main.pool"] == (
        "its azure_attributes.availability is SPOT_AZURE; the policy allows only: use one of ON_DEMAND_AZURE, "
        "SPOT_WITH_FALLBACK_AZURE (policy 'training')"
    )
