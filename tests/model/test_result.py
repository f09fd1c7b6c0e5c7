"""The result grammar: numbers with flag and reference, words, grades and titres."""

from decimal import Decimal

import pytest

from casefhir.model.degree import GRADES
from casefhir.model.grammar import GrammarError
from casefhir.model.multiple import LOWER, NORMAL, UNTOLD, UPPER, beyond, limit_of
from casefhir.model.quantity import Amount, Ratio, quantity
from casefhir.model.reference import Reference
from casefhir.model.result import Result, placed, result
from casefhir.model.result_words import FLAGS, WORDS, word_for


def amount(value, unit, **said):
    return Amount(f"{value} {unit}".strip(), Decimal(value), unit, **said)


def titre(text):
    return quantity(text)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("146 mg/L", Result("", amount("146", "mg/L"))),
        ("17.20 10*9/L", Result("", amount("17.20", "10*9/L"))),
        ("0/10", Result("", Ratio("0/10", Decimal(0), Decimal(10), ""))),
        ("1/320", Result("", Ratio("1/320", Decimal(1), Decimal(320), ""))),
        ("174 unit not printed", Result("", Amount("174 unit not printed", Decimal(174), None))),
        ("2.4 L", Result("", amount("2.4", "L"))),
        ("96 mg/L high", Result("", amount("96", "mg/L"), flag="high")),
        ("96 mg/L, elevated", Result("", amount("96", "mg/L"), flag="high")),
        ("5.2 mmol/L L", Result("", amount("5.2", "mmol/L"), flag="low")),
        ("5.2 mmol/L H", Result("", amount("5.2", "mmol/L"), flag="high")),
        ("6.9 mmol/L HH", Result("", amount("6.9", "mmol/L"), flag="critical-high")),
        ("6.9 mmol/L critically high", Result("", amount("6.9", "mmol/L"), flag="critical-high")),
        ("12 ↓", Result("", amount("12", ""), flag="low")),
        ("3.2 H", Result("", amount("3.2", ""), flag="high")),
        ("1.8 µg/L normal", Result("", amount("1.8", "µg/L"), flag="normal")),
        ("1.8 µg/L (normal)", Result("", amount("1.8", "µg/L"), flag="normal")),
        ("1.8 µg/L (H)", Result("", amount("1.8", "µg/L"), flag="high")),
        ("5 mg/L markedly elevated", Result("", amount("5", "mg/L"), flag="high", detail="markedly")),
        ("high 628 pg/mL", Result("", amount("628", "pg/mL"), flag="high")),
        ("elevated at 132 mg/L", Result("", amount("132", "mg/L"), flag="high")),
        ("positive 25 U/mL", Result("", amount("25", "U/mL"), word="positive")),
        ("25 U/mL positive", Result("", amount("25", "U/mL"), word="positive")),
        ("96 mg/L\thigh", Result("", amount("96", "mg/L"), flag="high")),
        (
            "not detected (< 20 copies/mL)",
            Result("", amount("20", "copies/mL", comparator="<")._replace(text="< 20 copies/mL"), "not detected"),
        ),
        ("174 (unit not printed)", Result("", Amount("174  unit not printed", Decimal(174), None))),
        ("5 mg/(kg.d)", Result("", amount("5", "mg/(kg.d)"))),
    ],
)
def test_a_number_with_its_flag(written, expected):
    assert result(written) == expected._replace(text=written)


