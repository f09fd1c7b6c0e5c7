"""What a written dose says, what is refused in which words, and what holds for every text."""

import string
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casefhir.model.administration import FORMS, METHODS, ROUTES, SITES, WHENS
from casefhir.model.cycle import Cycle
from casefhir.model.dosage import dosage
from casefhir.model.dose import Dosage
from casefhir.model.dose_amount import DoseAmount
from casefhir.model.dose_parts import Limit
from casefhir.model.dose_phrases import PHRASES
from casefhir.model.duration import Duration
from casefhir.model.frequency import FREQUENCY_WORDS, Frequency
from casefhir.model.grammar import GrammarError
from casefhir.model.quantity import Amount, Range
from casefhir.model.schedule import Schedule
from casefhir.model.words import words


def told(dose: Dosage) -> str:
    """The fields that a dose has, in a short form: `amount 8 mg/kg | frequency 1 in 2 wk`."""
    blank = Dosage("")
    fields = [
        f"{name} {_short(value)}"
        for name, value, empty in zip(dose._fields, dose, blank, strict=True)
        if name != "text" and value != empty
    ]
    return " | ".join(fields)


def _short(value: object) -> str:
    match value:
        case Amount():
            said = "up to " * value.maximum + "about " * value.approximate + value.comparator
            return f"{said}{value.value} {value.unit}"
        case Range():
            return f"{value.low}-{value.high} {value.unit}"
        case Duration():
            return f"{value.comparator}{_range(value.value, value.high)} {value.unit}"
        case Frequency():
            times, period = _range(value.times, value.times_high), _range(value.period, value.period_high)
            return f"{times} in {period} {value.unit} {value.code}".strip()
        case Cycle():
            return f"{','.join(map(str, value.days))} of {value.length}"
        case Limit():
            return _short(value.amount) + (f" in {_short(value.period)}" if value.period else "")
        case DoseAmount():
            per = f" per {value.per_weight}" if value.per_weight else ""
            return _short(value.quantity) + per + (f" in {_short(value.period)}" if value.period else "")
        case Schedule():
            return f"{','.join(map(str, value.after))} {value.unit}"
        case tuple():
            return ",".join(map(_short, value))
    return str(value)


