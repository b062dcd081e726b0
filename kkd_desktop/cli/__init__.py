"""The terminal: asks `actions`, writes out `domain`."""
