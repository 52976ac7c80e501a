"""`anifro-desktop score RULE [FILE]`: answers to scores, for statisticians, the centre and anyone who
checks us.

Reads one JSON object, a JSON array of objects, or a CSV with a header; standard input without FILE. Answers
with `--json` in JSON of the same shape, otherwise in words; a CSV is answered with a CSV (with `--json`,
with an array).
Exit codes: 0 done; 1 something wrong with the inputs, all of it on standard error and no result; 2 no such
rule.
"""

from __future__ import annotations

import csv
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anifro_desktop.commands.common import LANGUAGES, read_input

LARGEST_FILE = 256 << 20  # a hundred thousand visits with all their answers are 40 MiB

_TEXTS = {
    "not_known": ("not known yet", "non ancora noto"),
    "final": ("final", "definitivo"),
    "provisional": ("provisional", "provvisorio"),
    "at_least": ("at least {0}", "almeno {0}"),
    "range": ("from {0} to {1}", "da {0} a {1}"),
    "missing": ("unanswered", "senza risposta"),
    "reasons": ("because", "perché"),
    "warnings": ("note", "nota"),
    "assumed": ("left-out items read as absent", "item non indicati letti come assenti"),
    "version": ("version", "versione"),
    "source": ("source", "fonte"),
    "keys": ("keys", "chiavi"),
    "rules": ("The rules are:", "Le regole sono:"),
    "no_such_rule": ("There is no rule of that name.", "Non c'è una regola con questo nome."),
    "no_rule": ("Name a rule.", "Indica una regola."),
    "refused": (
        "Nothing was scored. Correct these and try again:",
        "Nessun calcolo eseguito. Correggi e riprova:",
    ),
}


def add_parser(subparsers: Any) -> None:
    """Add the verb to the command line."""
    parser: ArgumentParser = subparsers.add_parser(
        "score",
        help="answers (JSON or CSV) to scores",
        description="Score answers: one JSON object, an array of objects, or a CSV with a header.",
    )
    parser.add_argument("rule", nargs="?", metavar="RULE", help="name of the rule (see --list)")
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="file to read (default: standard input)"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON, for a machine")
    parser.add_argument(
        "--list", action="store_true", help="list the rules (or RULE alone) and what they read"
    )
    parser.add_argument(
        "--lang", choices=LANGUAGES, default="en", help="language of sentences (keys are English)"
    )
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Score a file and return the exit code.

    Raises:
        Refusal: the file cannot be read or is too large.
    """
    from anifro_desktop.scores.registry import RULES

    if args.list and args.rule in (None, *RULES):
        _list_rules(args)
        return 0
    if args.rule not in RULES:
        _complain(args, _say(args, "no_such_rule" if args.rule else "no_rule"), _rule_lines(args))
        return 2
    return _score(args)


def _score(args: Namespace) -> int:
    from anifro_desktop.scores.contract import score_answers, table
    from anifro_desktop.scores.reading import read

    data = read_input(args.file, limit=LARGEST_FILE)
    inputs = read(args.rule, data, args.file.name if args.file else "")
    if inputs.faults:
        _complain(args, _say(args, "refused"), [fault.text(args.lang) for fault in inputs.faults])
        return 1
    if inputs.shape == "table" and not args.json:
        csv.writer(sys.stdout, lineterminator="\n").writerows(table(args.rule, inputs.answers))
        return 0
    results = [score_answers(args.rule, answers) for answers in inputs.answers]
    if args.json:
        shown = results[0] if inputs.shape == "object" else results
        print(json.dumps(shown, indent=2, allow_nan=False))
    else:
        print("\n\n".join("\n".join(_lines(args, result)) for result in results))
    return 0


def _lines(args: Namespace, result: Mapping[str, Any]) -> list[str]:
    """One result in words: the value or its bounds, its parts, what is open, why not."""
    from anifro_desktop.scores.contract import cell, flat
    from anifro_desktop.scores.listing import in_language
    from anifro_desktop.scores.registry import RULES

    standing = _say(args, "final" if result["complete"] else "provisional")
    title = in_language(RULES[result["rule"]].title, args.lang)
    lines = [f"{title}: {_value(args, result)} ({standing})"]
    parts = {key: cell(value) for key, value in flat(result["parts"]).items()}
    lines += [f"  {key} = {text}" for key, text in parts.items() if text not in ("", "0")]
    for name in ("missing", "reasons", "warnings"):
        if result[name]:
            lines.append(f"  {_say(args, name)}: {', '.join(result[name])}")
    if "assumed" in result:
        lines.append(f"  {_say(args, 'assumed')}")
    return [*lines, f"  {result['rule']} {result['version']}"]


def _value(args: Namespace, result: Mapping[str, Any]) -> str:
    from anifro_desktop.scores.contract import cell

    if result["complete"]:
        return cell(result["value"])
    if result["minimum"] is None:
        return _say(args, "not_known")
    if result["maximum"] is None:
        return _say(args, "at_least").format(cell(result["minimum"]))
    return _say(args, "range").format(cell(result["minimum"]), cell(result["maximum"]))


def _list_rules(args: Namespace) -> None:
    from anifro_desktop.scores.listing import listed_rule
    from anifro_desktop.scores.registry import RULES

    rules = [listed_rule(rule, args.lang) for rule in RULES if args.rule in (None, rule)]
    if args.json:
        print(json.dumps(rules, indent=2, ensure_ascii=False))
    else:
        print("\n\n".join("\n".join(_listed_lines(args, rule)) for rule in rules))


def _listed_lines(args: Namespace, rule: Mapping[str, Any]) -> list[str]:
    """A rule with its keys, in words."""
    lines = [f"{rule['rule']}: {rule['title']}", f"  {_say(args, 'version')}: {rule['version']}"]
    lines += [f"  {_say(args, 'source')}: {rule['source']}", f"  {_say(args, 'keys')}:"]
    for key, about in rule["keys"].items():
        unit = f" [{about['unit']}]" if about["unit"] else ""
        lines.append(f"    {key}{unit}: {about['allowed']}")
    return lines


def _rule_lines(args: Namespace) -> list[str]:
    from anifro_desktop.scores.listing import in_language
    from anifro_desktop.scores.registry import RULES

    titles = {rule.id: in_language(rule.title, args.lang) for rule in RULES.values()}
    return [_say(args, "rules"), *(f"  {name:<13} {title}" for name, title in titles.items())]


def _complain(args: Namespace, sentence: str, lines: list[str]) -> None:
    print("\n".join([sentence, *lines]), file=sys.stderr)


def _say(args: Namespace, name: str) -> str:
    return _TEXTS[name][1 if args.lang == "it" else 0]