def _range(low: Decimal | int, high: Decimal | int | None) -> str:
    return f"{low}" if high is None else f"{low}-{high}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # amount, frequency, route, form
        ("8 mg/kg every 2 weeks IV", "amount 8 mg/kg | frequency 1 in 2 wk | route intravenous"),
        ("2.5 mg BID PO", "amount 2.5 mg | frequency 2 in 1 d BID | route oral"),
        ("4 mL TID PO suspension", "amount 4 mL | frequency 3 in 1 d TID | route oral | form suspension"),
        ("2 g every 8 hours", "amount 2 g | frequency 1 in 8 h"),
        ("500 mg every 8 hours PO", "amount 500 mg | frequency 1 in 8 h | route oral"),
        ("40 mg once daily", "amount 40 mg | frequency 1 in 1 d"),
        ("40 mg, once daily, PO", "amount 40 mg | frequency 1 in 1 d | route oral"),
        ("40mg PO daily", "amount 40 mg | frequency 1 in 1 d | route oral"),
        ("  40 mg   PO  ", "amount 40 mg | route oral"),
        ("7.40 mg PO", "amount 7.40 mg | route oral"),
        ("5 mg p.o. b.i.d.", "amount 5 mg | frequency 2 in 1 d BID | route oral"),
        ("5 mg via nasogastric tube", "amount 5 mg | route nasogastric"),
        ("5 mg by the oral route", "amount 5 mg | route oral"),
        ("100 mg IV bolus", "amount 100 mg | route intravenous | method bolus"),
        ("1 g IV infusion over 60 minutes", "amount 1 g | over 60 min | route intravenous | form infusion"),
        ("2 puffs BID inhaled", "amount 2 puffs | frequency 2 in 1 d BID | route inhalation"),
        ("1 drop in the right eye QID", "amount 1 drop | frequency 4 in 1 d QID | site right eye"),
        ("1 spray each nostril daily nasal spray",
         "amount 1 spray | frequency 1 in 1 d | site each nostril | form nasal spray"),
        ("20 mg extended-release tablet daily",
         "amount 20 mg | frequency 1 in 1 d | form modified-release tablet"),
        ("IV", "route intravenous"),
        ("daily", "frequency 1 in 1 d"),
        ("tablets", "form tablet"),
        # amounts
        ("1-2 tablets every 4-6 hours", "amount 1-2 tablets | frequency 1 in 4-6 h"),
        ("5 to 10 mg daily", "amount 5-10 mg | frequency 1 in 1 d"),
        ("5 – 10 mg daily", "amount 5-10 mg | frequency 1 in 1 d"),
        ("up to 4 mg daily", "amount up to 4 mg | frequency 1 in 1 d"),
        ("about 5 mL PO", "amount about 5 mL | route oral"),
        ("< 5 mg daily", "amount <5 mg | frequency 1 in 1 d"),
        ("750 mg/m2 monthly IV for 6 months",
         "amount 750 mg/m2 | frequency 1 in 1 mo | for_ 6 mo | route intravenous"),
        ("2 million units IM", "amount 2 million units | route intramuscular"),
        ("400 IU daily", "amount 400 IU | frequency 1 in 1 d"),
        ("2 x10^6 cells/kg IV", "amount 2 x10^6 cells/kg | route intravenous"),
        ("2 x 10^6/kg IV", "amount 2 x 10^6/kg | route intravenous"),
        ("5 unit not printed BID", "amount 5 None | frequency 2 in 1 d BID"),
        ("50 mg/kg/dose TID", "amount 50 mg/kg | frequency 3 in 1 d TID"),
        ("5 mg per kg IV", "amount 5 mg/kg | route intravenous"),
        ("5 mg per os", "amount 5 mg | route oral"),
        ("0.1 mL per 10 kg every 12 h", "amount 0.1 mL | per_weight 10 kg | frequency 1 in 12 h"),
        ("0.1 mL/10 kg every 12 h", "amount 0.1 mL | per_weight 10 kg | frequency 1 in 12 h"),
        ("0.1 ml/10 kg/12h", "amount 0.1 ml | per_weight 10 kg | per_period 12 h"),
        ("3 mg/1.73 m2 daily", "amount 3 mg | per_weight 1.73 m2 | frequency 1 in 1 d"),
        # a product of two drugs
        ("4 g/0.5 g every 8 hours", "amount 4 g | others 0.5 g | frequency 1 in 8 h"),
        ("4g/0.5g q6h IV", "amount 4 g | others 0.5 g | frequency 1 in 6 h Q6H | route intravenous"),
        ("50 mL of 50 % IV", "amount 50 mL | route intravenous | strength 50 %"),
        ("40 tablets of 240 mg PO", "amount 40 tablets | route oral | strength 240 mg"),
        ("2 tablets of 5-10 mg each daily", "amount 2 tablets | frequency 1 in 1 d | strength 5-10 mg"),
        ("245/200/600 mg daily PO", "amount 245 mg | others 200 mg,600 mg | frequency 1 in 1 d | route oral"),
        ("4 g/0.5 g/1 mg q6h", "amount 4 g | others 0.5 g,1 mg | frequency 1 in 6 h Q6H"),
        ("4 tablets of 20/120 mg BID PO for 3 days",
         "amount 4 tablets | frequency 2 in 1 d BID | for_ 3 d | route oral | strength 20 mg,120 mg"),
        ("125 mL/h of 10 % IV", "rate 125 mL/h | route intravenous | strength 10 %"),
        ("875/125 mg BID PO", "amount 875 mg | others 125 mg | frequency 2 in 1 d BID | route oral"),
        ("1000 mg/880 IU daily", "amount 1000 mg | others 880 IU | frequency 1 in 1 d"),
        # the same once more, in brackets
        ("200 mg (2.4 mg/kg) IV", "amount 200 mg | again 2.4 mg/kg | route intravenous"),
        ("0.1 U/kg/h (5 U/h)", "again 5 U/h | rate 0.1 U/kg/h"),
        ("88 µg daily (1.6 µg/kg), PO", "amount 88 µg | again 1.6 µg/kg | frequency 1 in 1 d | route oral"),
        ("200 mg BID (5 mg/kg/day)", "amount 200 mg | again 5 mg/kg in 1 d | frequency 2 in 1 d BID"),
        ("40 mg/day (1 mg/kg/day)", "amount 40 mg | again 1 mg/kg in 1 d | per_period 1 d"),
        ("0.5 mL (0.1 mL per 10 kg)", "amount 0.5 mL | again 0.1 mL per 10 kg"),
        ("500 mg (2 tablets) PO", "amount 500 mg | again 2 tablets | route oral"),
        ("2 million units (1.2 g) IM", "amount 2 million units | again 1.2 g | route intramuscular"),
        # times after the first dose
        ("2.4 mg/kg IV at 0, 12 and 24 hours",
         "amount 2.4 mg/kg | count 3 | schedule 0,12,24 h | route intravenous"),
        ("2.4 mg/kg at 0 h, 12 h, and 24h", "amount 2.4 mg/kg | count 3 | schedule 0,12,24 h"),
        ("2.4 mg/kg at hours 0, 12 & 24, IV",
         "amount 2.4 mg/kg | count 3 | schedule 0,12,24 h | route intravenous"),
        ("5 mg/kg at weeks 0, 2 and 6 IV over 2 hours",
         "amount 5 mg/kg | count 3 | schedule 0,2,6 wk | over 2 h | route intravenous"),
        ("1 mL at 0, 14 and 28 days 3 doses", "amount 1 mL | count 3 | schedule 0,14,28 d"),
        ("5 mg/kg at 12 and 24 hours", "amount 5 mg/kg | count 2 | schedule 12,24 h"),
        # a total per period
        ("7.5 mg/week PO", "amount 7.5 mg | per_period 1 wk | route oral"),
        ("30 mg/kg/day PO in 3 doses",
         "amount 30 mg/kg | per_period 1 d | in_doses 3 | frequency 3 in 1 d | route oral"),
        ("40 mg/kg/day in 2-4 divided doses",
         "amount 40 mg/kg | per_period 1 d | in_doses 2 | in_doses_high 4 | frequency 2-4 in 1 d"),
        ("40 mg/day divided in 2 doses", "amount 40 mg | per_period 1 d | in_doses 2 | frequency 2 in 1 d"),
        ("15 mg/kg/day IV for 3 days", "amount 15 mg/kg | per_period 1 d | for_ 3 d | route intravenous"),
        ("750 mg/m2/month for 6 months", "amount 750 mg/m2 | per_period 1 mo | for_ 6 mo"),
        ("20 g/day", "amount 20 g | per_period 1 d"),
        ("2 g/24 h", "amount 2 g | per_period 24 h"),
        ("5 mg per kg per day", "amount 5 mg/kg | per_period 1 d"),
        ("5 mg a day", "amount 5 mg | per_period 1 d"),
        ("200 mg/day once daily", "amount 200 mg | per_period 1 d | frequency 1 in 1 d"),
        ("70 mg/week weekly PO", "amount 70 mg | per_period 1 wk | frequency 1 in 1 wk | route oral"),
        # rates
        ("5 mL/h", "rate 5 mL/h"),
        ("5 mL/hour IV", "rate 5 mL/h | route intravenous"),
        ("5-10 mL per hour", "rate 5-10 mL/h"),
        ("0.05 mcg/kg/min", "rate 0.05 mcg/kg/min"),
        ("2 L/min for 2 days", "rate 2 L/min | for_ 2 d"),
        ("100 mL IV at 20 mL/h", "amount 100 mL | rate 20 mL/h | route intravenous"),
        ("2 mg/h continuous IV infusion",
         "rate 2 mg/h | route intravenous | method continuous | form infusion"),
        # how many
        ("12.5 mg 2 doses SC", "amount 12.5 mg | count 2 | route subcutaneous"),
        ("8 mg/kg every 2 weeks 6 doses IV",
         "amount 8 mg/kg | frequency 1 in 2 wk | count 6 | route intravenous"),
        ("8 mg/kg 6 doses every 2 weeks", "amount 8 mg/kg | frequency 1 in 2 wk | count 6"),
        ("8 mg/kg every 2 weeks for 6 doses", "amount 8 mg/kg | frequency 1 in 2 wk | count 6"),
        ("5 mg two to three doses", "amount 5 mg | count 2 | count_high 3"),
        ("5 mg 2-3 doses", "amount 5 mg | count 2 | count_high 3"),
        ("2 g/kg once IV", "amount 2 g/kg | count 1 | route intravenous"),
        ("1 dose IV", "count 1 | route intravenous"),
        ("one dose", "count 1"),
        ("single dose PO", "count 1 | route oral"),
        ("once", "count 1"),
        # cycles
        ("day 1, 8 of 21", "cycle 1,8 of 21"),
        ("15 mg days 1-5 of 28 PO", "amount 15 mg | cycle 1,2,3,4,5 of 28 | route oral"),
        ("15 mg on days 1, 8 and 15 of a 28-day cycle", "amount 15 mg | cycle 1,8,15 of 28"),
        ("days 1–3, 8 of every 21 days", "cycle 1,2,3,8 of 21"),
        ("75 mg/m2 day 1 of 21 IV for 6 cycles",
         "amount 75 mg/m2 | cycle 1 of 21 | cycles 6 | route intravenous"),
        ("20 mg daily days 1-5, every 28 days", "amount 20 mg | frequency 1 in 1 d | cycle 1,2,3,4,5 of 28"),
        # time of day, days of the week
        ("500 mg at night", "amount 500 mg | when NIGHT"),
        ("10 mg daily at bedtime", "amount 10 mg | frequency 1 in 1 d | when HS"),
        ("10 mg nightly", "amount 10 mg | frequency 1 in 1 d | when NIGHT"),
        ("10 mg every morning before breakfast", "amount 10 mg | frequency 1 in 1 d | when MORN,ACM"),
        ("10 mg in the morning and in the evening", "amount 10 mg | when MORN,EVE"),
        ("1 tablet TID with meals", "amount 1 tablet | frequency 3 in 1 d TID | when C"),
        ("1 tablet TID pc", "amount 1 tablet | frequency 3 in 1 d TID | when PC"),
        ("5 mg at 8:00 and 20:00", "amount 5 mg | times 08:00,20:00"),
        ("5 mg at 08:00, 14:00, 20:00", "amount 5 mg | times 08:00,14:00,20:00"),
        ("5 mg on Monday and Thursday", "amount 5 mg | weekdays mon,thu"),
        ("5 mg Mondays, Wednesdays and Fridays", "amount 5 mg | weekdays mon,wed,fri"),
        ("10 mg weekly every Friday", "amount 10 mg | frequency 1 in 1 wk | weekdays fri"),
        # when needed
        ("5 mg as needed", "amount 5 mg | as_needed True"),
        ("5 mg PRN", "amount 5 mg | as_needed True"),
        ("5 mg PRN for pain PO", "amount 5 mg | as_needed True | needed_for pain | route oral"),
        ("5 mg as needed for severe joint pain",
         "amount 5 mg | as_needed True | needed_for severe joint pain"),
        ("5 mg as needed for 5 days", "amount 5 mg | for_ 5 d | as_needed True"),
        ("1 g every 6 h PRN for fever max 4 g/day",
         "amount 1 g | maximum 4 g in 1 d | frequency 1 in 6 h | as_needed True | needed_for fever"),
        ("1 g PRN not more than 60 mg/kg a day", "amount 1 g | maximum 60 mg/kg in 1 d | as_needed True"),
        ("10 mg/kg IV maximum 800 mg", "amount 10 mg/kg | maximum 800 mg | route intravenous"),
        ("5 mg PO up to 20 mg/day", "amount 5 mg | maximum 20 mg in 1 d | route oral"),
        # how long
        ("8 mg/kg IV over 2 hours", "amount 8 mg/kg | over 2 h | route intravenous"),
        ("8 mg/kg IV over 30-60 min", "amount 8 mg/kg | over 30-60 min | route intravenous"),
        ("2 g/kg over 12h", "amount 2 g/kg | over 12 h"),
        ("5 mg daily for about two weeks", "amount 5 mg | frequency 1 in 1 d | for_ 2 wk"),
        ("5 mg daily for 4 to 6 weeks", "amount 5 mg | frequency 1 in 1 d | for_ 4-6 wk"),
        ("5 mg daily for more than 2 months", "amount 5 mg | frequency 1 in 1 d | for_ >2 mo"),
        ("5 mg daily for a week PO", "amount 5 mg | frequency 1 in 1 d | for_ 1 wk | route oral"),
        ("375 mg/m2 every 3 weeks for 6 cycles", "amount 375 mg/m2 | frequency 1 in 3 wk | cycles 6"),
    ],
)  # fmt: skip
def test_dose_says(written: str, expected: str) -> None:
    dose = dosage(written)

    assert (told(dose), dose.text) == (expected, written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("daily", "1 in 1 d"),
        ("once daily", "1 in 1 d"),
        ("once a day", "1 in 1 d"),
        ("once per day", "1 in 1 d"),
        ("every day", "1 in 1 d"),
        ("each day", "1 in 1 d"),
        ("QD", "1 in 1 d QD"),
        ("BD", "2 in 1 d BID"),
        ("bid", "2 in 1 d BID"),
        ("B.I.D.", "2 in 1 d BID"),
        ("twice daily", "2 in 1 d"),
        ("twice a day", "2 in 1 d"),
        ("2 times a day", "2 in 1 d"),
        ("TDS", "3 in 1 d TID"),
        ("three times a day", "3 in 1 d"),
        ("three times daily", "3 in 1 d"),
        ("thrice daily", "3 in 1 d"),
        ("3 times/day", "3 in 1 d"),
        ("3 times per day", "3 in 1 d"),
        ("3x/day", "3 in 1 d"),
        ("3 x daily", "3 in 1 d"),
        ("3 doses a day", "3 in 1 d"),
        ("QDS", "4 in 1 d QID"),
        ("5 times a day", "5 in 1 d"),
        ("1-2 times a day", "1-2 in 1 d"),
        ("two or three times daily", "2-3 in 1 d"),
        ("hourly", "1 in 1 h"),
        ("every hour", "1 in 1 h"),
        ("8-hourly", "1 in 8 h"),
        ("8 hourly", "1 in 8 h"),
        ("six-hourly", "1 in 6 h"),
        ("every 12 h", "1 in 12 h"),
        ("every 12h", "1 in 12 h"),
        ("every six hours", "1 in 6 h"),
        ("every 4 to 6 hours", "1 in 4-6 h"),
        ("q8h", "1 in 8 h Q8H"),
        ("Q8 hours", "1 in 8 h Q8H"),
        ("q12h", "1 in 12 h"),
        ("q4-6h", "1 in 4-6 h"),
        ("q 8 h", "1 in 8 h"),
        ("every other day", "1 in 2 d"),
        ("every second day", "1 in 2 d"),
        ("on alternate days", "1 in 2 d"),
        ("alternate days", "1 in 2 d"),
        ("every 48 hours", "1 in 48 h"),
        ("every 3rd day", "1 in 3 d"),
        ("weekly", "1 in 1 wk"),
        ("once weekly", "1 in 1 wk"),
        ("once a week", "1 in 1 wk"),
        ("twice weekly", "2 in 1 wk"),
        ("3 days a week", "3 in 1 wk"),
        ("every other week", "1 in 2 wk"),
        ("fortnightly", "1 in 2 wk"),
        ("q2w", "1 in 2 wk"),
        ("Q3W", "1 in 3 wk"),
        ("once every 2 weeks", "1 in 2 wk"),
        ("twice every 3 weeks", "2 in 3 wk"),
        ("every 1.5 weeks", "1 in 1.5 wk"),
        ("monthly", "1 in 1 mo"),
        ("once a month", "1 in 1 mo"),
        ("every 3 months", "1 in 3 mo"),
        ("q3mo", "1 in 3 mo"),
        ("quarterly", "1 in 3 mo"),
        ("yearly", "1 in 1 a"),
    ],
)
def test_frequency_says(written: str, expected: str) -> None:
    assert told(dosage(f"5 mg {written} PO")) == f"amount 5 mg | frequency {expected} | route oral"
    assert told(dosage(written)) == f"frequency {expected}"


