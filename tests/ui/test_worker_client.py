"""The worker client with the real worker, and with workers that die, chatter or never speak."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from playground import places
from playground.contract.config import SamplingConfig, TokenizerConfig
from playground.contract.messages import (
    Answer,
    Failure,
    Generate,
    Generated,
    Hello,
    ListVocabulary,
    Progress,
    Ready,
    Tokenize,
    Tokens,
    TrainTokenizer,
    Vocabulary,
)
from playground.ui.worker_client import BUDGET_MS, WorkerClient

PATIENCE_MS = 90_000
STEP = 20
ENDLESS = SamplingConfig(max_tokens=100_000)


class Asker(QObject):
    """Hears answers and failures, as a wiring does."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Answer] = []
        self.failures: list[Failure] = []

    def on_answer(self, answer: Answer) -> None:
        self.answers.append(answer)

    def on_failure(self, failure: Failure) -> None:
        self.failures.append(failure)


Make = Callable[..., WorkerClient]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    """Makes clients, and ends their workers."""
    made: list[WorkerClient] = []

    def begin(script: str = "") -> WorkerClient:
        made.append(WorkerClient(command=[sys.executable, "-c", script] if script else None))
        return made[-1]

    yield begin
    for client in made:
        client.close()
        qtbot.waitUntil(lambda client=client: client.pid == 0, timeout=PATIENCE_MS)


@pytest.fixture
def client(make: Make) -> WorkerClient:
    return make()


@pytest.fixture
def asker() -> Asker:
    return Asker()


def wait(qtbot: QtBot, is_so: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(is_so()), timeout=PATIENCE_MS)


# Asking.


def test_the_first_question_starts_the_worker(client: WorkerClient, asker: Asker, qtbot: QtBot) -> None:
    assert client.pid == 0
    client.ask(Hello(), asker.on_answer, asker.on_failure)
    assert asker.answers == [], "nothing is called before `ask` has returned"
    wait(qtbot, lambda: asker.answers)
    answer = asker.answers[0]
    assert isinstance(answer, Ready)
    assert answer.pid == client.pid != os.getpid()
    assert client.is_idle


def test_answers_and_failures_reach_whoever_listens_to_everything(
    client: WorkerClient, tmp_path: Path, qtbot: QtBot
) -> None:
    answered, failed = QSignalSpy(client.answered), QSignalSpy(client.failed)
    first = client.ask(Hello())
    second = client.ask(Tokenize(tokenizer=str(tmp_path), text="a"))
    wait(qtbot, lambda: answered.count() and failed.count())
    assert answered.at(0)[0] == first
    assert answered.at(0)[2] is True
    assert failed.at(0)[0] == second
    assert not failed.at(0)[1].is_bug


def test_questions_wait_while_the_worker_is_held_back(client: WorkerClient, qtbot: QtBot) -> None:
    client.hold()
    former, newer, other = Asker(), Asker(), Asker()
    client.ask_latest("typing", Hello(), former.on_answer, former.on_failure)
    client.ask_latest("typing", Hello(), newer.on_answer)
    client.ask(Hello(), other.on_answer)
    qtbot.wait(100)
    assert (client.pid, client.is_idle) == (0, False)
    client.start()
    wait(qtbot, lambda: newer.answers and other.answers)
    assert (former.answers, former.failures) == ([], [])
    client.start()  # it runs: nothing happens
    assert isinstance(other.answers[0], Ready)
    assert other.answers[0].pid == client.pid


def test_a_worker_that_is_held_back_for_ever_ends_its_questions_too(
    client: WorkerClient, asker: Asker, qtbot: QtBot
) -> None:
    client.hold()
    client.ask(Hello(), asker.on_answer, asker.on_failure)
    client.close()
    wait(qtbot, lambda: client.is_idle)
    assert [failure.cancelled for failure in asker.failures] == [True]
    assert client.pid == 0


def test_a_newer_question_of_a_lane_silences_the_older_ones(
    client: WorkerClient, trained_run: Path, qtbot: QtBot
) -> None:
    tokenizer = str(trained_run / "tokenizer")
    askers = [Asker() for _ in range(30)]
    for number, each in enumerate(askers):
        client.ask_latest(
            "typing", Tokenize(tokenizer=tokenizer, text="fox " * number), each.on_answer, each.on_failure
        )
    other = Asker()
    client.ask_latest("vocabulary", ListVocabulary(tokenizer=tokenizer), other.on_answer)
    wait(qtbot, lambda: askers[-1].answers and other.answers)
    wait(qtbot, lambda: client.is_idle)
    assert all(not each.answers and not each.failures for each in askers[:-1])
    last = askers[-1].answers[0]
    assert isinstance(last, Tokens)
    assert last.ends[-1] == 4 * 29
    assert isinstance(other.answers[0], Vocabulary)


