"""What the kinds of keys take and refuse: lists, days, moments and zones, in JSON and in the cells of a CSV."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from anifro_desktop.scores import keys, reading_table
from anifro_desktop.scores.faults import Fault

WHOLE = keys.Number(1, 3, whole=True)
LIST = keys.Numbers(3, (WHOLE, WHOLE, keys.Number(0, 0.5)))
WORDS = keys.Words(("rash", "fever", "ulcer"))


def _texts(kind: keys.Key, value: Any, lang: str = "en") -> list[str]:
    return [fault.text(lang) for fault in kind.faults(value, "", "key")]


@pytest.mark.parametrize("day", ["1900-01-01", "2026-03-14", "2024-02-29", "2000-02-29", "2199-12-31"])
def test_days_that_exist(day: str) -> None:
    assert keys.Day().faults(day, "", "key") == []
    assert keys.Days().faults([day, day], "", "key") == []
    assert keys.as_date(day).isoformat() == day


@pytest.mark.parametrize(
    "day",
    [
        *("1899-12-31", "2200-01-01", "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10"),
        *(
            "20260314",
            "2026-W11-6",
            "2026-3-14",
            "14/03/2026",
            "2026-03-14T00:00",
            "2026-03-14\n",
            "",
            "oggi",
        ),
        *("٢٠٢٦-٠٣-١٤", 20260314, True, 1.5, [], {}),
    ],
)
def test_days_that_do_not(day: Any) -> None:
    said = "key: must be a date such as 2026-03-14 (years 1900 to 2199), or null"
    assert _texts(keys.Day(), day) == [said]
    assert len(_texts(keys.Days(), [day])) == 1


def test_a_list_of_days_is_a_list() -> None:
    assert keys.Days().faults([], "", "key") == []
    assert len(_texts(keys.Days(), "2026-03-14")) == 1
    assert len(_texts(keys.Days(), ["2026-03-14", None])) == 1
    assert _texts(keys.Days(), {}, "it") == [
        "key: dev'essere una lista di date come 2026-03-14 (anni dal 1900 al 2199), o null"
    ]


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-14T09:30:00+01:00", datetime(2026, 3, 14, 8, 30, tzinfo=UTC)),
        ("2026-03-14T09:30Z", datetime(2026, 3, 14, 9, 30, tzinfo=UTC)),
        ("2026-03-14T09:30:00.250000-03:30", datetime(2026, 3, 14, 13, 0, 0, 250000, tzinfo=UTC)),
        ("2026-03-14T00:00:00+14:00", datetime(2026, 3, 13, 10, 0, tzinfo=UTC)),
        ("2026-03-14T00:00:00-14:00", datetime(2026, 3, 14, 14, 0, tzinfo=UTC)),
        ("2026-03-14T00:00:00+00:00", datetime(2026, 3, 14, tzinfo=UTC)),
        ("1900-01-01T00:00:00+00:00", datetime(1900, 1, 1, tzinfo=UTC)),
        ("2199-12-31T23:59:59+00:00", datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_moments_with_their_offset(text: str, utc: datetime) -> None:
    assert keys.Moment().faults(text, "", "key") == []
    assert keys.as_moment(text) == utc


@pytest.mark.parametrize(
    "moment",
    [
        *("2026-03-14T09:30:00", "2026-03-14", "2026-03-14 09:30:00+01:00", "2026-03-14T09:30:00+0100"),
        *("2026-03-14T24:00:00+01:00", "2026-03-14T09:60:00+01:00", "2026-03-14T09:30:60+01:00"),
        *("2026-02-30T09:30:00+01:00", "2026-03-14T09:30:00-00:00", "2026-03-14T09:30:00+14:01"),
        *("2026-03-14T09:30:00+25:00", "2026-03-14T09:30:00+01:60", "1899-12-31T23:59:59+01:00"),
        *("2200-01-01T00:00:00+01:00", "2026-03-14T09:30:00.1234567+01:00", "2026-03-14T09+01:00"),
        *("2026-03-14T09:30:00+01:00\n", 1773477000, None.__class__, ["2026-03-14T09:30:00+01:00"]),
    ],
)
def test_moments_that_say_too_little_or_do_not_exist(moment: Any) -> None:
    (said,) = _texts(keys.Moment(), moment)
    assert said.startswith(
        "key: must be a date and time with its offset from UTC such as 2026-03-14T09:30:00"
    )


@pytest.mark.parametrize("zone", ["Europe/Rome", "America/Argentina/Buenos_Aires", "UTC"])
def test_zones(zone: str) -> None:
    assert keys.Zone().faults(zone, "", "key") == []


@pytest.mark.parametrize(
    "zone", ["Europe", "europe/rome", "Rome", "+01:00", "localtime", "Factory", "../etc/passwd", "", 1, None]
)
def test_zones_that_are_none(zone: Any) -> None:
    assert _texts(keys.Zone(), zone) == [
        "key: must be a time zone of the IANA database such as Europe/Rome, or null"
    ]


def test_every_hour_of_a_year_has_one_form_and_comes_back() -> None:
    start = datetime(2027, 1, 1, tzinfo=UTC)
    for hour in range(0, 365 * 24, 7):
        moment = start + timedelta(hours=hour)
        assert keys.Moment().faults(moment.isoformat(), "", "key") == []
        assert keys.as_moment(moment.isoformat()) == moment
        assert keys.as_date(moment.date().isoformat()) == date(moment.year, moment.month, moment.day)


@pytest.mark.parametrize("words", [[], ["rash"], ["fever", "rash"], ["rash", "fever", "ulcer"]])
def test_words_of_the_list(words: list[str]) -> None:
    assert WORDS.faults(words, "", "key") == []


@pytest.mark.parametrize(
    "words",
    ["rash", ["rash", "rash"], ["Rash"], [""], [None], [1], [["rash"]], {"rash": True}, ("rash",), True],
)
def test_words_that_are_refused(words: Any) -> None:
    assert _texts(WORDS, words) == ["key: must be a list of rash, fever, ulcer, each at most once, or null"]
    assert _texts(WORDS, words, "it") == [
        "key: dev'essere una lista di rash, fever, ulcer, ognuno una volta sola, o null"
    ]


@pytest.mark.parametrize("numbers", [[1, 2, 0], [None, None, None], [3, None, 0.5], [1.0, 2, 0.25]])
def test_numbers_each_of_its_kind(numbers: list[Any]) -> None:
    assert LIST.faults(numbers, "", "key") == []


def test_numbers_are_refused_one_by_one_counted_from_one() -> None:
    assert _texts(LIST, [0, True, 0.51]) == [
        "key.1: must be a whole number from 1 to 3, or null",
        "key.2: must be a whole number from 1 to 3, or null",
        "key.3: must be a number from 0 to 0.5, or null",
    ]


@pytest.mark.parametrize("numbers", [[], [1, 2], [1, 2, 0, 0], "1;2;0", {"1": 1}, 3])
def test_numbers_of_another_length_are_refused_with_what_belongs_where(numbers: Any) -> None:
    assert _texts(LIST, numbers) == [
        "key: must be a list of 3 entries (1-2: a whole number from 1 to 3, or null; "
        "3: a number from 0 to 0.5, or null), or null"
    ]
    assert _texts(LIST, numbers, "it") == [
        "key: dev'essere una lista di 3 valori (1-2: un numero intero da 1 a 3, o null; "
        "3: un numero da 0 a 0.5, o null), o null"
    ]


def test_a_run_of_numbers_of_one_kind_is_named_by_its_ends() -> None:
    once = keys.Numbers(4, (*[keys.Number(0, 1)] * 3, keys.Number(0, 2)))
    assert once.allowed().startswith("a list of 4 entries (1-3: a number from 0 to 1, or null; 4: ")


KINDS: dict[str, keys.Key] = {
    "words": WORDS,
    "numbers": LIST,
    "days": keys.Days(),
    "day": keys.Day(),
    "at": keys.Moment(),
    "deep": keys.Block(
        {"er": keys.Block({"still": keys.YesNo(), "7": WHOLE}), "rows": keys.Rows(keys.Block({}))}
    ),
}


def _read(text: str) -> tuple[list[dict[str, Any]], list[Fault]]:
    answers, faults = reading_table.read_rows(KINDS, text)
    return list(answers), faults


def test_a_list_stands_in_one_cell() -> None:
    text = (
        "words,numbers,days,day,at\n"
        "rash;fever,1;;0.5,2026-03-14; 2026-03-15,2026-03-14,2026-03-14T09:30Z\n"
        ";,;;,;,,\n"
        ",,,,\n"
    )
    answers, faults = _read(text)
    assert faults == []
    assert answers == [
        {
            "words": ["rash", "fever"],
            "numbers": [1, None, 0.5],
            "days": ["2026-03-14", "2026-03-15"],
            "day": "2026-03-14",
            "at": "2026-03-14T09:30Z",
        },
        {"words": [], "numbers": [None, None, None], "days": [], "day": None, "at": None},
        dict.fromkeys(("words", "numbers", "days", "day", "at")),
    ]


def test_what_is_wrong_in_the_cells_of_lists() -> None:
    text = "words,numbers,days,day\nrash;;fever,1;x;0,2026-03-14;,14.3.2026\nrash|fever,1;2,;,\n"
    _, faults = _read(text)
    assert [fault.text() for fault in faults] == [
        "line 2, words: must be a list, separated by ;, of rash, fever, ulcer, each at most once, or empty",
        "line 2, numbers.2: must be a whole number from 1 to 3, or empty",
        "line 2, days: must be a list, separated by ;, of dates such as 2026-03-14 (years 1900 to 2199), or empty",
        "line 2, day: must be a date such as 2026-03-14 (years 1900 to 2199), or empty",
        "line 3, words: must be a list, separated by ;, of rash, fever, ulcer, each at most once, or empty",
        "line 3, numbers: must be a list, separated by ;, of 3 entries (1-2: a whole number from 1 to 3, "
        "or empty; 3: a number from 0 to 0.5, or empty), or empty",
    ]
    assert faults[0].text("it") == (
        "riga 2, words: dev'essere una lista, separata da ;, di rash, fever, ulcer, ognuno una volta sola, o vuoto"
    )


def test_objects_in_objects_have_columns_with_more_dots() -> None:
    answers, faults = _read("deep.er.still,deep.er.7\n1,\n,3\n,\n")
    assert faults == []
    assert answers == [
        {"deep": {"er": {"still": True, "7": None}}},
        {"deep": {"er": {"still": None, "7": 3}}},
        {"deep": None},
    ]


def test_columns_that_cannot_be_read() -> None:
    _, faults = _read("deep,deep.er,deep.er.stil,deep.rows,deep.rows.0.x,day.x,x.day\n,,,,,,\n")
    assert [fault.text() for fault in faults] == [
        "deep: its items need columns of their own, such as deep.er.still",
        "deep.er: its items need columns of their own, such as deep.er.still",
        "deep.er.stil: unknown key; did you mean deep.er.still?",
        "deep.rows: lists of objects are read from JSON only",
        "deep.rows.0.x: lists of objects are read from JSON only",
        "day.x: unknown key; did you mean day?",
        "x.day: unknown key; did you mean day?",
    ]


def test_columns_with_more_different_texts_than_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_table, "MOST_REMEMBERED", 2)
    answers, faults = _read("deep.er.7\n1\n2\n3\n1\n3\n")
    assert faults == []
    assert [one["deep"]["er"]["7"] for one in answers] == [1, 2, 3, 1, 3]
