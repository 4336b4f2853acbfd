"""What the pages of one site have in common: learned from them, stored, applied to the next."""
