"""What the centre's answers mean, said in the window: news that has to be acted on is never hidden by good news."""

from __future__ import annotations

import pytest

from anifro_desktop.ui.send_words import verdict
from anifro_desktop.workflows.exchange_errors import UnknownCentreKeys
from anifro_desktop.workflows.model import Received

RECEIPT = Received("a", "receipt", 3, (), 0)


def came(state: str, why: str = "") -> Received:
    return Received("b", state, 0, (), 0, why=why)


def test_new_keys_alone_do_not_say_that_pisa_waits_for_bundles() -> None:
    title, words, tone = verdict([came("keyset")])
    assert (title, words, tone) == ("Pisa has new keys: they are in use.", "", "info")


def test_keys_that_were_known_are_told_of_only_alone() -> None:
    assert "already known" in verdict([came("repeated_keyset")])[0]
    assert verdict([RECEIPT, came("repeated_keyset")])[1] == "Nothing is missing."


@pytest.mark.parametrize("beside", [(), (RECEIPT,)])
def test_a_root_that_waits_is_a_warning_beside_whatever_else_came(beside: tuple[Received, ...]) -> None:
    title, words, tone = verdict([*beside, came("keyset"), came("keyset_waits")])
    assert tone == "warning"
    assert "new root of its keys" in f"{title} {words}"
    assert "in Settings" in words
    assert "Pisa has new keys" in words


def test_a_version_of_the_forms_beside_a_root_and_a_receipt_is_said_too() -> None:
    title, words, tone = verdict([RECEIPT, came("forms"), came("keyset_waits")])
    assert title == "Pisa has everything up to bundle 0003."
    assert "new version of the forms" in words
    assert "new root of its keys" in words
    assert tone == "warning"


def test_answers_of_before_say_that_a_later_one_has_said_it() -> None:
    title, words, tone = verdict([came("of_before")])
    assert "A later answer of Pisa" in title
    assert tone == "info"
    assert "first bundle" not in title + words


def test_a_file_under_unknown_keys_is_no_forgery_but_asks_for_the_key_file() -> None:
    _, words, tone = verdict([RECEIPT, came("refused", UnknownCentreKeys.code)])
    assert "newest key file" in words
    assert "damaged" not in words
    assert "damaged" in verdict([RECEIPT, came("refused", "truncated")])[1]
    assert tone == "warning"
    assert "Nothing is missing" not in words
