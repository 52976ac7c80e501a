"""The interim analysis: how many patients completed the evaluation that it waits for, and of whom it is.

"Interim: when the first 50 patients complete the 24-week evaluation" (synopsis). Decided here, PROPOSED default:

- Completed: enrolled, with an assessment in the window of month 6, which holds day 168, of which SLEDAI-2K, the
  physician's global and the glucocorticoid dose are known.
- The fiftieth says *when* the analysis is made, not of whom: it is of everybody's data through month 6, in the cut
  with the name `interim`. To take the fifty alone would leave out, among those enrolled as early, whoever missed the
  visit, withdrew or died, and who is to count as not met (intention to treat, non-responder imputation).
- The database lock is that cut, made by a person once the number is reached.
"""

from __future__ import annotations

from collections.abc import Iterable

from anifro_desktop.centre.analysis.disposition import evaluated
from anifro_desktop.centre.analysis.person import Person
from anifro_desktop.study.protocol import PROTOCOL

NAME, THROUGH = "interim", "m06"
NEEDED = round(PROTOCOL.number("analysis.interim_subjects"))


def completed(people: Iterable[Person]) -> int:
    """How many enrolled people completed the evaluation."""
    return sum(1 for person in people if person.enrolled is True and evaluated(person, THROUGH))
