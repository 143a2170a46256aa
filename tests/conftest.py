"""What all tests share: no display, no network, a home of their own, and no time limits for generated examples."""

import gc
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from playground.contract.child_process import child_environment, module_command
from playground.contract.config import DataConfig, RunConfig, TokenizerConfig
from playground.contract.model_config import ModelConfig
from playground.contract.run_directory import RunDirectory
from playground.contract.training_config import TrainingConfig

NOT_SLOW = "not slow and not benchmark"  # as in pyproject.toml
UI = Path(__file__).parent / "ui"
MEMORY = Path("/dev/shm")
MOST_BYTES = 4 << 30  # more than all tests together leave behind

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported
os.environ["HF_HUB_OFFLINE"] = "1"

settings.register_profile(
    "playground", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("playground")


def pytest_configure(config: pytest.Config) -> None:
    """One thread, since tiny models are three times faster on it; folders in memory, where there is room."""
    if config.getoption("markexpr") != "benchmark":
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch is imported
    if config.getoption("markexpr") == NOT_SLOW and _has_room(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def _has_room(folder: Path) -> bool:
    """The default tests wait for the disk some 20,000 times in all, which takes an hour on a slow one.

    The slow ones stay on it: trainers are killed there while they write.
    """
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > MOST_BYTES


@pytest.fixture(autouse=True)
def _garbage_of_windows_goes_on_this_thread(request: pytest.FixtureRequest) -> None:
    """Collect what a window left when the next test begins, and nothing while one with a window runs.

    The collector runs on whichever thread allocates, and some are left by other tests: tqdm's, for one, wakes every ten
    seconds. A widget or a timer that is destroyed there makes Qt crash or hang, now or in a later test.
    """
    has_window = "qapp" in request.fixturenames or UI in request.path.parents
    if has_window or not gc.isenabled():
        gc.disable()
        gc.collect()
    if has_window:
        gc.freeze()  # what is left now need not be looked through again at the next test
    else:
        gc.enable()


@pytest.fixture(autouse=True)
def playground_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, so that no test sees or changes this person's runs; not created here."""
    home = tmp_path / "home"
    monkeypatch.setenv("PLAYGROUND_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def small_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few kilobytes of sentences that a tiny model learns something from."""
    path = tmp_path_factory.mktemp("text") / "fables.txt"
    animals, places = ("fox", "hen", "owl", "cat"), ("wood", "barn", "river", "field", "hill")
    lines = [
        f"The {who} saw the {other} by the {where}, and {who} and {other} went home at dusk.\n"
        for who in animals for other in animals for where in places
    ]  # fmt: skip
    path.write_text("".join(lines * 3), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def trained_run(tmp_path_factory: pytest.TempPathFactory, small_text: Path) -> Path:
    """A finished run of 20 steps that the real trainer made, in a process of its own; to be read, not changed."""
    path = tmp_path_factory.mktemp("runs") / "fables"
    training = TrainingConfig(max_steps=20, batch_size=4, warmup_steps=2, evaluate_every=10, checkpoint_every=20)
    config = RunConfig(
        model=ModelConfig(n_layers=2, n_heads=2, d_model=32, d_ff=64, n_ctx=32),
        tokenizer=TokenizerConfig(type="unigram", vocab_size=300),
        data=DataConfig(source=str(small_text)),
        training=training,
    )
    RunDirectory.create(path, config)
    command = module_command("playground", "train", str(path))
    done = subprocess.run(command, env=child_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return path
