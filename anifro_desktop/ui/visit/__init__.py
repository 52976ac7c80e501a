"""The visit on the desk: sections, questions, live scores, review, signature.

`page` is what the shell shows; `view` is a visit being filled, without workflow or database. Keys, focus and names
live here; meaning lives in `forms`.
"""
