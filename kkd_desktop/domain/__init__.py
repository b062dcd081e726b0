"""Pure values and rules. No file, no clock, no SQL, no Qt: everything that changes comes in as an argument."""
