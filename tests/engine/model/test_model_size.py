"""The sizes that the form shows are those of the models that are built."""

from hypothesis import given, settings
from hypothesis import strategies as st

from playground.contract.model_config import ACTIVATIONS, KINDS, NORM_PLACES, NORMS, POSITIONS, ModelConfig
from playground.contract.model_size import model_size, parameter_parts
from playground.engine.model.transformer import Transformer


@st.composite
def configs(draw: st.DrawFn) -> ModelConfig:
    """Small models of every kind with every choice."""
    sharing = draw(st.integers(1, 3))
    n_heads = sharing * draw(st.integers(1, 2))
    flags = {
        name: draw(st.booleans())
        for name in (
            "bias", "qkv_bias", "query_key_norm", "tied_embeddings", "embedding_norm", "output_transform",
            "output_bias", "causal_mask",
        )
    }  # fmt: skip
    return ModelConfig(
        kind=draw(st.sampled_from(KINDS)),
        n_layers=draw(st.integers(1, 3)),
        n_encoder_layers=draw(st.integers(1, 3)),
        n_heads=n_heads,
        queries_per_kv_head=sharing,
        d_model=n_heads * 2 * draw(st.integers(1, 3)),
        d_ff=draw(st.integers(4, 20)),
        n_ctx=draw(st.integers(2, 9)),
        position=draw(st.sampled_from(POSITIONS)),
        norm=draw(st.sampled_from(NORMS)),
        norm_place=draw(st.sampled_from(NORM_PLACES)),
        activation=draw(st.sampled_from(ACTIVATIONS)),
        **flags,
    )


@given(configs().filter(lambda config: not config.problems()), st.integers(1, 40))
@settings(max_examples=120, deadline=None)
def test_the_count_is_that_of_the_built_model(config: ModelConfig, vocab_size: int) -> None:
    built = Transformer(config, vocab_size)
    assert model_size(config, vocab_size).total == sum(each.numel() for each in built.parameters())
    assert parameter_parts(config, vocab_size).total == built.n_parameters
    attentions = [p for name, p in built.named_parameters() if "attention." in name]
    assert parameter_parts(config, vocab_size).attention == sum(each.numel() for each in attentions)
    norms = [p for name, p in built.named_parameters() if "norm." in name and "attention." not in name]
    assert parameter_parts(config, vocab_size).norms == sum(each.numel() for each in norms)