@pytest.mark.parametrize(
    ("written", "low", "high", "strict", "unit"),
    [
        ("(normal < 5)", None, "5", True, ""),
        ("(normal <5)", None, "5", True, ""),
        ("(normal: < 6 mg/L)", None, "6", True, "mg/L"),
        ("(normal ≤ 5)", None, "5", False, ""),
        ("(normal up to 40 U/L)", None, "40", False, "U/L"),
        ("(normal value under 5 µg/L)", None, "5", True, "µg/L"),
        ("(normal > 60)", "60", None, True, ""),
        ("(normal >= 60)", "60", None, False, ""),
        ("(normal 10-20)", "10", "20", False, ""),
        ("(normal 3 to 10 ng/mL)", "3", "10", False, "ng/mL"),
        ("(ref 3.5-5.1 mmol/L)", "3.5", "5.1", False, "mmol/L"),
        ("(ref. 3.5–5.1)", "3.5", "5.1", False, ""),
        ("(reference range: 3.5-5.1)", "3.5", "5.1", False, ""),
        ("(normal range 1000-4000/mm³)", "1000", "4000", False, "/mm³"),
        ("(N: <4)", None, "4", True, ""),
    ],
)
def test_the_reference_range_that_is_printed(written, low, high, strict, unit):
    found = result(f"96 mg/L high {written}")

    assert found.quantity == amount("96", "mg/L")
    assert found.flag == "high"
    assert found.reference is not None
    assert found.reference[1:] == (low and Decimal(low), high and Decimal(high), strict, unit, "")


@pytest.mark.parametrize(
    ("written", "low", "high", "meaning", "text"),
    [
        ("(toxic > 10)", "10", None, "toxic", "> 10"),
        ("(toxic above 10 mg/L)", "10", None, "toxic", "above 10 mg/L"),
        ("(therapeutic range 10-20)", "10", "20", "therapeutic", "10-20"),
        ("(Therapeutic: 10-20)", "10", "20", "therapeutic", "10-20"),
        ("(critical < 2)", None, "2", "critical", "< 2"),
        ("(cut-off 10)", None, None, "cut-off", "10"),
        ("(cutoff value ≥ 10)", "10", None, "cut-off", "≥ 10"),
        ("(positive ≥ 20)", "20", None, "positive", "≥ 20"),
        ("(target 10-15)", "10", "15", "target", "10-15"),
    ],
)
def test_limits_of_another_kind_are_no_reference_range(written, low, high, meaning, text):
    found = result(f"62 mg/L high (normal 3-10) {written}")

    assert found.reference is not None
    assert found.reference.text == "3-10"
    (limits,) = found.limits
    assert limits[:3] == (text, low and Decimal(low), high and Decimal(high))
    assert (limits.meaning, found.flag) == (meaning, "high")


def test_a_bracket_of_a_word_stays_a_part_of_the_result():
    assert result("negative (positive at 1:40)").limits == ()
    assert result("positive (toxic granulation)").detail == "toxic granulation"


