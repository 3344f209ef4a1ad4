"""Job definitions: what a schedule starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pulumi_azure_native import machinelearningservices

from infra.access.identity import Identity
from infra.context import Reference
from infra.conventions.model_tags import model_tags_variable
from infra.ml.assets import Assets
from infra.settings import ml_jobs as settings_of

JobArgs = (
    machinelearningservices.CommandJobArgs
    | machinelearningservices.PipelineJobArgs
    | machinelearningservices.AutoMLJobArgs
)


@dataclass(frozen=True)
class Ingredients:
    """What jobs are made of, by the keys of settings."""

    assets: Assets
    clusters: Mapping[str, Reference]
    data: Mapping[tuple[str, str], Reference]
    """Key and version of a data asset."""
    identity: Identity

    @property
    def job_identity(self) -> machinelearningservices.ManagedIdentityArgs:
        """Jobs run as the clusters' identity, not as the author of the schedule."""
        return machinelearningservices.ManagedIdentityArgs(
            identity_type="Managed",
            resource_id=self.identity.reference.known_id,
            client_id=self.identity.resource.client_id,
        )


def definition(
    key: str, settings: settings_of.Schedule, ingredients: Ingredients, tags: Mapping[str, str]
) -> JobArgs:
    """The job of one schedule."""
    experiment = settings.experiment or key
    cluster = ingredients.clusters[settings.training_cluster].known_id
    if settings.command:
        command = settings.command
        return machinelearningservices.CommandJobArgs(
            job_type="Command",
            command=command.command,
            code_id=ingredients.assets.asset_id("codes", command.code) if command.code else None,
            environment_id=ingredients.assets.environment_id(command.environment),
            environment_variables={**model_tags_variable(), **command.environment_variables},
            compute_id=cluster,
            experiment_name=experiment,
            identity=ingredients.job_identity,
            limits=machinelearningservices.CommandJobLimitsArgs(
                job_limits_type="Command", timeout=f"PT{command.timeout_minutes}M"
            ),
            resources=machinelearningservices.JobResourceConfigurationArgs(instance_count=command.nodes),
            tags=tags,
        )
    if settings.pipeline:
        return machinelearningservices.PipelineJobArgs(
            job_type="Pipeline",
            component_id=ingredients.assets.asset_id("components", settings.pipeline.component),
            settings={"default_compute": cluster},
            experiment_name=experiment,
            identity=ingredients.job_identity,
            tags=tags,
        )
    if settings.automl is None:
        raise ValueError("a schedule has command, pipeline or automl: its settings say so")
    return machinelearningservices.AutoMLJobArgs(
        job_type="AutoML",
        task_details=_task(settings.automl, ingredients),
        compute_id=cluster,
        experiment_name=experiment,
        identity=ingredients.job_identity,
        resources=machinelearningservices.JobResourceConfigurationArgs(
            instance_count=settings.automl.concurrent_trials
        ),
        tags=tags,
    )


def _task(
    job: settings_of.AutoMlJob, ingredients: Ingredients
) -> (
    machinelearningservices.ForecastingArgs
    | machinelearningservices.ClassificationArgs
    | machinelearningservices.RegressionArgs
):
    data = ingredients.data[job.training_data, job.training_data_version]
    table = machinelearningservices.MLTableJobInputArgs(job_input_type="mltable", uri=data.known_id)
    limits = machinelearningservices.TableVerticalLimitSettingsArgs(
        enable_early_termination=True,
        exit_score=job.exit_score,
        max_concurrent_trials=job.concurrent_trials,
        max_trials=job.max_trials,
        timeout=f"PT{job.timeout_minutes}M",
        trial_timeout=f"PT{job.trial_timeout_minutes}M",
    )
    folds = (
        machinelearningservices.CustomNCrossValidationsArgs(mode="Custom", value=job.cross_validation_folds)
        if job.cross_validation_folds
        else None
    )
    if job.task is settings_of.AutoMlTask.CLASSIFICATION:
        return machinelearningservices.ClassificationArgs(
            task_type="Classification",
            training_data=table,
            target_column_name=job.target_column,
            primary_metric=job.metric,
            limit_settings=limits,
            n_cross_validations=folds,
        )
    if job.task is settings_of.AutoMlTask.REGRESSION:
        return machinelearningservices.RegressionArgs(
            task_type="Regression",
            training_data=table,
            target_column_name=job.target_column,
            primary_metric=job.metric,
            limit_settings=limits,
            n_cross_validations=folds,
        )
    return machinelearningservices.ForecastingArgs(
        task_type="Forecasting",
        training_data=table,
        target_column_name=job.target_column,
        primary_metric=job.metric,
        limit_settings=limits,
        n_cross_validations=folds,
        forecasting_settings=_forecasting(job.forecast) if job.forecast else None,
    )


def _forecasting(
    forecast: settings_of.ForecastHorizon,
) -> machinelearningservices.ForecastingSettingsArgs:
    return machinelearningservices.ForecastingSettingsArgs(
        time_column_name=forecast.time_column,
        time_series_id_column_names=list(forecast.series_columns) or None,
        forecast_horizon=machinelearningservices.CustomForecastHorizonArgs(
            mode="Custom", value=forecast.horizon
        ),
    )
