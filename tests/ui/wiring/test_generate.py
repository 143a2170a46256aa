"""The Generate page with a run and a worker that answers when the test says so."""

from pathlib import Path

import pytest
from generate_bench import Bench, distribution, ending, part
from pytestqt.qtbot import QtBot

from playground.contract.messages import Failure, Generate, PredictNext
from playground.ui.wiring.generate import first_prompt
from playground.ui.wiring.generate_settings import remembered_sampling


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Bench:
    return Bench(qtbot, tmp_path)


def first_piece(bench: Bench) -> str:
    shown = bench.page.next.shown()
    return shown.pieces[0] if shown else ""


def test_without_a_model_the_page_leads_to_training(bench: Bench) -> None:
    assert bench.worker.questions == []
    assert not bench.page.start.isVisible()
    bench.page.train_requested.emit()
    assert bench.went == ["train"]
    bench.open_run(steps=())
    assert not bench.page.start.isVisible()
    bench.app.current.directory.snapshot_path(5).write_bytes(b"")  # type: ignore[union-attr]
    bench.app.current.poll()
    assert bench.page.start.isVisible()
    assert bench.worker.last(PredictNext).request.step == 5


def test_the_bars_are_asked_for_at_once_with_a_good_first_prompt(bench: Bench) -> None:
    bench.open_run()
    request = bench.worker.last(PredictNext).request
    assert request.prompt == bench.page.prompt() == "Once upon a time, there was a little"
    assert (request.run, request.step) == (str(bench.app.current.path), 300)
    bench.worker.last(PredictNext).answer(distribution())
    assert first_piece(bench) == "▁a"


def test_first_prompts_come_from_the_runs_own_sample() -> None:
    sample = {"kind": "sample", "text": "川のそばに赤い凧", "n_prompt_characters": 5}
    assert first_prompt("my.txt", [{"kind": "started"}, sample]) == "川のそばに"
    assert first_prompt("my.txt", [{"kind": "sample", "text": 3, "n_prompt_characters": "x"}]) == ""


def test_while_a_question_is_under_way_only_the_newest_is_kept(bench: Bench) -> None:
    bench.open_run()
    for temperature in (0.1, 0.2, 0.3):
        bench.page.sampling.value_changed.emit("temperature", temperature)
    assert bench.worker.count(PredictNext) == 1
    bench.worker.last(PredictNext).answer(distribution())
    assert bench.worker.count(PredictNext) == 2
    assert bench.worker.last(PredictNext).request.sampling.temperature == 0.3
    bench.worker.last(PredictNext).answer(distribution())
    assert bench.worker.count(PredictNext) == 2


def test_seed_and_length_ask_nothing(bench: Bench) -> None:
    bench.open_run()
    bench.worker.last(PredictNext).answer(distribution())
    bench.page.sampling.value_changed.emit("max_tokens", 17.0)
    bench.page.sampling.new_seed_requested.emit()
    assert bench.worker.count(PredictNext) == 1


def test_the_timeline_moves_the_bars(bench: Bench) -> None:
    bench.open_run()
    bench.worker.last(PredictNext).answer(distribution())
    bench.app.current.select_step(100)
    assert bench.worker.last(PredictNext).request.step == 100


def test_what_is_typed_is_asked_about(qtbot: QtBot, bench: Bench) -> None:
    bench.open_run()
    bench.worker.last(PredictNext).answer(distribution())
    qtbot.keyClicks(bench.page.editor, ", there")
    qtbot.waitUntil(
        lambda: bench.worker.last(PredictNext).request.prompt == "Once upon a time, there was a little, there"
    )


def test_a_text_streams_in(qtbot: QtBot, bench: Bench) -> None:
    bench.open_run()
    question = bench.write(0)
    assert question.request.prompt == "Once upon a time, there was a little"
    for index in range(50):
        question.answer(part(f" {index}", f"-{index}"))
    assert (
        bench.page.text.view.toPlainText() == "Once upon a time, there was a little"
    )  # nothing yet: it comes a few dozen times a second
    qtbot.waitUntil(lambda: bench.page.text.view.toPlainText().endswith("-49"))
    assert bench.page.text.view.toPlainText() == "Once upon a time, there was a little" + "".join(
        f" {n}-{n}" for n in range(50)
    )
    qtbot.waitUntil(lambda: first_piece(bench) == "▁drawn-49")  # the bars come a moment after the text


