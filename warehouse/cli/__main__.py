"""`python -m warehouse.cli` is `fatiao`."""

from warehouse.cli.main import main

if __name__ == "__main__":
    main()
