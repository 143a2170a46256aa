"""Where the parameters are, worked by hand from the formulas of the papers."""

from hypothesis import given
from hypothesis import strategies as st

from playground.contract.model_config import ACTIVATIONS, NORMS, POSITIONS, ModelConfig
from playground.contract.model_size import ParameterParts, model_size, parameter_parts
from playground.contract.presets import preset


def test_gpt2_small_by_hand() -> None:
    """124,439,808 in all, as the released checkpoint has; its parts summed by hand."""
    parts = parameter_parts(preset("gpt2-small").model, 50_257)
    assert parts == ParameterParts(
        embedding=50_257 * 768,
        positions=1024 * 768,
        attention=12 * (768 * 2304 + 2304 + 768 * 768 + 768),
        feed_forward=12 * (768 * 3072 + 3072 + 3072 * 768 + 768),
        norms=25 * 2 * 768,
        output=0,
    )
    assert parts.total == 124_439_808


def test_a_small_untied_swiglu_model_by_hand() -> None:
    config = ModelConfig(
        n_layers=2, n_heads=2, d_model=8, d_ff=20, n_ctx=16, position="rotary", norm="rms", activation="swiglu",
        bias=False, tied_embeddings=False,
    )  # fmt: skip
    assert parameter_parts(config, 30) == ParameterParts(
        embedding=240, positions=0, attention=2 * 256, feed_forward=2 * 480, norms=5 * 8, output=240
    )


@given(
    st.sampled_from(POSITIONS), st.sampled_from(NORMS), st.sampled_from(ACTIVATIONS), st.booleans(), st.booleans(),
    st.integers(1, 6), st.integers(1, 5000),
)  # fmt: skip
def test_the_parts_are_the_whole(
    position: str, norm: str, activation: str, bias: bool, tied: bool, n_layers: int, vocab_size: int
) -> None:
    config = ModelConfig(
        position=position, norm=norm, activation=activation, bias=bias, tied_embeddings=tied, n_layers=n_layers
    )
    assert parameter_parts(config, vocab_size).total == model_size(config, vocab_size).total
