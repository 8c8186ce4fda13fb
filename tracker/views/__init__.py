"""The pages that are not lists. A view gathers and renders; what follows from facts is asked of assessment."""
