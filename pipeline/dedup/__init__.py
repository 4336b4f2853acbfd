"""Near duplicates: normalise, sign, confirm."""
