"""`python -m generator`."""

import gc
import sys

from generator.cli import main

status = main()
gc.freeze()  # nothing is looked through for cycles on the way out: all of it goes with the process
sys.exit(status)
