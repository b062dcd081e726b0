"""`python -m kkd_desktop` is the same as `kkd`."""

from kkd_desktop.cli.main import main

main()
