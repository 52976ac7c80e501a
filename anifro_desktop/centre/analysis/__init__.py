"""The study's endpoints: from subjects to tables and curves of numbers, none of which is text yet.

`person` is what an analysis knows of one subject, `table` what every analysis gives. Each module between them makes the
tables of one kind; `report` puts them in order. What they look like is `centre.publishing`'s.
"""
