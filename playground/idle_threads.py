"""How the computing threads of torch wait for one another.

By default they spin. On a machine whose cores are wanted by others too, by a second run, or by the window, the one
that is waited for then does not get its turn: two trainings at once on two cores were seven times slower each than
with threads that sleep. Alone, a small model loses a few per cent.
"""

import os


def let_threads_sleep() -> None:
    """To be called before torch is imported; a person's own setting is left as it is."""
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
