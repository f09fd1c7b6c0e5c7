"""python -m casefhir: the command line."""

import sys

from casefhir.cli import main

sys.exit(main())