@pytest.mark.parametrize(
    "written", ["96 mg/L high (normal < 5)", "96 mg/L (normal < 5) high", "96 mg/L (normal < 5) H"]
)
def test_flag_and_reference_stand_in_any_order(written):
    reference = Reference("< 5", None, Decimal(5), True, "")

    assert result(written) == Result(written, amount("96", "mg/L"), flag="high", reference=reference)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("(normal negative)", Reference("negative", None, None, False, "")),
        ("(normal < 1:40)", Reference("< 1:40", None, None, False, "")),
    ],
)
def test_a_reference_without_numbers_is_its_text(written, expected):
    assert result(f"positive {written}").reference == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("negative", Result("", word="negative")),
        ("Negative", Result("", word="negative")),
        ("neg", Result("", word="negative")),
        ("+", Result("", word="positive")),
        ("normal", Result("", word="normal")),
        ("within normal limits", Result("", word="normal")),
        ("not measured", Result("", word="not measured")),
        ("not done", Result("", word="not measured")),
        ("elevated", Result("", word="high")),
        ("decreased", Result("", word="low")),
        ("critically high", Result("", word="high", flag="critical-high")),
        ("not detected", Result("", word="not detected")),
        ("undetectable", Result("", word="not detected")),
        ("non-reactive", Result("", word="non-reactive")),
        ("trace", Result("", word="trace")),
        ("borderline", Result("", word="borderline")),
        ("pending", Result("", word="pending")),
        ("weakly positive", Result("", word="positive", detail="weakly")),
        ("slightly elevated", Result("", word="high", detail="slightly")),
        ("high normal", Result("", word="normal", detail="high")),
        ("normal for age", Result("", word="normal", detail="for age")),
        ("negative for malignancy", Result("", word="negative", detail="for malignancy")),
        (
            "negative (normal: negative)",
            Result("", word="negative", reference=Reference("negative", None, None, False, "")),
        ),
        ("4+", Result("", grade="4+")),
        ("++", Result("", grade="2+")),
        ("+3", Result("", grade="3+")),
        ("±", Result("", grade="+/-")),
        ("(+)", Result("", grade="+/-")),
        ("positive 3+", Result("", word="positive", grade="3+")),
        ("positive (3+)", Result("", word="positive", grade="3+")),
    ],
)
def test_words_and_grades_invent_no_number(written, expected):
    assert result(written) == expected._replace(text=written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1:320", Result("", titre=titre("1:320"))),
        (">1:640", Result("", titre=titre(">1:640"))),
        ("< 1:10 negative", Result("", word="negative", titre=titre("< 1:10"))),
        ("1:320 homogeneous", Result("", titre=titre("1:320"), detail="homogeneous")),
        ("1:320 high", Result("", titre=titre("1:320"), flag="high")),
        ("positive 1:320 homogeneous", Result("", word="positive", titre=titre("1:320"), detail="homogeneous")),
        ("positive homogeneous 1:320", Result("", word="positive", titre=titre("1:320"), detail="homogeneous")),
        ("positive, homogeneous, 1:320", Result("", word="positive", titre=titre("1:320"), detail="homogeneous")),
        ("positive 1/320", Result("", word="positive", titre=titre("1/320"))),
        ("positive (1:320)", Result("", word="positive", titre=titre("1:320"))),
        ("1/320 positive", Result("", word="positive", titre=titre("1/320"))),
        ("positive 1:320, homogeneous", Result("", word="positive", titre=titre("1:320"), detail="homogeneous")),
        ("low positive 1:40", Result("", word="positive", titre=titre("1:40"), detail="low")),
    ],
)
def test_titres_are_ratios(written, expected):
    assert result(written) == expected._replace(text=written)


