"""A version of the forms that came from elsewhere: whether this program can work with it, and what it changes.

Definitions are data and scores are code. So a version that comes as data may add questions, ask others, change words,
limits and options; it may not take away what the program's own code reads, and it needs the settings and the rules that
the program has. What needs more waits for a program that has it.

Rules kept here:
- Nothing is believed of a version but what its own texts give: they are read, and their digest is worked out.
- The rules of succession hold here as they do when a version is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from anifro_desktop.forms import loader
from anifro_desktop.forms.errors import DefinitionFaults
from anifro_desktop.forms.library import successor
from anifro_desktop.forms.model import CodeList, Definitions, Field, Label, Limits
from anifro_desktop.forms.scoring import RESULTS
from anifro_desktop.forms.succession import faults
from anifro_desktop.study.protocol import PROTOCOL

READY, HELD, BROKEN = "ready", "held", "broken"
# What a change is about: a whole form, a question, when it is asked, its limits, options or words, or a check.
FORM, ADDED, RENAMED, WITHDRAWN, ASKED, LIMITS, CODES, CHECKS, WORDS = KINDS = (
    *("form", "added", "renamed", "withdrawn", "asked", "limits", "codes", "checks", "words"),
)


_NOTHING = Label("", "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """state: `ready`; `held` until the program is newer; or `broken`, for ever. why: in words, for a log and for
    whoever made the version; pack: what the texts give, if they can be read."""

    state: str
    why: tuple[str, ...] = ()
    pack: Definitions | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version changes. kind: of KINDS. form: id; what: the question, or the form. before, after: of
    limits, options and words, as they are read; empty where there is none."""

    kind: str
    form: str
    what: Label
    before: Label = _NOTHING
    after: Label = _NOTHING


def judge(
    texts: Mapping[str, str],
    digest: str,
    protocol: str,
    rules: Mapping[str, str],
    current: Definitions,
    own: Definitions,
) -> Verdict:
    """Whether a version can follow another one here.

    Args:
        texts, digest, protocol, rules: of the version. current: the one in use. own: the one of this program.
    """
    here = loader.rules_here()
    needs = [f"rule {name} {version}" for name, version in rules.items() if here.get(name) != version]
    needs += ["settings of the protocol"] if protocol != PROTOCOL.digest() else []
    try:
        pack = loader.read(texts, protocol=protocol, rules=rules)
    except DefinitionFaults as found:
        # A newer program may know what this one takes for a fault.
        return Verdict(HELD, found.faults)
    if pack.digest != digest:
        return Verdict(BROKEN, ("digest",), pack)
    if broken := faults(current, pack):
        return Verdict(BROKEN, tuple(broken), pack)
    needs += [f'"{name}" is read by this program' for name in _missed(own, pack)]
    return Verdict(HELD if needs else READY, tuple(needs), pack)


def _missed(own: Definitions, pack: Definitions) -> Iterator[str]:
    """What this program reads by its name and a version does not have: questions that results read, and all of events
    and of the subject, with their options."""
    read = frozenset().union(*(result.forms for result in RESULTS.values()))
    for item in own.fields.values():
        form = own.form(item.form)
        if form.id not in read and form.level == "visit" and not form.derived:
            continue
        now = pack.fields.get(item.id)
        if now is None:
            yield item.id
        elif item.codes is not None and now.codes is not None:
            yield from (item.id for code in item.codes.values if code not in now.codes.values)
    for form in own.forms:
        if (form.scores or form.derived or form.level != "visit") and _form_of(pack, form.id) is None:
            yield form.id


def _form_of(pack: Definitions, form: str) -> object:
    return next((item for item in pack.forms if item.id == form), None)


def changes(old: Definitions, new: Definitions) -> list[Change]:
    """What a version changes in the one before it, by form in its order."""
    found = [*_forms(old, new), *_fields(old, new)]
    order = {form.id: form.order for form in (*old.forms, *new.forms)}
    return sorted(found, key=lambda one: (order.get(one.form, 0), KINDS.index(one.kind)))


def _forms(old: Definitions, new: Definitions) -> Iterator[Change]:
    was = {form.id: form for form in old.forms}
    for form in new.forms:
        if form.id not in was:
            yield Change(FORM, form.id, form.label, after=form.label)
    now = {form.id for form in new.forms}
    for form in old.forms:
        if form.id not in now:
            yield Change(FORM, form.id, form.label, before=form.label)
    for check in new.checks:
        if (check.form, check.text) not in {(one.form, one.text) for one in old.checks}:
            yield Change(CHECKS, check.form, new.form(check.form).label, after=check.text)
    for check in old.checks:
        if (check.form, check.text) not in {(one.form, one.text) for one in new.checks}:
            yield Change(CHECKS, check.form, old.form(check.form).label, before=check.text)


def _fields(old: Definitions, new: Definitions) -> Iterator[Change]:
    taken: dict[str, Field] = {}
    for name, was in old.fields.items():
        now = successor(name, new.fields, new.tombstones)
        if not now:
            yield Change(WITHDRAWN, was.form, was.label)
            continue
        taken[now] = was
        item = new.fields[now]
        if now != name:
            yield Change(RENAMED, item.form, item.label, Label(name, name), Label(now, now))
        yield from _field(was, item)
    for name, item in new.fields.items():
        if name not in taken and not item.computed:
            yield Change(ADDED, item.form, item.label)


def _field(was: Field, now: Field) -> Iterator[Change]:
    if (was.hard, was.soft) != (now.hard, now.soft):
        yield Change(LIMITS, now.form, now.label, _limits(was), _limits(now))
    if was.codes is not None and now.codes is not None and was.codes.values != now.codes.values:
        yield Change(CODES, now.form, now.label, *_codes(was.codes, now.codes))
    if _conditions(was) != _conditions(now) or was.required != now.required:
        yield Change(ASKED, now.form, now.label)
    if (was.label, was.help) != (now.label, now.help):
        yield Change(WORDS, now.form, now.label, was.label, now.label)


def _conditions(item: Field) -> tuple[str, ...]:
    shown = item.show_if.text if item.show_if is not None else ""
    return (shown, *(f"{one.value} {one.when.text}" for one in item.derive))


def _limits(item: Field) -> Label:
    text = "; ".join(
        f"{limits.low:f}–{limits.high:f}" for limits in _both(item) if limits is not None
    )  # hard, then soft
    return Label(text.replace(".", ","), text)


def _both(item: Field) -> tuple[Limits | None, Limits | None]:
    return item.hard, item.soft


def _codes(was: CodeList, now: CodeList) -> tuple[Label, Label]:
    """The options that went, and those that came."""
    gone = [was.label(code) for code in was.values if code not in now.values]
    new = [now.label(code) for code in now.values if code not in was.values]
    return _row(gone), _row(new)


def _row(labels: Iterable[Label | None]) -> Label:
    kept = [label for label in labels if label is not None]
    return Label(", ".join(label.it for label in kept), ", ".join(label.en for label in kept))
