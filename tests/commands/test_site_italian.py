"""`--lang it` is Italian to the end: each refusal has its sentence, no verb answers in words of the English answer."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest
from study_parts import PASSPHRASE, VISITS, Pisa, copied
from whole_study import Done, run_here

import anifro_desktop
from anifro_desktop import cli
from anifro_desktop.commands import site as site_command
from anifro_desktop.commands.common import NoPassphrase, NotAFile, NotAFolder, UsageRefusal
from anifro_desktop.commands.help_words import ITALIAN
from anifro_desktop.commands.refusals import said
from anifro_desktop.errors import Refusal
from anifro_desktop.store import vault
from anifro_desktop.store.errors import NotFound, RoleRefused, TryLater, UserCodeTaken
from anifro_desktop.study.subject_code import new_code
from anifro_desktop.sync.errors import BUNDLE_CODES, BundleRefused, DamagedCopy
from anifro_desktop.workflows.model import Received

PACKAGE = Path(anifro_desktop.__file__).parent
# Only a centre, the table of scores or a programmer can meet these.
NOT_AT_A_SITE = re.compile(r"anifro_desktop\.(centre|scores)")
# The same in both languages, or a name or code that the test itself gives.
SHARED = {
    *("server", "proxy", "password", "webdav", "sftp", "https"),
    *("platelts", "screening", "sdi", "sle", "clasi"),
    *(
        "backup",
        "baseline",
        "centro",
        "cloud",
        "computer",
        "database",
        "endpoint",
        "file",
        "json",
        "monitor",
        "score",
    ),
    *(
        "firma",
        "prova",
        "nadia",
        "finta",
        "stick",
        "rossi",
        "data",
        "entry",
        "site",
        "admin",
        "investigator",
        "boh",
    ),
    *(
        "platelets",
        "subject",
        "identity",
        "sha",
        "sums",
        "null",
        "true",
        "false",
        "sign",
        "date",
        "utc",
        "hash",
        "record",
    ),
    *(
        "anti",
        "non",
        "ana",
        "elisa",
        "lupus",
        "anifrolumab",
        "das",
        "facit",
        "fatigue",
        "lupusqol",
        "dose",
        "format",
    ),
}
Commands = list[tuple[str, ...]]


def kinds() -> Iterator[type[Refusal]]:
    for module in pkgutil.walk_packages([str(PACKAGE)], "anifro_desktop."):
        if not re.search(r"__main__|anifro_desktop\.(ui|app)", module.name):
            importlib.import_module(module.name)
    waiting = [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("anifro_desktop.") and not NOT_AT_A_SITE.match(kind.__module__):
            yield kind


def test_every_refusal_of_a_site_has_its_italian_sentence() -> None:
    from anifro_desktop.centre.words import _ITALIAN as OF_THE_CENTRE
    from anifro_desktop.commands.refusals import _ITALIAN as OF_A_SITE

    held = {*OF_THE_CENTRE, *OF_A_SITE}
    wanted = {kind.code: [f"{kind.code}.{why}" for why in getattr(kind, "_TEXT", ())] for kind in kinds()}
    wanted |= {code: [] for code in BUNDLE_CODES}
    without = {
        code for code, whys in wanted.items() if code not in held and not (whys and held.issuperset(whys))
    }
    assert without == {UsageRefusal.code}  # whose reasons have sentences of their own


@pytest.mark.parametrize(
    ("refusal", "expected"),
    [
        (TryLater("U01", 1), "attendere 1 s"),
        (UserCodeTaken("U02"), "U02 è già stato dato"),
        (
            RoleRefused("add a user", "a site administrator or a data manager"),
            "amministratore del centro o data manager",
        ),
        (
            RoleRefused("open identities", "an investigator, data entry or a site administrator"),
            "sperimentatore, inser",
        ),
        (BundleRefused("truncated"), "incompleto"),
        (NoPassphrase("not_text"), "non è testo UTF-8"),
        (NotAFolder(Path("x/v1.json")), "v1.json non è una cartella"),
        (NotAFile(Path("x/stick")), "stick è una cartella"),
        (NotFound("text", "3f2b"), "site review"),
        (DamagedCopy("r1.anfb"), "r1.anfb è stato copiato solo in parte"),
        (NotFound("subject", "ROSSI MARIO"), "Qui non c'è un paziente"),
    ],
)
def test_blanks_and_roles_are_filled_in_italian(refusal: Refusal, expected: str) -> None:
    assert expected in said(refusal, "it")
    assert "{" not in said(refusal, "it")


def test_what_was_typed_for_a_study_code_is_repeated_only_if_it_is_one() -> None:
    assert "ROSSI" not in str(NotFound("subject", "ROSSI"))
    code = new_code("P03", bytes)
    assert code in str(NotFound("subject", code))


def commands(folder: Path, subject: str) -> Commands:
    """Every verb once, and what they refuse, in an order in which each is possible."""
    stick, one, none = str(folder / "stick"), str(folder / "visit.json"), str(folder / "none")
    because = ("--reason", "r")
    return [
        ("status",),
        *(
            ("enter", str(VISITS / "v1.json")),
            ("enter", one),
            ("enter", str(folder / "nobody.json")),
            ("enter", stick),
        ),
        *(("receive", one), ("receive", stick), ("receive", none), ("receive",)),
        *(("connect", "show"), ("connect", "try"), ("connect", "forget")),
        *(
            ("connect", "webdav", "http://nessuno.invalid/"),
            ("connect", "webdav", "https://nessuno.invalid/"),
            ("connect", "show"),
            ("connect", "try"),
            ("connect", "forget"),
        ),
        *(
            ("export", "--to", stick),
            ("export", "--to", one),
            ("export", "--to", stick, "--anew", "x"),
            ("status",),
        ),
        ("users", "add", "u02", "--name", "Nadia Finta", "--roles", "data_entry"),
        ("users", "add", "U02", "--name", "Nadia Finta", "--roles", "data_entry"),
        *(("users", "reset", "U77", *because), ("users", "disable", "U01", *because)),
        *(("users", "list"), ("users", "history"), ("sheet",)),
        *(("backup",), ("backup", "--to", one), ("backups",), ("drill",), ("drill", one), ("restore", one)),
        *(("archive", one), ("archive", stick, "--with-identities"), ("support", stick)),
        *(
            ("audit", "--kind", "people"),
            ("audit", "--kind", "acts"),
            ("audit", "--subject", "ROSSI"),
            ("audit", "history"),
        ),
        *(("audit", "review"), ("audit", "--kind", "boh"), ("unsigned",), ("unsigned", "--visit", "boh")),
        *(("erase", "ROSSI", "--identity", *because), ("erase", subject, "--former-identity", *because)),
        *(("import", one, "--mapping", str(folder / "mapping.toml")), ("verify",)),
    ]


def words(done: Done) -> set[str]:
    """Its words, without quoted commands, options, names of files and codes."""
    text = re.sub(r"'[^']*'|\S*[/\\._\d]\S*|--\S+", " ", (done.out + " " + done.err).lower())
    return set(re.findall(r"[a-zà-ù]{3,}", text))


def test_no_verb_answers_in_english(
    pisa_template: tuple[Pisa, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anifro_desktop.store.staff.calibrate", lambda: vault.FLOOR)
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n", encoding="utf-8")
    base = copied(pisa_template[1], tmp_path / "base")

    def ask(folder: Path, lang: str, *given: str) -> Done:
        options = ["--data", str(folder), "--lang", lang, "--passphrase-file", str(tmp_path / "passphrase")]
        return run_here(["site", *given, *options])

    assert ask(base, "it", "enter", str(VISITS / "v1.json")).code == 0
    subject = json.loads(ask(base, "it", "status", "--json").out)["patients"][0]["subject"]
    answers: dict[str, list[Done]] = {}
    for lang in ("it", "en"):
        around = tmp_path / lang
        (around / "stick").mkdir(parents=True)
        _write(around, subject)
        site = copied(base, around / "site")
        answers[lang] = [ask(site, lang, *given) for given in commands(around, subject)]
    asked = commands(tmp_path, subject)
    english = {}
    for given, said_it, said_en in zip(asked, answers["it"], answers["en"], strict=True):
        told = " ".join(given).replace(str(tmp_path), "")
        assert said_it.code == said_en.code, told
        assert "ROSSI" not in said_it.err + said_en.err, told
        english[told] = words(said_it) & words(said_en) - SHARED
    assert {told: found for told, found in english.items() if found} == {}


def _write(folder: Path, subject: str) -> None:
    """Files with every sort of fault."""
    visit = {
        "visit": "mm06",
        "date": "x",
        "answers": {"platelts": 3, "platelets": True},
        "sign": "yes",
        "boh": 1,
    }
    kind = {"format": "anifro-visit/1"}
    (folder / "visit.json").write_text(json.dumps({**kind, "subject": subject, "visits": [visit]}))
    (folder / "nobody.json").write_text(json.dumps({**kind, "subject": "ROSSI MARIO", "visits": []}))
    (folder / "mapping.toml").write_text('format = "x"\n')


@pytest.mark.parametrize(("lang", "expected"), [("it", "Interrotto."), ("en", "Stopped.")])
def test_an_interrupted_command_says_so_in_its_language(
    lang: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("anifro_desktop.commands.site.read_passphrase", stop)
    monkeypatch.setattr("anifro_desktop.commands.site.people", stop)
    done = run_here(["site", "status", "--data", str(tmp_path), f"--lang={lang}"])
    assert (done.code, done.err.split()[0]) == (1, expected)


def helps(parser: ArgumentParser) -> Iterator[str]:
    """All that the help of a parser and those below it says."""
    yield parser.description or ""
    for action in parser._actions:
        yield "" if action.help == SUPPRESS else action.help or ""
        for listed in getattr(action, "_choices_actions", ()):
            yield listed.help or ""
        for below in (action.choices or {}).values() if isinstance(action.choices, dict) else ():
            yield from helps(below)


def test_every_word_of_the_help_has_its_italian() -> None:
    assert {text for text in helps(cli._parser(None)) if text} == set(ITALIAN)


@pytest.mark.parametrize(
    "words", [["--lang", "it", "--help"], ["site", "users", "add", "--help", "--lang", "it"]]
)
def test_the_help_is_italian(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == 0
    told = capsys.readouterr().out
    assert "mostra questo aiuto ed esce" in told
    assert "show this help" not in told


@pytest.mark.parametrize("given", [["--lang", "it"], ["--lang=it"]])
def test_the_language_is_read_from_the_words_of_the_command(given: list[str]) -> None:
    assert cli._language(["site", "status", *given]) == "it"
    assert cli._language(["score", "vas"]) == "en"


def test_an_answer_of_before_is_not_told_as_if_nothing_had_arrived() -> None:
    for state in ("of_before", "repeated_keyset", "repeated_forms"):
        told = [site_command._told(Received("x.anfb", state, 0, (), 0), lang) for lang in ("it", "en")]
        assert all("00000000" not in line for line in told)
        assert "nulla è cambiato" in told[0]
        assert "nothing changed" in told[1]


def test_a_file_under_unknown_keys_of_the_centre_asks_for_its_key_file() -> None:
    refused = Received("x.anfb", "refused", 0, (), 0, why="unknown_centre_keys")
    assert "file delle chiavi più recente" in site_command._told(refused, "it")
    assert "non è una risposta di Pisa" in site_command._told(Received("x.anfb", "refused", 0, (), 0), "it")


def test_a_stick_with_the_answers_of_a_year_is_told_in_two_lines() -> None:
    name = "NCT07215754-P03-1a2b3c4d-{}001-{:08d}-0123456789abcdef.anfb"
    receipts = [Received(name.format("r", rno), "received", rno, (), 0) for rno in range(1, 53)]
    questions = [
        Received(name.format("q", qno), "queries", 0, (), 0, asked=int(qno == 9)) for qno in range(1, 10)
    ]
    old = [Received(name.format("r", rno), "of_before", 0, (), 0) for rno in range(60, 70)]
    told = site_command._all_told([*questions, *receipts], "it")
    assert told == [
        "Pisa: richieste nuove 1, altri messaggi 0",
        "Pisa: ricevuto fino al pacchetto e001-00000052",
    ]
    assert len(site_command._all_told(old, "it")) == 1
