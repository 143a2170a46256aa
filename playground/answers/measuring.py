"""Answers about what computing costs on this machine. A question may be withdrawn between two runs.

Imports torch; import it only after `torch_import.import_torch`.
"""

import torch

from playground.answers.ticket import Answering, Ticket
from playground.contract.attention_cost_messages import AttentionMeasured, MeasureAttention
from playground.contract.messages import Progress
from playground.engine.insight.attention_cost import AttentionCosts, Limits, device_name, measuring_device


def measure_attention(request: MeasureAttention, ticket: Ticket) -> Answering:
    """Sends how far it is and a row per length; raises ConfigError (no such shape), CancelledError."""

    told = -1.0

    def report(n_tokens: int, share: float) -> None:
        nonlocal told
        ticket.check()
        if share > told:  # not at each of many short runs
            told = share
            ticket.send(Progress(fraction=share, what=str(n_tokens)))

    device = measuring_device()
    costs = AttentionCosts(request.shape, device, report, Limits(longest=request.longest))
    for row in costs:
        ticket.send(row)
        yield
    return AttentionMeasured(device=device_name(device), n_threads=torch.get_num_threads(), stopped=costs.stopped)
