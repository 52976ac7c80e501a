"""The computer in the patient's hands: questionnaires one question at a time, in large type, and nothing else."""
