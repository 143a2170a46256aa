"""The Train page's picture of a run: what its curves are made of, how they are drawn, what differs between runs."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_runs import TINY
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.contract.model_size import forward_flops_per_token
from playground.contract.run_directory import DataFacts
from playground.ui.charts.curve_marks import EVENT, FORK, SAMPLE, SNAPSHOT
from playground.ui.pages.train.compare_list import Comparable
from playground.ui.pages.train.happenings import samples_of
from playground.ui.pages.train.page import THIS_RUN, TrainPage
from playground.ui.pages.train.plot import (
    ACCURACY,
    ACROSS,
    BITS,
    CLIPPED,
    EPOCH,
    EXACT,
    FLOPS,
    LOSS,
    PERPLEXITY,
    RATE,
    SPEED,
    STEP,
    TIME,
    TOKENS,
    WEIGHTS,
    OtherCurve,
    PlotChoice,
    RunNumbers,
    measure_of,
)
from playground.ui.pages.train.run_marks import happenings_of, placed
from playground.ui.pages.train.series import SeriesBook, end_of, places_of_steps
from playground.ui.pages.train.settings_table import RunColumn
from playground.ui.state.metrics import Metrics
from playground.ui.state.run_differences import differing_settings


@pytest.fixture
def page(qtbot: QtBot) -> TrainPage:
    page = TrainPage()
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    return page


def metrics(n_steps: int = 100) -> Metrics:
    """Loss 4 at each step; 768 tokens and half a second a step; validation 5 at every 50th."""
    made = Metrics()
    for step in range(1, n_steps + 1):
        made.extend(
            [
                {
                    "kind": "train", "step": step, "loss": 4.0, "tokens": 768 * step, "elapsed_s": step / 2,
                    "learning_rate": 1e-3, "gradient_norm": 0.5, "tokens_per_s": 1536.0,
                }
            ]
        )  # fmt: skip
        if step % 50 == 0:
            made.extend([{"kind": "evaluation", "step": step, "validation_loss": 5.0, "elapsed_s": step / 2}])
    return made


def numbers(made: Metrics | None = None, **more: Any) -> RunNumbers:
    facts = DataFacts(n_train_tokens=7680, n_validation_tokens=100, n_validation_bytes=400, unigram_entropy=5.5)
    given = {"metrics": made or metrics(), "config": TINY, "facts": facts, "vocab_size": 1024}
    return RunNumbers(**(given | more))


def points(run: RunNumbers, measure: str, across: str = STEP, *, judged: bool = False) -> tuple[Any, Any]:
    plan = measure_of(measure)
    line = plan.validation if judged else plan.train
    assert line is not None
    series = SeriesBook().series(run, line, measure, across)
    if series is None:
        return None, None
    y = series.y.values if series.change is None else series.change(series.y.values)
    return series.x.values * series.x_factor, y


def test_the_same_step_across_all_axes() -> None:
    run = numbers()
    # 6 per parameter and token, and 3 x 2 x 2 x width x layers x half the context for the looks
    flops = 6 * (918_656 - 9 * 128) + 3 * 2 * 2 * 128 * 4 * 32
    ends = {STEP: 100, TOKENS: 76_800, EPOCH: 10, TIME: 50, FLOPS: 76_800 * flops}
    assert {across: points(run, LOSS, across)[0][-1] for across in ACROSS} == pytest.approx(ends)
    assert points(run, LOSS, TOKENS, judged=True)[0].tolist() == [38_400, 76_800]
    assert points(run, LOSS, TIME, judged=True)[0].tolist() == [25, 50]
    assert places_of_steps(run, np.array([0, 0.5, 50, 75]), EPOCH).tolist() == [0, 0.05, 5, 7.5]
    assert np.isnan(places_of_steps(numbers(Metrics()), np.array([50]), TIME)).all()
    ends_of_run = [end_of(run, across) for across in (STEP, TOKENS, EPOCH, TIME)]
    assert ends_of_run == [1000, 768_000, 100, None]


def test_what_is_not_known_is_not_drawn() -> None:
    bare = numbers(facts=DataFacts(), vocab_size=0)
    assert points(bare, LOSS, EPOCH) == points(bare, LOSS, FLOPS) == (None, None)
    assert points(bare, LOSS, TOKENS)[0][-1] == 76_800
    assert WEIGHTS not in bare.measures()
    told = Metrics()
    told.extend([{"kind": "train", "step": 1, "loss": 4.0, "weight_norm": 12.5}])
    assert WEIGHTS in numbers(told).measures()
    assert points(numbers(told), WEIGHTS)[1].tolist() == [12.5]


def test_measures_of_a_run() -> None:
    run = numbers()
    assert points(run, PERPLEXITY)[1][-1] == pytest.approx(math.exp(4))
    assert points(run, RATE)[1][-1] == 1e-3
    assert points(run, SPEED)[1][-1] == 1536
    kinds = {kind: replace(TINY, model=replace(TINY.model, kind=kind)) for kind in ("encoder", "encoder_decoder")}
    assert PERPLEXITY not in numbers(config=kinds["encoder"]).measures()
    assert EXACT in numbers(config=kinds["encoder_decoder"]).measures()
    assert EXACT not in run.measures()


def test_clipped_gradients_grow_with_the_run() -> None:
    made, book = metrics(3), SeriesBook()
    run = numbers(made, config=replace(TINY, training=replace(TINY.training, gradient_clip=0.4)))
    line = measure_of(CLIPPED).main
    first = book.series(run, line, CLIPPED, STEP)
    made.extend([{"kind": "train", "step": step, "loss": 4.0, "gradient_norm": step / 20} for step in (4, 5, 9)])
    again = book.series(run, line, CLIPPED, STEP)
    assert first is not None
    assert again is not None
    assert first.y is again.y
    assert again.y.values.tolist() == pytest.approx([0.4, 0.4, 0.4, 0.2, 0.25, 0.4])
    made.extend([{"kind": "train", "step": 3, "segment": 1, "loss": 4.0, "gradient_norm": 0.1}])
    went_back = book.series(run, line, CLIPPED, STEP)
    assert went_back is not None
    assert went_back.y.values.tolist() == pytest.approx([0.4, 0.4, 0.1])


def test_flops_of_a_pair_are_shared_by_its_tokens() -> None:
    config = replace(TINY, model=replace(TINY.model, kind="encoder_decoder"))
    per_pair = 3 * forward_flops_per_token(config.model, 1024)
    assert numbers(config=config).flops_per_token == per_pair / 2


def test_smoothing_is_over_about_so_many_points() -> None:
    assert [PlotChoice(reach=reach).smoothing for reach in (1, 10, 100)] == pytest.approx([0, 0.9, 0.99])


# The picture of a run.


def test_happenings_become_marks_on_any_axis() -> None:
    events = [
        {"kind": "started", "step": 0}, {"kind": "sample", "step": 50, "text": "a \u202e kite\n flew"},
        {"kind": "paused", "step": 75},
    ]  # fmt: skip
    found = happenings_of(events, samples_of(events), [0, 50], [(25, "other\u202e")])
    assert [(each.step, each.kind, each.words) for each in found] == [
        (0, SNAPSHOT, "snapshot"), (25, FORK, "fork: other\u202e"), (50, SAMPLE, "a \u202e kite flew"),
        (50, SNAPSHOT, "snapshot"), (75, EVENT, "paused"),
    ]  # fmt: skip
    marks = placed(found, numbers(), TOKENS)
    assert [mark.x for mark in marks] == [0, 19_200, 38_400, 38_400, 57_600]
    assert [mark.step for mark in marks] == [0, 25, 50, 50, -1]
    assert placed(found, numbers(Metrics()), TOKENS) == []


def test_the_curves(page: TrainPage) -> None:
    page.show_mode(THIS_RUN)
    picture = page.run_picture
    picture.show_run(numbers())
    rows = list(picture.chart.table().rows)
    assert len(rows) == 102
    assert rows[-1] == ("validation", 100.0, 5.0)
    assert list(picture.chart._references) == [
        (math.log(1024), "ln 1,024 = 6.93, guessing"), (5.5, "5.5, from the tokens' frequencies alone")
    ]  # fmt: skip
    assert picture.sparks[0].value_text() == "54.6"  # e^4
    picture.show_choice(PlotChoice(across=TOKENS, measure=BITS))
    assert [row[2] for row in picture.chart.table().rows] == pytest.approx([math.nan] * 2, nan_ok=True)
    bits = [value for value, _ in picture.chart._references]
    assert bits == pytest.approx([10 / 4, 5.5 / math.log(2) / 4])  # 10 bits a token of 4 bytes
    picture.show_choice(PlotChoice(across=TOKENS))
    assert list(picture.chart.table().rows)[-1] == ("validation", 76_800.0, 5.0)
    assert picture.chart._x_end == 768_000
    picture.show_run(numbers(vocab_size=0, facts=DataFacts()))
    assert picture.chart._references == ()
    picture.forget()
    assert list(picture.chart.table().rows) == []
    assert picture.sparks[1].value_text() == "–"


def test_the_line_of_choices(page: TrainPage, qtbot: QtBot) -> None:
    page.show_mode(THIS_RUN)
    picture = page.run_picture
    picture.show_run(numbers())
    with qtbot.assertNotEmitted(picture.bar.choice_changed):
        picture.bar.show_choice(PlotChoice(measure=RATE, across=EPOCH, reach=50, log_x=True))
    assert picture.bar.choice() == PlotChoice(measure=RATE, across=EPOCH, reach=50, log_x=True)
    with qtbot.waitSignal(picture.bar.choice_changed):
        qtbot.mouseClick(picture.bar.log_y, Qt.MouseButton.LeftButton)
    assert picture.chart.accessibleName() == "learning rate"
    assert (picture.chart._scaling.log_x, picture.chart._scaling.log_y) == (True, True)
    assert picture.chart._smoothing == pytest.approx(0.98)
    with qtbot.waitSignal(picture.bar.choice_changed):
        qtbot.keyClick(picture.bar.smoothing, Qt.Key.Key_Home)
    assert picture.chart._smoothing == 0
    with qtbot.waitSignal(picture.bar.choice_changed):
        qtbot.keyClick(picture.bar.smoothing, Qt.Key.Key_Right)
    assert picture.bar.choice().reach == 2
    picture.bar.measure.chosen.emit(RATE)
    assert {row[0] for row in picture.chart.table().rows} == {"Learning rate"}


def test_a_measure_that_a_run_has_not_gives_way_to_the_loss(page: TrainPage) -> None:
    picture = page.run_picture
    picture.show_run(numbers())
    picture.show_choice(PlotChoice(measure=CLIPPED))
    picture.show_run(numbers(config=replace(TINY, training=replace(TINY.training, gradient_clip=0.0))))
    assert picture.bar.choice().measure == LOSS
    assert picture.chart.accessibleName() == "loss in nats per token"


def test_after_a_zoom_there_is_a_way_back(page: TrainPage, qtbot: QtBot) -> None:
    page.show_mode(THIS_RUN)
    picture = page.run_picture
    picture.show_run(numbers())
    assert not picture.bar.whole.isEnabled()
    picture.chart._view.sigRangeChangedManually.emit([True, True])
    assert picture.bar.whole.isEnabled()
    qtbot.mouseClick(picture.bar.whole, Qt.MouseButton.LeftButton)
    assert picture.chart.is_following
    assert not picture.bar.whole.isEnabled()


def test_what_is_still_being_read_is_drawn_from_a_sample_and_said(page: TrainPage) -> None:
    page.show_mode(THIS_RUN)
    picture = page.run_picture
    picture.show_run(numbers(metrics(40), sample=metrics(100), share_read=0.4312))
    chart = picture.chart
    assert chart._overlay.reading_words == "Reading all points: 43 %. The rest is drawn from a sample."
    assert [row[1] for row in chart.table().rows] == list(range(1, 41)), "a sample is no measurement"
    assert chart._curves["rest of train"].x.values.tolist() == list(range(41, 101))
    picture.show_run(numbers(metrics(100)))
    assert chart._overlay.reading_words == ""
    assert chart.curve_names() == ["train", "validation"]


def test_an_empty_chart_counts_nothing(page: TrainPage, qtbot: QtBot) -> None:
    page.show_mode(THIS_RUN)
    page.run_picture.show_run(numbers(Metrics()))
    chart = page.run_picture.chart
    qtbot.waitUntil(lambda: chart._overlay.empty_words != "")
    assert not chart._plot.getAxis("bottom").style["showValues"]
    page.run_picture.show_run(numbers())
    qtbot.waitUntil(lambda: chart._overlay.empty_words == "")
    assert chart._plot.getAxis("bottom").style["showValues"]


def test_a_diverged_loss_is_drawn_without_complaint(page: TrainPage) -> None:
    page.show_mode(THIS_RUN)
    made = Metrics()
    made.extend([{"kind": "train", "step": 1, "loss": 2000.0}, {"kind": "train", "step": 2, "loss": "nan"}])
    for measure in (LOSS, PERPLEXITY):
        page.run_picture.show_choice(PlotChoice(measure=measure))
        page.run_picture.show_run(numbers(made))
        page.run_picture.chart._draw()
        page.run_picture.grab()
    assert np.isnan(made.train.column("loss")[-1])


def test_other_runs_are_offered_and_drawn(page: TrainPage, qtbot: QtBot) -> None:
    page.show_mode(THIS_RUN)
    panel, picture = page.run_panel, page.run_picture
    assert not panel.compare.isVisible()
    kites, bells = Path("/runs/\u202ekites"), Path("/runs/bells")
    panel.show_comparable([Comparable(path=kites), Comparable(path=bells, slot=0)])
    assert [row.text() for row in panel.compare.rows()] == ["‹U+202E›kites", "bells"]
    for row, wish in zip(panel.compare.rows(), ([kites, True], [bells, False]), strict=True):
        with qtbot.waitSignal(panel.compared) as compared:
            qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
        assert compared.args == wish
    panel.show_comparable([Comparable(path=bells, why_not="There is no colour left.")])
    (row,) = panel.compare.rows()
    assert (row.isEnabled(), row.toolTip()) == (False, "There is no colour left.")
    picture.show_run(numbers(metrics(10)))
    picture.show_others([OtherCurve(name="other bells", label="bells", slot=0, numbers=numbers(metrics(20)))])
    labels = [row[0] for row in picture.chart.table().rows]
    assert (labels.count("train"), labels.count("bells")) == (10, 20)
    picture.show_run(numbers(metrics(10), name="\u202ekites"))
    labels = [row[0] for row in picture.chart.table().rows]
    assert (labels.count("‹U+202E›kites, train"), labels.count("bells")) == (10, 20)
    picture.show_choice(PlotChoice(measure=ACCURACY))
    assert "train" not in [row[0] for row in picture.chart.table().rows]
    picture.show_choice(PlotChoice())
    picture.show_others([])
    labels = [row[0] for row in picture.chart.table().rows]
    assert "bells" not in labels
    assert labels.count("train") == 10


def test_what_differs_between_runs(page: TrainPage) -> None:
    page.show_mode(THIS_RUN)
    picture = page.run_picture
    slower = replace(TINY, training=replace(TINY.training, learning_rate=1e-3, seed=7))
    wider = replace(TINY, model=replace(TINY.model, d_model=256))
    settings = differing_settings([TINY, slower, wider])
    assert [(each.section, each.setting.name, each.values) for each in settings] == [
        ("model", "d_model", (128, 128, 256)), ("training", "learning_rate", (3e-3, 1e-3, 3e-3)),
        ("training", "seed", (TINY.training.seed, 7, TINY.training.seed)),
    ]  # fmt: skip
    assert differing_settings([TINY]) == []
    columns = [
        RunColumn(name="kites", role="train", last_loss=1.5, last_validation=2.25, best_validation=2.0),
        RunColumn(name="slow\u202eer", role="other-0", last_loss=1.75),
        RunColumn(name="wider", role="other-1", best_validation=1.9),
    ]
    picture.show_differences(columns, settings)
    assert (picture.table.isVisible(), picture.small.isVisible()) == (True, False)
    shown = {line[0]: line[1:] for line in picture.table.rows()}
    assert shown["What differs"] == ["kites", "slow‹U+202E›er", "wider"]
    assert shown["Last loss"] == ["1.5000", "1.7500", "–"]
    assert shown["Best validation"] == ["2.0000", "–", "1.9000"]
    assert shown["Learning rate"] == ["0.003", "0.001", "0.003"]
    assert len(shown) == 4 + 3
    assert picture.table._cells[3, 3]._role == "good"
    picture.show_differences(columns[:2], [])
    assert len(picture.table.rows()) == 4
    assert sum(not cell.isHidden() for cell in picture.table._cells.values()) == 12
    picture.show_differences([], [])
    assert (picture.table.isVisible(), picture.small.isVisible()) == (False, True)
