"""The program's verbs without a window: each module adds its arguments and runs them."""