@pytest.mark.parametrize(
    ("written", "message", "offset"),
    [
        ("turbid", '"turbid" begins with neither a number nor a word such as negative; write {text: "turbid"}', 0),
        (
            "blood group A",
            '"blood group A" begins with neither a number nor a word such as negative; write {text: "blood group A"}',
            0,
        ),
        (
            "high suspicion of lymphoma",
            '"high suspicion of lymphoma" begins with neither a number nor a word such as negative; '
            'write {text: "high suspicion of lymphoma"}',
            0,
        ),
        (
            "decreased to 47 mg/L",
            '"decreased to 47 mg/L" begins with neither a number nor a word such as negative; '
            'write 47 mg/L with the words as a note, or {text: "decreased to 47 mg/L"}',
            0,
        ),
        ("negativ", '"negativ" begins with an unknown word; did you mean negative?', 0),
        ("", "nothing is written; write a number and its unit, or a word such as negative", 0),
        ("1:80 to 1:160", '"1:80 to 1:160" has two titres; write one, the other as a note', 0),
        ("positive 1:80, 1:160", '"1:80, 1:160" has two titres; write one, the other as a note', 9),
        ("H", '"H" marks a number that is not here; write it, or high or low', 0),
        ("3,5 mg high", '"3,5 mg" has a decimal comma; write 3.5 mg', 1),
        ("positive 3,5 mg", '"3,5 mg" has a decimal comma; write 3.5 mg', 10),
        ("positive 1:1,280", '"1:1,280" has a comma between thousands; write 1:1280', 12),
        ("96 mg/L (normal 3,5-5)", '"3,5-5" has a decimal comma; write 3.5-5', 17),
        ("96 mg/L (normal 5)", '"5" is no range; write (normal 3-5), (normal < 5) or (normal > 60)', 16),
        ("96 mg/L (normal < 5", '"96 mg/L (normal < 5" has an open bracket; close it: (normal < 5)', 8),
        ("84 U/L (10-35 U/L)", '"(10-35 U/L)" is unclear; a reference is (normal 10-35 U/L)', 7),
        (
            "84 g/L (age standard 2-6g/l)",
            '"(age standard 2-6g/l)" is unclear; write (normal 2-6g/l) only if that is what is normal, else '
            "(toxic 2-6g/l), (therapeutic 2-6g/l), (critical 2-6g/l), (cut-off 2-6g/l) or a note",
            7,
        ),
        (
            "84 g/L (high, normal < 6)",
            '"(high, normal < 6)" is unclear; a reference is (normal < 6), and the rest is a note',
            7,
        ),
        ("62 mg/L (toxic 10)", '"10" is no range; write (toxic 3-5), (toxic < 5) or (toxic > 60)', 15),
        (
            "6 g/dL (printed as 0.6 g/dl)",
            '"(printed as 0.6 g/dl)" is unclear; write {value: 6 g/dL, printed: "0.6 g/dl", why: …}',
            7,
        ),
        (
            "96 mg/L high (misprinted: 96 g/L)",
            '"(misprinted: 96 g/L)" is unclear; write {value: 96 mg/L high, printed: "96 g/L", why: …}',
            13,
        ),
        ("84 g/L (fasting)", '"(fasting)" is unclear; write it as a note, or a reference as (normal 3-5)', 7),
        ("5 H (low)", '"5 H (low)" has two references, flags or other units; write one, the other as a note', 0),
    ],
)
def test_other_results_are_refused_with_what_to_write(written, message, offset):
    with pytest.raises(GrammarError) as refused:
        result(written)

    assert (str(refused.value), refused.value.offset) == (message, offset)


def test_every_word_of_the_table_is_read_alone():
    marks = {word for word in WORDS if word.isupper() or not word.isascii()}

    assert {word: result(word).flag or result(word).word for word in WORDS.keys() - marks} == {
        word: WORDS[word] for word in WORDS.keys() - marks
    }


def test_every_grade_of_the_table_is_read_alone():
    assert {grade: result(grade).grade for grade in GRADES} == GRADES


def test_flags_are_words_of_the_table():
    assert set(WORDS.values()) >= FLAGS
    assert word_for("Elevated") == "high"
    assert word_for("turbid") == ""


def test_an_error_is_placed_in_the_whole_text():
    with pytest.raises(GrammarError) as refused:
        placed(quantity, "3,5 mg", 10)

    assert refused.value.offset == 11


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("severe", "severe"),
        ("Moderate", "moderate"),
        ("mild to moderate", "mild to moderate"),
        ("scanty", "scanty"),
        ("very few", "very few"),
        ("grade II", "grade II"),
        ("grade 2/3", "grade 2/3"),
    ],
)
def test_a_degree_in_words(written, grade):
    assert result(written) == Result(written, grade=grade)


@pytest.mark.parametrize("written", ["severe stenosis", "grade 9", "mildly"])
def test_other_words_are_no_degree(written):
    with pytest.raises(GrammarError):
        result(written)


def test_nd_has_two_readings():
    with pytest.raises(GrammarError, match="two readings; write not detected or not measured"):
        result("N.D.")


def test_a_bracket_may_have_the_amount_in_another_unit() -> None:
    found = result("612 mg/dL (34.0 mmol/L) high (normal 70-110)")

    assert found.quantity == Amount("612 mg/dL", Decimal(612), "mg/dL")
    assert found.also == Amount("34.0 mmol/L", Decimal("34.0"), "mmol/L")
    assert (found.flag, found.reference and found.reference.text) == ("high", "70-110")


