"""Ratios to a floor measured in the same run: more telling than seconds on a busy machine."""
