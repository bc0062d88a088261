"""Measures over graphs of integers, one kind a module; igraph computes."""
