"""Made-up costs of attention whose ratios are easy to read."""

from playground.contract.attention_cost_messages import AttentionCost, AttentionShape, WayCost

SHAPE = AttentionShape(n_heads=4, n_kv_heads=4, d_head=32, is_causal=True, has_bias=False)


def cost(n_tokens: int, difference: float = 3e-7) -> AttentionCost:
    """Fused grows with the length, explicit with its square: twice the time and memory at 64 tokens."""
    return AttentionCost(
        n_tokens=n_tokens,
        fused=WayCost(
            forward_ms=n_tokens / 64, training_ms=n_tokens / 16, forward_bytes=1000 * n_tokens, training_bytes=4000
        ),
        explicit=WayCost(
            forward_ms=2 * (n_tokens / 64) ** 2, training_ms=n_tokens / 8, forward_bytes=2000 * n_tokens**2 // 64,
            training_bytes=12_000,
        ),
        largest_difference=difference,
    )  # fmt: skip


ROWS = [cost(64), cost(128, 1e-6), cost(256)]
