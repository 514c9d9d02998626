"""Tests of what mailctl says to drivers, and of those that it comes with."""