def test_the_end_shows_facts_and_asks_what_comes_next(bench: Bench) -> None:
    bench.open_run()
    bench.worker.last(PredictNext).answer(distribution())
    question = bench.write(3)
    question.answer(ending())
    assert bench.page.text.view.toPlainText() == "Once upon a time, there was a little w0 w1 w2"
    facts = dict(bench.page.sampling.facts.facts())
    assert (facts["Tokens"], facts["Speed"], facts["Model"]) == ("3", "30 tokens/s", "step 300")
    assert facts["Seed"] == f"{question.request.sampling.seed:,}"
    assert bench.worker.last(PredictNext).request.prompt == "Once upon a time, there was a little w0 w1 w2"
    assert bench.page.start.text() == "Generate"


def test_stop_withdraws_the_question_and_takes_no_more_tokens(bench: Bench) -> None:
    bench.open_run()
    question = bench.write(2)
    bench.page.stop_requested.emit()
    assert bench.worker.questions[bench.worker.cancelled[0]] is question
    question.answer(part(" late"))
    question.fail(Failure(message="The question was withdrawn.", cancelled=True))
    assert bench.page.text.view.toPlainText() == "Once upon a time, there was a little w0 w1"
    assert dict(bench.page.sampling.facts.facts())["Ended"] == "stopped by you"
    assert bench.page.notice.text() == ""
    assert bench.page.start.text() == "Generate"


def test_a_stopped_text_has_the_speed_that_was_seen(qtbot: QtBot, bench: Bench) -> None:
    bench.open_run()
    question = bench.write(2)
    qtbot.wait(50)
    question.answer(part(" a", " b", " c"))
    bench.page.stop_requested.emit()
    question.fail(Failure(message="", cancelled=True))
    facts = dict(bench.page.sampling.facts.facts())
    assert facts["Tokens"] == "5"
    assert 5 < float(facts["Speed"].split()[0]) <= 3 / 0.045  # three tokens after at least 50 ms


def test_go_on_continues_what_was_written(qtbot: QtBot, bench: Bench) -> None:
    bench.open_run()
    bench.write(2).answer(ending(2))
    bench.page.go_on_requested.emit()
    question = bench.worker.last(Generate)
    assert question.request.prompt == "Once upon a time, there was a little w0 w1"
    question.answer(part(" more"))
    question.answer(ending(1))
    assert bench.page.text.view.toPlainText() == "Once upon a time, there was a little w0 w1 more"


def test_another_seed_each_time_unless_it_is_held(bench: Bench) -> None:
    bench.open_run()
    bench.page.sampling.value_changed.emit("seed", 7.0)
    bench.page.sampling.other_seed.click()
    bench.write(1).answer(ending(1))
    assert bench.worker.last(Generate).request.sampling.seed == 7
    bench.page.sampling.other_seed.click()
    bench.write(1).answer(ending(1))
    seed = bench.worker.last(Generate).request.sampling.seed
    assert seed != 7
    assert bench.page.sampling.seed.value() == seed


def test_a_picked_bar_goes_on_with_the_prompt(qtbot: QtBot, bench: Bench) -> None:
    bench.open_run()
    bench.worker.last(PredictNext).answer(distribution("▁there"))
    bench.page.token_requested.emit(0)
    assert bench.page.prompt() == "Once upon a time, there was a little there"
    qtbot.waitUntil(
        lambda: bench.worker.last(PredictNext).request.prompt == "Once upon a time, there was a little there"
    )
    bench.worker.last(PredictNext).answer(distribution())
    bench.page.token_requested.emit(2)  # half a character
    assert bench.page.prompt() == "Once upon a time, there was a little there"
    assert "<0xE3>" in bench.page.notice.text()


def test_another_token_in_the_middle_cuts_the_text_there(bench: Bench) -> None:
    bench.open_run()
    bench.worker.last(PredictNext).answer(distribution())
    bench.write(3).answer(ending())
    bench.worker.last(PredictNext).answer(distribution())
    bench.page.text.token_chosen.emit(1)
    assert bench.worker.last(PredictNext).request.prompt == "Once upon a time, there was a little w0"
    bench.worker.last(PredictNext).answer(distribution("▁x"))
    bench.page.token_requested.emit(0)
    assert bench.page.text.view.toPlainText() == "Once upon a time, there was a little w0 x"
    assert bench.worker.last(PredictNext).request.prompt == "Once upon a time, there was a little w0 x"
    assert bench.page.prompt() == "Once upon a time, there was a little"


