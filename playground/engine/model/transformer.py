"""The Transformer: token ids in, a score for every token of the vocabulary out at each place.

Three kinds from the same parts (Vaswani et al. 2017):

    decoder          ids -> decoder -> read-out             what comes next?              (GPT, Llama)
    encoder          ids -> encoder -> read-out             what is behind the masks?     (BERT)
    encoder-decoder  source ids -> encoder -> memory;       how does this read in other words?
                     ids and memory -> decoder -> read-out

Knows ids, never text; where weights come from or go to is `weights`' affair.

Shapes: B batch, T position, S source position, C d_model, V vocabulary.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from playground.contract.model_config import ModelConfig
from playground.engine.model.attention import Combine, Memory
from playground.engine.model.batch import IGNORED, Batch
from playground.engine.model.cache import KeyValueCache
from playground.engine.model.initialization import initialize
from playground.engine.model.read_out import ReadOut
from playground.engine.model.stack import Stack


class Transformer(nn.Module):
    """A model of the shape that `config` says, over `vocab_size` tokens; the same seed gives the same weights."""

    def __init__(self, config: ModelConfig, vocab_size: int, seed: int = 1) -> None:
        super().__init__()
        self.config = config
        self.vocab_size = vocab_size
        self.token_table = nn.Parameter(torch.empty(vocab_size, config.d_model))
        self.encoder = Stack(config, config.encoder_layers, is_decoder=False) if config.has_encoder else None
        self.decoder = Stack(config, config.decoder_layers, is_decoder=True) if config.has_decoder else None
        self.read_out = ReadOut(config, vocab_size)
        if not self.token_table.is_meta:  # weights without memory are replaced by those of a file
            initialize(self, config, torch.Generator().manual_seed(seed))

    @property
    def n_parameters(self) -> int:
        """How many numbers the model has learned or will learn; a tied table counts once."""
        return sum(parameter.numel() for parameter in self.parameters())

    @property
    def device(self) -> torch.device:
        """Where the weights lie."""
        return self.token_table.device

    @property
    def main(self) -> Stack:
        """The stack that the predictions come from: the decoder, or the encoder if that is all there is."""
        stack = self.decoder if self.decoder is not None else self.encoder
        assert stack is not None
        return stack

    def attend_with(self, combine: Combine) -> None:
        """Use this way to combine queries, keys and values from now on."""
        for stack in (self.encoder, self.decoder):
            if stack is not None:
                stack.combine = combine

    def forward(
        self,
        ids: Tensor,
        cache: KeyValueCache | None = None,
        *,
        memory: Memory | None = None,
        padding: Tensor | None = None,
    ) -> Tensor:
        """Ids (B, T) to logits (B, T, V). With a cache the ids follow those read before, and are added to it.

        Args:
            memory: of the source, for an encoder-decoder; see `encode`.
            padding: (B, T) True where `ids` only fill up.
        """
        return self.predict(self.main(self.embedded(ids), padding, memory, cache))

    def next_logits(self, ids: Tensor, cache: KeyValueCache | None = None, memory: Memory | None = None) -> Tensor:
        """Like `forward`, for the token after the last one only: (B, V)."""
        return self.predict(self.main(self.embedded(ids), None, memory, cache)[:, -1])

    def encode(self, source: Tensor, padding: Tensor | None = None) -> Memory:
        """Source ids (B, S), `padding` (B, S) True where they only fill up, to what a decoder looks at."""
        assert self.encoder is not None, "this model has no encoder"
        return Memory(self.encoder.finished(self.encoder(self.embedded(source), padding)), padding)

    def judged(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Logits (N, V) in float32 and targets (N,) of the N judged places; the others are not computed at all."""
        memory = self.encode(batch.source, batch.source_padding) if batch.source is not None else None
        # Padding lies at the right end: a causal query never sees it, and a mask would only cost time.
        padding = None if self.main.is_causal else batch.padding
        x = self.main(self.embedded(batch.ids), padding, memory)  # (B, T, C)
        targets = batch.targets
        if batch.n_targets < targets.numel():
            is_judged = targets != IGNORED
            x, targets = x[is_judged], targets[is_judged]  # (N, C), (N,)
        return self.predict(x).reshape(-1, self.vocab_size).float(), targets.reshape(-1)

    def loss(self, ids: Tensor, targets: Tensor) -> Tensor:
        """Mean surprise in nats at `targets` (B, T), what should be said at each of `ids` (B, T); a scalar."""
        return functional.cross_entropy(*self.judged(Batch(ids=ids, targets=targets, n_targets=targets.numel())))

    def embedded(self, ids: Tensor) -> Tensor:
        """The vector of each id: (B, T) to (B, T, C)."""
        return functional.embedding(ids, self.token_table)

    def predict(self, x: Tensor) -> Tensor:
        """The main stack's stream after any layer (..., C) to logits (..., V); after the last, it is the prediction."""
        logits: Tensor = self.read_out(self.main.finished(x), self.token_table)
        return logits