def test_words_have_no_commas_and_no_full_stops() -> None:
    assert words("5 mg 3 times/day, P.O. 1.5", 4).lower == ["3", "times", "/", "day", "po", "1.5"]


def test_frequency_keeps_what_is_written() -> None:
    frequency = dosage("5 mg Three  Times/day PO").frequency

    assert frequency == Frequency("Three Times/day", 3, Decimal(1), "d")


_NAMES = [
    (field, name, written)
    for field, table in (("route", ROUTES), ("form", FORMS), ("method", METHODS), ("site", SITES))
    for name, also in table.items()
    for written in (name, *filter(None, also.split("|")))
]


@pytest.mark.parametrize(("field", "name", "written"), _NAMES, ids=[written for _, _, written in _NAMES])
def test_word_has_one_canonical_name(field: str, name: str, written: str) -> None:
    for spelling in (written, written.upper(), written.replace("-", "")):
        assert told(dosage(f"5 mg {spelling} daily")) in (
            f"amount 5 mg | frequency 1 in 1 d | {field} {name}",
            f"amount 5 mg | {field} {name} | frequency 1 in 1 d",
        )


@pytest.mark.parametrize(
    ("written", "name"),
    [("orally", "oral"), ("subcutaneously", "subcutaneous"), ("intra-articularly", "intra-articular")],
)
def test_adverb_is_a_route(written: str, name: str) -> None:
    assert dosage(written).route == name