@pytest.mark.parametrize("text", ["96 mg/L (120 mg/L)", "96 mg/L (3 days)", "96 mg/L (< 5 g/L)", "96 mg/L (34)"])
def test_another_number_in_brackets_is_unclear(text: str) -> None:
    with pytest.raises(GrammarError, match="unclear"):
        result(text)


@pytest.mark.parametrize(
    ("written", "numbers", "unit", "flag"),
    [
        ("5 x ULN", "5", "x ULN", ""),
        ("3 times the upper limit of normal", "3", "x ULN", ""),
        ("three times the ULN", "3", "x ULN", ""),
        ("twice the upper limit of normal", "2", "x ULN", ""),
        ("10-fold the upper limit of normal", "10", "x ULN", ""),
        ("2.5-fold higher than the upper limit of normal", "2.5", "x ULN", ""),
        ("1.4 × the upper normal limit (ULN)", "1.4", "x ULN", ""),
        ("approximately 4-fold the upper limit of the normal range", "4", "x ULN", ""),
        ("5 to 10 times the upper reference limit", "5 10", "x ULN", ""),
        ("high (3 times the upper limit of normal)", "3", "x ULN", "high"),
        ("elevated to 3 x ULN", "3", "x ULN", "high"),
        ("half of it, 0.5 times the lower limit of normal", "", "", ""),
        ("0.5 x LLN", "0.5", "x LLN", ""),
        ("3 times normal", "3", "x normal", ""),
        ("2x normal", "2", "x normal", ""),
        ("double the normal value", "2", "x normal", ""),
        ("twofold elevated", "2", "fold", "high"),
        ("elevated 3-fold", "3", "fold", "high"),
        ("3-fold elevation", "3", "fold", "high"),
        ("2-fold", "", "", ""),
        ("2-fold higher than at admission", "", "", ""),
        ("10 to 5 times the ULN", "", "", ""),
    ],
)
def test_a_multiple_of_a_limit(written, numbers, unit, flag):
    if not numbers:
        with pytest.raises(GrammarError):
            result(written)
        return
    found = result(written)

    assert [str(one) for one in found.quantity[1:3] if isinstance(one, Decimal)] == numbers.split()
    assert (found.quantity.unit, found.flag, found.text) == (unit, flag, written)


def test_a_multiple_keeps_what_stands_before_its_number():
    assert result("more than 3 times the upper limit of normal").quantity.comparator == ">"
    assert result("up to 5 times the ULN").quantity.maximum
    assert result("about twice the ULN").quantity.approximate
    assert result("200 U/L (5 times the ULN)").also == Amount("5 times the ULN", Decimal(5), "x ULN")
    assert result("140 normal").quantity == Amount("140", Decimal(140), "")


@pytest.mark.parametrize(
    ("unit", "limit"),
    [
        ("x ULN", UPPER),
        ("xULN", UPPER),
        ("× ULN", UPPER),
        ("ULN", UPPER),
        ("times the upper limit of normal", UPPER),
        ("x LLN", LOWER),
        ("x normal", NORMAL),
        ("fold", UNTOLD),
        ("normal", None),
        ("times", None),
        ("U/L", None),
        ("x10^9/L", None),
    ],
)
def test_a_unit_names_a_limit(unit, limit):
    assert limit_of(unit) == limit


@pytest.mark.parametrize(
    ("written", "side"),
    [
        ("3 x ULN", "high"),
        ("> 3 x ULN", "high"),
        ("< 3 x ULN", ""),
        ("up to 3 times the ULN", ""),
        ("1 x ULN", ""),
        ("2-3 x ULN", "high"),
        ("0.5-3 x ULN", ""),
        ("0.5 x ULN", ""),
        ("0.5 x LLN", "low"),
        ("> 0.5 x LLN", ""),
        ("2 x LLN", ""),
        ("0.5 x normal", "low"),
        ("3 times normal", "high"),
    ],
)
def test_a_multiple_says_on_which_side_it_is(written, side):
    quantity = result(written).quantity

    assert beyond(quantity, limit_of(quantity.unit)) == side
