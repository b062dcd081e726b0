"""Looks for the best plan of many talks: the only room that knows the solver library."""
