"""Azure Machine Learning: the workspace, what it stands on, its compute."""
