"""What is deployed: an Azure machine-learning platform, one stack for one environment."""