def test_times_of_day_are_codes_of_fhir() -> None:
    codes = "MORN NOON AFT EVE NIGHT HS WAKE C CM CD CV AC ACM ACD ACV PC PCM PCD PCV"

    assert sorted(WHENS) == sorted(codes.split())


@pytest.mark.parametrize(
    ("written", "message", "place"),
    [
        # two readings
        ("5 mg twice", '"twice" is a count or a rate; write 2 doses or BID', "twice"),
        ("5 mg thrice", '"thrice" is a count or a rate; write 3 doses or TID', "thrice"),
        ("5 mg 3 times", '"3 times" is a count or a rate; write 3 doses or TID', "3 times"),
        ("5 mg 5 times PO", '"5 times" is a count or a rate; write 5 doses or 5 times a day', "5 times"),
        ("5 mg 2-3 times", '"2-3 times" is a count or a rate; write 2-3 doses or 2-3 times a day', "2-3"),
        ("5 mg 1 time", '"1 time" is a count or a rate; write 1 dose or daily', "1 time"),
        ("5 mg 2 doses daily",
         '"2 doses daily" is a rate or a count; write 2 doses a day, or daily for 2 doses', "2 doses"),
        ("5 mg 1 dose daily", '"1 dose daily" is a rate or a count; write daily, or once', "1 dose"),
        ("5 mg OD", '"OD" is daily or the right eye; write daily or right eye', "OD"),
        ("5 mg o.d. PO", '"o.d." is daily or the right eye; write daily or right eye', "o.d."),
        ("5 mg QOD",
         '"QOD" is every other day, misread as daily or 4 times a day; write every other day', "QOD"),
        ("5 mg HS", '"HS" is bedtime or half strength; write at bedtime', "HS"),
        ("5 mg IT", '"IT" is intrathecal or intratracheal; write the one that is meant', "IT"),
        ("5 mg biweekly",
         '"biweekly" is twice a week or every 2 weeks; write the one that is meant', "biweekly"),
        ("5 mg q3m", '"q3m" is minutes or months; write every 3 minutes or every 3 months', "q3m"),
        ("5 mg PO 5 days", '"5 days" is how long or how often; write for 5 days or every 5 days', "5 days"),
        ("5 mg PO 12h", '"12h" is how long or how often; write for 12h or every 12h', "12h"),
        ("5 mg x 7 days", '"x 7 days" is how long; write for 7 days', "x"),
        ("1 mg x 3", '"x 3" is a count or a rate; write 3 doses or 3 times a day', "x 3"),
        ("1 mg ×3 doses", '"×3 doses" is how many; write 3 doses', "×3"),
        ("1 mg X3/day", '"X3" is how often; write 3 times a day', "X3"),
        ("1 mg x 1 IV", '"x 1" is a count or a rate; write once or 1 times a day', "x 1"),
        ("1 mg x some", '"x" is a count or a time; write e.g. 2 doses, or for 2 days', "x"),
        ("5 mg day 5",
         '"day 5" is a day of what? write e.g. day 1, 8 of 21, or for 5 days', "day 5"),
        # amounts
        ("3,5 mg PO", '"3,5 mg" has a decimal comma; write 3.5 mg', ",5"),
        ("5", '"5" has no unit; write e.g. 5 mg, or 5 unit not printed', "5"),
        ("5 PO", '"5" has no unit; write e.g. 5 mg, or 5 unit not printed', "5"),
        ("5 every 8 hours", '"5" has no unit; write e.g. 5 mg, or 5 unit not printed', "5"),
        ("5 q8h", '"5" has no unit; write e.g. 5 mg, or 5 unit not printed', "5"),
        ("245/200/600 daily PO",
         '"245/200/600" has no unit of a drug behind it; write e.g. 245/200/600 mg, or 2 tablets of 245/200/600 mg',
         "245"),
        ("2 weeks", '"2 weeks" is how long or how often; write for 2 weeks or every 2 weeks', "2"),
        ("5 mg max 4 daily", '"max 4" is not known in a dose; write it as in max 4 g/day, or dose: {text: "…"}', "max"),
        ("-5 mg", '"-5 mg" is no amount of a drug; write one number or two, e.g. 5-10 mg', "-5"),
        ("1/2 tablet", '"1/2 tablet" is a fraction; write it with a point, e.g. 0.5 tablet', "1/2"),
        ("5 mg/5 mL PO", '"5 mg/5 mL" is a concentration or a strength; write 5 mg (5 mL) if so much was given',
         "5 mg/5"),
        ("5 mg/mL PO", '"5 mg/mL" is a concentration or a strength; write the amount given', "5 mg"),
        ("1 % cream", '"1 %" is a strength and no amount; write e.g. 50 mL of 1 %, or 125 mL/h of 1 %; '
         "without an amount note:", "1 %"),
        ("5 mg/day/kg", '"5 mg/day/kg" has its time in the middle; write it last, e.g. mg/kg/day', "5 mg"),
        ("IV 5 mg",
         '"5 mg" comes after other words; write the amount first: 5 mg IV', "5 mg"),
        ("5 mg to 10 mg",
         '"to" is a range or a change of dose; write 5-10 mg, or a new treatment with replaces: DRUG', "to"),
        ("5 mg then 10 mg",
         '"then" is a change of dose; write the new dose as the next treatment, with its own from: or at:, '
         "and replaces: DRUG", "then"),
        ("1 IU/kg bolus then 1 IU/kg/h, titrated to 10 IU/kg/h",
         '"then" begins another dose; write 1 IU/kg bolus as a treatment of its own with at:, '
         "and what follows as the next treatment", "then"),
        ("20 mL, followed by 1 g/h (stopped)",
         '"followed" begins another dose; write 20 mL as a treatment of its own with at:, '
         "and what follows as the next treatment", "followed"),
        ("5 mg daily then 10 mg daily",
         '"then" is a change of dose; write the new dose as the next treatment, with its own from: or at:, '
         "and replaces: DRUG", "then"),
        ("150 mg/kg over 1 h, 50 mg/kg over 4 h",
         '"50 mg/kg" comes after other words; write the amount first, and each further dose as another treatment',
         "50 mg/kg over 4"),
        ("2.4 mg/kg IV at 0, 12 and 24 hours then daily",
         '"then" is a change of dose; write the new dose as the next treatment, with its own from: or at:, '
         "and replaces: DRUG", "then"),
        # times after the first dose
        ("5 mg at 24 and 12 hours",
         '"at 24 and 12 hours" has times that do not rise; write e.g. at 0, 12 and 24 hours', "at"),
        ("5 mg at 8 and 20 hours",
         '"at 8 and 20 hours" is the time of day or a time after the first dose; write at 08:00 and 20:00, '
         "or the first dose too: at 0, …", "at"),
        ("5 mg at 0 and 12 hours daily",
         '"daily" and "at 0 and 12 hours" both say when; write what came later as a new treatment', "daily"),
        ("5 mg at 0 and 12 hours 6 doses",
         '"6 doses" and "at 0 and 12 hours" say how many; write one of them', "6 doses"),
        ("5 mg/day at 0 and 12 hours",
         '"at 0 and 12 hours" is unclear after a total per day; write the amount of one dose', "at"),
        # the same once more, in brackets
        ("40 mg/day (1 mg/kg)",
         '"(1 mg/kg)" is no total, and stands beside a total per day; write (1 mg/kg/day)', "("),
        ("4 tablets (20/120 mg) BID",
         '"(20/120 mg)" is how much is in each, or in all; write 4 tablets of 20/120 mg, or 20/120 mg (4 tablets)',
         "("),
        ("200 mg (20/120 mg)", '"(20/120 mg)" has several drugs; write their amounts alone', "("),
        ("5 mL (0.1 mL/h)",
         '"(0.1 mL/h)" says once more how fast it flows; write that before it, e.g. 5 U/h (0.1 U/kg/h)', "("),
        ("daily (200 mg)",
         '"(200 mg)" says once more how much is given; write that before it, e.g. 200 mg (2.4 mg/kg)', "("),
        ("200 mg (2.4 mg/kg) (5 mg/kg)",
         '"(2.4 mg/kg)" and "(5 mg/kg)" both say the same amount once more; write one', "(5"),
        # sums
        ("0.5 g weekly IV, a cumulative dose of 4.5 g",
         '"cumulative" is the sum of several doses; over a known time write e.g. 160 mmol/24 h, else keep it in words '
         'beside the dose: {dosage: 0.5 g weekly IV, text: "cumulative dose of 4.5 g"}', "cumulative"),
        ("160 mmol in total over the first 24 hours",
         '"total" is the sum of several doses; over a known time write e.g. 160 mmol/24 h, else keep it in words '
         'beside the dose: {dosage: 0.5 g weekly IV, text: "cumulative dose of 4.5 g"}', "total"),
        ("5 mg six doses altogether",
         '"altogether" is how many in all, or how much; write e.g. 6 doses, or 160 mmol/24 h', "altogether"),
        ("2.5 mg/twice/day",
         '"/twice" is no part of the amount here; write e.g. 5 mg/day IV, or twice a day', "/"),
        ("5 mg IV per day",
         '"per" is no part of the amount here; write it right after the amount, e.g. 5 mg/day IV', "per"),
        # totals
        ("30 mg/kg/day TID",
         '"TID" is unclear after a total per day; write in 3 doses, or the amount of one dose', "TID"),
        ("30 mg/kg/day every 8 hours",
         '"every 8 hours" is unclear after a total per day; write in N doses, or the amount of one dose',
         "every"),
        ("7.5 mg/week 4 doses",
         '"4 doses" is unclear after a total per week; write the amount of one dose', "4 doses"),
        ("2 g/kg in 2 doses",
         '"in 2 doses" divides a total, as in 30 mg/kg/day in 3 doses; else write the amount of one dose',
         "in 2"),
        ("30 mg/day in 3 doses daily",
         '"daily" and the doses that the total is given in both say how often; write one', "daily"),
        ("30 mg/day divided TID", '"divided" is a part of a total; write in 3 doses', "divided"),
        # each part once, and none against another
        ("5 mg PO IV", '"PO" and "IV" both say the route; write one', "IV"),
        ("5 mg PO orally", '"PO" and "orally" both say the route; write one', "orally"),
        ("5 mg daily BID", '"daily" and "BID" both say how often; write one', "BID"),
        ("5 mg tablet capsule", '"tablet" and "capsule" both say the form; write one', "capsule"),
        ("5 mL/h at 6 mL/h", '"5 mL/h" and "at 6 mL/h" both say how fast; write one', "at 6"),
        ("5 mg for 2 days for 3 days",
         '"for 2 days" and "for 3 days" both say how long; write one', "for 3"),
        ("5 mg at night at night", '"at night" and "at night" both say the time of day; write one', None),
        ("5 mg at night at 22:00", '"at 22:00" and a word both say the time of day; write one', "at 22:00"),
        ("5 mg daily once", '"once" is one dose and "daily" many; write one of them', "once"),
        ("5 mg 1 dose BID", '"1 dose" is one dose and "BID" many; write one of them', "1 dose"),
        ("day 30 of 21",
         '"day 30 of 21" has days that do not rise from 1 to 21; the first day of a cycle is 1', "day"),
        ("days 8, 1 of 21",
         '"days 8, 1 of 21" has days that do not rise from 1 to 21; the first day of a cycle is 1', "days"),
        ("5 mg 3 to 2 doses", '"3 to 2" runs from high to low; write the lower number first', "3 to"),
        ("5 mg every about 2 weeks",
         '"about 2 weeks" is no exact time between doses; write one or two numbers, e.g. every 4-6 hours',
         "about"),
        ("5 mg every 0 days",
         '"0 days" is no exact time between doses; write one or two numbers, e.g. every 4-6 hours', "0 days"),
        # unknown words
        ("5 mg intravenusly",
         '"intravenusly" is not known in a dose; did you mean intravenously? else write dose: {text: "…"}',
         "intravenusly"),
        ("5 mg IV, wekly",
         '"wekly" is not known in a dose; did you mean weekly? else write dose: {text: "…"}', "wekly"),
        ("intermittent", '"intermittent" is not known in a dose; write dose: {text: "…"}', "intermittent"),
        ("AUC 5 IV", '"AUC" is not known in a dose; write dose: {text: "…"}', "AUC"),
        ("5 mg every 2 moths",
         '"every 2" is not known in a dose; write it as in every 2 weeks, or dose: {text: "…"}', "every"),
        ("5 mg for pain",
         '"for pain" is what it is given for; write for: [pain] beside the drug', "for"),
        ("5 mg daily for the acute otitis media PO", '"for the acute otitis media" is what it is given for; '
         'write for: [acute otitis media] beside the drug', "for"),
        ("5 mg for fever, rash and pain for 5 days", '"for fever, rash and pain" is what it is given for; '
         'write for: [fever, rash, pain] beside the drug', "for"),
        ("5 mg daily for otitis then 10 mg", '"for otitis" is what it is given for; '
         'write for: [otitis] beside the drug', "for"),
        ("5 mg daily for several days",
         '"for several" is not known in a dose; write it as in for 6 months, or dose: {text: "…"}', "for"),
        ("5 mg for",
         '"for" is not known in a dose; write it as in for 6 months, or dose: {text: "…"}', "for"),
        ("5 mg via mouth",
         '"via mouth" is not known in a dose; write it as in via nasogastric tube, or dose: {text: "…"}', "via"),
        ("5 mg and PO", '"and PO" is not known in a dose; write dose: {text: "…"}', "and"),
        ("5 mg in 3 eyes",
         '"in" is intranasal, or a part that is missing; write intranasal, or e.g. in 2 doses', "in"),
        ("5 mg q8", '"q8" is not known in a dose; write dose: {text: "…"}', "q8"),
        ("5 mg q8-hourly", '"q8-hourly" is not known in a dose; write dose: {text: "…"}', "q8"),
        ("5 mg some-hourly", '"some-hourly" is not known in a dose; write dose: {text: "…"}', "some"),
        ("IV 3,5 mg", '"3,5 mg" has a decimal comma; write 3.5 mg', ",5"),
        ("5 mg for 1,5 weeks", '"1,5 weeks" has a decimal comma; write 1.5 weeks', "1,5"),
        ("5 mg not 6 mg", '"not 6" is not known in a dose; write dose: {text: "…"}', "not"),
        ("1-0-1",
         '"1-0-1" is a row of times of day; write 2 times a day, or e.g. in the morning', "1-0-1"),
        ("3x1 g", '"3x1" is no amount of a drug; write 1 g 3 doses, or 1 g 3 times a day', "3x1"),
        ("unknown", '"unknown" is no dose; leave \'dose\' out if the article does not tell it', "unknown"),
        ("5 mg (IV)", '"(IV)" is not known in a dose; write it without brackets, or dose: {text: "…"}', "(IV)"),
        ("5 mg (2 per kg)",
         '"(2" is not known in a dose; write it without brackets, or the same amount in another unit as in '
         '200 mg (2.4 mg/kg), or dose: {text: "…"}', "(2"),
        ("3 doses of 1 g",
         '"of 1 g" is the strength of what? write the amount first, then how many: e.g. 1 g 3 doses, '
         "or 40 tablets of 240 mg", "of 1 g"),
        ("1 g of 240 mg",
         '"of 240 mg" is the strength of what? write the amount first, then how many: e.g. 1 g 3 doses, '
         "or 40 tablets of 240 mg", "of 240 mg"),
        ("150 mg daily increased to 600 mg",
         '"increased" is a change of dose; write the first dose and the change in words: '
         '{dosage: 150 mg daily, text: "increased by …"}, or each dose as a treatment, the next with replaces: DRUG',
         "increased"),
        ("1 g of it",
         '"of" is no part of a dose; write the amount first, then how many: e.g. 1 g 3 doses', "of"),
        ("PO 500 mg every 8 hours",
         '"500 mg" comes after other words; write the amount first: 500 mg PO every 8 hours', "500"),
        ("oral prednisolone 5 mg",
         '"prednisolone" is not known in a dose: it is a drug, which stands under \'drug:\'; write the dose alone',
         "prednisolone"),
        ("5 mg 0 doses",
         '"0" has no unit and counts nothing; write e.g. 5 mg, 5 doses or 5 times a day', "0"),
        # what belongs elsewhere
        ("5 mg daily until admission", '"until" is an end, not a dose; write it in to:', "until"),
        ("5 mg loading IV",
         '"loading" is what the dose was for, not how it was given; write it in note:', "loading"),
        ("5 mg IM stat", '"stat" is at once, and how often is not said; write once', "stat"),
        ("2.5 mg nebulised", '"nebulised" is a verb; write nebulised solution, or inhaled', "nebulised"),
        ("", '"" has no dose; write e.g. 8 mg/kg every 2 weeks IV', ""),
        (" , ", '" , " has no dose; write e.g. 8 mg/kg every 2 weeks IV', ""),
    ],
)  # fmt: skip
def test_refused_dose_says_what_to_write(written: str, message: str, place: str | None) -> None:
    with pytest.raises(GrammarError) as refused:
        dosage(written)

    assert str(refused.value) == message.replace('{text: "…"}', f'{{text: "{written}"}}')
    assert refused.value.offset == (written.index(place) if place else refused.value.offset)


