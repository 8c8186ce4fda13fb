#!/usr/bin/env python
"""Django's command line. Without a DATABASE_URL it runs on a PostgreSQL of its own, in .postgres/."""

from azm.local import main

if __name__ == "__main__":
    main()
