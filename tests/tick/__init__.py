"""The tick: what time does, however late and in however many pieces."""
