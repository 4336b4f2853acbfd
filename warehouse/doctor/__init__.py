"""What may be wrong with an installation, a folder and its sources, each with its mend."""
