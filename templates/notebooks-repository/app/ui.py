"""The page: a store, a product, a first day, and the forecast."""

from __future__ import annotations

from datetime import date, timedelta

import client
import streamlit
from azure.identity import DefaultAzureCredential


@streamlit.cache_resource
def endpoint_token() -> client.EndpointToken:
    """One for all sessions. AZURE_CLIENT_ID, which the platform gives, says which identity."""
    credential = DefaultAzureCredential()
    return client.EndpointToken(lambda: credential.get_token(f"{client.ARM}/.default").token)


streamlit.title("Demand forecast")
store = streamlit.text_input("Store", "s000")
product = streamlit.text_input("Product", "p000")
first_day = streamlit.date_input("First day", date.today() + timedelta(days=1))
days = streamlit.slider("Days", 1, 28, 14)
if streamlit.button("Forecast"):
    try:
        forecasts = client.forecast(store, product, first_day, days, endpoint_token())
    except client.ForecastError as error:
        streamlit.error(f"The endpoint gave no forecast. {error}")
    else:
        problems = {one.problem for one in forecasts if one.problem}
        if problems:
            streamlit.warning(f"No forecast for some days: {', '.join(sorted(problems))}")
        streamlit.line_chart({one.day: one.quantity for one in forecasts if one.quantity is not None})
