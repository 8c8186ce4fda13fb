"""What readers follow: feeds and the calendar, each of one edition and the same for everyone."""
