"""Start of the program: no words → the window; otherwise one sub-command."""

from __future__ import annotations

import sys

from school_logistics.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
