"""The models of runs as they were at some step, remembered while their files stay as they are.

Imports torch; import it only after `torch_import.import_torch`.
"""

from pathlib import Path

from playground.answers.shelf import Shelf, look_of
from playground.answers.text import tokenizer_at
from playground.contract.run_directory import RunDirectory
from playground.engine.model.transformer import Transformer
from playground.engine.model.weights import load_model
from playground.engine.tokenizers.tokenizer import Tokenizer

_MODELS_LIMIT_BYTES = 400_000_000
_BYTES_PER_PARAMETER = 4

_models: Shelf[Transformer] = Shelf(_MODELS_LIMIT_BYTES, lambda model: _BYTES_PER_PARAMETER * model.n_parameters)


def model_at(run: str, step: int) -> tuple[Transformer, Tokenizer]:
    """A run's model at a step, and its tokenizer.

    Raises:
        RunError, ConfigError, TokenizerError: no such run or snapshot, or damaged ones.
    """
    directory = RunDirectory(Path(run))
    path = directory.snapshot_path(step)
    key = (str(path), look_of(path), look_of(directory.tokenizer_path))
    model = _models.find(key) or _models.keep(key, load_model(directory, step))
    return model, tokenizer_at(directory.tokenizer_path)
