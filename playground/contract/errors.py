"""What can go wrong, as one small tree, for both sides of the wall.

    PlaygroundError(ValueError)      the user's mistake or the world's: one sentence, what to do next
      ConfigError                    a setting outside its range, an impossible shape, an unknown key
      TextError                      text that is missing, empty, binary, too short, unreadable
      TokenizerError                 a tokenizer that cannot be trained, read, or used on this text
      RunError                       a run directory that is missing, damaged, newer, or taken
        RunLockedError               another trainer holds this run
      ExchangeError                  a foreign model folder that is refused, or a model that no such folder can hold
      StorageError                   the disk is full, read-only, or failing
      CancelledError                 the asker no longer wants the answer

A message says what failed, the value seen, what is allowed, and what to do next.
Anything else that is raised is our own bug, and goes whole into a log.
"""


class PlaygroundError(ValueError):
    """Something a person can understand and mend; `str()` of it is shown to them as it is."""


class ConfigError(PlaygroundError):
    """One or more settings are not possible; every violation is in `problems`."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


class TextError(PlaygroundError):
    """A text cannot be read or used."""


class TokenizerError(PlaygroundError):
    """A tokenizer cannot be trained, loaded, or applied."""


class RunError(PlaygroundError):
    """A run directory cannot be opened or used.

    Attributes:
        problem: for a program: which of the problems of `run_directory` that something can be done about; or "".
    """

    def __init__(self, message: str, *, problem: str = "") -> None:
        super().__init__(message)
        self.problem = problem


class RunLockedError(RunError):
    """Another trainer is at work in this run directory."""


class ExchangeError(PlaygroundError):
    """A foreign model cannot be taken in, or a run not be given away."""


class StorageError(PlaygroundError):
    """A file cannot be written: the disk is full, read-only, or failing."""


class CancelledError(PlaygroundError):
    """The question was withdrawn before it was answered."""
