# Databricks notebook source
"""Trains a model for each series and registers all as one version.

Job parameters: features, models, experiment, model.
"""

from forecasting.notebook import begin
from forecasting.registration import commit, log_and_register
from forecasting.training import train

# COMMAND ----------

notebook = begin(globals(), "train_many_models")
code_version = commit()
trained = train(
    notebook.spark, notebook.parameters["features"], notebook.number("models"), notebook.folder / "fleet"
)
print(trained)

# COMMAND ----------

version = log_and_register(
    trained, notebook.parameters["experiment"], notebook.parameters["model"], code_version
)
print(version)
