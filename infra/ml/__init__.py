"""Azure Machine Learning: the workspace, its four services, its compute."""
