"""The real worker process, over its pipes: what it answers, when, and how it ends."""

import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from playground.contract.child_process import child_environment, module_command
from playground.contract.config import SamplingConfig, TokenizerConfig
from playground.contract.embedding_messages import EmbeddingMap, FindNeighbours, MapEmbeddings, Neighbours
from playground.contract.frames import Frame, FrameReader, encode_frame, read_frame
from playground.contract.messages import (
    Answer,
    Cancel,
    DescribeText,
    Failure,
    Generate,
    Generated,
    GenerationEnded,
    HeadAttention,
    Hello,
    ListVocabulary,
    NextToken,
    PredictNext,
    Progress,
    ReadHead,
    Ready,
    Request,
    Score,
    Scored,
    TextDescription,
    Tokenize,
    TokenizerTrained,
    Tokens,
    Trace,
    TraceOverview,
    TrainTokenizer,
    Vocabulary,
)
from playground.contract.run_directory import RunDirectory
from playground.contract.wire import from_frame, to_frame
from playground.version import version

PATIENCE_S = 90.0
STEP = 20
TEXT = "The fox saw the owl by the river."
SAMPLING = SamplingConfig(max_tokens=24, temperature=0.9, top_k=40, seed=5)
ENDLESS = SamplingConfig(max_tokens=100_000, seed=1)

A = TypeVar("A")


class WorkerProcess:
    """One worker, asked as the window asks it."""

    def __init__(self, command: list[str] | None = None) -> None:
        self.process = subprocess.Popen(
            command or module_command("playground.worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=child_environment(),
        )
        self.log = ""
        self._answers: queue.SimpleQueue[tuple[int, Answer, bool] | None] = queue.SimpleQueue()
        self._kept: list[tuple[int, Answer, bool]] = []
        self._last_id = 0
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._hear, self._read_log)]
        for thread in self._threads:
            thread.start()

    def send(self, request: Request) -> int:
        self._last_id += 1
        self.write(encode_frame(to_frame(self._last_id, request)))
        return self._last_id

    def write(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def next_of(self, question: int) -> tuple[Answer, bool]:
        """The next answer to that question, and whether it is the last; others are kept for later."""
        for index, (number, answer, is_final) in enumerate(self._kept):
            if number == question:
                del self._kept[index]
                return answer, is_final
        while True:
            heard = self._answers.get(timeout=PATIENCE_S)
            assert heard, f"the worker ended before it answered {question}: {self.log}"
            if heard[0] == question:
                return heard[1], heard[2]
            self._kept.append(heard)

    def all_of(self, question: int) -> list[Answer]:
        """Every answer to that question, the last one included."""
        answers, is_final = [], False
        while not is_final:
            answer, is_final = self.next_of(question)
            answers.append(answer)
        return answers

    def ask(self, request: Request, kind: type[A]) -> A:
        """The one answer to a question that has one."""
        answers = self.all_of(self.send(request))
        assert len(answers) == 1, answers
        assert isinstance(answers[0], kind), answers[0]
        return answers[0]

    def refusal(self, request: Request) -> str:
        """The sentence with which it refuses."""
        failure = self.ask(request, Failure)
        assert not failure.is_bug, failure.message
        assert not failure.cancelled
        return failure.message

    def has_torch(self) -> bool:
        """Whether torch's library is in its memory."""
        return "libtorch" in Path(f"/proc/{self.process.pid}/maps").read_text(encoding="utf-8")

    def end_input(self) -> int:
        """Close its input, as a window does that closes; returns its exit code."""
        assert self.process.stdin
        self.process.stdin.close()
        code = self.process.wait(PATIENCE_S)
        for thread in self._threads:
            thread.join(PATIENCE_S)
        return code

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join(PATIENCE_S)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream
            stream.close()

    def _hear(self) -> None:
        assert self.process.stdout
        reader, pending = FrameReader(), list[Frame]()
        while frame := read_frame(self.process.stdout, reader, pending):  # type: ignore[arg-type]
            self._answers.put((frame.id, from_frame(frame), frame.final))  # type: ignore[arg-type]
        self._answers.put(None)

    def _read_log(self) -> None:
        assert self.process.stderr
        self.log = self.process.stderr.read().decode("utf-8", "replace")


Start = Callable[..., WorkerProcess]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts workers of a test's own."""
    started: list[WorkerProcess] = []

    def begin(command: list[str] | None = None) -> WorkerProcess:
        started.append(WorkerProcess(command))
        return started[-1]

    yield begin
    for worker in started:
        worker.kill()


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerProcess]:
    """One worker for all tests that only ask: torch is imported once."""
    worker = WorkerProcess()
    yield worker
    worker.kill()


