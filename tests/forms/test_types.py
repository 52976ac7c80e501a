"""What may be typed: numbers with comma or point, dates with the day first, and the reason for every refusal."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from forms_builders import DEFINITIONS
from hypothesis import given
from hypothesis import strategies as st

from anifro_desktop.forms import texts, types
from anifro_desktop.forms.errors import BadEntry, WrongKind
from anifro_desktop.forms.types import Fault
from anifro_desktop.record import Missing

TEMPERATURE = DEFINITIONS.fields["temperature_c"]  # decimal, 1 place, 25-45
PHGA = DEFINITIONS.fields["phga"]  # decimal, 2 places, 0-3
PLATELETS = DEFINITIONS.fields["platelets"]  # whole, 1-3000
DAY = DEFINITIONS.fields["visit_date"]
RASH = DEFINITIONS.fields["rash"]
COMMENT = DEFINITIONS.fields["summary_comment"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("0,5", "0.5"), ("0.5", "0.5"), ("1", "1"), ("2,50", "2.5"), (" 3 ", "3"), ("0", "0"), ("00,3", "0.3")],
)
def test_comma_and_point_are_the_same(typed: str, value: str) -> None:
    assert types.parse(PHGA, typed) == Decimal(value)
    assert types.to_json(PHGA, types.parse(PHGA, typed)) == value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,", "number_unfinished"),
        ("1.", "number_unfinished"),
        ("-", "number_unfinished"),
        (",5", "number_leading"),
        (",", "number_leading"),
        ("1.234,5", "number_grouped"),
        ("1,2,3", "number_grouped"),
        ("1 234", "number_grouped"),
        ("1\u00a0234", "number_grouped"),
        ("1'234", "number_grouped"),
        ("1e2", "number_exponent"),
        ("1,2E-3", "number_exponent"),
        ("2 mg", "number_trailing"),
        ("2mg", "number_trailing"),
        ("2 %", "number_trailing"),
        ("2,345", "number_decimals"),
        ("+2", "number_none"),
        ("abc", "number_none"),
        ("1/2", "number_trailing"),
        ("١", "number_none"),
        ("nan", "number_none"),
        ("inf", "number_none"),
        ("2x10^3", "number_exponent"),
        ("1234567890123", "number_too_long"),
        ("9" * 5000, "number_too_long"),
        ("3,01", "out_of_range"),
        ("-1", "out_of_range"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(typed: str, code: str) -> None:
    fault = types.parse(PHGA, typed)
    assert isinstance(fault, Fault)
    assert fault.code == code
    assert typed not in {str(value) for value in fault.params.values()}


def test_a_thousands_separator_never_becomes_a_factor_of_a_thousand() -> None:
    for item in (PHGA, TEMPERATURE, PLATELETS, DEFINITIONS.fields["wbc"]):
        assert isinstance(types.parse(item, "1,234"), Fault)
        assert isinstance(types.parse(item, "1.234"), Fault)


@pytest.mark.parametrize(("typed", "code"), [("84,0", "number_not_whole"), ("84,", "number_unfinished")])
def test_whole_numbers_take_no_decimals(typed: str, code: str) -> None:
    fault = types.parse(PLATELETS, typed)
    assert isinstance(fault, Fault)
    assert fault.code == code


@pytest.mark.parametrize(
    "typed",
    ["140326", "14032026", "14/3/26", "14/03/2026", "14.3.2026", "14-03-2026", "14 3 26", "2026-03-14"],
)
def test_one_day_in_every_way_of_writing_it(typed: str) -> None:
    assert types.parse(DAY, typed) == date(2026, 3, 14)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1", "date_unfinished"),
        ("1403", "date_unfinished"),
        ("14/", "date_unfinished"),
        ("14/3", "date_unfinished"),
        ("14/3/", "date_unfinished"),
        ("14/3/2", "date_unfinished"),
        ("14/3/202", "date_unfinished"),
        ("2026-", "date_unfinished"),
        ("2026-03", "date_unfinished"),
        ("2026-03-1", "date_unfinished"),
        ("1403202", "date_unfinished"),
        ("31/02/2026", "date_impossible"),
        ("290225", "date_impossible"),
        ("00/01/2026", "date_impossible"),
        ("14/13/2026", "date_impossible"),
        ("2026-02-30", "date_impossible"),
        ("20260314", "date_impossible"),
        ("14/03/1826", "date_impossible"),
        ("14/3-26", "date_none"),
        ("14 marzo 2026", "date_none"),
        ("ieri", "date_none"),
        ("140326x", "date_none"),
        ("١٤٠٣٢٦", "date_none"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(typed: str, code: str) -> None:
    fault = types.parse(DAY, typed)
    assert isinstance(fault, Fault)
    assert fault.code == code


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_date_is_read_back_from_how_it_is_shown(day: date) -> None:
    assert types.parse(DAY, types.TYPES["date"].text(day, DAY, "it")) == day
    assert types.parse(DAY, f"{day:%d%m%y}") == day
    assert types.parse(DAY, day.isoformat()) == day
    assert types.from_json(DAY, types.to_json(DAY, day)) == day


@given(st.decimals(min_value=0, max_value=3, places=2), st.sampled_from(["it", "en"]))
def test_every_number_is_read_back_from_how_it_is_shown(number: Decimal, lang: str) -> None:
    value = types.parse(PHGA, format(number, "f"))
    assert value == number
    assert types.parse(PHGA, types.TYPES["decimal"].text(number, PHGA, lang)) == value
    assert types.from_json(PHGA, types.to_json(PHGA, number)) == value


@given(
    st.text(min_size=1, max_size=20).filter(lambda text: text.strip()),
    st.sampled_from([PHGA, PLATELETS, DAY]),
)
def test_any_text_is_a_value_within_the_limits_or_a_fault_with_a_sentence(typed: str, item: object) -> None:
    value = types.parse(item, typed)  # type: ignore[arg-type]
    if isinstance(value, Fault):
        assert value.code in texts.PROBLEMS
    elif isinstance(value, Decimal):
        assert 0 <= value <= 3
        assert re.fullmatch(r"[0-9]([.][0-9]{1,2})?", format(value, "f"))


def test_choices_are_typed_as_codes_or_labels() -> None:
    assert types.parse(RASH, "1") == 1
    assert types.parse(RASH, "presente") == 1
    assert types.parse(RASH, "Absent") == 0
    fault = types.parse(RASH, "2")
    assert isinstance(fault, Fault)
    assert fault.params == {"codes": "0, 1"}


def test_texts_are_short_and_printable() -> None:
    assert types.parse(COMMENT, "e\u0300 stabile") == "è stabile"
    assert types.parse(COMMENT, "x" * 200) == "x" * 200
    for typed, code in (("x" * 201, "text_too_long"), ("a\x00b", "text_control")):
        fault = types.parse(COMMENT, typed)
        assert isinstance(fault, Fault)
        assert fault.code == code


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("phga", 1.5),
        ("phga", "1,5"),
        ("phga", True),
        ("platelets", "84"),
        ("platelets", True),
        ("rash", 7),
        ("rash", True),
        ("visit_date", "14/03/2026"),
        ("visit_date", 3),
        ("summary_comment", 3),
        ("rash", {"missing": "lost"}),
        ("rash", {"missing": "not_done", "more": 1}),
        ("rash", []),
    ],
)
def test_a_stored_value_that_does_not_fit_is_refused_without_repeating_it(name: str, data: object) -> None:
    with pytest.raises(BadEntry) as refused:
        types.from_json(DEFINITIONS.fields[name], data)  # type: ignore[arg-type]
    assert str(data) not in str(refused.value)


def test_missing_reasons_travel_as_such() -> None:
    assert types.to_json(PHGA, Missing.REFUSED) == {"missing": "refused"}
    assert types.from_json(PHGA, {"missing": "refused"}) is Missing.REFUSED


@pytest.mark.parametrize(
    ("name", "value"), [("phga", "1"), ("rash", True), ("visit_date", 3), ("platelets", Decimal(3))]
)
def test_values_of_another_kind_are_refused(name: str, value: object) -> None:
    with pytest.raises(WrongKind):
        types.typed(DEFINITIONS.fields[name], value)  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["it", "en"])
def test_every_sentence_gives_an_example_of_right_in_its_language(lang: str) -> None:
    for item in (PHGA, TEMPERATURE, PLATELETS, DEFINITIONS.fields["wbc"]):
        fault = types.parse(item, "abc")
        assert isinstance(fault, Fault)
        assert not isinstance(types.parse(item, str(fault.params["example"])), Fault)
