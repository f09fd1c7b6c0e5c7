"""A value of `labs` that a printed table has under another moment is told, and no other."""

import pytest
from tests.evidence.test_tables import told

HOURS = "| Time after ingestion (h) | 3 | 6 | 24 |\n|---|---|---|---|\n| Lactate (mmol/L) | 3.1 | 8.6 | 8.6 |"
DAYS = "| Date | Lactate (mmol/L) |\n|---|---|\n| Jan 9, 2020 | 3.1 |\n| Jan 12, 2020 | 8.6 |"
PODS = "| Test | POD 1 | POD 3 |\n|---|---|---|\n| Lactate (mmol/L) | 3.1 | 8.6 |"


@pytest.mark.parametrize(
    ("moment", "value", "table", "said"),
    [
        ("ingestion + 6 h", "3.1", HOURS, "printed at '3 h', and at ingestion + 6 h is '8.6'"),
        ("six", "3.1", HOURS, "printed at '3 h', and at six is '8.6'"),
        ("ingestion + 5 h", "3.1", HOURS, "printed at '3 h', and nothing at ingestion + 5 h"),
        ("admission", "8.6", DAYS, "printed at 'Jan 12, 2020', and at admission is '3.1'"),
        ("2020-01-12", "3.1", DAYS, "printed at 'Jan 9, 2020', and at 2020-01-12 is '8.6'"),
        ("day 3 of surgery", "3.1", PODS, "printed at 'POD 1', and at day 3 of surgery is '8.6'"),
    ],
)
def test_a_value_of_another_column_or_row_is_told(moment: str, value: str, table: str, said: str) -> None:
    found = told(f"labs: [{{at: {moment}, values: {{lactate: {value} mmol/L}}}}]", table)

    assert [said in message for message in found if "is printed at" in message] == [True]


@pytest.mark.parametrize(
    ("moment", "value", "table"),
    [
        ("ingestion + 24 h", "8.6", HOURS),  # printed in two columns
        ("surgery + 3 days", "8.6", PODS),
        ("2020-01-11", "3.1", PODS),  # the day after the surgery of 2020-01-10
        ("surgery + 6 h", "3.1", HOURS),  # the table counts from something else
        ("after surgery", "3.1", PODS),
        ("admission + 3 days", "8.6", DAYS),
        ("admission + 2 days", "3.1", PODS),  # nothing in the table is told of the admission
        ("ingestion + 6 h", "3.1", f"At 6 h lactate was 3.1 mmol/L.\n\n{HOURS}"),  # a sentence has it
        ("ingestion + 6 h", "3.1", "| Test | Value |\n|---|---|\n| Lactate (mmol/L) | 3.1 |"),
    ],
)
def test_a_value_that_may_be_of_its_moment_is_not(moment: str, value: str, table: str) -> None:
    found = told(f"labs: [{{at: {moment}, values: {{lactate: {value} mmol/L}}}}]", table)

    assert [message for message in found if "is printed at" in message] == []