@pytest.fixture(scope="module")
def run(trained_run: Path) -> str:
    return str(trained_run)


@pytest.fixture(scope="module")
def engine(trained_run: Path) -> Any:
    """The same model and tokenizer, read in this process."""
    from playground.engine.model.weights import load_model
    from playground.engine.tokenizers.tokenizer import load_tokenizer

    directory = RunDirectory(trained_run)
    return load_model(directory, STEP).eval(), load_tokenizer(directory.tokenizer_path)


# Texts and tokenizers: without torch.


def test_it_greets_and_tokenizes_before_torch(start: Start, trained_run: Path) -> None:
    worker = start()
    assert worker.ask(Hello(), Ready) == Ready(pid=worker.process.pid, version=version())
    tokens = worker.ask(Tokenize(tokenizer=str(trained_run / "tokenizer"), text=TEXT), Tokens)
    assert "".join(TEXT[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)) == TEXT
    assert not worker.has_torch()


def test_torch_comes_with_the_first_question_about_a_model(start: Start, run: str) -> None:
    worker = start()
    worker.ask(PredictNext(run=run, step=STEP, prompt=TEXT, sampling=SAMPLING), NextToken)
    assert worker.has_torch()


def test_tokens_are_those_of_sentencepiece_itself(worker: WorkerProcess, trained_run: Path) -> None:
    import sentencepiece

    text = "The hen, the ふくろう and the cat went home at dusk.\n"
    peer = sentencepiece.SentencePieceProcessor(model_file=str(trained_run / "tokenizer" / "tokenizer.model"))
    tokens = worker.ask(Tokenize(tokenizer=str(trained_run / "tokenizer"), text=text), Tokens)
    assert tokens.ids.tolist() == peer.encode(text)
    assert tokens.vocab_size == peer.get_piece_size()
    assert tokens.kinds.tolist() == [int(peer.is_byte(id)) + 2 * int(peer.is_unknown(id)) for id in peer.encode(text)]


def test_the_vocabulary_is_that_of_sentencepiece_itself(worker: WorkerProcess, trained_run: Path) -> None:
    import sentencepiece

    peer = sentencepiece.SentencePieceProcessor(model_file=str(trained_run / "tokenizer" / "tokenizer.model"))
    vocabulary = worker.ask(ListVocabulary(tokenizer=str(trained_run / "tokenizer")), Vocabulary)
    assert vocabulary.pieces == [peer.id_to_piece(id) for id in range(peer.get_piece_size())]
    np.testing.assert_allclose(vocabulary.scores, [peer.get_score(id) for id in range(peer.get_piece_size())])
    assert vocabulary.type == "unigram"


def test_half_a_character_is_tokenized_too(worker: WorkerProcess, trained_run: Path) -> None:
    tokens = worker.ask(Tokenize(tokenizer=str(trained_run / "tokenizer"), text="a\ud83db"), Tokens)
    assert (tokens.starts[0], tokens.ends[-1]) == (0, 3)


