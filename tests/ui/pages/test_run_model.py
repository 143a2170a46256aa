"""The Runs page about the picked run's model: where it comes from, what can be made of it, what a copy has cost."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.contract import run_directory
from playground.contract.config import RunConfig, StartConfig
from playground.contract.exchange_messages import ModelTable
from playground.ui.pages.runs.page import RunsPage
from playground.ui.state.run_details import NO_SNAPSHOT, RunDetails, nearest_preset
from playground.ui.state.run_origin import Origin
from playground.ui.state.run_summary import RunSummary

KITES = Path("/runs/kites")
TABLE = ModelTable(
    path="/runs/kites int8", names=["before", "int8"], sizes_bytes=np.array([4_000_000, 1_000_000]),
    perplexities=np.array([8.0, 8.2]), tokens_per_s=np.array([1234.4, 987.0]), words=[],
)  # fmt: skip
UNJUDGED = replace(TABLE, perplexities=np.array([]), tokens_per_s=np.array([]), words=["Its text is gone."])


@pytest.fixture
def page(qtbot: QtBot) -> RunsPage:
    page = RunsPage()
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show_runs([RunSummary(path=KITES, state=run_directory.FINISHED)])
    page.table.show_first_chosen()
    page.show()
    return page


def show(
    page: RunsPage,
    origin: Origin | None = None,
    *,
    method: str = "full",
    step: int = 500,
    table: ModelTable | None = None,
    is_listed: bool = False,
) -> None:
    config = RunConfig(start=StartConfig(run="/runs/x" if method == "lora" else "", method=method))
    nearest, differences = nearest_preset(config)
    details = RunDetails(
        path=KITES, config=config, preset=nearest, differences=differences, origin=origin, last_snapshot=step
    )
    page.show_details(details, "")
    page.show_model(step, table, is_listed)


def test_buttons_wish_for_copies_and_folders(page: RunsPage, qtbot: QtBot) -> None:
    show(page, method="lora")
    tools = page.run.model
    for button, signal, arguments in (
        (tools.int8, page.quantize_requested, [8]),
        (tools.int4, page.quantize_requested, [4]),
        (tools.merge, page.merge_requested, []),
        (tools.export, page.export_requested, []),
    ):
        with qtbot.waitSignal(signal) as wish:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert wish.args == arguments
    assert tools._title.text() == "Model at step 500"


def test_only_adapters_are_merged(page: RunsPage) -> None:
    show(page)
    assert not page.run.model.merge.isEnabled()
    assert "not trained with LoRA" in page.run.model.merge.toolTip()
    assert page.run.model.int8.isEnabled()


def test_few_bits_stay_as_they_are(page: RunsPage) -> None:
    show(page, Origin(source="/runs/base", how="int8", step=500))
    tools = page.run.model
    assert [button.isEnabled() for button in (tools.int8, tools.int4, tools.export)] == [False] * 3
    assert "few bits already" in tools.int4.toolTip()
    assert "Save the run that it was made from" in tools.export.toolTip()


def test_without_a_snapshot_nothing_is_possible(page: RunsPage) -> None:
    show(page, step=NO_SNAPSHOT)
    tools = page.run.model
    assert not any(button.isEnabled() for button in (tools.int8, tools.int4, tools.merge, tools.export))
    assert "no snapshot yet" in tools.int8.toolTip()
    assert tools._title.text() == "Model"


def test_while_something_is_made_nothing_else_can_be(page: RunsPage, qtbot: QtBot) -> None:
    show(page)
    page.show_making(0.5, "Making “kites int8”…")
    assert page.making.isVisible()
    assert not page.run.model.int8.isEnabled()
    assert not page._import.isEnabled()
    assert page._import.toolTip().startswith("Something is being made already")
    with qtbot.waitSignal(page.cancel_requested):
        qtbot.mouseClick(page.making._cancel, Qt.MouseButton.LeftButton)
    page.show_made()
    assert page.run.model.int8.isEnabled()
    assert page._import.isEnabled()
    assert not page.making.isVisible()


def test_the_table_shows_what_a_copy_has_cost(page: RunsPage) -> None:
    show(page, table=TABLE)
    view = page.run.model.table
    assert view.rows() == [
        ["", "Before", "8 bits"],
        ["Size", "4.0 MB", "1.0 MB"],
        ["Perplexity", "8.000", "8.200"],
        ["Tokens/s", "1,234", "987"],
    ]
    assert view.sentence() == "25% of the size, perplexity +2.50%"
    show(page, table=UNJUDGED)
    assert [row[0] for row in view.rows()] == ["", "Size"]
    assert view.sentence() == "25% of the size. Its text is gone."
    show(page)
    assert not view.isVisible()


def test_a_model_that_does_not_write_has_no_speed(page: RunsPage) -> None:
    show(page, table=replace(TABLE, tokens_per_s=np.zeros(2)))
    assert [row[0] for row in page.run.model.table.rows()] == ["", "Size", "Perplexity"]


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("int4", "Quantizing to 4 bits"), ("merged", "Merging adapters"),
        ("lora", "LoRA training"), ("full", "Further training"),
    ],
)  # fmt: skip
def test_lineage_is_told_and_leads_there(page: RunsPage, qtbot: QtBot, how: str, words: str) -> None:
    show(page, Origin(source="/runs/red kites", how=how, step=1500), is_listed=True)
    link = page.run.origin.link
    assert link.words() == "red kites, step 1,500"
    assert dict(page.run.facts())["Made by"] == words
    with qtbot.waitSignal(page.origin_requested):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.origin_requested):
        qtbot.keyClick(link, Qt.Key.Key_Return)


def test_what_is_gone_leads_nowhere(page: RunsPage, qtbot: QtBot) -> None:
    show(page, Origin(source="/runs/gone", how="full", step=1))
    with qtbot.assertNotEmitted(page.origin_requested):
        qtbot.mouseClick(page.run.origin.link, Qt.MouseButton.LeftButton)
    assert page.run.origin.link.toolTip() == "/runs/gone"


@pytest.mark.parametrize(("source", "words"), [("/models/gpt2", "gpt2"), ("hub:OWNER/NAME", "hub:OWNER/NAME")])
def test_an_imported_model_names_its_folder(page: RunsPage, source: str, words: str) -> None:
    show(page, Origin(source=source, how="imported"))
    assert page.run.origin.link.words() == words
    assert dict(page.run.facts())["Made by"] == "Import"


def test_a_model_that_began_at_random_has_no_lineage(page: RunsPage) -> None:
    show(page, Origin(source="/runs/x", how="full"))
    show(page)
    assert not page.run.origin.isVisible()
    assert "Made by" not in dict(page.run.facts())


def test_import_is_wished_for_at_the_head(page: RunsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.import_requested):
        qtbot.mouseClick(page._import, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.import_of_requested) as wish:
        page.import_folder(Path("/models/gpt2"))
    assert wish.args == [Path("/models/gpt2")]
