"""Connects the Tokenize page to the run in view, the draft and the worker."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from playground import places
from playground.contract.errors import PlaygroundError
from playground.contract.messages import Answer, Failure, ListVocabulary, Tokenize, Tokens, Vocabulary
from playground.ui.actions import Action
from playground.ui.engine_sentences import told
from playground.ui.pages.tokenize.page import EXAMPLE, TEXT_LIMIT, TokenizePage
from playground.ui.text_file import read_beginning
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.window_context import WindowContext
from playground.ui.wiring.embedding_map import EmbeddingMapWiring
from playground.ui.wiring.text_dialogs import ask_for_text_file
from playground.ui.wiring.tokenizer_training import TokenizerTraining

_REMEMBER_MS = 1000
_REMEMBERED_CHARACTERS = 20_000  # a longer text would slow the settings file down
_TEXT_KEY, _TOKENIZER_KEY = "tokenize/text", "tokenize/tokenizer"


class TokenizeWiring(QObject):
    """One question about tokens is under way at a time; when it is answered, the newest text is asked about.

    Attributes:
        folder: of the tokenizer in use, "" for none.
        vocabulary_folder: of the tokenizer whose pieces are shown, "" while they are not known.

    Signals:
        vocabulary_shown: the pieces of the tokenizer in use are shown.
    """

    vocabulary_shown = Signal()

    def __init__(self, page: TokenizePage, context: WindowContext) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        self.folder = self.vocabulary_folder = ""
        self._asked = ("", "")  # folder and text
        self._is_asking = False
        self._has_complained = False
        self._remember = QTimer(self)
        self._remember.setSingleShot(True)
        self._remember.setInterval(_REMEMBER_MS)
        self._remember.timeout.connect(self._on_remember)
        self.training = TokenizerTraining(page, context, self.use)
        page.show_text(context.app.settings.text(_TEXT_KEY) or EXAMPLE)
        self._connect()
        self._choose_first()

    def use(self, folder: str) -> None:
        """Cut with the tokenizer in `folder` from now on; "" when there is none."""
        self.folder, self.vocabulary_folder = folder, ""
        self._show_tokenizers()
        if not folder:
            self._page.show_vocabulary(None)
            self._page.show_no_tokenizer()
            return
        self._context.app.settings.set_text(_TOKENIZER_KEY, folder)
        self._ask(replacing=True)
        self._context.worker.ask_latest(
            "vocabulary", ListVocabulary(tokenizer=folder), self._on_vocabulary, self._on_failed
        )

    def _connect(self) -> None:
        page, current = self._page, self._context.app.current
        page.text_changed.connect(self._on_text)
        page.file_dropped.connect(self._on_file)
        page.open_requested.connect(self._on_open)
        page.shown.connect(self._on_shown)
        page.tokenizer.tokenizer_chosen.connect(self.use)
        current.run_selected.connect(self._on_run)
        current.status_changed.connect(self._on_run_grew)
        self._context.worker.restarted.connect(self._on_worker_restarted)
        self._context.actions.add(
            Action(
                key="tokenize.open",
                name=lambda: translate("TokenizePage", "Open a text…"),
                run=self._on_open,
                shortcut="Ctrl+O",
                page="tokenize",
            )
        )

    # Which tokenizer.

    def _run_folder(self) -> str:
        """The tokenizer of the run in view, "" if it has none (yet)."""
        directory = self._context.app.current.directory
        return str(directory.tokenizer_path) if directory and _holds_tokenizer(directory.tokenizer_path) else ""

    def _choose_first(self) -> None:
        """That of the run, or the one used last, or the one trained last."""
        remembered = self._context.app.settings.text(_TOKENIZER_KEY)
        is_there = bool(remembered) and _holds_tokenizer(Path(remembered))
        trained = [str(path) for path in trained_tokenizers()]
        candidates = [self._run_folder(), remembered if is_there else "", *trained]
        self.use(next((each for each in candidates if each), ""))

    def _show_tokenizers(self) -> None:
        options = [(str(path), visible(path.name, 60)) for path in trained_tokenizers()]
        directory, run_folder = self._context.app.current.directory, self._run_folder()
        if directory and run_folder:
            words = translate("TokenizePage", "Of the run {0}")
            options.insert(0, (run_folder, words.format(visible(directory.name, 60))))
        if self.folder and self.folder not in dict(options):  # of another run, in view before
            options.append((self.folder, visible(_name_of(self.folder), 60)))
        self._page.tokenizer.show_tokenizers(options, self.folder)

    def _on_run(self) -> None:
        """Another run: its tokenizer comes with it; a run without one leaves the tokenizer in use."""
        if not self._page.isVisible():
            return
        run_folder = self._run_folder()
        if run_folder and run_folder != self.folder:
            self.use(run_folder)
        else:
            self._show_tokenizers()

    def _on_run_grew(self) -> None:
        if self._page.isVisible() and not self.folder:
            self._on_run()

    def _on_shown(self) -> None:
        self._on_run()
        self.training.show_source()

    # Tokens.

    def _on_text(self) -> None:
        self._remember.start()
        self._ask()

    def _ask(self, *, replacing: bool = False) -> None:
        """Ask about the text in the editor; `replacing` forgets the question that is under way."""
        wanted = (self.folder, self._page.text())
        if not self.folder or (self._is_asking and not replacing) or wanted == self._asked:
            return
        self._asked, self._is_asking = wanted, True
        request = Tokenize(tokenizer=wanted[0], text=wanted[1])
        self._context.worker.ask_latest("tokenize", request, self._on_tokens, self._on_failed)

    def _on_tokens(self, answer: Answer) -> None:
        if not isinstance(answer, Tokens):
            return
        self._is_asking = False
        if self._has_complained:
            self._has_complained = False
            self._page.notice.hide()
        self._page.show_tokens(answer, self._asked[1])
        self._ask()

    def _on_vocabulary(self, answer: Answer) -> None:
        if isinstance(answer, Vocabulary):
            self.vocabulary_folder = self.folder
            self._page.show_vocabulary(answer)
            self.vocabulary_shown.emit()

    def _on_failed(self, failure: Failure) -> None:
        self._is_asking = False
        self._asked = ("", "")
        if not failure.cancelled:
            self._has_complained = True
            self._page.show_filled()
            self._page.notice.show_error(failure.message)

    def _on_worker_restarted(self) -> None:
        self._asked, self._is_asking = ("", ""), False
        self._ask()

    # Text.

    def _on_open(self) -> None:
        path = self.ask_for_file()
        if path:
            self._on_file(path)

    def ask_for_file(self) -> str:
        """The dialog; "" if it is cancelled."""
        return ask_for_text_file(self._page, self._context.app.settings)

    def _on_file(self, path: str) -> None:
        try:
            text, is_whole = read_beginning(Path(path), TEXT_LIMIT)
        except PlaygroundError as error:
            self._page.notice.show_error(told(error))
            return
        self._page.show_text(text)
        self._page.notice.hide()
        if not is_whole:
            words = translate("TokenizePage", "Only the first {0} characters of {1} were loaded.")
            self._page.notice.show_fact(words.format(f"{len(text):,}", visible(Path(path).name)))

    def _on_remember(self) -> None:
        text = self._page.text()
        self._context.app.settings.set_text(_TEXT_KEY, text if len(text) <= _REMEMBERED_CHARACTERS else "")


def build(context: WindowContext) -> TokenizePage:
    """The page, connected."""
    page = TokenizePage()
    EmbeddingMapWiring(page, context, TokenizeWiring(page, context))
    return page


def trained_tokenizers() -> list[Path]:
    """The tokenizers that were trained here on their own, the newest first."""
    folder = places.tokenizers_folder()
    found = [path for path in folder.iterdir() if _holds_tokenizer(path)] if folder.is_dir() else []
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def _holds_tokenizer(folder: Path) -> bool:
    return (folder / "tokenizer.toml").is_file()


def _name_of(folder: str) -> str:
    """A tokenizer of a run bears the run's name."""
    path = Path(folder)
    return path.parent.name if path.name == "tokenizer" else path.name
