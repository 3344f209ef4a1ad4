"""Who asks: whether an identity may do what a program asks of Azure and Databricks."""
