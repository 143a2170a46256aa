"""The schedule, for those who still look for it here."""

from playground.contract.schedule import learning_rate

__all__ = ["learning_rate"]
