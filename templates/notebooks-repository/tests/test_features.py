from datetime import date

from notebooks.prepare_features import week_of_year


def test_the_last_days_of_a_year_may_belong_to_the_next_years_first_week() -> None:
    assert week_of_year(date(2024, 12, 30)) == 1
    assert week_of_year(date(2026, 12, 31)) == 53
