"""Azure Machine Learning."""
