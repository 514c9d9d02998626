"""The whole round with a bank: payment files out, its answers in, and the books equal to it."""