def test_what_a_token_was_drawn_from_is_shown_without_asking(bench: Bench) -> None:
    bench.open_run()
    bench.worker.last(PredictNext).answer(distribution())
    bench.write(3).answer(ending())
    bench.worker.last(PredictNext).answer(distribution("▁after"))
    n_asked = bench.worker.count(PredictNext)
    bench.page.text.token_chosen.emit(2)  # the last of its part
    bench.app.current.status_changed.emit()  # a training goes on
    assert first_piece(bench) == "▁drawn w2"
    assert bench.worker.count(PredictNext) == n_asked
    bench.page.text.token_chosen.emit(-1)
    assert bench.worker.last(PredictNext).request.prompt == "Once upon a time, there was a little w0 w1 w2"


def test_failures_are_told_and_go_away_with_the_next_answer(bench: Bench) -> None:
    bench.open_run()
    bench.worker.last(PredictNext).fail(Failure(message="The vocabulary lacks ‘é’."))
    assert bench.page.notice.text() == "The vocabulary lacks ‘é’."
    assert bench.page.next.shown() is None
    bench.page.sampling.value_changed.emit("temperature", 1.0)
    bench.worker.last(PredictNext).answer(distribution())
    assert bench.page.notice.text() == ""
    bench.write(0).fail(Failure(message="The model is damaged."))
    assert bench.page.notice.text() == "The model is damaged."
    assert bench.page.start.text() == "Generate"


def test_a_worker_that_was_restarted_is_asked_again(bench: Bench) -> None:
    bench.open_run()
    n_asked = bench.worker.count(PredictNext)
    bench.worker.restarted.emit("The worker stopped.")
    assert bench.worker.count(PredictNext) == n_asked + 1


def test_another_run_ends_the_text_of_the_former_one(bench: Bench) -> None:
    bench.open_run()
    question = bench.write(2)
    bench.open_run("other", source="my.txt")
    assert bench.page.text.view.toPlainText() == ""
    assert bench.page.start.text() == "Generate"
    assert bench.page.prompt() == ""  # nobody typed the former one
    question.answer(part(" late"))
    question.answer(ending())
    assert bench.page.text.view.toPlainText() == ""


def test_prompt_and_sampling_are_remembered(qtbot: QtBot, bench: Bench) -> None:
    bench.open_run()
    bench.page.show_prompt("")
    qtbot.keyClicks(bench.page.editor, "My own")
    bench.page.sampling.preset_chosen.emit("wild")
    bench.page.sampling.value_changed.emit("max_tokens", 17.0)
    settings = bench.app.settings
    qtbot.waitUntil(lambda: settings.text("generate/prompt") == "My own", timeout=3000)
    sampling = remembered_sampling(settings.text("generate/sampling"))
    assert (sampling.temperature, sampling.max_tokens) == (1.4, 17)
    second = Bench(qtbot, bench.folder)
    second.open_run("second")
    assert second.page.prompt() == "My own"
    assert second.worker.last(PredictNext).request.sampling.temperature == 1.4


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '{"temperature": 99}', '{"heat": 1}'])
def test_damaged_memory_falls_back_to_a_balanced_way(damaged: str) -> None:
    assert remembered_sampling(damaged).top_p == 0.95


def test_actions_follow_what_can_be_done(bench: Bench) -> None:
    def possible() -> set[str]:
        return {action.key for action in bench.actions.on_page("generate")}

    assert possible() == set()
    bench.open_run()
    assert possible() == {"generate.start", "generate.seed"}
    question = bench.write(1)
    assert possible() == {"generate.stop"}
    question.answer(ending(1))
    assert possible() == {"generate.start", "generate.go_on", "generate.clear", "generate.seed"}
    bench.actions.get("generate.clear").run()
    assert bench.page.text.view.toPlainText() == ""


def test_a_hidden_page_asks_nothing_until_it_is_seen(bench: Bench) -> None:
    bench.page.hide()
    bench.open_run()
    assert bench.worker.questions == []
    bench.page.show()
    assert bench.worker.count(PredictNext) == 1


def test_a_run_opened_while_the_page_is_hidden_is_asked_when_it_is_seen(bench: Bench) -> None:
    bench.open_run()
    bench.worker.last(PredictNext).answer(distribution())
    bench.write(3).answer(ending())
    bench.worker.last(PredictNext).answer(distribution())
    bench.page.text.token_chosen.emit(2)  # shows what is known, without a question
    bench.page.hide()
    bench.open_run("other")
    bench.page.show()
    assert bench.worker.last(PredictNext).request.run == str(bench.app.current.path)
