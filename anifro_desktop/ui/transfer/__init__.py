"""Moving a patient to another computer and taking one over, in the window."""
