"""The annual return: every indicator with the source of its figure, declared sheet by sheet, and the cross-checks."""