def test_a_lane_can_be_silenced(client: WorkerClient, asker: Asker, qtbot: QtBot) -> None:
    client.ask_latest("typing", Hello(), asker.on_answer, asker.on_failure)
    client.cancel_lane("typing")
    assert client.is_idle
    later = Asker()
    client.ask(Hello(), later.on_answer)
    wait(qtbot, lambda: later.answers)
    assert (asker.answers, asker.failures) == ([], [])


def test_a_withdrawn_stream_ends_with_a_last_word(
    client: WorkerClient, asker: Asker, trained_run: Path, qtbot: QtBot
) -> None:
    request = Generate(run=str(trained_run), step=STEP, prompt="The fox", sampling=ENDLESS)
    question = client.ask(request, asker.on_answer, asker.on_failure)
    wait(qtbot, lambda: asker.answers)
    client.cancel(question)
    wait(qtbot, lambda: client.is_idle)
    assert [failure.cancelled for failure in asker.failures] == [True]
    assert all(isinstance(answer, Generated) for answer in asker.answers)
    n_heard = len(asker.answers)
    client.cancel(question)  # it is over: nothing happens
    client.ask(Hello(), asker.on_answer)
    wait(qtbot, lambda: len(asker.answers) == n_heard + 1)
    assert len(asker.failures) == 1


def test_callbacks_of_a_destroyed_page_are_not_called(client: WorkerClient, qtbot: QtBot) -> None:
    import shiboken6

    gone, heard = Asker(), Asker()
    answers = gone.answers
    client.ask(Hello(), gone.on_answer)
    client.ask(Hello(), heard.on_answer)
    shiboken6.delete(gone)
    wait(qtbot, lambda: heard.answers)
    assert answers == []


def test_an_asker_that_raises_does_not_lose_the_answers_behind_it(
    client: WorkerClient, asker: Asker, qtbot: QtBot
) -> None:
    def stumble(answer: Answer) -> None:
        raise ValueError("the asker's own fault")

    client.ask(Hello(), stumble)
    client.ask(Hello(), asker.on_answer)
    with qtbot.captureExceptions() as raised:
        wait(qtbot, lambda: asker.answers)
    assert [str(each[1]) for each in raised] == ["the asker's own fault"]


def test_a_flood_of_answers_is_taken_in_small_portions(make: Make, qtbot: QtBot) -> None:
    """A worker that answers at once with thousands of parts; a timer of the window keeps its beat meanwhile."""
    n_parts = 20_000
    flood = f"""
import sys
from playground.contract.frames import FrameReader, encode_frame, read_frame
from playground.contract.messages import Progress
from playground.contract.wire import to_frame
question = read_frame(sys.stdin.buffer, FrameReader(), [])
parts = [to_frame(question.id, Progress(fraction=n / {n_parts}), n == {n_parts - 1}) for n in range({n_parts})]
sys.stdout.buffer.write(b"".join(map(encode_frame, parts)))
sys.stdout.buffer.flush()
sys.stdin.read()
"""
    client, asker = make(flood), Asker()
    beats: list[int] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: beats.append(len(asker.answers)))
    client.ask(Hello(), asker.on_answer)
    beat.start()
    wait(qtbot, lambda: client.is_idle)
    beat.stop()
    assert len(asker.answers) == n_parts
    fractions = [answer.fraction for answer in asker.answers if isinstance(answer, Progress)]
    assert fractions == sorted(fractions)
    between = {n for n in beats if 0 < n < n_parts}
    assert len(between) >= 5, f"the window had {len(between)} turns in between, with {BUDGET_MS} ms a portion"


# Its death.


