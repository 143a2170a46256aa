"""A new run that goes on from the run in view: chosen by hand, checked before it starts."""

from pathlib import Path

import pytest
from made_runs import make_run
from pytestqt.qtbot import QtBot

from playground.contract.config import StartConfig
from playground.ui.pages.train.start_field import StartField
from playground.ui.state.app_state import AppState
from playground.ui.wiring.new_run_start import StartWiring


@pytest.fixture
def app(qtbot: QtBot, tmp_path: Path) -> AppState:
    app = AppState()
    run = make_run(tmp_path / "base")
    run.snapshots_path.mkdir()
    run.snapshot_path(200).write_bytes(b"")
    app.current.open(run.path)
    return app


@pytest.fixture
def field(qtbot: QtBot) -> StartField:
    field = StartField()
    qtbot.addWidget(field)
    field.show()
    return field


def choose(field: StartField, key: str) -> None:
    field.choice.chosen.emit(key)


def test_the_run_in_view_is_offered_and_taken_over(app: AppState, field: StartField) -> None:
    wiring = StartWiring(field, app, field)
    app.draft.config_changed.connect(wiring.refresh)
    wiring.refresh()
    assert not field.form.isVisible()
    choose(field, "base")
    start = app.draft.config.start
    assert (start.run, start.step) == (str(app.current.path), app.current.step)
    assert app.draft.config.model == app.current.config.model
    assert field.form.isVisible()
    assert wiring.problem() == ""
    choose(field, "random")
    assert app.draft.config.start == StartConfig()


def test_adapters_say_how_many_numbers_learn(app: AppState, field: StartField) -> None:
    wiring = StartWiring(field, app, field)
    choose(field, "base")
    app.draft.set_value("start.method", "lora")
    wiring.refresh()
    # 4 layers of width 128, rank 8: inputs and outputs of qkv and of out
    n_adapters = 8 * 4 * ((128 + 384) + (128 + 128))
    assert field.trained_words().startswith(f"{n_adapters:,} of {918_656 + n_adapters:,} ")


def test_another_shape_is_told_before_the_start(app: AppState, field: StartField) -> None:
    wiring = StartWiring(field, app, field)
    choose(field, "base")
    app.draft.set_value("model.n_layers", app.draft.config.model.n_layers + 1)
    assert "no longer like that" in wiring.problem()


def test_a_beginning_that_is_gone_and_adapters_of_nothing_are_told(app: AppState, field: StartField) -> None:
    wiring = StartWiring(field, app, field)
    app.draft.set_value("start.method", "lora")
    assert "need a run" in wiring.problem()
    app.draft.set_value("start.run", "/nowhere")
    assert "is gone" in wiring.problem()
