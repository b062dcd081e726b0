"""From a file of an office to a `Policy`, with every fault named by its line."""
