"""How facts come in, other than through the admin."""
