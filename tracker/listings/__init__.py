"""The lists: one file per dataset, with its table, its filters and the columns of its file."""
