"""`anifro-desktop score` as its users meet it: the same shape out as in, and words when something is wrong."""

from __future__ import annotations

import csv
import io
import json
from argparse import ArgumentParser
from pathlib import Path

import pytest

from anifro_desktop.commands import score
from anifro_desktop.errors import Refusal
from anifro_desktop.scores.registry import RULES, version


def _run(words: list[str]) -> int:
    parser = ArgumentParser()
    score.add_parser(parser.add_subparsers())
    args = parser.parse_args(["score", *words])
    return int(args.run(args))


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Run the command on a text in a file; gives (exit code, output, errors)."""

    def run(rule: str, text: str, *words: str, name: str = "in.json") -> tuple[int, str, str]:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        code = _run([rule, str(file), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_an_object_is_answered_with_an_object(ask) -> None:
    code, out, err = ask("sledai2k", '{"assume": "absent", "fever": true}', "--json")
    result = json.loads(out)
    assert (code, err) == (0, "")
    assert result["value"] == 1
    assert result["assumed"] == "absent"


def test_an_array_is_answered_with_an_array_in_order(ask) -> None:
    text = '[{"phga": 2}, {"assume": "absent", "phga": 0.1, "pred_eq": 0, "stable": true}, {}]'
    code, out, _ = ask("doris", text, "--json")
    assert code == 0
    assert [one["value"] for one in json.loads(out)] == [False, True, None]


def test_an_empty_array_is_answered_with_one(ask) -> None:
    assert ask("doris", "[]", "--json")[:2] == (0, "[]\n")


def test_a_csv_is_answered_with_a_csv_of_dotted_columns(ask) -> None:
    text = "assume,fever,thrombocytopenia,labs.platelets\nabsent,1,,80\nabsent,0,1,150\n"
    code, out, _ = ask("sledai2k", text, name="in.csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [row["value"] for row in rows] == ["", "1"]
    assert [row["complete"] for row in rows] == ["false", "true"]
    assert [row["minimum"] for row in rows] == ["1", ""]
    assert [row["missing"] for row in rows] == ["thrombocytopenia", ""]
    assert [row["parts.suggested.thrombocytopenia"] for row in rows] == ["true", "false"]
    assert rows[1]["parts.contradictions"] == "thrombocytopenia"
    assert rows[0]["assumed"] == "absent"


def test_a_csv_assumes_absent_only_in_the_rows_that_ask_for_it(ask) -> None:
    text = "assume,fever,rash\n,1,0\nabsent,1,0\n"
    code, out, _ = ask("sledai2k", text, name="in.csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [row["assumed"] for row in rows] == ["", "absent"]
    assert [(row["value"], row["minimum"]) for row in rows] == [("", "1"), ("1", "")]
    assert all(None not in row and None not in row.values() for row in rows)


def test_a_csv_without_rows_is_answered_with_the_header(ask) -> None:
    code, out, _ = ask("sledai2k", "fever\n", name="in.csv")
    assert code == 0
    assert out.startswith("rule,version,value,complete,")
    assert out.count("\n") == 1


def test_a_csv_with_json_asked_is_answered_with_an_array(ask) -> None:
    code, out, _ = ask("sledai2k", "assume,fever\nabsent,1\n", "--json", name="in.csv")
    assert code == 0
    assert [one["value"] for one in json.loads(out)] == [1]


def test_standard_input_is_read_without_a_file(monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.stdin", _Stdin(b'{"assume": "absent"}'))
    assert _run(["sledas", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == 0.366


def test_words_without_json(ask) -> None:
    text = '[{"assume": "absent", "fever": true}, {"assume": "absent", "rash": null}, {"seizure": true}]'
    code, out, _ = ask("sledai2k", text)
    assert code == 0
    assert "SLEDAI-2K: 1 (final)" in out
    assert "SLEDAI-2K: from 0 to 2 (provisional)" in out
    assert "unanswered: rash" in out
    assert "left-out items read as absent" in out


def test_words_in_italian(ask) -> None:
    assert "almeno 0.366" in ask("sledas", "{}", "--lang", "it")[1]
    assert ask("schedule", "{}", "--lang", "it")[1].startswith("Finestra della visita: non ancora noto")
    assert "response      Tempo alla risposta" in ask("basdai", "{}", "--lang", "it")[2]
    assert "non ancora noto" in ask("lldas", "{}", "--lang", "it")[1]
    assert "perché: phga_ge_0_5" in ask("doris", '{"phga": 1}', "--lang", "it")[1]


def test_faults_give_no_result_at_all(ask) -> None:
    code, out, err = ask("sledai2k", '[{"fever": true}, {"fever": 1}, {"rahs": true}]', "--json")
    assert (code, out) == (1, "")
    assert "input 2, fever: must be true, false or null" in err
    assert "input 3, rahs: unknown key; did you mean rash?" in err
    assert "Traceback" not in err


def test_malformed_json_is_located_in_words(ask) -> None:
    code, out, err = ask("sledai2k", '{"fever": true,\n "rash" false}')
    assert (code, out) == (1, "")
    assert "line 2, column 9" in err


def test_an_unknown_rule_is_answered_with_the_list(ask, capsys) -> None:
    code, out, err = ask("basdai", "{}")
    assert (code, out) == (2, "")
    assert all(name in err for name in ("sledai2k", "sledas", "doris", "lldas", "prednisone"))
    assert _run([]) == 2
    assert "Name a rule." in capsys.readouterr().err


def test_the_list_tells_of_every_rule_what_it_reads(capsys) -> None:
    assert _run(["--list", "--json"]) == 0
    rules = {one["rule"]: one for one in json.loads(capsys.readouterr().out)}
    assert list(rules) == list(RULES)
    for name, rule in rules.items():
        assert rule["version"] == version(name)
        assert rule["title"]
        assert rule["source"]
        assert {key.split(".")[0] for key in rule["keys"]} == {*RULES[name].keys, "assume"}
        assert all(about["allowed"] for about in rule["keys"].values())
    assert rules["sledai2k"]["keys"]["labs.platelets"] == {
        "allowed": "a number above 0, up to 1000000000, or null",
        "unit": "10*9/L",
    }
    assert rules["sledai2k"]["keys"]["fever"] == {"allowed": "true, false or null", "unit": None}
    assert rules["prednisone"]["keys"]["schedules.N.mg_per_cycle"]["unit"] == "mg"
    assert rules["lldas"]["keys"]["drugs.ciclosporin"]["unit"] == "mg/d"
    assert rules["response"]["keys"]["visits.N.pred_eq"]["unit"] == "mg/d"
    assert rules["joints"]["keys"]["baseline_tjc28"]["unit"] == "{joints}"


def test_the_list_in_words_and_in_italian(capsys) -> None:
    assert _run(["--list"]) == 0
    words = capsys.readouterr().out
    assert all(f"\n{rule}: " in f"\n{words}" for rule in RULES)
    assert _run(["doris", "--list", "--lang", "it"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "doris: Remissione DORIS 2021"
    assert lines[1] == f"  versione: {version('doris')}"
    assert lines[2] == "  fonte: van Vollenhoven 2021, doi 10.1136/lupus-2021-000538"
    assert "    pred_eq [mg/d]: un numero da 0 a 1000000000, o null" in lines
    assert _run(["retention", "--list", "--lang", "it"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "retention: Persistenza in terapia"
    assert lines[2] == "  fonte: Studio NCT07215754; definizione fissata dal protocollo"


def test_the_list_of_a_rule_that_does_not_exist(capsys) -> None:
    assert _run(["basdai", "--list"]) == 2
    assert "There is no rule of that name." in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        _run(["sledai2k", str(tmp_path / "nothing.json")])
