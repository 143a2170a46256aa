"""`playground generate`: text from a run, token by token, on stdout."""

import json
import sys
import time

from playground.commands.opening import argument_text, open_model
from playground.contract.config import SamplingConfig
from playground.contract.fields import checked


def generate(run: str, prompt: str, sampling: SamplingConfig, step: int, as_json: bool) -> int:
    """Write the prompt and what follows it; returns the exit code.

    Args:
        step: of the snapshot; `opening.NEWEST` for the last.
        as_json: one JSON object at the end, with tokens and their probabilities, in place of the text.

    Raises:
        ConfigError: a sampling setting is not possible.
        RunError, TokenizerError: as `open_model`.
    """
    checked(sampling)
    model, tokenizer, step = open_model(run, step)
    from playground.engine.generation.generate import generate as drawn_tokens

    prompt = argument_text(prompt)
    ids = [int(id) for id in tokenizer.encode(prompt or "\n")]
    stream, drawn = tokenizer.stream(), []
    began = time.monotonic()
    if not as_json:
        print(prompt, end="", flush=True)
    for token in drawn_tokens(model, ids, sampling):
        drawn.append(token)
        text = stream.add(token.id)
        if not as_json:
            print(text, end="", flush=True)
    elapsed_s = time.monotonic() - began
    if not as_json:
        print(stream.end())
        speed = len(drawn) / max(elapsed_s, 1e-9)
        print(f"{len(drawn):,} tokens, {speed:,.0f} tokens/s, seed {sampling.seed}, step {step:,}", file=sys.stderr)
        return 0
    result = {
        "prompt": prompt,
        "text": tokenizer.decode([token.id for token in drawn]),
        "ids": [token.id for token in drawn],
        "probabilities": [token.probability for token in drawn],
        "step": step,
        "seed": sampling.seed,
        "elapsed_s": elapsed_s,
    }
    print(json.dumps(result, ensure_ascii=False))
    return 0
