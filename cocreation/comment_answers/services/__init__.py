"""Acts on answers to comments: one module a part of their way."""
