"""The site's own archive: every patient as a certified PDF and as ODM, with the whole trail, to be read without this
program."""
