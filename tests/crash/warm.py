"""What runs and their workers read once, read before they are forked; import it for that."""

from pipeline.dedup.normalize import normalize
from pipeline.statutes import load_registry
from warehouse import workers  # noqa: F401 - what a worker imports

load_registry()
normalize("")
