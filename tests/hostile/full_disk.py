"""A `fatiao` whose files cannot grow: `python -m tests.hostile.full_disk BYTES ARGUMENTS`."""

import resource
import sys

from warehouse.cli.main import main

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
    sys.argv[1:] = sys.argv[2:]
    main()