def test_a_killed_worker_is_replaced_and_its_asker_hears_why(
    client: WorkerClient, asker: Asker, trained_run: Path, qtbot: QtBot
) -> None:
    restarted = QSignalSpy(client.restarted)
    stream = Generate(run=str(trained_run), step=STEP, prompt="The fox", sampling=ENDLESS)
    client.ask(stream, asker.on_answer, asker.on_failure)
    client.ask_latest("bars", Hello(), None, asker.on_failure)
    wait(qtbot, lambda: any(isinstance(answer, Generated) for answer in asker.answers))
    lost = Asker()
    client.ask_latest("typing", TrainTokenizer(
        source="builtin:tales-en", config=TokenizerConfig(type="bpe", vocab_size=4000), folder=str(trained_run / "no")
    ), None, lost.on_failure)  # fmt: skip
    former = client.pid
    os.kill(former, signal.SIGKILL)
    wait(qtbot, lambda: restarted.count() == 1)
    for each in (asker, lost):
        assert [failure.cancelled for failure in each.failures] == [False]
        assert each.failures[0].message == "The worker stopped before it answered. Ask again."
    assert restarted.at(0)[0] == "The worker stopped and was restarted; ask again."
    assert client.pid not in (0, former)
    again = Asker()
    client.ask(Hello(), again.on_answer)
    wait(qtbot, lambda: again.answers)
    assert isinstance(again.answers[0], Ready)
    assert again.answers[0].pid == client.pid


def test_a_question_in_the_very_moment_of_death_starts_another_worker(
    client: WorkerClient, asker: Asker, qtbot: QtBot
) -> None:
    client.ask(Hello(), asker.on_answer)
    wait(qtbot, lambda: asker.answers)
    os.kill(client.pid, signal.SIGKILL)
    wait(qtbot, lambda: client.pid == 0)  # before the planned restart
    client.ask(Hello(), asker.on_answer)
    wait(qtbot, lambda: len(asker.answers) == 2)
    assert asker.answers[0] != asker.answers[1]


@pytest.mark.parametrize(
    "script",
    ["raise SystemExit(3)", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "print('no frame')"],
    ids=["exits", "crashes", "chatters"],
)
def test_a_worker_that_always_dies_is_given_up_until_the_next_question(
    make: Make, asker: Asker, qtbot: QtBot, script: str
) -> None:
    client = make(script)
    gave_up, restarted = QSignalSpy(client.gave_up), QSignalSpy(client.restarted)
    client.ask(Hello(), asker.on_answer, asker.on_failure)
    wait(qtbot, lambda: gave_up.count() == 1)
    wait(qtbot, lambda: client.is_idle)
    assert str(places.log_file("worker")) in gave_up.at(0)[0]
    assert restarted.count() == 2
    assert len(asker.failures) == 1
    qtbot.wait(600)
    assert client.pid == 0
    assert gave_up.count() == 1
    client.ask(Hello(), asker.on_answer, asker.on_failure)
    wait(qtbot, lambda: len(asker.failures) == 2)
    assert asker.answers == []


def test_a_program_that_is_not_there_is_given_up_too(qtbot: QtBot, asker: Asker, tmp_path: Path) -> None:
    client = WorkerClient(command=[str(tmp_path / "nothing")])
    gave_up = QSignalSpy(client.gave_up)
    client.ask(Hello(), asker.on_answer, asker.on_failure)
    wait(qtbot, lambda: gave_up.count() == 1)
    wait(qtbot, lambda: asker.failures)
    assert asker.failures[0].message == "The worker stopped before it answered. Ask again."


def test_what_the_worker_prints_lands_in_its_log(make: Make, asker: Asker, qtbot: QtBot) -> None:
    client = make("import sys; sys.stderr.write('out of luck'); sys.exit(1)")
    client.ask(Hello(), None, asker.on_failure)
    wait(qtbot, lambda: asker.failures)
    assert "out of luck" in places.log_file("worker").read_text(encoding="utf-8")


# Closing.


def test_closing_ends_the_worker_and_every_question(client: WorkerClient, asker: Asker, qtbot: QtBot) -> None:
    restarted = QSignalSpy(client.restarted)
    client.ask(Hello(), asker.on_answer)
    wait(qtbot, lambda: asker.answers)
    pid = client.pid
    client.close()
    client.ask(Hello(), asker.on_answer, asker.on_failure)
    wait(qtbot, lambda: client.pid == 0 and client.is_idle)
    assert [failure.cancelled for failure in asker.failures] == [True]
    assert restarted.count() == 0
    assert not Path(f"/proc/{pid}").exists()


def test_a_worker_that_ignores_its_end_is_killed(make: Make, qtbot: QtBot) -> None:
    client = make("import time, sys\nwhile True: time.sleep(0.1)")
    client.start()
    wait(qtbot, lambda: client.pid)
    client.close()
    wait(qtbot, lambda: client.pid == 0)
