"""`playground generate`: text from a run, token by token, on stdout."""

import json
import sys
import time

from playground.commands.opening import argument_text, open_model
from playground.contract.config import SamplingConfig
from playground.contract.fields import checked
from playground.contract.model_config import ENCODER_DECODER


def generate(run: str, prompt: str, sampling: SamplingConfig, step: int, as_json: bool) -> int:
    """Write the prompt and what follows it, or its translation by an encoder-decoder; returns the exit code.

    Args:
        step: of the snapshot; `opening.NEWEST` for the last.
        as_json: one JSON object at the end, with tokens and their probabilities, in place of the text.

    Raises:
        ConfigError: a sampling setting is not possible.
        RunError, TokenizerError: as `open_model`.
    """
    checked(sampling)
    model, tokenizer, step = open_model(run, step)
    from playground.engine.generation.continuation import end_id_of, go_on

    prompt = argument_text(prompt)
    is_translation = model.config.kind == ENCODER_DECODER
    source, before = (prompt, "") if is_translation else ("", prompt)
    end_id = end_id_of(model, tokenizer)
    stream, drawn = tokenizer.stream(goes_on=bool(before)), []
    began = time.monotonic()
    if not as_json:
        print(before, end="", flush=True)
    for token in go_on(model, tokenizer, before, source, sampling):
        if token.id == end_id:
            break
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
        "text": tokenizer.decode([token.id for token in drawn], goes_on=bool(before)),
        "ids": [token.id for token in drawn],
        "probabilities": [token.probability for token in drawn],
        "step": step,
        "seed": sampling.seed,
        "elapsed_s": elapsed_s,
    }
    print(json.dumps(result, ensure_ascii=False))
    return 0
