"""The settings file: complete, checked at load, and told apart by its digest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from anifro_desktop.study import protocol
from anifro_desktop.study.protocol import PROTOCOL, STATUSES, Protocol, ProtocolFaults, read_protocol

GOOD = '[a.b]\nvalue = 1\nstatus = "proposed"\nit = "uno"\nen = "one"\n'


def test_every_setting_says_what_it_is_in_both_languages() -> None:
    for key, setting in PROTOCOL.settings.items():
        assert setting.key == key
        assert setting.status in STATUSES
        assert setting.it
        assert setting.en


def test_numbers_and_sections() -> None:
    assert PROTOCOL.number("doris.gc_max") == 5
    assert PROTOCOL.number("sledai2k.upcr_factor") == 8.84
    assert list(PROTOCOL.section("visit")) == ["baseline", "m06", "m12", "m24", "m36", "m48", "m60"]
    with pytest.raises(TypeError):
        PROTOCOL.number("sledas.rash_both")
    assert PROTOCOL.table("visit.m06") == {"months": 6, "before": 30, "after": 30}
    with pytest.raises(TypeError):
        PROTOCOL.table("doris.gc_max")
    with pytest.raises(KeyError):
        PROTOCOL.number("doris.nothing")


def test_the_digest_follows_values_not_wording() -> None:
    key = "doris.gc_max"
    setting = PROTOCOL.settings[key]

    def changed(**what: object) -> Protocol:
        return Protocol({**PROTOCOL.settings, key: replace(setting, **what)})

    assert changed(en="other words").digest() == PROTOCOL.digest()
    assert changed(value=5.0).digest() == PROTOCOL.digest()
    assert changed(value=6).digest() != PROTOCOL.digest()
    assert changed(value=6).digest("lldas") == PROTOCOL.digest("lldas")
    assert changed(value=6).digest("doris") != PROTOCOL.digest("doris")
    assert PROTOCOL.version == PROTOCOL.digest()[:16]


def test_all_faults_are_said_at_once() -> None:
    text = GOOD + (
        '[a.c]\nvalue = [1]\nstatus = "guess"\nit = "x"\nunti = "mg"\n'
        '[sledas.rash_both]\nvalue = "local_only"\nstatus = "proposed"\nit = "x"\nen = "x"\n'
        '[sledas.arthritis]\nvalue = 1\nstatus = "proposed"\nit = "x"\nen = "x"\n'
        '[a]\nd = 3\ne = { value = "word", status = "study", it = "x", en = "x" }\n'
    )
    with pytest.raises(ProtocolFaults) as refused:
        read_protocol(text.replace("[a]\nd", "[f]\nd"))
    said = str(refused.value)
    for part in (
        "a.c: unknown name 'unti'",
        "a.c: en must be a text",
        "a.c: status must be one of",
        "a.c: value must be",
        "sledas.rash_both: this program knows only 'general_only'",
        "sledas.arthritis: this program knows only 'swollen28'",
        "f.d: must be a table",
        "f.e: no words expected here",
        "lldas.no_new: missing",
    ):
        assert part in said
    assert "sledas.arthritis: missing" not in said


def test_text_that_is_no_toml() -> None:
    with pytest.raises(ProtocolFaults, match="not TOML"):
        read_protocol("[a")


def test_words_are_those_that_the_program_carries_out() -> None:
    assert PROTOCOL.word("sfi.variant") in {"bliss", "classic"}
    with pytest.raises(TypeError):
        PROTOCOL.word("doris.gc_max")
    text = Path(protocol.__file__).with_name("protocol.toml").read_text(encoding="utf-8")
    assert text.count('value = "bliss"') == 1
    assert (
        read_protocol(text.replace('value = "bliss"', 'value = "classic"')).word("sfi.variant") == "classic"
    )
    with pytest.raises(ProtocolFaults, match=r"sfi\.variant: this program knows only 'bliss', 'classic'"):
        read_protocol(text.replace('value = "bliss"', 'value = "revised"'))