def test_a_text_is_described(worker: WorkerProcess, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("abcä\nふ a\n".encode())  # 5 + 1 + 3 + 3 bytes and a newline more: counted by hand below
    found = worker.ask(DescribeText(source=str(path)), TextDescription)
    assert (found.size_bytes, found.n_characters, found.n_lines, found.n_files) == (12, 9, 2, 1)
    assert found.n_distinct_characters == len(set("abcä\nふ "))
    assert found.preview == "abcä\nふ a\n"
    assert found.encoding.casefold() == "utf-8"


def test_a_tokenizer_is_trained_with_progress(worker: WorkerProcess, small_text: Path, tmp_path: Path) -> None:
    folder = str(tmp_path / "tokenizer")
    config = TokenizerConfig(type="bpe", vocab_size=310)
    *parts, last = worker.all_of(worker.send(TrainTokenizer(source=str(small_text), config=config, folder=folder)))
    assert isinstance(last, TokenizerTrained), last
    assert (last.folder, last.vocab_size) == (folder, 310)
    fractions = [part.fraction for part in parts if isinstance(part, Progress)]
    assert len(fractions) == len(parts) > 0
    assert fractions == sorted(fractions)
    assert all(0 <= fraction <= 1 for fraction in fractions)
    tokens = worker.ask(Tokenize(tokenizer=folder, text=TEXT), Tokens)
    assert len(tokens.ids) < len(TEXT)


def test_training_a_tokenizer_can_be_withdrawn(worker: WorkerProcess, tmp_path: Path) -> None:
    folder = tmp_path / "tokenizer"
    config = TokenizerConfig(type="bpe", vocab_size=8000)
    question = worker.send(TrainTokenizer(source="builtin:tales-en", config=config, folder=str(folder)))
    first, is_final = worker.next_of(question)
    assert isinstance(first, Progress)
    assert not is_final
    worker.send(Cancel(target=question))
    last = worker.all_of(question)[-1]
    assert isinstance(last, Failure)
    assert last.cancelled
    assert not folder.exists()


# Models.


def test_text_streams_in_parts_and_is_the_engines(worker: WorkerProcess, run: str, engine: Any) -> None:
    from playground.engine.generation.generate import generate

    *parts, end = worker.all_of(worker.send(Generate(run=run, step=STEP, prompt=TEXT, sampling=SAMPLING)))
    assert isinstance(end, GenerationEnded), end
    assert (end.reason, end.n_tokens, end.seed) == ("length", 24, SAMPLING.seed)
    written = [part for part in parts if isinstance(part, Generated)]
    assert len(written) == len(parts)
    ids = [int(id) for part in written for id in part.ids]
    model, tokenizer = engine
    expected = list(generate(model, tokenizer.encode(TEXT).tolist(), SAMPLING))
    assert ids == [token.id for token in expected]
    probabilities = np.concatenate([part.probabilities for part in written])
    np.testing.assert_allclose(probabilities, [token.probability for token in expected], rtol=1e-4)
    text = "".join("".join(part.texts) for part in written)
    assert (TEXT + text).replace("�", "") == tokenizer.decode(tokenizer.encode(TEXT).tolist() + ids).replace("�", "")


def test_writing_can_be_withdrawn(worker: WorkerProcess, run: str) -> None:
    question = worker.send(Generate(run=run, step=STEP, prompt=TEXT, sampling=ENDLESS))
    worker.next_of(question)
    worker.send(Cancel(target=question))
    *parts, last = worker.all_of(question)
    assert isinstance(last, Failure)
    assert last.cancelled
    assert sum(len(part.ids) for part in parts if isinstance(part, Generated)) < ENDLESS.max_tokens / 10


def test_short_questions_are_answered_while_text_streams(worker: WorkerProcess, run: str, trained_run: Path) -> None:
    question = worker.send(Generate(run=run, step=STEP, prompt=TEXT, sampling=ENDLESS))
    worker.next_of(question)
    worker.ask(Tokenize(tokenizer=str(trained_run / "tokenizer"), text=TEXT), Tokens)
    worker.ask(PredictNext(run=run, step=STEP, prompt=TEXT, sampling=SAMPLING), NextToken)
    worker.ask(Trace(run=run, step=STEP, text=TEXT), TraceOverview)
    answer, is_final = worker.next_of(question)
    assert isinstance(answer, Generated), "the stream goes on"
    assert not is_final
    worker.send(Cancel(target=question))
    worker.all_of(question)


def test_the_next_token_is_the_softmax_of_the_models_logits(worker: WorkerProcess, run: str, engine: Any) -> None:
    import torch

    model, tokenizer = engine
    sampling = SamplingConfig(temperature=0.5, top_k=3)
    found = worker.ask(PredictNext(run=run, step=STEP, prompt=TEXT, sampling=sampling, n_shown=7), NextToken)
    with torch.no_grad():
        logits = model(torch.from_numpy(tokenizer.encode(TEXT)).long()[None])[0, -1].double()
    softmax = torch.softmax(logits, -1)
    best = torch.argsort(softmax, descending=True)[:7]
    assert found.ids.tolist() == best.tolist()
    np.testing.assert_allclose(found.before, softmax[best], rtol=1e-4)
    three = torch.softmax(logits[best[:3]] / 0.5, -1)
    np.testing.assert_allclose(found.after, [*three.tolist(), 0, 0, 0, 0], rtol=1e-4)
    assert found.cut_by == ["", "", "", *["top_k"] * 4]
    assert found.n_kept == 3
    assert found.entropy_nats == pytest.approx(float(-(softmax * softmax.log()).sum()), rel=1e-4)


def test_attention_is_the_engines_own(worker: WorkerProcess, run: str, engine: Any) -> None:
    import torch

    from playground.engine.model.trace import trace

    model, tokenizer = engine
    record = trace(model, torch.from_numpy(tokenizer.encode(TEXT)))
    overview = worker.ask(Trace(run=run, step=STEP, text=TEXT), TraceOverview)
    n_tokens = len(overview.tokens.ids)
    assert (overview.n_layers, overview.n_heads, overview.n_dropped) == (2, 2, 0)
    assert overview.thumbnails.shape == (2, 2, n_tokens, n_tokens)
    for layer in range(2):
        for head in range(2):
            found = worker.ask(ReadHead(run=run, step=STEP, text=TEXT, layer=layer, head=head), HeadAttention)
            expected = record.main.weights[layer, head].numpy()
            np.testing.assert_allclose(found.weights, expected, atol=1e-5)
            np.testing.assert_allclose(found.weights.sum(axis=1), 1.0, atol=1e-5)
            assert np.isneginf(found.scores[np.triu_indices(n_tokens, 1)]).all()
            np.testing.assert_allclose(overview.thumbnails[layer, head], expected * 255, atol=0.51)


def test_a_long_text_is_looked_at_where_it_ends(worker: WorkerProcess, run: str, trained_run: Path) -> None:
    text = TEXT * 20
    everything = worker.ask(Tokenize(tokenizer=str(trained_run / "tokenizer"), text=text), Tokens)
    overview = worker.ask(Trace(run=run, step=STEP, text=text), TraceOverview)
    assert len(overview.tokens.ids) == 32
    assert overview.n_dropped == len(everything.ids) - 32
    assert overview.tokens.ids.tolist() == everything.ids[-32:].tolist()
    assert overview.tokens.ends[-1] == len(text)


def test_a_score_is_the_cross_entropy_of_the_models_logits(worker: WorkerProcess, run: str, engine: Any) -> None:
    import torch

    model, tokenizer = engine
    *parts, scored = worker.all_of(worker.send(Score(run=run, step=STEP, text=TEXT)))
    assert isinstance(scored, Scored), scored
    assert all(isinstance(part, Progress) for part in parts)
    ids = torch.from_numpy(tokenizer.encode(TEXT)).long()
    assert len(ids) <= 32, "it fits into the context, so one window scores it"
    with torch.no_grad():
        logs = torch.log_softmax(model(ids[None])[0].double(), -1)
    expected = [-float(logs[place, following]) for place, following in enumerate(ids[1:])]
    np.testing.assert_allclose(scored.losses, [0, *expected], rtol=1e-4, atol=1e-6)
    mean = float(np.mean(expected))
    assert scored.loss == pytest.approx(mean, rel=1e-4)
    assert scored.perplexity == pytest.approx(np.exp(mean), rel=1e-4)
    first_end = int(scored.tokens.ends[0])
    n_bytes = len(TEXT[first_end:].encode())
    assert scored.bits_per_byte == pytest.approx(sum(expected) / np.log(2) / n_bytes, rel=1e-4)


# What cannot be answered.


def test_the_map_and_the_neighbours_are_those_of_the_models_table(worker: WorkerProcess, run: str, engine: Any) -> None:
    table = engine[0].token_table.detach().numpy().astype(np.float64)
    found = worker.ask(MapEmbeddings(run=run, step=STEP, axes_step=STEP), EmbeddingMap)
    sizes = np.linalg.svd(table - table.mean(axis=0), compute_uv=False)
    np.testing.assert_allclose(found.shares, sizes[:2] ** 2 / (sizes**2).sum(), rtol=1e-3)
    np.testing.assert_allclose(found.lengths, np.linalg.norm(table, axis=1), rtol=1e-4)
    near = worker.ask(FindNeighbours(run=run, step=STEP, token_id=9, n_shown=3), Neighbours)
    cosines = table @ table[9] / np.linalg.norm(table, axis=1) / np.linalg.norm(table[9])
    np.testing.assert_allclose(near.cosines, np.sort(cosines)[::-1][1:4], atol=1e-5)


def test_a_run_that_is_not_there_is_said(worker: WorkerProcess, tmp_path: Path) -> None:
    sentence = worker.refusal(PredictNext(run=str(tmp_path / "gone"), step=1, prompt="a", sampling=SAMPLING))
    assert str(tmp_path / "gone") in sentence
    assert sentence.endswith(".")


def test_a_step_that_was_not_kept_is_said(worker: WorkerProcess, run: str) -> None:
    sentence = worker.refusal(PredictNext(run=run, step=19_999, prompt="a", sampling=SAMPLING))
    assert "19" in sentence
    assert sentence.endswith(".")


def test_a_damaged_snapshot_is_said_and_its_repair_is_seen(
    worker: WorkerProcess, trained_run: Path, tmp_path: Path
) -> None:
    run = RunDirectory(shutil.copytree(trained_run, tmp_path / "damaged"))
    snapshot = run.snapshot_path(STEP)
    whole = snapshot.read_bytes()
    question = PredictNext(run=str(run.path), step=STEP, prompt=TEXT, sampling=SAMPLING)
    for damage in (whole[: len(whole) // 2], b"", b"\xff" * 4096, whole[:-4]):
        snapshot.write_bytes(damage)
        sentence = worker.refusal(question)
        assert str(snapshot) in sentence
        assert sentence.endswith(".")
    snapshot.write_bytes(whole)
    worker.ask(question, NextToken)


def test_a_damaged_tokenizer_is_said(worker: WorkerProcess, trained_run: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tokenizer"
    shutil.copytree(trained_run / "tokenizer", folder)
    (folder / "tokenizer.model").write_bytes(b"\x0a\xff\xff\xff\xff\x0f junk")
    for request in (Tokenize(tokenizer=str(folder), text=TEXT), ListVocabulary(tokenizer=str(folder))):
        sentence = worker.refusal(request)
        assert str(folder) in sentence
        assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("request_of", "word"),
    [
        (lambda run: Trace(run=run, step=STEP, text=""), "text"),
        (lambda run: ReadHead(run=run, step=STEP, text="", layer=0, head=0), "text"),
        (lambda run: ReadHead(run=run, step=STEP, text=TEXT, layer=2, head=0), "layer"),
        (lambda run: ReadHead(run=run, step=STEP, text=TEXT, layer=0, head=-1), "head"),
        (lambda run: Score(run=run, step=STEP, text=""), "text"),
        (lambda run: PredictNext(run=run, step=STEP, prompt="a", sampling=SamplingConfig(temperature=-1.0)), "-1"),
        (lambda run: Generate(run=run, step=STEP, prompt="a", sampling=SamplingConfig(max_tokens=0)), "0"),
        (lambda run: DescribeText(source=f"{run}/nothing.txt"), "nothing.txt"),
        (lambda run: DescribeText(source="builtin:nothing"), "nothing"),
        (lambda run: Tokenize(tokenizer=f"{run}/nothing", text="a"), "nothing"),
    ],
)
def test_a_wrong_question_is_answered_with_a_sentence(
    worker: WorkerProcess, run: str, request_of: Callable[[str], Request], word: str
) -> None:
    sentence = worker.refusal(request_of(run))
    assert word in sentence.casefold()
    assert sentence.endswith(".")
    worker.ask(Hello(), Ready)


def test_a_message_it_does_not_know_is_a_fault_of_ours_and_it_works_on(start: Start) -> None:
    worker = start()
    for number, frame in enumerate(
        [
            Frame(1, "Divine", {}),
            Frame(2, "Tokenize", {"tokenizer": 3, "text": "a"}),
            Frame(3, "Ready", {"pid": 1, "version": ""}),
        ],
        start=1,
    ):
        worker.write(encode_frame(frame))
        answer, is_final = worker.next_of(number)
        assert isinstance(answer, Failure)
        assert answer.is_bug
        assert is_final
    worker.write(encode_frame(to_frame(9, Cancel(target=77))))  # too late, or never asked: nothing happens
    worker.write(encode_frame(to_frame(10, Hello())))
    assert isinstance(worker.next_of(10)[0], Ready)


# Its end.


def test_the_end_of_its_input_ends_it_even_while_it_writes(start: Start, run: str) -> None:
    worker = start()
    question = worker.send(Generate(run=run, step=STEP, prompt=TEXT, sampling=ENDLESS))
    worker.next_of(question)
    assert worker.end_input() == 0
    assert worker.log == ""


def test_what_is_no_frame_ends_it(start: Start) -> None:
    worker = start()
    worker.ask(Hello(), Ready)
    worker.write(b"GET / HTTP/1.1\r\n\r\n")
    assert worker.process.wait(PATIENCE_S) == 1
    worker.kill()
    assert "not a frame header" in worker.log
    assert "Traceback" not in worker.log


def test_what_prints_inside_cannot_garble_the_answers(start: Start) -> None:
    noisy = """
import os, sys
import playground.worker as worker

answer, kinds = worker._LANES["text"]

def noisy(request, ticket):
    print("printed")
    os.write(1, b"written by a library\\n")
    os.system("echo from a child")
    assert sys.stdin.read() == ""
    return answer(request, ticket)

worker._LANES["text"] = (noisy, kinds)
sys.exit(worker.main())
"""
    worker = start([sys.executable, "-c", noisy])
    assert worker.ask(Hello(), Ready).pid == worker.process.pid
    assert worker.ask(Hello(), Ready).pid == worker.process.pid
    assert worker.end_input() == 0
    assert worker.log.count("printed") == worker.log.count("written by a library") == 2
    assert worker.log.count("from a child") == 2
