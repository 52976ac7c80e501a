"""The centre's questions in the window: a page that lists them, the thread with its answer, and the thread at its
question in a visit."""
