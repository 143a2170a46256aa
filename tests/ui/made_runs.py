"""Run directories as a trainer leaves them, written by hand: for tests of what the window makes of them."""

import contextlib
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playground.contract import run_directory
from playground.contract.config import RunConfig, TokenizerConfig
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import DataFacts, RunDirectory, Status, hold_lock
from playground.contract.training_config import TrainingConfig

TINY = RunConfig(  # spelled out, so that the presets may change
    model=ModelConfig(
        n_layers=4, n_heads=4, d_model=128, d_ff=512, n_ctx=64, position="rotary", norm="rms", bias=False
    ),
    tokenizer=TokenizerConfig(type="unigram", vocab_size=1024),
    training=TrainingConfig(max_steps=1000, batch_size=12, learning_rate=3e-3, warmup_steps=50),
)


def loss_at(step: int) -> float:
    """A falling curve: 6.9 nats at the beginning, towards 1.9."""
    return 1.9 + 5.0 * math.exp(-step / 120) + 0.05 * math.sin(step * 1.7)


def make_run(
    path: Path,
    state: str = run_directory.FINISHED,
    *,
    n_steps: int = 200,
    config: RunConfig = TINY,
    message: str = "",
    n_parameters: int = 918_656,
    samples: tuple[str, ...] = ("Once the mat", "Once there was a kite"),
    **status: Any,
) -> RunDirectory:
    """A run with metrics, events and status up to `n_steps`; NEW has only its config."""
    run = RunDirectory.create(path, config)
    if state == run_directory.NEW:
        return run
    append_steps(run, range(1, n_steps + 1))
    events: list[dict[str, Any]] = [{"kind": "started", "step": 0}]
    for index, text in enumerate(samples):
        events.append({"kind": "sample", "step": (index + 1) * n_steps // len(samples), "text": text})
    append_events(run, events)
    run.write_data_facts(DataFacts(source=config.data.source, size_bytes=2_140_000, n_train_tokens=482_113))
    write_status(run, state, n_steps, message=message, n_parameters=n_parameters, **status)
    return run


def append_steps(run: RunDirectory, steps: range, *, segment: int = 0) -> None:
    """Lines of metrics.jsonl, an evaluation every 100 steps."""
    with run.metrics_path.open("a", encoding="utf-8") as file:
        for step in steps:
            train = {
                "kind": "train", "segment": segment, "step": step, "loss": loss_at(step), "tokens": 768 * step,
                "learning_rate": 3e-3 * min(step / 50, 1.0), "gradient_norm": 0.4 + 2 / step,
                "elapsed_s": step / 30, "tokens_per_s": 21_400.0,
            }  # fmt: skip
            file.write(json.dumps(train) + "\n")
            if step % 100 == 0:
                loss = loss_at(step) + 0.1
                evaluation = {
                    "kind": "evaluation", "segment": segment, "step": step, "validation_loss": loss,
                    "perplexity": math.exp(loss), "bits_per_byte": loss / 2, "elapsed_s": step / 30,
                }  # fmt: skip
                file.write(json.dumps(evaluation) + "\n")


def append_events(run: RunDirectory, events: list[dict[str, Any]]) -> None:
    with run.events_path.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(event) + "\n" for event in events)


def write_status(
    run: RunDirectory, state: str, step: int, *, message: str = "", n_parameters: int = 918_656, **more: Any
) -> None:
    run.write_status(
        Status(
            state=state, step=step, max_steps=run.config().training.max_steps, message=message, vocab_size=1024,
            n_parameters=n_parameters, tokens_per_s=21_400.0, elapsed_s=step / 30, time_left_s=38.0, device="cpu",
            **more,
        )
    )  # fmt: skip


def add_checkpoint(run: RunDirectory, step: int) -> None:
    """What makes the run resumable, as far as the window looks."""
    folder = run.checkpoint_path(step)
    folder.mkdir(parents=True)
    (folder / "MANIFEST.json").write_text("{}", encoding="utf-8")


@contextlib.contextmanager
def trainer_at_work(run: RunDirectory) -> Iterator[None]:
    """Hold the run's lock, as its trainer does."""
    with hold_lock(run.lock_path):
        yield
