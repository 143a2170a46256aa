"""A setting's value as words, the same wherever it is shown."""

from typing import Any

from playground.contract.fields import Setting
from playground.ui.translation import translate
from playground.ui.visible_text import visible
from playground.ui.widgets.choice_words import choice_label


def setting_words(setting: Setting, value: Any) -> str:
    """For a reader; what is of foreign origin is made visible."""
    if isinstance(value, bool):
        return translate("RunsPage", "yes") if value else translate("RunsPage", "no")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.3g}"
    return choice_label(value) if setting.choices else visible(str(value))
