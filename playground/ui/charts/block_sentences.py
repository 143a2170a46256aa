"""What is said of the parts that differ from one kind of Transformer to another: pure functions of the config."""

from playground.contract.model_config import DECODER, ENCODER, ENCODER_DECODER, ModelConfig
from playground.ui.charts.block_words import heads_words
from playground.ui.translation import translate


def tokens_name(config: ModelConfig) -> str:
    names = {
        DECODER: translate("BlockDiagram", "Token ids"),
        ENCODER: translate("BlockDiagram", "Token ids, some masked"),
    }
    return names.get(config.kind, translate("BlockDiagram", "Target so far"))


def tokens_about(config: ModelConfig) -> str:
    sentences = {
        DECODER: translate("BlockDiagram", "A batch of text, cut into tokens; each is the number of its piece."),
        ENCODER: translate("BlockDiagram", "A batch of text, cut into tokens; some are hidden behind a mask."),
    }
    both = translate("BlockDiagram", "The encoder reads the source, the decoder what is written of the target.")
    return sentences.get(config.kind, both)


def attention_name(config: ModelConfig) -> str:
    """With its heads, or told apart from cross-attention."""
    if config.kind == ENCODER_DECODER:
        return translate("BlockDiagram", "Self-attention")
    return translate("BlockDiagram", "Attention, {0}").format(heads_words(config))


def attention_about(config: ModelConfig) -> str:
    """Who may look at whom, and how places count."""
    if config.has_decoder and config.causal_mask:
        words = translate("BlockDiagram", "Each token asks all before it and takes in what fits, once per head.")
    else:
        words = translate("BlockDiagram", "Each token asks all others, in both directions, once per head.")
    places = {
        "rotary": translate("BlockDiagram", "Queries and keys are turned by their place."),
        "alibi": translate("BlockDiagram", "What is far scores less, in each head by another slope."),
        "none": translate("BlockDiagram", "Nothing tells the places apart."),
    }
    found = [words, places.get(config.position, "")]
    if config.queries_per_kv_head > 1:
        sharing = translate("BlockDiagram", "{0} heads share one key and value head.")
        found.append(sharing.format(config.queries_per_kv_head))
    return " ".join(each for each in found if each)


def position_about(config: ModelConfig) -> str:
    if config.position == "learned":
        return translate("BlockDiagram", "Each place in the context has a vector of its own, too; it is added.")
    return translate("BlockDiagram", "Waves of different lengths tell the places apart; nothing is learned.")


def softmax_about(config: ModelConfig) -> str:
    if config.kind == ENCODER:
        return translate("BlockDiagram", "The scores become the probabilities of what is behind each mask.")
    return translate("BlockDiagram", "The scores become the probabilities of the next token.")


def softmax_words(config: ModelConfig) -> tuple[str, str, str]:
    """What stands in the last box, from long to short."""
    long = (
        translate("BlockDiagram", "guesses for the masked tokens")
        if config.kind == ENCODER
        else translate("BlockDiagram", "probabilities of the next token")
    )
    return long, translate("BlockDiagram", "probabilities"), "p"
