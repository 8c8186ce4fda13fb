"""What follows from the facts. Judgements are SQL functions of an edition and a day; there is no Python twin."""