def test_parts_stand_in_any_order_after_the_amount() -> None:
    parts = ("every 2 weeks", "6 doses", "IV", "over 2 hours", "for 6 months")
    doses = [dosage(f"8 mg/kg {' '.join(order)}") for order in permutations(parts)]

    assert {told(dose) for dose in doses} == {
        "amount 8 mg/kg | frequency 1 in 2 wk | count 6 | over 2 h | for_ 6 mo | route intravenous"
    }


_VOCABULARY = (
    *sorted({word for said in (*PHRASES, *FREQUENCY_WORDS) for word in said.split()}),
    *"0 1 2 3.5 12h 4-6 8:00 a per / , . - of for over in at on by via the and day days week h".split(),
    *"mg g mL kg mg/kg mg/day mL/h m2 doses dose times x divided cycles max not more than q8h q".split(),
    *"one six every 21 OD twice up to about < % 1/2 4/0.5 ² ٣ – İ ß 99999999999999999999".split(),
    *("\u00a0", "\x1c", ""),
)


@given(st.lists(st.sampled_from(_VOCABULARY), max_size=12).map(" ".join))
@example("5 mg/")
@example("q")
@example("5 mg . ,")
def test_any_words_are_read_or_refused(written: str) -> None:
    _read_or_refused(written)


