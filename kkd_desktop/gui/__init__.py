"""The window: asks `actions`, shows `domain`."""
