"""What the protocol fixes: its settings, the visit schedule and the subject code. Standard library only."""