@given(st.text(max_size=60) | st.text(alphabet=string.digits + string.punctuation + " mgkhdayx", max_size=40))
def test_any_text_is_read_or_refused(written: str) -> None:
    _read_or_refused(written)


def _read_or_refused(written: str) -> None:
    dose = _read(written)
    if isinstance(dose, GrammarError):
        assert 0 <= dose.offset <= len(written)
        return
    assert dose.text == written
    assert told(dose)
    assert dose.count is None or dose.count > 0
    assert not (dose.when and dose.times), "FHIR tim-10"
    assert dose.frequency is None or (dose.frequency.times > 0 and dose.frequency.period > 0)


def _read(written: str) -> Dosage | GrammarError:
    try:
        return dosage(written)
    except GrammarError as refused:
        return refused


@pytest.mark.parametrize(
    "repeated",
    [
        *(
            "5",
            "5 ",
            " ",
            "mg/",
            "5 mg/",
            "a ",
            "PO ",
            "every ",
            "for ",
            "in the ",
            "at 08:00 ",
            "1, ",
            "day 1, ",
        ),
        *("q", ".", "/", "as needed for twice ", "Monday and ", "x", "up to ", "8-", "²", "night at "),
    ],
)
def test_long_text_takes_no_longer_than_its_length(repeated: str) -> None:
    """Quadratic time would keep this test busy for minutes."""
    for start in ("", "5 mg ", "5 mg PRN for ", "days 1", "max ", "at "):
        _read(start + repeated * 10_000)


def test_on_some_days_of_each_week_is_a_frequency() -> None:
    often = dosage("15 mg/kg on 5 days per week IV").frequency

    assert often is not None
    assert (often.text, often.times, often.period, often.unit) == ("on 5 days per week", 5, 1, "wk")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("40 mg/0.4 mL SC", "write 40 mg (0.4 mL) if so much was given"),
        ("2 mg/mL", "write the amount given"),
        ("5 mg daily after dialysis", '{dosage: 5 mg daily, text: "after dialysis"}'),
        (
            "10 units in 50 mL of 40 % glucose",
            "or that as a treatment of its own",
        ),
        ("half the dose", '{text: "halved"}'),
    ],
)
def test_what_articles_say_beside_a_dose_is_answered(written: str, told: str) -> None:
    with pytest.raises(GrammarError) as refused:
        dosage(written)

    assert str(refused.value).endswith(told)
