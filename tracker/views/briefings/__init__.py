"""The briefing: one subject and a range of editions on a sheet or two, to be printed and handed over."""
