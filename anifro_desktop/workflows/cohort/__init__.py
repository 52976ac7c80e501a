"""A synthetic cohort like the published ones: invented people, their course over 60 months, and what is typed of it.

Order of the parts: `settings` (every number that may be tuned) -> `people` (who they are) -> `timeline` (when they
come, flare, stop) -> `states` (what the clinician finds) -> `findings`, `questionnaires`, `events`, `background` (the
answers that say so) -> `files` (one visit file a patient). `sessions` types them into sessions; `measuring` reads what
the sessions gave; `figures` sets that beside the published figures and `table` prints it.

Pure and seeded: the same plan gives the same files, whatever the clock says. Nobody in it exists.
"""
