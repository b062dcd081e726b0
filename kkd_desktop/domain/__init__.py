"""Pure values and rules. No file, no clock, no SQL, no Qt: what changes comes in as an argument."""
