"""How much memory is this process's own?"""

_LINE = "Pss:"


def own_memory() -> float:
    """MB of this process, of what it shares with others its part."""
    with open("/proc/self/smaps_rollup", encoding="ascii") as rollup:
        found = next(line for line in rollup if line.startswith(_LINE))
    return int(found.split()[1]) / 1024
