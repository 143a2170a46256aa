"""What is read about a run's model: where it comes from, what can be made of it and why not. Pure functions."""

from playground.contract.exchange_messages import ModelTable
from playground.ui.state import run_origin
from playground.ui.state.run_details import NO_SNAPSHOT, RunDetails
from playground.ui.state.run_origin import Origin
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.source_field import size_words

UNKNOWN = "–"


def how_words(how: str) -> str:
    """By which way a model was made of another."""
    words = {
        run_origin.INT8: translate("RunsPage", "Quantizing to 8 bits"),
        run_origin.INT4: translate("RunsPage", "Quantizing to 4 bits"),
        run_origin.MERGED: translate("RunsPage", "Merging adapters"),
        run_origin.IMPORTED: translate("RunsPage", "Import"),
        run_origin.FULL: translate("RunsPage", "Further training"),
        run_origin.LORA: translate("RunsPage", "LoRA training"),
    }
    return words.get(how, how)


def origin_words(origin: Origin) -> str:
    """The run and step, or the folder."""
    if origin.run is None:
        return visible(origin.name)
    return translate("RunsPage", "{0}, step {1}").format(visible(origin.name), f"{origin.step:,}")


def why_no_model(details: RunDetails | None) -> str:
    """Why nothing can be made of a run's model; "" if something can."""
    if details is None:
        return translate("RunsPage", "This run cannot be read.")
    if details.last_snapshot == NO_SNAPSHOT:
        return translate("RunsPage", "This run has no snapshot yet. Train it first.")
    return ""


def why_not_smaller(details: RunDetails | None) -> str:
    """Why there is no smaller copy; "" if there can be one."""
    if details is not None and details.origin is not None and details.origin.is_quantized:
        return translate("RunsPage", "Its weights have few bits already. Pick the run that it was made from.")
    return why_no_model(details)


def why_not_merged(details: RunDetails | None) -> str:
    """Why there are no adapters to merge; "" if there are."""
    if details is not None and details.config.start.method != "lora":
        return translate("RunsPage", "It has no adapters: it was not trained with LoRA.")
    return why_no_model(details)


def why_not_saved(details: RunDetails | None) -> str:
    """Why it cannot become a Hugging Face folder, as far as the page knows; "" if it may."""
    if details is not None and details.origin is not None and details.origin.is_quantized:
        return translate("RunsPage", "Its weights have few bits. Save the run that it was made from.")
    return why_no_model(details)


def table_rows(table: ModelTable) -> list[tuple[str, list[str]]]:
    """The table's lines: what is measured, and its value for each model."""
    rows = [(translate("RunsPage", "Size"), [size_words(int(size)) for size in table.sizes_bytes])]
    if len(table.perplexities):
        rows.append((translate("RunsPage", "Perplexity"), [f"{value:,.3f}" for value in table.perplexities]))
    if len(table.tokens_per_s) and table.tokens_per_s.any():
        speeds = [f"{value:,.0f}" if value else UNKNOWN for value in table.tokens_per_s]
        rows.append((translate("RunsPage", "Tokens/s"), speeds))
    return rows


def table_names(table: ModelTable) -> list[str]:
    """The heads of its columns."""
    names = {
        "before": translate("RunsPage", "Before"),
        "int8": translate("RunsPage", "8 bits"),
        "int4": translate("RunsPage", "4 bits"),
    }
    return [names.get(name, name) for name in table.names]


def table_sentence(table: ModelTable) -> str:
    """What fewer bits change; or why nothing was measured."""
    before, after = (int(size) for size in table.sizes_bytes)
    share = f"{after / max(before, 1):.0%}"
    if not len(table.perplexities):
        return " ".join([translate("RunsPage", "{0} of the size.").format(share), *table.words])
    change = f"{table.perplexities[1] / table.perplexities[0] - 1:+.2%}"
    return translate("RunsPage", "{0} of the size, perplexity {1}").format(share, change)


def made_words(what: str) -> str:
    """A stage of the work, by the worker's word for it."""
    words = {
        "writing": translate("RunsPage", "writing"),
        "reading": translate("RunsPage", "reading"),
        "text": translate("RunsPage", "reading the text"),
        "tokenizer": translate("RunsPage", "reading the text"),
        "encoding": translate("RunsPage", "encoding the text"),
        "judging": translate("RunsPage", "judging both models"),
        "timing": translate("RunsPage", "measuring their speed"),
    }
    return words.get(what, what)
