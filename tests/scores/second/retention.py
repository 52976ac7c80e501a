"""Drug retention, transcribed a second time for courses of treatment that are complete."""

from __future__ import annotations

KINDS = {
    "route_switch": False,
    "temporary_stop": False,
    "restart": False,
    "permanent_stop": True,
    "death": True,
}
WHY = """
    primary_inefficacy secondary_inefficacy adverse_event infection pregnancy_or_planning sustained_remission
    patient_decision non_adherence access_or_reimbursement surgery_or_other_condition lost_to_follow_up death other
"""
CENSORED_BY = "last_contact withdrawal study_end data_cut"


def outcome(events: list[tuple[str, int]], until: int | None) -> tuple[bool, int | None]:
    """Event and day from the kind and day of every entry, and the day on which observation ends."""
    day = 0
    last = max([0, *(on for _, on in events)]) if until is None else until
    while day <= last:
        if any(KINDS[kind] and on == day for kind, on in events):
            return True, day
        day += 1
    return False, until
