"""Trains tokenizers for the Tokenize page: on the draft's text, into a folder of their own."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from playground import places
from playground.contract.config import DataConfig, TokenizerConfig
from playground.contract.messages import Answer, Failure, Progress, TokenizerTrained, TrainTokenizer
from playground.ui.pages.tokenize.page import TokenizePage
from playground.ui.translation import translate
from playground.ui.widgets.source_field import source_words
from playground.ui.window_context import WindowContext
from playground.ui.wiring.text_dialogs import TextChoice

_FORBIDDEN = '/\\:*?"<>|'


class TokenizerTraining(QObject):
    """At most one training at a time; `use` is called with the folder of the finished tokenizer."""

    def __init__(self, page: TokenizePage, context: WindowContext, use: Callable[[str], None]) -> None:
        super().__init__(page)
        self._page, self._context, self._use = page, context, use
        self.text_choice = TextChoice(page, context.app)
        self._form = page.tokenizer.training
        self._question = 0  # 0: none is under way
        self._source = ""
        self._is_first = False  # asked for by the empty page's button
        draft = context.app.draft
        self._form.show_config(draft.config.tokenizer)
        self._form.training_requested.connect(self._on_requested)
        self._form.cancel_requested.connect(self._on_cancel)
        self._form.source.source_chosen.connect(draft.set_source)
        self._form.source.file_requested.connect(self.text_choice.choose_file)
        self._form.source.folder_requested.connect(self.text_choice.choose_folder)
        self._form.settings.term_requested.connect(context.show_term)
        page.first_tokenizer_requested.connect(self._on_first)
        draft.config_changed.connect(self.show_source)
        draft.text_described.connect(self.show_source)
        self.show_source()

    def show_source(self) -> None:
        """The draft's text is what a tokenizer is trained on."""
        draft = self._context.app.draft
        self._form.show_source(draft.config.data.source, draft.text)

    def _on_first(self) -> None:
        data = replace(DataConfig(), builtin_seed=self._context.app.draft.config.data.builtin_seed)
        self._is_first = True
        self._train(data, TokenizerConfig())

    def _on_requested(self, config: TokenizerConfig) -> None:
        self._is_first = False
        self._train(self._context.app.draft.config.data, config)

    def _train(self, data: DataConfig, config: TokenizerConfig) -> None:
        if self._question:
            return
        self._source = data.source
        folder = free_folder(places.tokenizers_folder(), data.source, config)
        request = TrainTokenizer(source=data.source, config=config, folder=str(folder), builtin_seed=data.builtin_seed)
        self._question = self._context.worker.ask(request, self._on_answer, self._on_failed)
        self._show_fraction(0.0)

    def _show_fraction(self, fraction: float) -> None:
        words = translate("TokenizePage", "Training on {0}…").format(source_words(self._source))
        self._form.show_training(fraction, words)
        if self._is_first:
            self._page.show_first_training(round(100 * fraction))

    def _on_answer(self, answer: Answer) -> None:
        if isinstance(answer, Progress):
            self._show_fraction(answer.fraction)
        elif isinstance(answer, TokenizerTrained):
            self._end()
            words = translate("TokenizePage", "A tokenizer of {0} pieces was trained in {1} s and is in use here.")
            self._page.notice.show_fact(words.format(f"{answer.vocab_size:,}", f"{answer.elapsed_s:.1f}"))
            self._use(answer.folder)

    def _on_failed(self, failure: Failure) -> None:
        was_first = self._is_first
        self._end()
        if was_first:
            self._page.show_no_tokenizer()
        if not failure.cancelled:
            self._page.notice.show_error(failure.message)

    def _end(self) -> None:
        self._question = 0
        self._is_first = False
        self._form.show_idle()

    def _on_cancel(self) -> None:
        if self._question:
            self._context.worker.cancel(self._question)


def free_folder(parent: Path, source: str, config: TokenizerConfig) -> Path:
    """A folder that does not exist yet, named after text, type and size, e.g. `tales-en-unigram-1024`."""
    stem = Path(source_words(source)).stem or "text"
    stem = "".join("-" if each in _FORBIDDEN else each for each in stem)[:60]
    name = f"{stem}-{config.type}-{config.vocab_size}"
    number = 1
    while (parent / (f"{name}-{number}" if number > 1 else name)).exists():
        number += 1
    return parent / (f"{name}-{number}" if number > 1 else name)
